package org.payhub.refund;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.payhub.payment.PaymentId;

/** Which refunds a list shows; the mode is the scope's. */
public record RefundFilter(
        Optional<PaymentId> payment,
        Set<RefundStatus> statuses,
        Optional<Instant> from,
        Optional<Instant> to) {

    public RefundFilter {
        statuses = Set.copyOf(statuses);
    }

    /** Every refund. */
    public static RefundFilter all() {
        return new RefundFilter(Optional.empty(), Set.of(), Optional.empty(), Optional.empty());
    }
}
