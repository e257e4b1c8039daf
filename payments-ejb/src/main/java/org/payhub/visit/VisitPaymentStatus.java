package org.payhub.visit;

import java.util.Locale;
import org.payhub.money.Money;

/** Where a visit's money stands. Stored and shown in lower snake case. */
public enum VisitPaymentStatus {
    NONE,
    PENDING,
    AUTHORIZED,
    PART_PAID,
    PAID,
    PART_REFUNDED,
    REFUNDED,
    REVIEW;

    /** The word in files and interfaces. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The first that fits: a question for a person comes before everything, sums before waiting.
     */
    static VisitPaymentStatus of(VisitMoney money, Money due) {
        if (money.anyReview()) {
            return REVIEW;
        }
        if (money.captured().isZero()) {
            return money.anyAuthorized() ? AUTHORIZED : money.anyPending() ? PENDING : NONE;
        }
        if (money.refunded().equals(money.captured())) {
            return REFUNDED;
        }
        if (money.refunded().isPositive()) {
            return PART_REFUNDED;
        }
        return due.isZero() ? PAID : PART_PAID;
    }
}
