package org.payhub.integration;

import org.payhub.tenancy.MerchantId;

/**
 * An integration as the webhook intake sees it.
 *
 * @param eventSeen whether a genuine event ever arrived, as far as this node remembers
 */
public record WebhookTarget(
        IntegrationId id,
        MerchantId merchant,
        String provider,
        boolean livemode,
        boolean eventSeen) {}
