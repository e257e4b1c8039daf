package org.payhub.simulator.stripe;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.payhub.simulator.kit.Call;
import org.payhub.simulator.kit.Json;

/** One authenticated API request with its parameters taken apart. */
record Request(Call call, Space space, JsonObject params) {

    String id() {
        return call.var("id");
    }

    boolean reads() {
        return call.method().equals("GET");
    }

    List<String> expand() {
        List<String> paths = new ArrayList<>();
        for (JsonElement e : Json.children(params, "expand")) {
            paths.add(e.getAsString());
        }
        return paths;
    }

    /** Refuses parameters that the call does not know, as Stripe does. */
    void only(String... names) {
        List<String> known = new ArrayList<>(List.of(names));
        known.add("expand");
        for (String name : params.keySet()) {
            if (!known.contains(name)) {
                throw StripeError.invalid(
                        "parameter_unknown", name, "Received unknown parameter: " + name);
            }
        }
    }
}
