package org.payhub.integration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.payhub.provider.Providers;
import org.payhub.provider.spi.ConnectionFacts;
import org.payhub.provider.spi.ProviderRefused;
import org.payhub.provider.spi.ProviderUnavailable;

/**
 * Looks at the provider whether the credentials still work and the webhooks are set as they must
 * be, or, where those cannot be read, whether our own address answers; notes what it finds. Calls
 * the provider, so it is never inside a transaction.
 */
@ApplicationScoped
class Probe {

    @Inject Providers providers;
    @Inject IntegrationRecords records;
    @Inject IntegrationDirectory directory;
    @Inject WebhookSetup webhooks;
    @Inject CallbackAddress address;
    @Inject Clock clock;

    /** For the container. */
    Probe() {}

    void look(ActiveIntegration integration) {
        IntegrationId id = integration.id();
        try {
            ConnectionFacts facts =
                    providers.get(integration.provider()).check(directory.credentials(id));
            List<String> warnings = new ArrayList<>(facts.warnings());
            warnings.addAll(webhooks.inspect(id));
            ConnectionFacts all =
                    new ConnectionFacts(
                            facts.livemode(),
                            facts.accountKey(),
                            facts.accountName(),
                            facts.settlementAssets(),
                            facts.missingRights(),
                            warnings);
            records.see(id, i -> i.checked(all, clock.instant()));
        } catch (ProviderRefused | ProviderUnavailable e) {
            records.see(id, i -> i.callFailed(clock.instant(), e.getMessage()));
        }
        address.call(id);
        directory.forget(id);
    }
}
