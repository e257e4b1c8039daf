package org.payhub.web.webhook;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/**
 * Where providers call us. An application of its own with nothing in front of its one resource: no
 * session, no filter, no provider that is searched for.
 */
@ApplicationPath("payments/prepaid")
public class CallbackApplication extends Application {

    /** For the container. */
    public CallbackApplication() {}

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(WebhookResource.class);
    }

    @Override
    public Map<String, Object> getProperties() {
        return Map.of(
                "jersey.config.server.wadl.disableWadl", true,
                // A refusal is its status alone; error pages are for people.
                "jersey.config.server.response.setStatusOverSendError", true,
                "jersey.config.disableAutoDiscovery", true,
                "jersey.config.server.disableMetainfServicesLookup", true);
    }
}
