package org.payhub.web.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/**
 * The interface for booking systems. Its classes are named one by one: two applications that search
 * for theirs would publish each other's.
 */
@ApplicationPath("api/v1")
public class ApiApplication extends Application {

    /** For the container. */
    public ApiApplication() {}

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                BearerFilter.class,
                IdempotencyFilter.class,
                HubProblems.class,
                WebProblems.class,
                OtherProblems.class,
                ProvidersResource.class,
                IntegrationsResource.class,
                VisitsResource.class,
                PaymentLinksResource.class,
                PaymentsResource.class,
                RefundsResource.class,
                TransactionsResource.class,
                LedgerResource.class,
                DisputesResource.class,
                PayoutsResource.class,
                ReconciliationsResource.class,
                DeliveriesResource.class,
                UnmatchedResource.class,
                RatesResource.class,
                WithdrawalsResource.class,
                ReportsResource.class);
    }

    @Override
    public Map<String, Object> getProperties() {
        // Nothing is scanned for: what is not named above does not run in front of a call.
        return Map.of(
                "jersey.config.server.wadl.disableWadl", true,
                "jersey.config.disableAutoDiscovery", true,
                "jersey.config.server.disableMetainfServicesLookup", true);
    }
}
