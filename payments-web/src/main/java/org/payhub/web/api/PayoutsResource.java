package org.payhub.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.payhub.payout.Payouts;

/** What the providers paid out. */
@RequestScoped
@Path("payouts")
public class PayoutsResource {

    @Inject Payouts payouts;
    @Inject ApiCaller caller;

    /** For the container. */
    public PayoutsResource() {}

    /** Payouts, newest first. */
    @GET
    public Response list(@Context UriInfo uri) {
        return JsonOut.page(payouts.page(caller.scope(), new Query(uri).page()), JsonOut::payout);
    }
}
