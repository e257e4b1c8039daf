package org.payhub.payment;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.payhub.visit.VisitId;

/**
 * Which payments a list shows; the mode is the scope's.
 *
 * @param statuses none: every status
 * @param from made at or after
 * @param to made before
 * @param text an id, a provider's key, a client's name, phone or e-mail, the last four of a card,
 *     or an amount
 */
public record PaymentFilter(
        Optional<VisitId> visit,
        Optional<String> provider,
        Set<PaymentStatus> statuses,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<String> text) {

    public PaymentFilter {
        statuses = Set.copyOf(statuses);
        text = text.map(String::strip).filter(t -> !t.isEmpty());
    }

    /** Every payment. */
    public static PaymentFilter all() {
        return new PaymentFilter(
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public static PaymentFilter ofVisit(VisitId visit) {
        return new PaymentFilter(
                Optional.of(visit),
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
