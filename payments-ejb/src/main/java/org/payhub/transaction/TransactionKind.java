package org.payhub.transaction;

import java.util.Locale;

/**
 * What kind of operation a provider reported. With the provider's key it makes a report's effect
 * happen once.
 */
public enum TransactionKind {
    PENDING,
    AUTHORIZATION,
    CAPTURE,
    DECLINE,
    VOID,
    HOLD_EXPIRY,
    REFUND,
    REFUND_FAILURE,
    DISPUTE,
    BOOKING;

    /** The word in files and interfaces. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
