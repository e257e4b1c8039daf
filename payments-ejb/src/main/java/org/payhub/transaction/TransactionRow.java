package org.payhub.transaction;

import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.payhub.integration.IntegrationId;
import org.payhub.money.Money;

/**
 * One operation that a provider reported, as it reported it.
 *
 * @param payment a {@code PaymentId}'s value
 * @param key the provider's id of the operation
 * @param fee what the provider kept, where this is its booking
 * @param exchangeRate the provider's rate, as told
 * @param source of a booking or a dispute's movement: what it belongs to
 * @param occurredAt by the provider's clock
 */
public record TransactionRow(
        TransactionId id,
        IntegrationId integration,
        boolean livemode,
        Optional<UUID> payment,
        TransactionKind kind,
        String key,
        Money amount,
        Optional<Money> fee,
        Optional<String> exchangeRate,
        Optional<Instant> availableAt,
        Optional<String> source,
        Instant occurredAt,
        Instant recordedAt)
        implements Serializable {}
