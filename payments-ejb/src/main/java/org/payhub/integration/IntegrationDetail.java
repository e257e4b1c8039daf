package org.payhub.integration;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.payhub.money.Asset;
import org.payhub.tenancy.LocationId;

/**
 * Everything about an integration that may be shown; secrets are not among it.
 *
 * @param locations where it is used; empty: everywhere
 * @param registeredByUs whether we set the webhook address at the provider ourselves
 * @param requiredEvents what the merchant switches on when setting the address by hand
 */
public record IntegrationDetail(
        IntegrationRow row,
        WebhookUrls webhookUrls,
        boolean bareUrl,
        boolean registeredByUs,
        boolean canRegister,
        List<String> requiredEvents,
        List<String> usefulEvents,
        Set<LocationId> locations,
        boolean allMethods,
        Optional<String> accountKey,
        Set<Asset> settlementAssets,
        List<String> missingRights,
        List<String> warnings,
        List<StoredCredential> credentials,
        HealthFacts health,
        List<ChecklistItem> checklist,
        ProofState proof) {

    public IntegrationDetail {
        requiredEvents = List.copyOf(requiredEvents);
        usefulEvents = List.copyOf(usefulEvents);
        locations = Set.copyOf(locations);
        settlementAssets = Set.copyOf(settlementAssets);
        missingRights = List.copyOf(missingRights);
        warnings = List.copyOf(warnings);
        credentials = List.copyOf(credentials);
        checklist = List.copyOf(checklist);
    }
}
