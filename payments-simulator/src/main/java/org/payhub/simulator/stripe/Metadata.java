package org.payhub.simulator.stripe;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import org.payhub.simulator.kit.Json;

/** The limits of metadata: 50 keys, 40 characters a key, 500 a value, no square brackets. */
final class Metadata {

    private Metadata() {}

    static void check(JsonObject params, String inside) {
        JsonObject metadata = Json.child(params, "metadata");
        String at = inside.isEmpty() ? "metadata" : inside + "[metadata]";
        if (metadata.size() > 50) {
            throw StripeError.invalid(null, at, "You can have up to 50 metadata keys.");
        }
        for (Map.Entry<String, JsonElement> e : metadata.entrySet()) {
            boolean text = e.getValue().isJsonPrimitive();
            if (!text
                    || e.getKey().length() > 40
                    || e.getKey().contains("[")
                    || e.getValue().getAsString().length() > 500) {
                throw StripeError.invalid(
                        null,
                        at + "[" + e.getKey() + "]",
                        "Metadata keys have at most 40 characters without brackets, values at"
                                + " most 500.");
            }
        }
    }

    /** Merges as Stripe does: an empty value removes the key. */
    static void merge(JsonObject object, JsonObject params) {
        if (!params.has("metadata")) {
            return;
        }
        JsonObject merged = Json.child(object, "metadata").deepCopy();
        if (params.get("metadata").isJsonPrimitive()) {
            merged = new JsonObject();
        }
        for (Map.Entry<String, JsonElement> e : Json.child(params, "metadata").entrySet()) {
            if (e.getValue().getAsString().isEmpty()) {
                merged.remove(e.getKey());
            } else {
                merged.add(e.getKey(), e.getValue());
            }
        }
        object.add("metadata", merged);
    }
}
