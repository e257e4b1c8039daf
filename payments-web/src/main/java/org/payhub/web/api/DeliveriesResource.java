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
import java.time.ZoneOffset;
import java.util.Optional;
import org.payhub.integration.IntegrationId;
import org.payhub.payment.PaymentId;
import org.payhub.webhook.DeliveryFilter;
import org.payhub.webhook.DeliveryId;
import org.payhub.webhook.DeliveryStatus;
import org.payhub.webhook.WebhookDeliveries;

/** The inbox. */
@RequestScoped
@Path("webhook-deliveries")
public class DeliveriesResource {

    @Inject WebhookDeliveries deliveries;
    @Inject ApiCaller caller;

    /** For the container. */
    public DeliveriesResource() {}

    /** Deliveries, newest first. */
    @GET
    public Response list(@Context UriInfo uri) {
        Query query = new Query(uri);
        DeliveryFilter filter =
                new DeliveryFilter(
                        query
                                .words("status", DeliveryStatus.values(), DeliveryStatus::word)
                                .stream()
                                .findFirst(),
                        query.text("provider"),
                        query.text("integration").map(IntegrationId::parse),
                        query.text("payment").map(PaymentId::parse),
                        query.text("type"),
                        query.text("text"),
                        query.moment("from", ZoneOffset.UTC),
                        query.moment("to", ZoneOffset.UTC),
                        query.text("livemode").isPresent()
                                ? Optional.of(caller.scope().livemode())
                                : Optional.empty());
        return JsonOut.page(
                deliveries.page(caller.scope(), filter, query.page()), JsonOut::delivery);
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        return JsonOut.ok(JsonOut.delivery(deliveries.get(caller.scope(), DeliveryId.parse(id))));
    }

    /** Runs a delivery again; what it did already is not done twice. */
    @POST
    @Path("{id}/replay")
    public Response replay(@PathParam("id") String id) {
        return JsonOut.answer(
                202, JsonOut.delivery(deliveries.replay(caller.scope(), DeliveryId.parse(id))));
    }
}
