package org.payhub.link;

import java.util.Locale;

/** Where a payment link stands. Stored and shown in lower snake case. */
public enum LinkStatus {
    /** Made, and not yet opened by pressing the button on the pay page. */
    ACTIVE,
    /** The client went on to a provider at least once. */
    OPENED,
    /** Money is on its way. */
    PENDING,
    PART_PAID,
    PAID,
    EXPIRED,
    CANCELLED,
    /** A newer link of the visit took its place. */
    REPLACED;

    /** The word in files and interfaces. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a client may begin to pay with it. */
    public boolean usable() {
        return this == ACTIVE || this == OPENED || this == PART_PAID;
    }

    /** Whether nothing but money can change it any more. */
    public boolean over() {
        return this == PAID || this == EXPIRED || this == CANCELLED || this == REPLACED;
    }
}
