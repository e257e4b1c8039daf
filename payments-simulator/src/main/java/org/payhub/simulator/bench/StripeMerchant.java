package org.payhub.simulator.bench;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.UUID;
import org.payhub.simulator.kit.Json;

/** The demo's first merchant, connected to an account of its own at the simulator. */
record StripeMerchant(String integration, LoadClient.Target target, String secret) {

    /** Connects with a signing secret of ours, so that the simulator sends nothing by itself. */
    static StripeMerchant connect(HubUnderTest hub) throws IOException, InterruptedException {
        JsonObject account =
                good(
                        HubUnderTest.call(
                                "POST",
                                hub.simulator() + "/control/stripe/accounts",
                                "",
                                "{\"name\":\"Bench\",\"country\":\"ES\",\"currency\":\"eur\"}"));
        JsonObject keys = account.getAsJsonObject("test");
        String secret = "whsec_" + UUID.randomUUID().toString().replace("-", "").substring(0, 24);
        JsonObject made =
                good(
                        hub.api(
                                "POST",
                                "/integrations",
                                Json.of(
                                        "provider",
                                        "stripe",
                                        "credentials",
                                        Json.of(
                                                "publishable_key",
                                                keys.get("publishable").getAsString(),
                                                "secret_key",
                                                keys.get("secret").getAsString(),
                                                "webhook_secret",
                                                secret))));
        String id = made.get("id").getAsString();
        JsonObject integration = good(hub.api("GET", "/integrations/" + id, null));
        String url = integration.get("webhookUrl").getAsString();
        return new StripeMerchant(
                id, new LoadClient.Target(hub.port(), URI.create(url).getPath()), secret);
    }

    private static JsonObject good(HubUnderTest.Answer answer) {
        if (answer.status() / 100 != 2) {
            throw new IllegalStateException(
                    "The merchant could not be connected: "
                            + answer.status()
                            + " "
                            + answer.body());
        }
        return answer.json();
    }
}
