package org.payhub.simulator.stripe;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import org.payhub.simulator.kit.Json;

/** Turns kept objects into what a caller sees, in the shape of an API version where it matters. */
final class Render {

    private Render() {}

    /** A copy without the fields that are ours; what is nested is shared and must not change. */
    static JsonObject strip(JsonObject object) {
        JsonObject copy = new JsonObject();
        object.entrySet()
                .forEach(
                        e -> {
                            if (!e.getKey().startsWith("_")) {
                                copy.add(e.getKey(), e.getValue());
                            }
                        });
        return copy;
    }

    static JsonObject list(String url, List<? extends JsonElement> data, boolean more) {
        JsonArray array = new JsonArray();
        data.forEach(array::add);
        return Json.of("object", "list", "data", array, "has_more", more, "url", url);
    }

    /**
     * The event as an endpoint of this version gets it.
     *
     * <p>Source: Stripe's upgrade notes; only what payments, refunds and disputes show of them.
     */
    static JsonObject event(JsonObject kept, String version) {
        JsonObject event = strip(kept).deepCopy();
        event.add("api_version", Json.element(version));
        JsonObject object = Json.child(Json.child(event, "data"), "object");
        if (version == null || !"charge".equals(Json.text(object, "object").orElse(""))) {
            return event;
        }
        JsonArray refunds = Json.children(kept, "_refunds");
        if (version.compareTo("2022-11-15") < 0) {
            object.add("refunds", refundList(object, refunds));
        }
        boolean expired = "charge.expired".equals(Json.text(event, "type").orElse(""));
        if (expired && version.compareTo("2025-03-31") < 0) {
            // Before basil a released hold looked like a full refund of money never taken.
            object.addProperty("refunded", true);
            object.add("amount_refunded", object.get("amount"));
        }
        return event;
    }

    private static JsonObject refundList(JsonObject charge, JsonArray refunds) {
        JsonObject list =
                list(
                        "/v1/charges/" + Json.need(charge, "id") + "/refunds",
                        refunds.asList(),
                        false);
        list.addProperty("total_count", refunds.size());
        return list;
    }
}
