package org.payhub.integration;

import java.time.Duration;

/**
 * New values for some of an integration's fields.
 *
 * @param overlap how long the old values stay valid beside the new ones; zero: they end at once
 */
public record RotateCommand(TypedCredentials credentials, Duration overlap) {

    /** As long as the providers themselves let an old secret live. */
    public static final Duration DEFAULT_OVERLAP = Duration.ofHours(24);
}
