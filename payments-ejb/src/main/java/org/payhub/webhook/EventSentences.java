package org.payhub.webhook;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.payhub.money.Money;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.provider.spi.ProviderEvent.CheckoutReported;
import org.payhub.provider.spi.ProviderEvent.DisputeReported;
import org.payhub.provider.spi.ProviderEvent.FeeReported;
import org.payhub.provider.spi.ProviderEvent.Ignored;
import org.payhub.provider.spi.ProviderEvent.InvoiceReported;
import org.payhub.provider.spi.ProviderEvent.PaymentReported;
import org.payhub.provider.spi.ProviderEvent.PayoutReported;
import org.payhub.provider.spi.ProviderEvent.ReadFirst;
import org.payhub.provider.spi.ProviderEvent.RefundReported;
import org.payhub.provider.spi.ProviderEvent.WithdrawalReported;

/** Says an event in one sentence, for people who look at the inbox. */
final class EventSentences implements ProviderEvent.Cases<String> {

    private static final EventSentences SENTENCES = new EventSentences();

    private EventSentences() {}

    static List<String> of(List<ProviderEvent> events) {
        return events.stream().map(event -> event.<String>match(SENTENCES)).toList();
    }

    @Override
    public String checkoutReported(CheckoutReported event) {
        return switch (event.outcome()) {
            case COMPLETED -> "The client finished the payment page.";
            case PENDING -> "The client finished the payment page; the money is on its way.";
            case FAILED -> "The money that was on its way will not come.";
            case EXPIRED -> "The payment page can no longer be paid.";
        };
    }

    @Override
    public String paymentReported(PaymentReported event) {
        String amount = text(event.amount());
        return switch (event.outcome()) {
            case PENDING -> "A payment of " + amount + " is on its way.";
            case AUTHORIZED -> amount + " is held on the client's card.";
            case CAPTURED -> amount + " was taken.";
            case DECLINED -> "A payment of " + amount + " was declined" + decline(event) + ".";
            case VOIDED -> "A hold of " + amount + " was given back.";
            case HOLD_EXPIRED -> "A hold of " + amount + " ran out.";
        };
    }

    private static String decline(PaymentReported event) {
        Optional<String> code = event.details().declineCode();
        return code.map(c -> " (" + c + ")").orElse("");
    }

    @Override
    public String feeReported(FeeReported event) {
        return "The provider booked "
                + text(event.gross())
                + " with a fee of "
                + text(event.fee())
                + ".";
    }

    @Override
    public String refundReported(RefundReported event) {
        String amount = text(event.amount());
        return switch (event.outcome()) {
            case PENDING -> "A refund of " + amount + " is on its way.";
            case SUCCEEDED -> "A refund of " + amount + " succeeded.";
            case FAILED -> "A refund of " + amount + " failed; the money came back.";
            case CANCELLED -> "A refund of " + amount + " was cancelled.";
        };
    }

    @Override
    public String disputeReported(DisputeReported event) {
        return "A dispute of "
                + text(event.amount())
                + " stands at "
                + word(event.outcome())
                + " (reason: "
                + event.reason()
                + ").";
    }

    @Override
    public String payoutReported(PayoutReported event) {
        return "A payout of " + text(event.amount()) + " stands at " + word(event.outcome()) + ".";
    }

    @Override
    public String invoiceReported(InvoiceReported event) {
        return "An invoice over "
                + text(event.ordered())
                + " stands at "
                + word(event.outcome())
                + "; "
                + text(event.received())
                + " came so far.";
    }

    @Override
    public String withdrawalReported(WithdrawalReported event) {
        return "A withdrawal of "
                + text(event.amount())
                + " stands at "
                + word(event.outcome())
                + ".";
    }

    @Override
    public String readFirst(ReadFirst event) {
        return event.required()
                ? "The provider is asked about it before anything is recorded."
                : "The provider is asked for what is missing, such as the fee.";
    }

    @Override
    public String ignored(Ignored event) {
        return "It changes nothing: " + event.reason();
    }

    private static String word(Enum<?> outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String text(Money money) {
        return money.toDecimal() + " " + money.asset().symbol();
    }
}
