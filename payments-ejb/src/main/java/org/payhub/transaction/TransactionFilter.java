package org.payhub.transaction;

import java.time.Instant;
import java.util.Optional;
import org.payhub.integration.IntegrationId;
import org.payhub.payment.PaymentId;

/**
 * Which reported operations a list shows; the mode is the scope's.
 *
 * @param from recorded at or after
 * @param to recorded before
 */
public record TransactionFilter(
        Optional<PaymentId> payment,
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
