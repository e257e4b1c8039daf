package org.payhub.simulator.stripe;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.payhub.simulator.Simulator;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.rig.Browser;

/** A running simulator and a bare client of its API, so that tests see the exact answers. */
final class Rig implements AutoCloseable {

    final Simulator simulator;
    final StripeSimulator stripe;
    final Browser browser = new Browser();

    Rig() {
        this(Simulator.start(0));
    }

    Rig(Simulator simulator) {
        this.simulator = simulator;
        this.stripe = simulator.stripe();
    }

    record Reply(int status, JsonObject json, HttpResponse<String> raw) {
        String text(String name) {
            return Json.need(json, name);
        }

        long number(String name) {
            return Json.number(json, name);
        }

        String errorCode() {
            return Json.text(Json.child(json, "error"), "code").orElse("");
        }

        String errorMessage() {
            return Json.text(Json.child(json, "error"), "message").orElse("");
        }
    }

    Reply get(String path) {
        return send("GET", path, null, secretKey(), Map.of());
    }

    Reply post(String path, String form) {
        return send("POST", path, form, secretKey(), Map.of());
    }

    Reply post(String path, String form, String idempotencyKey) {
        return send("POST", path, form, secretKey(), Map.of("Idempotency-Key", idempotencyKey));
    }

    Reply send(String method, String path, String form, String key, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(simulator.baseUrl() + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .method(
                                method,
                                form == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(form));
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        headers.forEach(request::header);
        HttpResponse<String> response = browser.send(request);
        JsonObject json;
        try {
            json = Json.parse(response.body());
        } catch (IllegalArgumentException notJson) {
            json = new JsonObject();
        }
        return new Reply(response.statusCode(), json, response);
    }

    Reply control(String path, JsonObject body) {
        HttpResponse<String> response =
                browser.send(
                        HttpRequest.newBuilder(
                                        URI.create(simulator.baseUrl() + "/control/stripe" + path))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
        return new Reply(response.statusCode(), Json.parse(response.body()), response);
    }

    String secretKey() {
        return stripe.account().test().secret();
    }

    /** A session of so many cents in euro; {@code more} are further form fields. */
    Reply session(long cents, String more) {
        return post(
                "/v1/checkout/sessions",
                "mode=payment&success_url="
                        + encode("https://hub.example/back?s={CHECKOUT_SESSION_ID}")
                        + "&cancel_url="
                        + encode("https://hub.example/cancel")
                        + "&line_items[0][quantity]=1&line_items[0][price_data][currency]=eur"
                        + "&line_items[0][price_data][unit_amount]="
                        + cents
                        + "&line_items[0][price_data][product_data][name]=Visit"
                        + (more.isEmpty() ? "" : "&" + more));
    }

    /** Pays a fresh session with a card and answers the charge as the API shows it. */
    JsonObject charge(long cents, String card, String more) {
        String id = session(cents, more).text("id");
        stripe.pay(id, card);
        return chargeOf(id);
    }

    JsonObject chargeOf(String sessionId) {
        String intent = get("/v1/checkout/sessions/" + sessionId).text("payment_intent");
        String charge = get("/v1/payment_intents/" + intent).text("latest_charge");
        return get("/v1/charges/" + charge).json();
    }

    JsonObject endpoint(String url, String... types) {
        StringBuilder form = new StringBuilder("url=" + encode(url));
        for (String type : types) {
            form.append("&enabled_events[]=").append(type);
        }
        return post("/v1/webhook_endpoints", form.toString()).json();
    }

    StripeBooks books() {
        return stripe.books(stripe.account().id(), false);
    }

    static JsonArray data(Reply reply) {
        return reply.json().getAsJsonArray("data");
    }

    static JsonObject first(Reply reply) {
        JsonElement first = data(reply).get(0);
        return first.getAsJsonObject();
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        simulator.close();
    }
}
