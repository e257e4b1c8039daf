package org.payhub.webhook;

import java.time.Instant;
import java.util.Optional;
import org.payhub.integration.WebhookTarget;
import org.payhub.provider.spi.VerifiedWebhook;

/**
 * A genuine webhook on its way into the inbox.
 *
 * @param claim set when this node works it off right after storing it
 */
record NewDelivery(
        DeliveryId id,
        WebhookTarget target,
        VerifiedWebhook webhook,
        byte[] fingerprint,
        byte[] bodyHash,
        byte[] sealedHeaders,
        byte[] sealedBody,
        DeliveryStatus status,
        Optional<String> reason,
        Optional<Claim> claim) {

    /** About how many bytes it takes in a statement. */
    int weight() {
        return 512 + sealedHeaders.length + sealedBody.length;
    }

    /** Nothing more is to be done with it once it is stored. */
    boolean finished() {
        return status != DeliveryStatus.RECEIVED;
    }

    Instant receivedAt() {
        return webhook.raw().receivedAt();
    }
}
