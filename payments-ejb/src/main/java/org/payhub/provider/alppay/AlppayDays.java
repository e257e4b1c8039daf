package org.payhub.provider.alppay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.platform.HubException;
import org.payhub.provider.alppay.AlppayObjects.Terms;
import org.payhub.provider.http.Json;
import org.payhub.provider.spi.DayListing.Kind;
import org.payhub.provider.spi.DayListing.Listed;
import org.payhub.provider.spi.DayListing.Listing;
import org.payhub.provider.spi.ProviderEvent.InvoiceReported;
import org.payhub.provider.spi.ProviderEvent.WithdrawalOutcome;
import org.payhub.provider.spi.ProviderEvent.WithdrawalReported;
import org.payhub.provider.spi.Reference;

/**
 * What ALPPAY did in a span of time. Its lists know no dates: payments are gone through from the
 * newest to those made some days before the span (an invoice ends days after it was made, not
 * weeks), withdrawals, whose order is not documented, to the end.
 */
final class AlppayDays {

    /** How long before the span an invoice may have been made that money came to within it. */
    private static final Duration LONGEST_LIFE = Duration.ofDays(3);

    /** Cursors: which list, and which of its pages. */
    private static final String PAYMENTS = "p";

    private static final String WITHDRAWALS = "w";

    private final AlppayCalls.Line line;
    private final Terms terms;

    AlppayDays(AlppayCalls.Line line, Terms terms) {
        this.line = line;
        this.terms = terms;
    }

    Listing list(Instant from, Instant to, Optional<String> cursor, Instant now, boolean test) {
        String at = cursor.orElse(PAYMENTS + AlppayProtocol.FIRST_PAYMENT_PAGE);
        int page = Integer.parseInt(at.substring(1));
        return at.startsWith(WITHDRAWALS)
                ? withdrawals(page, from, to, now, test)
                : payments(page, from, to, now, test);
    }

    private Listing payments(int page, Instant from, Instant to, Instant now, boolean test) {
        List<Json> found =
                line.list(
                        AlppayProtocol.PAYMENTS,
                        AlppayConnector.page(
                                page,
                                AlppayProtocol.LARGEST_PAGE,
                                new TreeMap<>(
                                        Map.of(
                                                AlppayProtocol.Q_SORT_FIELD,
                                                AlppayProtocol.BY_CREATION,
                                                AlppayProtocol.Q_SORT_ORDER,
                                                AlppayProtocol.NEWEST_FIRST))));
        List<Listed> listed = new ArrayList<>();
        for (Json payment : found) {
            if (isWithin(payment, from, to)) {
                invoice(payment, now).ifPresent(invoice -> listed.add(listed(invoice, test)));
            }
        }
        Instant earliest = from.minus(LONGEST_LIFE);
        boolean past =
                found.stream()
                        .anyMatch(
                                p ->
                                        AlppayObjects.createdAt(p)
                                                .filter(earliest::isAfter)
                                                .isPresent());
        boolean more = found.size() >= AlppayProtocol.LARGEST_PAGE && !past;
        return new Listing(
                listed,
                Optional.of(
                        more
                                ? PAYMENTS + (page + 1)
                                : WITHDRAWALS + AlppayProtocol.FIRST_WITHDRAWAL_PAGE));
    }

    /** Other business of the account that cannot be understood keeps nothing of ours waiting. */
    private Optional<InvoiceReported> invoice(Json payment, Instant now) {
        try {
            return AlppayObjects.payment(payment, false, terms, now)
                            instanceof InvoiceReported invoice
                    ? Optional.of(invoice)
                    : Optional.empty();
        } catch (HubException e) {
            if (AlppayObjects.ourPayment(payment).isPresent()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static Listed listed(InvoiceReported invoice, boolean test) {
        boolean moved = invoice.received().isPositive() && invoice.outcome().isFinal();
        return new Listed(
                new Reference(AlppayObjects.PAYMENT, invoice.invoiceKey()),
                Kind.PAYMENT,
                invoice.references(),
                invoice.received().isPositive() ? invoice.received() : invoice.ordered(),
                moved,
                Optional.of(!test),
                invoice.changedAt(),
                // One that ALPPAY made by itself has to be read: whose address it came to.
                invoice.references().ours().isPresent() ? List.of(invoice) : List.of());
    }

    private Listing withdrawals(int page, Instant from, Instant to, Instant now, boolean test) {
        List<Json> found =
                line.list(
                        AlppayProtocol.WITHDRAWALS,
                        AlppayConnector.page(page, AlppayProtocol.LARGEST_PAGE, Map.of()));
        List<Listed> listed = new ArrayList<>();
        for (Json withdrawal : found) {
            Optional<Asset> asset = AlppayCoins.asset(withdrawal.get(AlppayProtocol.ASSET));
            Optional<WithdrawalReported> said = AlppayObjects.withdrawal(withdrawal, now);
            if (asset.isPresent() && said.isPresent() && isWithin(withdrawal, from, to)) {
                listed.add(listed(said.get(), test));
            }
        }
        return new Listing(
                listed,
                found.size() >= AlppayProtocol.LARGEST_PAGE
                        ? Optional.of(WITHDRAWALS + (page + 1))
                        : Optional.empty());
    }

    private static Listed listed(WithdrawalReported said, boolean test) {
        Money amount = said.amount();
        return new Listed(
                new Reference(AlppayObjects.WITHDRAWAL, said.withdrawalKey()),
                Kind.WITHDRAWAL,
                said.references(),
                amount,
                said.outcome() == WithdrawalOutcome.SUCCEEDED,
                Optional.of(!test),
                said.occurredAt(),
                List.of(said));
    }

    /** Made or changed in the span; without a time: rather once too often. */
    private static boolean isWithin(Json object, Instant from, Instant to) {
        Optional<Instant> changed = AlppayObjects.changedAt(object);
        Optional<Instant> created = AlppayObjects.createdAt(object);
        if (changed.isEmpty() && created.isEmpty()) {
            return true;
        }
        return changed.filter(t -> !t.isBefore(from) && t.isBefore(to)).isPresent()
                || created.filter(t -> !t.isBefore(from) && t.isBefore(to)).isPresent();
    }
}
