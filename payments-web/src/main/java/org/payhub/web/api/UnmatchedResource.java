package org.payhub.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.payhub.finance.ResolveUnmatched;
import org.payhub.unmatched.UnmatchedFilter;
import org.payhub.unmatched.UnmatchedId;
import org.payhub.unmatched.UnmatchedMoney;
import org.payhub.unmatched.UnmatchedStatus;
import org.payhub.visit.VisitId;

/** Genuine money that belongs to no payment of ours. */
@RequestScoped
@Path("unmatched")
public class UnmatchedResource {

    @Inject UnmatchedMoney unmatched;
    @Inject ResolveUnmatched resolve;
    @Inject ApiCaller caller;

    /** For the container. */
    public UnmatchedResource() {}

    /** Newest first. */
    @GET
    public Response list(@Context UriInfo uri) {
        Query query = new Query(uri);
        UnmatchedFilter filter =
                new UnmatchedFilter(
                        query.words("status", UnmatchedStatus.values(), UnmatchedStatus::word));
        return JsonOut.page(
                unmatched.page(caller.scope(), filter, query.page()), JsonOut::unmatched);
    }

    /** It is for that visit. */
    @POST
    @Path("{id}/attach")
    public Response attach(@PathParam("id") String id, String body) {
        JsonIn in = JsonIn.parse(body);
        return JsonOut.ok(
                JsonOut.unmatched(
                        resolve.attach(
                                caller.scope(),
                                UnmatchedId.parse(id),
                                VisitId.parse(in.requiredText("visit")))));
    }

    /** It stays where it is. */
    @POST
    @Path("{id}/ignore")
    public Response ignore(@PathParam("id") String id, String body) {
        JsonIn in = JsonIn.parse(body);
        return JsonOut.ok(
                JsonOut.unmatched(
                        resolve.ignore(
                                caller.scope(), UnmatchedId.parse(id), in.requiredText("note"))));
    }
}
