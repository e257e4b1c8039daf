package org.payhub.integration;

import java.util.Set;
import org.payhub.money.Asset;
import org.payhub.tenancy.MerchantId;

/** An integration as those see it who call the provider with it. */
public record ActiveIntegration(
        IntegrationId id,
        MerchantId merchant,
        String provider,
        boolean livemode,
        Set<Asset> settlementAssets,
        boolean allMethods) {

    public ActiveIntegration {
        settlementAssets = Set.copyOf(settlementAssets);
    }
}
