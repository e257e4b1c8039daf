package org.payhub.integration;

import java.time.Instant;
import java.util.Optional;

/**
 * What is still open at an integration that somebody wants to leave. It will be finished; the
 * credentials are kept until then.
 */
public record DisconnectPreview(
        long openLinks,
        long openCheckouts,
        long holds,
        Optional<Instant> lastHoldUntil,
        long pendingRefunds,
        long openDisputes) {

    public boolean nothingOpen() {
        return openCheckouts == 0 && holds == 0 && pendingRefunds == 0 && openDisputes == 0;
    }
}
