package org.payhub.integration;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * How far the proof of an integration has come: a smallest payment that was made, told by a genuine
 * webhook, and given back.
 *
 * @param payment the latest proof payment
 */
public record ProofState(
        Optional<UUID> payment,
        boolean opened,
        boolean eventSeen,
        boolean paid,
        boolean refunded,
        Optional<Instant> passedAt) {

    /** Every step was seen. */
    boolean complete() {
        return opened && eventSeen && paid && refunded;
    }
}
