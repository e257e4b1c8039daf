package org.payhub.dispute;

import java.util.Locale;
import org.payhub.provider.spi.ProviderEvent.DisputeOutcome;

/**
 * Where a dispute stands. The order of the constants is their rank: a report never lowers it, and a
 * win counts more than a loss because banks undo losses, not wins.
 */
public enum DisputeStatus {
    /** The bank asks; no money moved. */
    INQUIRY,
    NEEDS_RESPONSE,
    UNDER_REVIEW,
    /** An inquiry ended without money moving. */
    CLOSED,
    PREVENTED,
    LOST,
    WON;

    /** Where it stands after a report. */
    DisputeStatus after(DisputeOutcome outcome) {
        DisputeStatus reported = valueOf(outcome.name());
        return reported.compareTo(this) > 0 ? reported : this;
    }

    /** Whether it has come to an end. */
    public boolean isOver() {
        return compareTo(CLOSED) >= 0;
    }

    /** The word in files and interfaces. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
