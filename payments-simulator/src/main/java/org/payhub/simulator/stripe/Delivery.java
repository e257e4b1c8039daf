package org.payhub.simulator.stripe;

import com.google.gson.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.Parcel;

/** One event on its way to one endpoint. */
final class Delivery implements Parcel {

    private final World world;
    private final String endpoint;
    private final String event;
    private final String type;
    private final URI address;
    private final byte[] body;
    private final boolean live;

    Delivery(World world, JsonObject endpoint, JsonObject event) {
        this.world = world;
        this.endpoint = Json.need(endpoint, "id");
        this.event = Json.need(event, "id");
        this.type = Json.need(event, "type");
        this.address = URI.create(Json.need(endpoint, "url"));
        this.live = Json.flag(event, "livemode");
        this.body = StripeEvent.bytes(Render.event(event, world.endpoints.version(endpoint)));
    }

    private Delivery(Delivery like, byte[] body) {
        this.world = like.world;
        this.endpoint = like.endpoint;
        this.event = like.event;
        this.type = like.type;
        this.address = like.address;
        this.live = like.live;
        this.body = body.clone();
    }

    static String id(String endpoint, String event) {
        return endpoint + "/" + event;
    }

    @Override
    public String id() {
        return id(endpoint, event);
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public URI address() {
        return address;
    }

    @Override
    public byte[] body() {
        return body;
    }

    @Override
    public Map<String, String> headers(Instant now) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json; charset=utf-8");
        headers.put("Accept", "*/*; q=0.5, application/xml");
        headers.put("Cache-Control", "no-cache");
        headers.put("User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)");
        world.act(
                Cause.BANK,
                () ->
                        world.store
                                .find(endpoint)
                                .ifPresent(
                                        e ->
                                                headers.put(
                                                        "Stripe-Signature",
                                                        StripeSignature.header(
                                                                world.endpoints.secrets(e),
                                                                body,
                                                                now.getEpochSecond(),
                                                                !live))));
        return headers;
    }

    @Override
    public Optional<Parcel> saying(byte[] other) {
        return Optional.of(new Delivery(this, other));
    }

    @Override
    public boolean stillWanted() {
        return world.act(
                Cause.BANK,
                () ->
                        world.store
                                .find(endpoint)
                                .filter(e -> "enabled".equals(Json.need(e, "status")))
                                .isPresent());
    }

    @Override
    public boolean accepted(int status, String answer) {
        return status >= 200 && status < 300;
    }
}
