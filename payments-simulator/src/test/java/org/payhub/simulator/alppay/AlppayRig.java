package org.payhub.simulator.alppay;

import com.google.gson.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.payhub.simulator.Simulator;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.rig.Browser;
import org.payhub.simulator.rig.Hook;

/** A running simulator, a bare client of its interface, and an address for its webhooks. */
final class AlppayRig implements AutoCloseable {

    record Reply(int status, JsonObject json, String text) {

        static Reply of(HttpResponse<String> response) {
            JsonObject json;
            try {
                json = Json.parse(response.body());
            } catch (IllegalArgumentException noJson) {
                json = new JsonObject();
            }
            return new Reply(response.statusCode(), json, response.body());
        }
    }

    /** A payment or withdrawal as a webhook told it: its status and what was shown. */
    static String states(Hook.Arrived told) {
        JsonObject o = told.json();
        return Json.need(o, "status") + Json.text(o, "displayStatus").map(d -> "/" + d).orElse("");
    }

    final Simulator simulator;
    final AlppaySimulator alppay;
    final Hook hook = new Hook();
    private final Browser browser = new Browser();

    AlppayRig() {
        this(Simulator.start(0));
    }

    AlppayRig(Path data) {
        this(Simulator.start(0, data, null));
    }

    private AlppayRig(Simulator simulator) {
        this.simulator = simulator;
        this.alppay = simulator.provider(AlppaySimulator.class);
    }

    AlppayAccount account() {
        return alppay.account();
    }

    String hookUrl(String path) {
        return hook.url(path);
    }

    void hooksHere() {
        alppay.webhookUrls(account().id(), hookUrl("/p"), hookUrl("/w"));
    }

    Reply get(String path) {
        return send("GET", path, null, account().apiKey(), null);
    }

    Reply post(String path, String body) {
        return send(
                "POST",
                path,
                body,
                account().apiKey(),
                Delivery.sign(account().hmacKey(), body.getBytes(StandardCharsets.UTF_8)));
    }

    Reply send(String method, String path, String body, String key, String signature) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/alppay" + path))
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body));
        if (key != null) {
            request.header("API-KEY", key);
        }
        if (signature != null) {
            request.header("X-HMAC", signature);
        }
        return Reply.of(browser.send(request));
    }

    Reply page(String path) {
        return Reply.of(browser.get(simulator.baseUrl() + path));
    }

    Reply press(String path, Map<String, String> fields) {
        return Reply.of(browser.post(simulator.baseUrl() + path, fields));
    }

    static String order(String amount, String invoice) {
        return "{\"amount\":\""
                + amount
                + "\",\"asset\":{\"short\":\"USDT\",\"network\":\"tron\"},\"customer\":{\"id\":7,"
                + "\"name\":\"Client\",\"email\":\"c@example.org\"},\"invoice\":\""
                + invoice
                + "\",\"checkoutUrl\":\"https://hub.example/back\"}";
    }

    static String withdrawal(String amount, String invoice) {
        return "{\"amount\":\""
                + amount
                + "\",\"asset\":{\"short\":\"USDT\",\"network\":\"tron\"},\"addressTo\":"
                + "\"TPSMckmxoQBQWfUcasbUs2cRUdh2EMQu4n\",\"customer\":{\"id\":7,\"name\":\"C\","
                + "\"email\":\"c@example.org\"},\"destTag\":\"\",\"invoice\":\""
                + invoice
                + "\"}";
    }

    /** Orders and answers the payment's id. */
    String ordered(String amount, String invoice) {
        return Json.need(post("/payment", order(amount, invoice)).json(), "id");
    }

    @Override
    public void close() {
        hook.close();
        simulator.close();
    }
}
