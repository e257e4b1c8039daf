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
        boolean eventSeen) {

    /** The same for what is of the other mode and has no integration of its own. */
    public WebhookTarget of(boolean otherMode) {
        return new WebhookTarget(id, merchant, provider, otherMode, eventSeen);
    }
}
