package org.payhub.web.operator;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.StringReader;
import java.util.Optional;
import java.util.Set;
import org.payhub.access.OwnerInvitation;
import org.payhub.access.SetupLinks;
import org.payhub.apikey.ApiKeys;
import org.payhub.merchant.NewMerchant;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;
import org.payhub.tenancy.Actor;
import org.payhub.tenancy.MerchantId;
import org.payhub.tenancy.Role;
import org.payhub.tenancy.Scope;
import org.payhub.web.shared.RequestInfo;

/** What the launcher asks for: the demo's seeds, one more business, the first set-up link. */
@Path("/")
@Produces(OperatorResource.JSON)
public class OperatorResource {

    static final String JSON = MediaType.APPLICATION_JSON + ";charset=UTF-8";

    @Inject DemoSeed demo;
    @Inject SetupLinks links;
    @Inject ApiKeys keys;
    @Inject RequestInfo requests;

    @Context HttpServletRequest servletRequest;

    /** For the container. */
    public OperatorResource() {}

    /** Makes the demo's story, exactly once: 409 when there is any business. */
    @POST
    @Path("demo-seed")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response seed(String body) {
        String key = text(object(body), "apiKey", "");
        return Response.ok(demo.seed(key, operator()).toString()).build();
    }

    /** Adds a business; its owner opens {@code setupUrl}. With {@code apiKey: true} also a key. */
    @POST
    @Path("merchants")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response addMerchant(String body) {
        JsonObject asked = object(body);
        String name = text(asked, "name", "");
        OwnerInvitation made =
                links.addMerchant(
                        new NewMerchant(
                                name,
                                text(asked, "location", name),
                                text(asked, "currency", ""),
                                text(asked, "timeZone", "")),
                        text(asked, "ownerEmail", ""),
                        operator());
        JsonObjectBuilder answer =
                Json.createObjectBuilder()
                        .add("merchantId", made.merchant().toString())
                        .add("setupUrl", made.setupUrl());
        if (asked.getBoolean("apiKey", false)) {
            answer.add("apiKey", keyFor(made.merchant()));
        }
        return Response.status(Response.Status.CREATED).entity(answer.build().toString()).build();
    }

    /** A key for programs that the operator lets in, such as the exam. */
    private String keyFor(MerchantId merchant) {
        Scope owner =
                new Scope(merchant, operator(), Role.OWNER, Set.of(), Optional.empty(), false);
        return keys.make(owner, "Made with the business", Optional.empty()).key();
    }

    /** A link that sets up the first business; 204 when there is one. */
    @GET
    @Path("setup")
    public Response setUp() {
        return links.forFirstMerchant(operator())
                .map(url -> Json.createObjectBuilder().add("setupUrl", url).build())
                .map(answer -> Response.ok(answer.toString()).build())
                .orElseGet(() -> Response.noContent().build());
    }

    private Actor operator() {
        return Actor.operator(requests.clientAddress(servletRequest));
    }

    private static JsonObject object(String body) {
        try (JsonReader reader = Json.createReader(new StringReader(body))) {
            return reader.readObject();
        } catch (JsonException e) {
            throw new HubException(
                    Problem.INVALID, "request.json_invalid", "The body is not a JSON object.", e);
        }
    }

    private static String text(JsonObject object, String name, String otherwise) {
        return object.get(name) instanceof JsonString text && !text.getString().isBlank()
                ? text.getString().strip()
                : otherwise;
    }
}
