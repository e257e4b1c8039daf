package org.payhub.payout;

import java.util.Locale;
import org.payhub.provider.spi.ProviderEvent.PayoutOutcome;

/**
 * Where a payout stands. The order of the constants is their rank: a report never lowers it. A
 * payout may fail days after it was paid.
 */
public enum PayoutStatus {
    PENDING,
    IN_TRANSIT,
    PAID,
    CANCELLED,
    FAILED;

    /** Where it stands after a report. */
    PayoutStatus after(PayoutOutcome outcome) {
        PayoutStatus reported = valueOf(outcome.name());
        return reported.compareTo(this) > 0 ? reported : this;
    }

    /** The word in files and interfaces. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
