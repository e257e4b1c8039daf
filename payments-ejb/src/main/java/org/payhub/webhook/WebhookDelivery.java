package org.payhub.webhook;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Length;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.payhub.integration.IntegrationId;
import org.payhub.payment.PaymentId;
import org.payhub.tenancy.MerchantId;

/**
 * A stored webhook, for reading alone: it is written by the intake and the worker in statements of
 * their own, each fenced by a claim.
 */
@Entity
@Immutable
@Table(name = "webhook_delivery")
class WebhookDelivery {

    @Id private UUID id;

    @Column(name = "merchant_id")
    private UUID merchant;

    @Column(name = "integration_id")
    private UUID integration;

    private String provider;
    private boolean livemode;

    @Column(name = "event_key")
    private String eventKey;

    @Column(name = "event_type")
    private String eventType;

    @Column(name = "object_key")
    private String objectKey;

    @Column(name = "sealed_headers", length = Length.LONG16)
    private byte[] sealedHeaders;

    @Column(name = "sealed_body", length = Length.LONG16)
    private byte[] sealedBody;

    @Column(name = "body_hash")
    @JdbcTypeCode(SqlTypes.BINARY)
    private byte[] bodyHash;

    @Column(name = "body_size")
    private int bodySize;

    @Column(name = "received_at")
    private Instant receivedAt;

    @Convert(converter = DeliveryStatusColumn.class)
    private DeliveryStatus status;

    private String reason;
    private int attempts;

    @Column(name = "next_attempt_at")
    private Instant nextAttemptAt;

    @Column(name = "payment_id")
    private UUID payment;

    @Column(length = Length.LONG32)
    private String changes;

    @Column(name = "applied_at")
    private Instant appliedAt;

    /** For Hibernate. */
    protected WebhookDelivery() {}

    DeliveryRow row() {
        return new DeliveryRow(
                new DeliveryId(id),
                new IntegrationId(integration),
                provider,
                livemode,
                eventKey,
                eventType,
                Optional.ofNullable(objectKey),
                receivedAt,
                status,
                Optional.ofNullable(reason),
                attempts,
                Optional.ofNullable(nextAttemptAt),
                Optional.ofNullable(payment).map(PaymentId::new),
                Optional.ofNullable(appliedAt));
    }

    /** As the worker reads it. */
    Delivery delivery() {
        return new Delivery(
                new DeliveryId(id),
                new MerchantId(merchant),
                new IntegrationId(integration),
                provider,
                livemode,
                eventKey,
                eventType,
                Optional.ofNullable(objectKey),
                sealedHeaders,
                sealedBody,
                receivedAt,
                status);
    }

    byte[] bodyHash() {
        return bodyHash.clone();
    }

    int bodySize() {
        return bodySize;
    }

    String changes() {
        return changes == null ? "" : changes;
    }
}
