package org.payhub.withdrawal;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Which withdrawals a list shows; the mode is the scope's. */
public record WithdrawalFilter(
        Set<WithdrawalStatus> statuses, Optional<Instant> from, Optional<Instant> to) {

    public WithdrawalFilter {
        statuses = Set.copyOf(statuses);
    }

    /** Every withdrawal. */
    public static WithdrawalFilter all() {
        return new WithdrawalFilter(Set.of(), Optional.empty(), Optional.empty());
    }

    /** Those that wait for a second person. */
    public static WithdrawalFilter waiting() {
        return new WithdrawalFilter(
                Set.of(WithdrawalStatus.REQUESTED), Optional.empty(), Optional.empty());
    }
}
