package org.payhub.webhook;

import java.time.Instant;
import java.util.Optional;
import org.payhub.integration.IntegrationId;
import org.payhub.tenancy.MerchantId;

/** A stored delivery as the worker reads it. */
record Delivery(
        DeliveryId id,
        MerchantId merchant,
        IntegrationId integration,
        String provider,
        boolean livemode,
        String eventKey,
        String eventType,
        Optional<String> objectKey,
        byte[] sealedHeaders,
        byte[] sealedBody,
        Instant receivedAt,
        DeliveryStatus status) {

    boolean erased() {
        return sealedBody == null || sealedHeaders == null;
    }
}
