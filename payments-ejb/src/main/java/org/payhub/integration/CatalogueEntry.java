package org.payhub.integration;

import java.util.List;
import org.payhub.provider.spi.ProviderProfile;

/**
 * One card of the marketplace: the provider, what it can do here, and the merchant's integrations
 * with it (test and live are two on one card).
 *
 * @param abilities {@code checkout}, {@code refund}, {@code capture}, {@code read}, {@code
 *     register_webhook}, {@code rehearse}
 */
public record CatalogueEntry(
        ProviderProfile profile,
        List<String> abilities,
        IntegrationStatus status,
        List<IntegrationRow> integrations) {

    public CatalogueEntry {
        abilities = List.copyOf(abilities);
        integrations = List.copyOf(integrations);
    }
}
