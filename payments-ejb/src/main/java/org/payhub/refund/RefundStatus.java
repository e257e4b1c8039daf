package org.payhub.refund;

import java.util.Locale;
import org.payhub.provider.spi.ProviderEvent.RefundOutcome;

/**
 * Where a refund stands. The order of the constants is their rank: a report never lowers it. A
 * refund that failed at the provider stays failed, also when a "succeeded" comes later; whoever was
 * to get the money did not.
 */
public enum RefundStatus {
    /** Written down; a second person has to agree, or the provider is about to be asked. */
    REQUESTED,
    /** The provider was asked and did not answer. */
    UNKNOWN,
    /** The provider accepted it. */
    PENDING,
    SUCCEEDED,
    /** Taken back before it was carried out. */
    CANCELLED,
    /** The provider refused it, or it failed, also after it had succeeded. */
    FAILED;

    /** Where it stands after a report. */
    RefundStatus after(RefundOutcome outcome) {
        RefundStatus reported = meaning(outcome);
        return reported.compareTo(this) > 0 ? reported : this;
    }

    private static RefundStatus meaning(RefundOutcome outcome) {
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

    /** Whether its amount is taken out of what may still be refunded, without being returned. */
    public boolean isOpen() {
        return compareTo(PENDING) <= 0;
    }

    /** Whether it came to nothing. */
    public boolean isOver() {
        return compareTo(CANCELLED) >= 0;
    }

    /** The word in files and interfaces. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
