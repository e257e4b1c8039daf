package org.payhub.ledger;

import java.util.Locale;

/**
 * What happened, as the books say it. With the provider's key of the happening it makes a posting
 * unique: the same fact is never posted twice.
 */
public enum Fact {
    /** Money was taken; key: the provider's transaction. */
    CAPTURED,
    /**
     * Money in suspense was said to be a visit's; key: the piece's id, or the invoice, numbered.
     */
    ATTACHED,
    /**
     * Money moved between a visit and suspense by what the provider said; key: its invoice,
     * numbered.
     */
    RECLASSIFIED,
    /** What the provider kept; key: its booking. */
    FEE,
    /** The provider converted; key: its booking. */
    CONVERTED,
    /** Key: the provider's refund. */
    REFUND_ACCEPTED,
    REFUND_SUCCEEDED,
    REFUND_ACCEPTED_REVERSED,
    REFUND_SUCCEEDED_REVERSED,
    /** A dispute moved money; key: the provider's booking. */
    DISPUTE,
    DISPUTE_LOST,
    DISPUTE_LOST_REVERSED,
    /** Money was ordered to an address; key: the provider's withdrawal. */
    WITHDRAWN,
    WITHDRAWN_REVERSED,
    /** It arrived, less the fee. */
    WITHDRAWAL_ARRIVED,
    WITHDRAWAL_ARRIVED_REVERSED;

    /** The fact that takes this one back. */
    public Fact reversed() {
        return valueOf(name() + "_REVERSED");
    }

    /** The word in files and interfaces. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
