package org.payhub.web.integration;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The steps of the connect wizard, in order. */
public enum ConnectStep {
    ABOUT,
    KEYS,
    NOTIFICATIONS,
    PROOF,
    DONE;

    /** The word in the page's address. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ConnectStep> find(String word) {
        return Arrays.stream(values()).filter(step -> step.word().equals(word)).findFirst();
    }

    /** Steps that make sense only once the keys are stored. */
    boolean needsIntegration() {
        return compareTo(NOTIFICATIONS) >= 0;
    }
}
