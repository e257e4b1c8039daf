package org.payhub.reconciliation;

import java.util.Locale;

/** How far the comparison of a day has come. */
public enum DayStatus {
    RUNNING,
    DONE,
    /** The provider could not be asked; it is tried again. */
    FAILED;

    /** The word in files and interfaces. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
