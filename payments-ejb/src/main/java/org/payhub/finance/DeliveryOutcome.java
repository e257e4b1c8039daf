package org.payhub.finance;

/** What became of the events of one delivery. */
public enum DeliveryOutcome {
    /** They concerned records of ours; repeats that changed nothing included. */
    APPLIED,
    /** Nothing in them concerns the hub. */
    IGNORED,
    /** The account's other business: no trace of us. */
    NOT_OURS,
    /** Ours by its traces, but no payment fits: held in suspense. */
    UNMATCHED,
    /** It cannot be said yet whose they are; nothing was changed, the delivery was not marked. */
    WAITING
}
