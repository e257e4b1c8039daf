package org.payhub.web.payment;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.Map;
import org.payhub.integration.IntegrationId;
import org.payhub.integration.Integrations;

/** Which provider is behind an integration, read once for all rows of a page. */
@Named("providerOf")
@RequestScoped
public class ProviderOf {

    @Inject Integrations integrations;

    private final Map<IntegrationId, String> known = new HashMap<>();

    /** The provider's code. Rows come from a door that checked whose they are. */
    public String code(IntegrationId id) {
        return known.computeIfAbsent(id, i -> integrations.active(i).provider());
    }
}
