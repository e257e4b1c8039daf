package org.payhub.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.payhub.integration.Integrations;

/** The catalogue of providers. */
@RequestScoped
@Path("providers")
public class ProvidersResource {

    @Inject Integrations integrations;
    @Inject ApiCaller caller;

    /** For the container. */
    public ProvidersResource() {}

    /** Every provider that can be connected. */
    @GET
    public Response list() {
        return JsonOut.list(
                integrations.catalogue(caller.scope(), ""),
                entry -> JsonOut.provider(entry.profile(), entry.abilities()));
    }
}
