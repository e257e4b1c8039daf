package org.payhub.integration;

import java.time.Instant;
import java.util.Optional;

/**
 * An integration as lists show it.
 *
 * @param need one sentence about what is wrong or open, when the status is not a green one
 */
public record IntegrationRow(
        IntegrationId id,
        String provider,
        String providerName,
        boolean livemode,
        IntegrationStatus status,
        Optional<String> accountName,
        Optional<String> need,
        int position,
        boolean allLocations,
        boolean proofPassed,
        Instant connectedAt,
        Optional<Instant> lastEventAt,
        Optional<Instant> disconnectedAt) {}
