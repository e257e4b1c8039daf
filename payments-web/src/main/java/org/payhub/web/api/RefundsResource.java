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
import org.payhub.payment.PaymentId;
import org.payhub.refund.RefundFilter;
import org.payhub.refund.RefundId;
import org.payhub.refund.RefundStatus;
import org.payhub.refund.Refunds;

/** Refunds. */
@RequestScoped
@Path("refunds")
public class RefundsResource {

    @Inject Refunds refunds;
    @Inject ApiCaller caller;

    /** For the container. */
    public RefundsResource() {}

    /** Refunds, newest first. */
    @GET
    public Response list(@Context UriInfo uri) {
        Query query = new Query(uri);
        RefundFilter filter =
                new RefundFilter(
                        query.text("payment").map(PaymentId::parse),
                        query.words("status", RefundStatus.values(), RefundStatus::word),
                        query.moment("from", ZoneOffset.UTC),
                        query.moment("to", ZoneOffset.UTC));
        return JsonOut.page(refunds.page(caller.scope(), filter, query.page()), JsonOut::refund);
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        return JsonOut.ok(JsonOut.refund(refunds.get(caller.scope(), RefundId.parse(id))));
    }
}
