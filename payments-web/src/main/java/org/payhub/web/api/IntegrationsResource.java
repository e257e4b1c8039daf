package org.payhub.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import org.payhub.integration.ConnectCommand;
import org.payhub.integration.ConnectIntegration;
import org.payhub.integration.IntegrationId;
import org.payhub.integration.Integrations;
import org.payhub.integration.RotateCommand;
import org.payhub.integration.TypedCredentials;
import org.payhub.platform.HubException;
import org.payhub.provider.spi.ProviderRefused;
import org.payhub.tenancy.LocationId;

/** Connections to providers. Secrets go in and never come out. */
@RequestScoped
@Path("integrations")
public class IntegrationsResource {

    private static final int LONGEST_OVERLAP_HOURS = 24 * 7;

    @Inject Integrations integrations;
    @Inject ConnectIntegration connect;
    @Inject ApiCaller caller;

    /** For the container. */
    public IntegrationsResource() {}

    /** Connects a provider. */
    @POST
    public Response connect(String body) {
        JsonIn in = JsonIn.parse(body);
        ConnectCommand command =
                new ConnectCommand(
                        in.requiredText("provider"),
                        credentials(in),
                        in.texts("locations").stream()
                                .map(LocationId::parse)
                                .collect(Collectors.toUnmodifiableSet()),
                        in.flag("allMethods", false),
                        in.flag("bareUrl", false),
                        in.flag("confirmLive", false),
                        in.flag("confirmNotice", false));
        try {
            return JsonOut.answer(
                    201, JsonOut.integration(connect.connect(caller.scope(), command)));
        } catch (ProviderRefused refused) {
            return refused(refused);
        }
    }

    private static TypedCredentials credentials(JsonIn in) {
        return new TypedCredentials(
                in.object("credentials")
                        .orElseThrow(
                                () ->
                                        HubException.ofField(
                                                "credentials",
                                                "request.field_missing",
                                                "credentials is needed: an object with the"
                                                        + " provider's credential fields."))
                        .textsByName());
    }

    /** One stable code for "these do not work", whatever the provider's reason is. */
    private static Response refused(ProviderRefused refused) {
        return ProblemJson.of(
                        422,
                        "integration.credentials_refused",
                        refused.getMessage(),
                        refused.field().map(f -> "credentials." + f),
                        Optional.empty())
                .build();
    }

    /** Every connection of the merchant. */
    @GET
    public Response list() {
        return JsonOut.list(integrations.list(caller.scope()), JsonOut::integration);
    }

    @GET
    @Path("{id}")
    public Response get(@PathParam("id") String id) {
        return JsonOut.ok(
                JsonOut.integration(integrations.get(caller.scope(), IntegrationId.parse(id))));
    }

    /** No new payments; refunds and webhooks go on. */
    @POST
    @Path("{id}/pause")
    public Response pause(@PathParam("id") String id) {
        return JsonOut.ok(
                JsonOut.integration(integrations.pause(caller.scope(), IntegrationId.parse(id))));
    }

    @POST
    @Path("{id}/resume")
    public Response resume(@PathParam("id") String id) {
        return JsonOut.ok(
                JsonOut.integration(integrations.resume(caller.scope(), IntegrationId.parse(id))));
    }

    /** New credentials; old webhook secrets go on verifying for {@code overlapHours}. */
    @POST
    @Path("{id}/rotate")
    public Response rotate(@PathParam("id") String id, String body) {
        JsonIn in = JsonIn.parse(body);
        Duration overlap =
                in.text("overlapHours")
                        .map(IntegrationsResource::hours)
                        .orElse(RotateCommand.DEFAULT_OVERLAP);
        try {
            return JsonOut.ok(
                    JsonOut.integration(
                            integrations.rotate(
                                    caller.scope(),
                                    IntegrationId.parse(id),
                                    new RotateCommand(credentials(in), overlap))));
        } catch (ProviderRefused refused) {
            return refused(refused);
        }
    }

    private static Duration hours(String text) {
        try {
            int hours = Integer.parseInt(text);
            if (hours >= 0 && hours <= LONGEST_OVERLAP_HOURS) {
                return Duration.ofHours(hours);
            }
        } catch (NumberFormatException e) {
            // Falls through to the same refusal as a number out of range.
        }
        throw HubException.ofField(
                "overlapHours",
                "integration.overlap_out_of_range",
                "overlapHours is a whole number from 0 to " + LONGEST_OVERLAP_HOURS + ".");
    }

    /** Ends the connection; its history stays and webhooks on their way still land. */
    @POST
    @Path("{id}/disconnect")
    public Response disconnect(@PathParam("id") String id) {
        return JsonOut.ok(
                JsonOut.integration(
                        integrations.disconnect(caller.scope(), IntegrationId.parse(id))));
    }

    /** Looks at the provider whether everything is as it must be. */
    @POST
    @Path("{id}/verify")
    public Response verify(@PathParam("id") String id) {
        return JsonOut.ok(
                JsonOut.integration(integrations.verify(caller.scope(), IntegrationId.parse(id))));
    }
}
