package org.payhub.unmatched;

import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.payhub.integration.IntegrationId;
import org.payhub.money.Money;
import org.payhub.visit.VisitId;

/**
 * Genuine money that waits for a person, or was dealt with by one.
 *
 * @param payment the payment that holds it (a {@code PaymentId}'s value)
 * @param reason {@code amount_differs}, {@code currency_differs}, {@code nothing_due}, {@code
 *     no_payment}, {@code overpaid}, {@code on_hold}, {@code late}, {@code contradictory}
 * @param transactionKey the provider's id of the operation that brought it
 */
public record UnmatchedRow(
        UnmatchedId id,
        IntegrationId integration,
        boolean livemode,
        UUID payment,
        String reason,
        String transactionKey,
        Money amount,
        UnmatchedStatus status,
        Optional<String> resolvedBy,
        Optional<String> resolutionNote,
        Optional<VisitId> attachedTo,
        Instant occurredAt,
        Instant createdAt,
        Optional<Instant> resolvedAt)
        implements Serializable {}
