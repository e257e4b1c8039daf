package org.payhub.withdrawal;

import java.util.Locale;
import org.payhub.provider.spi.ProviderEvent.WithdrawalOutcome;

/**
 * Where a withdrawal stands. The order of the constants is their rank: a report never lowers it.
 * That it arrived stands over everything: what is on its network cannot be taken back, whatever
 * else is said.
 */
public enum WithdrawalStatus {
    /** Written down; a second person has to agree. */
    REQUESTED,
    /** Agreed to; the provider is being asked. */
    APPROVED,
    /** The provider was asked and did not answer. */
    UNKNOWN,
    /** The provider took it in. */
    PENDING,
    /** Taken back before it was sent, by a person or at the provider. */
    CANCELLED,
    /** The provider refused it, never got it, or could not carry it out. */
    FAILED,
    SUCCEEDED;

    /** Where it stands after a report. */
    WithdrawalStatus after(WithdrawalOutcome outcome) {
        WithdrawalStatus reported = meaning(outcome);
        return reported.compareTo(this) > 0 ? reported : this;
    }

    private static WithdrawalStatus meaning(WithdrawalOutcome outcome) {
        switch (outcome) {
            case PENDING:
                return PENDING;
            case SUCCEEDED:
                return SUCCEEDED;
            case FAILED:
                return FAILED;
            case CANCELLED:
                return CANCELLED;
        }
        throw new IllegalArgumentException(outcome.name());
    }

    /** Whether money may be on its way, or is about to be. */
    public boolean isOpen() {
        return compareTo(PENDING) <= 0;
    }

    /** The word in files and interfaces. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
