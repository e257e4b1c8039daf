package org.payhub.payment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Supplier;
import org.payhub.integration.IntegrationId;
import org.payhub.integration.Integrations;
import org.payhub.provider.spi.ProviderRefused;
import org.payhub.provider.spi.ProviderUnavailable;

/** Makes calls to providers outside transactions and notes for the integration how they went. */
@ApplicationScoped
public class NotedCalls {

    @Inject Integrations integrations;

    /** For the container. */
    public NotedCalls() {}

    /** Makes the call; what it throws is thrown on. */
    public <T> T make(IntegrationId integration, Supplier<T> call) {
        try {
            T answer = call.get();
            integrations.noteCallSucceeded(integration);
            return answer;
        } catch (ProviderUnavailable e) {
            integrations.noteCallFailed(integration, e.getMessage());
            throw e;
        } catch (ProviderRefused e) {
            // A refusal of the thing asked is a call that worked; a refusal of the key is not.
            if (e.code().equals("integration.credentials_refused")
                    || e.code().equals("provider.right_missing")) {
                integrations.noteCallFailed(integration, e.getMessage());
            } else {
                integrations.noteCallSucceeded(integration);
            }
            throw e;
        }
    }
}
