package org.payhub.simulator.stripe;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import org.payhub.simulator.kit.Json;

/**
 * One event as it would be delivered.
 *
 * @param objectId id of the charge, refund, dispute or other object that it is about
 * @param created seconds since 1970, by the simulator's clock
 * @param body the exact bytes to sign and send
 */
public record StripeEvent(
        String id, String type, String objectId, long created, boolean livemode, byte[] body) {

    static StripeEvent of(JsonObject kept, String version) {
        JsonObject object = Json.child(Json.child(kept, "data"), "object");
        return new StripeEvent(
                Json.need(kept, "id"),
                Json.need(kept, "type"),
                Json.text(object, "id").orElse(""),
                Json.number(kept, "created"),
                Json.flag(kept, "livemode"),
                bytes(Render.event(kept, version)));
    }

    /** Stripe indents with two spaces, and so do we. */
    static byte[] bytes(JsonObject event) {
        return Json.pretty(event).getBytes(StandardCharsets.UTF_8);
    }

    /** The value of the {@code Stripe-Signature} header for one secret. */
    public String sign(String secret, long epochSeconds) {
        return StripeSignature.header(java.util.List.of(secret), body, epochSeconds, !livemode);
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return type + " " + id + " of " + objectId;
    }
}
