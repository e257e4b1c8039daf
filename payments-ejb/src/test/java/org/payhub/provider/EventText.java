package org.payhub.provider;

import java.util.List;
import java.util.stream.Collectors;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.provider.spi.References;

/** Provider events as short lines, for tables in tests. */
public final class EventText implements ProviderEvent.Cases<String> {

    private EventText() {}

    public static String of(ProviderEvent event) {
        return event.match(new EventText());
    }

    public static List<String> of(List<ProviderEvent> events) {
        return events.stream().map(EventText::of).toList();
    }

    private static String keys(References references) {
        String keys =
                references.keys().stream()
                        .map(k -> k.kind() + "=" + k.key())
                        .collect(Collectors.joining(","));
        return "[" + keys + (references.traceOfUs() ? ",trace" : "") + "]";
    }

    @Override
    public String checkoutReported(ProviderEvent.CheckoutReported e) {
        return "checkout " + e.outcome() + " " + keys(e.references());
    }

    @Override
    public String paymentReported(ProviderEvent.PaymentReported e) {
        return "payment " + e.outcome() + " " + e.amount() + " " + keys(e.references());
    }

    @Override
    public String feeReported(ProviderEvent.FeeReported e) {
        return "fee "
                + e.category()
                + " "
                + e.bookingKey()
                + " of "
                + e.sourceKey()
                + " "
                + e.gross()
                + " fee "
                + e.fee();
    }

    @Override
    public String refundReported(ProviderEvent.RefundReported e) {
        return "refund "
                + e.outcome()
                + " "
                + e.refundKey()
                + " "
                + e.amount()
                + e.failureReason().map(r -> " (" + r + ")").orElse("")
                + " "
                + keys(e.references());
    }

    @Override
    public String disputeReported(ProviderEvent.DisputeReported e) {
        String movements =
                e.movements().stream()
                        .map(m -> m.bookingKey() + " " + m.amount() + " fee " + m.fee())
                        .collect(Collectors.joining("; "));
        return "dispute "
                + e.outcome()
                + " "
                + e.disputeKey()
                + " "
                + e.amount()
                + " {"
                + movements
                + "} "
                + keys(e.references());
    }

    @Override
    public String payoutReported(ProviderEvent.PayoutReported e) {
        return "payout " + e.outcome() + " " + e.payoutKey() + " " + e.amount();
    }

    @Override
    public String invoiceReported(ProviderEvent.InvoiceReported e) {
        String transfers =
                e.transfers().stream()
                        .map(
                                t ->
                                        t.transferKey()
                                                + " "
                                                + t.amount()
                                                + t.fee()
                                                        .map(
                                                                f ->
                                                                        (t.feeEstimated()
                                                                                        ? " fee about "
                                                                                        : " fee ")
                                                                                + f)
                                                        .orElse("")
                                                + (t.suspicious() ? " suspicious" : ""))
                        .collect(Collectors.joining("; "));
        return "invoice "
                + e.outcome()
                + " "
                + e.received()
                + " of "
                + e.ordered()
                + " {"
                + transfers
                + "} "
                + keys(e.references());
    }

    @Override
    public String withdrawalReported(ProviderEvent.WithdrawalReported e) {
        return "withdrawal "
                + e.outcome()
                + " "
                + e.withdrawalKey()
                + " "
                + e.amount()
                + e.arrived().map(a -> " arrived " + a).orElse("")
                + " to "
                + e.address();
    }

    @Override
    public String readFirst(ProviderEvent.ReadFirst e) {
        return "read " + (e.required() ? "first " : "later ") + e.kind() + " " + e.key();
    }

    @Override
    public String ignored(ProviderEvent.Ignored e) {
        return "ignored";
    }
}
