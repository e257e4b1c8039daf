package org.payhub.integration;

import java.time.Instant;
import java.util.Optional;

/**
 * What somebody had typed into the connect wizard, without secrets, and how far they had come.
 *
 * @param content what the wizard keeps, in its own words
 * @param integration the integration, once the keys were stored
 */
public record ConnectDraftRow(
        String provider,
        String step,
        String content,
        Optional<IntegrationId> integration,
        Instant startedAt) {}
