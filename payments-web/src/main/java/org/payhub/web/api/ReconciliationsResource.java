package org.payhub.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.payhub.integration.IntegrationId;
import org.payhub.reconciliation.ComparedDayId;
import org.payhub.reconciliation.ComparedDayRow;
import org.payhub.reconciliation.Reconciliation;
import org.payhub.tenancy.Scope;

/** Days on which a provider's own list was compared with ours. */
@RequestScoped
@Path("reconciliations")
public class ReconciliationsResource {

    @Inject Reconciliation reconciliation;
    @Inject ApiCaller caller;

    /** For the container. */
    public ReconciliationsResource() {}

    /** Compared days, the latest comparison first. */
    @GET
    public Response list(@Context UriInfo uri) {
        Query query = new Query(uri);
        return JsonOut.page(
                reconciliation.page(
                        caller.scope(),
                        query.text("integration").map(IntegrationId::parse),
                        query.page()),
                JsonOut::comparedDay);
    }

    /** One day with the differences that are left. */
    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        Scope scope = caller.scope();
        ComparedDayId day = ComparedDayId.parse(id);
        // The day first: once it says done, its differences are there.
        ComparedDayRow row = reconciliation.get(scope, day);
        JsonArrayBuilder differences = Json.createArrayBuilder();
        reconciliation
                .differences(scope, day)
                .forEach(found -> differences.add(JsonOut.difference(found)));
        return JsonOut.ok(
                Json.createObjectBuilder(JsonOut.comparedDay(row))
                        .add("differences", differences)
                        .build());
    }
}
