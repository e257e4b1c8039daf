package org.payhub.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import org.payhub.integration.IntegrationId;
import org.payhub.link.LinkId;
import org.payhub.link.PaymentLinks;
import org.payhub.money.Asset;
import org.payhub.payment.CheckoutOpened;
import org.payhub.payment.OpenCheckout;
import org.payhub.payment.OpenCheckoutCommand;

/** Payment links by themselves. */
@RequestScoped
@Path("payment-links")
public class PaymentLinksResource {

    @Inject PaymentLinks links;
    @Inject OpenCheckout checkouts;
    @Inject ApiCaller caller;

    /** For the container. */
    public PaymentLinksResource() {}

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        return JsonOut.ok(JsonOut.link(links.get(caller.scope(), LinkId.parse(id))));
    }

    /** Takes a link back. */
    @POST
    @Path("{id}/cancel")
    public Response cancel(@PathParam("id") String id) {
        return JsonOut.ok(JsonOut.link(links.cancel(caller.scope(), LinkId.parse(id))));
    }

    /** Opens the payment at the provider, as the pay page does on click. */
    @POST
    @Path("{id}/checkout")
    public Response checkout(@PathParam("id") String id, String body) {
        JsonIn in = JsonIn.parse(body);
        OpenCheckoutCommand command =
                OpenCheckoutCommand.byLink(
                        caller.scope(),
                        LinkId.parse(id),
                        in.requiredText("provider"),
                        in.text("language").map(Locale::forLanguageTag).orElse(Locale.ENGLISH));
        if (in.has("integrationId")) {
            command = command.at(IntegrationId.parse(in.requiredText("integrationId")));
        }
        if (in.has("asset")) {
            command = command.charging(Asset.of(in.requiredText("asset")));
        }
        if (in.flag("holdOnly", false)) {
            command = command.holding();
        }
        CheckoutOpened opened = checkouts.open(command);
        return JsonOut.answer(
                201,
                Json.createObjectBuilder()
                        .add("redirectUrl", opened.redirectUrl())
                        .add("paymentId", opened.payment().toString())
                        .add("expiresAt", opened.expiresAt().toString())
                        .build());
    }
}
