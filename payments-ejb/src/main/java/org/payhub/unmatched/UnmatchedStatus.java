package org.payhub.unmatched;

import java.util.Locale;

/** Where a piece of money stands that fits no payment, or one that wants none of it. */
public enum UnmatchedStatus {
    OPEN,
    ATTACHED,
    RETURNED,
    IGNORED;

    /** The word in files and interfaces. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
