package org.payhub.integration;

import java.time.Instant;
import java.util.Optional;

/**
 * A stored field as people see it: a secret by its last characters alone.
 *
 * @param shown the value itself where it is no secret, otherwise the last characters
 * @param validUntil set while it is being replaced
 */
public record StoredCredential(
        String field,
        boolean secret,
        String shown,
        Instant addedAt,
        Optional<Instant> validUntil) {}
