package org.payhub.payment;

/** What a payment is for. Stored in upper case. */
public enum PaymentPurpose {
    /** A client pays in advance for a visit. */
    VISIT,
    /** The merchant tries a new integration; outside all totals. */
    PROOF,
    /** Money that bears our mark and fits no payment of ours; held until a person says more. */
    FOUND
}
