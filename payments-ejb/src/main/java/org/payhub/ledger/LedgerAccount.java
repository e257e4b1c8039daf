package org.payhub.ledger;

import java.util.Locale;

/** The accounts of the books. What a debit (positive) line means is said for each. */
public enum LedgerAccount {
    /** What a provider holds for the merchant. */
    CLEARING,
    /** What clients paid for visits to come (negative: we owe it). */
    PREPAYMENTS,
    /** Genuine money of which nobody has said yet what it is for. */
    SUSPENSE,
    /** What providers kept. */
    FEES,
    /** Refunds that a provider accepted and has not carried out. */
    REFUNDS_PAYABLE,
    /** Money taken back by a bank while a dispute runs. */
    DISPUTES_RECEIVABLE,
    /** Disputed money that is lost. */
    DISPUTE_LOSS,
    /** The two sides of a provider's conversion. */
    FX,
    /** What has left a provider and has not arrived. */
    IN_TRANSIT,
    OTHER_SALES,
    /** What has arrived at the merchant's own bank account or wallet. */
    BANK,
    REVENUE,
    TAX;

    /** The word in files and interfaces. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
