package org.payhub.dispute;

import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import org.payhub.integration.IntegrationId;
import org.payhub.money.Money;
import org.payhub.payment.PaymentId;

/**
 * A dispute as pages and interfaces show it.
 *
 * @param key the provider's id
 * @param answerBy until when an answer is taken; empty where none is possible
 */
public record DisputeRow(
        DisputeId id,
        PaymentId payment,
        IntegrationId integration,
        boolean livemode,
        String key,
        DisputeStatus status,
        Money amount,
        String reason,
        Optional<Instant> answerBy,
        Instant openedAt,
        Optional<Instant> closedAt,
        Instant createdAt)
        implements Serializable {}
