package org.payhub.reconciliation;

import java.util.Locale;

/** In what the provider's list and ours differ after everything that could be fetched was. */
public enum DifferenceKind {
    /** Both know it, with different amounts. */
    AMOUNT_DIFFERS,
    /** We know of money that the provider, asked again, does not. */
    ONLY_OURS,
    /** It bears our mark and found no place with us: its money is in suspense, or it waits. */
    ONLY_THEIRS,
    /** The account's other business: no trace of us. */
    NOT_OURS;

    /** The word in files and interfaces. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
