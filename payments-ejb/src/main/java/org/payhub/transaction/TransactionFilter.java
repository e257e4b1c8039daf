package org.payhub.transaction;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.payhub.integration.IntegrationId;

/**
 * Which reported operations a list shows; the mode is the scope's.
 *
 * @param payment a {@code PaymentId}'s value
 * @param from recorded at or after
 * @param to recorded before
 */
public record TransactionFilter(
        Optional<UUID> payment,
        Optional<IntegrationId> integration,
        Optional<TransactionKind> kind,
        Optional<Instant> from,
        Optional<Instant> to) {

    /** Every operation. */
    public static TransactionFilter all() {
        return new TransactionFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
