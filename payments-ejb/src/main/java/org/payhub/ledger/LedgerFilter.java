package org.payhub.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.payhub.integration.IntegrationId;

/**
 * Which lines of the books are shown; the mode is the scope's.
 *
 * @param payment a {@code PaymentId}'s value
 * @param from recorded at or after
 * @param to recorded before
 */
public record LedgerFilter(
        Optional<LedgerAccount> account,
        Optional<IntegrationId> integration,
        Optional<UUID> payment,
        Optional<Instant> from,
        Optional<Instant> to) {

    /** Every line. */
    public static LedgerFilter all() {
        return new LedgerFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public static LedgerFilter ofPayment(UUID payment) {
        return new LedgerFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.of(payment),
                Optional.empty(),
                Optional.empty());
    }
}
