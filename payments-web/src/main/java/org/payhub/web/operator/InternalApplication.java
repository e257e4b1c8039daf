package org.payhub.web.operator;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;
import org.payhub.web.api.HubProblems;
import org.payhub.web.api.OtherProblems;
import org.payhub.web.api.WebProblems;

/** The operator's doors. Its classes are named one by one, as those of every application here. */
@ApplicationPath("internal")
public class InternalApplication extends Application {

    /** For the container. */
    public InternalApplication() {}

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                OperatorFilter.class,
                OperatorResource.class,
                HealthResource.class,
                HubProblems.class,
                WebProblems.class,
                OtherProblems.class);
    }

    @Override
    public Map<String, Object> getProperties() {
        return Map.of(
                "jersey.config.server.wadl.disableWadl", true,
                "jersey.config.disableAutoDiscovery", true,
                "jersey.config.server.disableMetainfServicesLookup", true);
    }
}
