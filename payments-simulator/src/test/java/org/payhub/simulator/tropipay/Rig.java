package org.payhub.simulator.tropipay;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.payhub.simulator.Simulator;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.rig.Browser;
import org.payhub.simulator.rig.Hook;

/** A simulator, somebody who calls its interface, and somebody who is told. */
final class Rig implements AutoCloseable {

    /**
     * @param text the address that the answer leads to, and its body
     */
    record Said(int status, String text) {

        static Said of(HttpResponse<String> response) {
            return new Said(
                    response.statusCode(),
                    response.headers().firstValue("Location").orElse("") + response.body());
        }

        JsonObject json() {
            return Json.parse(text);
        }

        JsonArray list() {
            return JsonParser.parseString(text).getAsJsonArray();
        }

        String code() {
            return Json.need(Json.child(json(), "error"), "code");
        }
    }

    final Simulator simulator;
    final TropipaySimulator tropipay;
    final Hook hook = new Hook();
    private final Browser browser = new Browser();
    private String token = "";

    Rig() {
        this(Simulator.start(0));
    }

    Rig(Path data) {
        this(Simulator.start(0, data, null));
    }

    private Rig(Simulator started) {
        simulator = started;
        tropipay = started.provider(TropipaySimulator.class);
    }

    /** The bodies that were sent to the address. */
    List<String> told() {
        return hook.arrived().stream().map(Hook.Arrived::text).toList();
    }

    String address() {
        return hook.url("/told");
    }

    // ---- calls ----

    Said token(String id, String secret) {
        Said said =
                send(
                        "POST",
                        "/access/token",
                        Json.of(
                                "grant_type", "client_credentials",
                                "client_id", id,
                                "client_secret", secret));
        if (said.status() == 200) {
            token = Json.need(said.json(), "access_token");
        }
        return said;
    }

    Rig in() {
        token(tropipay.account().clientId(), tropipay.account().clientSecret());
        return this;
    }

    Said send(String method, String path, JsonElement body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/tropipay" + path))
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(Json.compact(body)));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return Said.of(browser.send(request));
    }

    Said get(String path) {
        return send("GET", path, null);
    }

    /** A page, without following where it leads. */
    Said page(String path) {
        return Said.of(browser.get(simulator.baseUrl() + path));
    }

    Said press(String path, Map<String, String> fields) {
        return Said.of(browser.post(simulator.baseUrl() + path, fields));
    }

    // ---- things ----

    JsonObject wanted() {
        return Json.of(
                "reference",
                "visit-42",
                "concept",
                "Visit",
                "description",
                "Visit 42",
                "amount",
                2_000,
                "currency",
                "EUR",
                "singleUse",
                true,
                "favorite",
                false,
                "reasonId",
                21,
                "expirationDays",
                0,
                "serviceDate",
                LocalDate.now(ZoneOffset.UTC).toString(),
                "expirationDate",
                LocalDate.now(ZoneOffset.UTC).plusDays(1).toString(),
                "lang",
                "en",
                "urlSuccess",
                "http://127.0.0.1:1/paid",
                "urlFailed",
                "http://127.0.0.1:1/not",
                "urlNotification",
                address(),
                "directPayment",
                false,
                "client",
                null);
    }

    JsonObject card() {
        Said made = send("POST", "/paymentcards", wanted());
        if (made.status() != 200) {
            throw new AssertionError(made.text());
        }
        return made.json();
    }

    @Override
    public void close() {
        simulator.close();
        hook.close();
    }
}
