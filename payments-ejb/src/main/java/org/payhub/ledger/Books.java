package org.payhub.ledger;

import java.time.ZoneId;
import java.util.Objects;
import org.payhub.integration.IntegrationId;
import org.payhub.tenancy.MerchantId;

/**
 * Whose books a posting goes into: one merchant's, for one integration, in one mode.
 *
 * @param zone where the money was earned; its calendar gives the booking date
 */
public record Books(MerchantId merchant, IntegrationId integration, boolean livemode, ZoneId zone) {

    public Books {
        Objects.requireNonNull(merchant, "merchant");
        Objects.requireNonNull(integration, "integration");
        Objects.requireNonNull(zone, "zone");
    }
}
