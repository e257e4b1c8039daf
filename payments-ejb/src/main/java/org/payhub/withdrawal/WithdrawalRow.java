package org.payhub.withdrawal;

import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.payhub.integration.IntegrationId;
import org.payhub.money.Money;
import org.payhub.payment.PaymentId;

/**
 * A withdrawal as pages and interfaces show it.
 *
 * @param payment whose money it returns; empty: the merchant's own
 * @param arrived what the address got, once that is known; the rest was the fee
 * @param withdrawalKey the provider's id
 * @param networkKey the network's id of the transfer
 * @param requestedById who cannot be the second person
 */
public record WithdrawalRow(
        WithdrawalId id,
        IntegrationId integration,
        boolean livemode,
        Optional<PaymentId> payment,
        Money amount,
        Optional<Money> arrived,
        String address,
        Optional<String> addressTag,
        String reason,
        WithdrawalStatus status,
        Optional<String> withdrawalKey,
        Optional<String> networkKey,
        Optional<String> failureReason,
        UUID requestedById,
        String requestedBy,
        Optional<String> approvedBy,
        Optional<Instant> approvedAt,
        Optional<Instant> sentAt,
        Instant createdAt,
        Optional<Instant> settledAt)
        implements Serializable {}
