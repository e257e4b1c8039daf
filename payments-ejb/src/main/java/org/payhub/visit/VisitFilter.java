package org.payhub.visit;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.payhub.tenancy.LocationId;

/**
 * Which visits are wanted.
 *
 * @param from starting at or after
 * @param to starting before
 * @param text part of the client's name, the phone's digits, or the booking system's id
 */
public record VisitFilter(
        Optional<LocationId> location,
        Optional<Instant> from,
        Optional<Instant> to,
        Set<VisitPaymentStatus> paymentStatuses,
        Optional<String> text) {

    public VisitFilter {
        paymentStatuses = Set.copyOf(paymentStatuses);
        text = text.map(String::strip).filter(t -> !t.isEmpty());
    }

    public static VisitFilter all() {
        return new VisitFilter(
                Optional.empty(), Optional.empty(), Optional.empty(), Set.of(), Optional.empty());
    }
}
