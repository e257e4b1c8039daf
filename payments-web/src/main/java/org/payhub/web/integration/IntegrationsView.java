package org.payhub.web.integration;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.payhub.integration.Integrations;
import org.payhub.web.shared.Frame;

/** Settings → Integrations: the marketplace, at what is connected once something is. */
@Named("integrationsStart")
@RequestScoped
public class IntegrationsView {

    @Inject Integrations integrations;
    @Inject Frame frame;

    public String open() {
        return "/admin/marketplace?faces-redirect=true"
                + (integrations.list(frame.scope()).isEmpty() ? "" : "&state=connected");
    }
}
