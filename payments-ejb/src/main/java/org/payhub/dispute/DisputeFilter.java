package org.payhub.dispute;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.payhub.payment.PaymentId;

/** Which disputes a list shows; the mode is the scope's. */
public record DisputeFilter(
        Optional<PaymentId> payment,
        Set<DisputeStatus> statuses,
        Optional<Instant> from,
        Optional<Instant> to) {

    public DisputeFilter {
        statuses = Set.copyOf(statuses);
    }

    /** Every dispute. */
    public static DisputeFilter all() {
        return new DisputeFilter(Optional.empty(), Set.of(), Optional.empty(), Optional.empty());
    }
}
