package org.payhub.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import org.payhub.money.Asset;
import org.payhub.money.Rate;
import org.payhub.rate.EnterRate;
import org.payhub.rate.RateId;
import org.payhub.rate.Rates;

/** Rates at which a visit's currency becomes what a provider charges. */
@RequestScoped
@Path("rates")
public class RatesResource {

    @Inject Rates rates;
    @Inject ApiCaller caller;

    /** For the container. */
    public RatesResource() {}

    /** The newest rate of each pair. */
    @GET
    public Response list() {
        return JsonOut.list(rates.list(caller.scope()), JsonOut::rate);
    }

    /** Enters a rate; an earlier one of the same pair counts no more. */
    @POST
    public Response enter(String body) {
        JsonIn in = JsonIn.parse(body);
        EnterRate command =
                new EnterRate(
                        Asset.of(in.requiredText("from")),
                        Asset.of(in.requiredText("to")),
                        Rate.parse(in.requiredText("rate")),
                        in.requiredText("source"),
                        in.requiredInstant("validUntil"));
        return JsonOut.answer(201, JsonOut.rate(rates.enter(caller.scope(), command)));
    }

    /** Takes a rate back: the pair has none until another is entered. */
    @POST
    @Path("{id}/withdraw")
    public Response withdraw(@PathParam("id") String id) {
        return JsonOut.ok(JsonOut.rate(rates.withdraw(caller.scope(), RateId.parse(id))));
    }
}
