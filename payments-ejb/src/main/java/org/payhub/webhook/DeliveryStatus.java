package org.payhub.webhook;

import java.util.Locale;

/** Where a webhook that was taken in stands. Stored and shown in lower case. */
public enum DeliveryStatus {
    /** Stored, not worked off yet, or to be tried again. */
    RECEIVED,
    /** It concerned records of ours. */
    APPLIED,
    /** Kept and visible, changes nothing. */
    IGNORED,
    /** The account's other business. */
    NOT_OURS,
    /** Ours by its traces, but no payment fits. */
    UNMATCHED,
    /** The same event again with another meaning; changes nothing, somebody has to look. */
    CONFLICT,
    /** Tried too often; waits for a person. */
    PARKED;

    /** The word in files and interfaces. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
