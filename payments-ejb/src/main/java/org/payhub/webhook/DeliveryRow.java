package org.payhub.webhook;

import java.time.Instant;
import java.util.Optional;
import org.payhub.integration.IntegrationId;
import org.payhub.payment.PaymentId;

/** A webhook of the inbox as lists show it. */
public record DeliveryRow(
        DeliveryId id,
        IntegrationId integration,
        String provider,
        boolean livemode,
        String eventKey,
        String eventType,
        Optional<String> objectKey,
        Instant receivedAt,
        DeliveryStatus status,
        Optional<String> reason,
        int attempts,
        Optional<Instant> nextAttemptAt,
        Optional<PaymentId> payment,
        Optional<Instant> appliedAt) {}
