package org.payhub.payment;

import java.util.Locale;

/** Why a person has to look at a payment. */
enum ReviewReason {
    /** Another amount came than was ordered in that step. */
    AMOUNT_DIFFERS,
    CURRENCY_DIFFERS,
    /** It came for a visit that was paid or cancelled by then. */
    NOTHING_DUE,
    /** It bears our mark and fits no payment. */
    NO_PAYMENT,
    /** One operation was told twice with different amounts. */
    TOLD_DIFFERENTLY,
    /** The provider's check of where the money comes from holds it. */
    ON_HOLD,
    /** Enough came, after the time in which it could be paid. */
    LATE,
    /** The provider's words contradict its numbers. */
    CONTRADICTORY;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
