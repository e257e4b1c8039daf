package org.payhub.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.ZoneOffset;
import org.payhub.dispute.DisputeFilter;
import org.payhub.dispute.DisputeId;
import org.payhub.dispute.DisputeStatus;
import org.payhub.dispute.Disputes;
import org.payhub.payment.PaymentId;

/** Disputes. */
@RequestScoped
@Path("disputes")
public class DisputesResource {

    @Inject Disputes disputes;
    @Inject ApiCaller caller;

    /** For the container. */
    public DisputesResource() {}

    /** Disputes, newest first. */
    @GET
    public Response list(@Context UriInfo uri) {
        Query query = new Query(uri);
        DisputeFilter filter =
                new DisputeFilter(
                        query.text("payment").map(PaymentId::parse),
                        query.words("status", DisputeStatus.values(), DisputeStatus::word),
                        query.moment("from", ZoneOffset.UTC),
                        query.moment("to", ZoneOffset.UTC));
        return JsonOut.page(disputes.page(caller.scope(), filter, query.page()), JsonOut::dispute);
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        return JsonOut.ok(JsonOut.dispute(disputes.get(caller.scope(), DisputeId.parse(id))));
    }
}
