package org.payhub.simulator.tropipay;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.payhub.simulator.Simulator;
import org.payhub.simulator.kit.Json;

/** A simulator, somebody who calls its interface, and somebody who is told. */
final class Rig implements AutoCloseable {

    record Said(int status, String text) {
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
    final List<String> told = new CopyOnWriteArrayList<>();
    final List<String> headers = new CopyOnWriteArrayList<>();
    volatile int answer = 200;
    private final HttpServer receiver;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
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
        try {
            receiver =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        receiver.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        told.add(
                                new String(
                                        exchange.getRequestBody().readAllBytes(),
                                        StandardCharsets.UTF_8));
                        headers.add(
                                String.valueOf(
                                        exchange.getRequestHeaders()
                                                .getFirst("X-Tropipay-Signature")));
                        exchange.sendResponseHeaders(answer, -1);
                    }
                });
        receiver.setExecutor(Executors.newCachedThreadPool());
        receiver.start();
    }

    String address() {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/told";
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
        return send(request);
    }

    Said get(String path) {
        return send("GET", path, null);
    }

    /** A page, without following where it leads. */
    Said page(String path) {
        return send(HttpRequest.newBuilder(URI.create(simulator.baseUrl() + path)).GET());
    }

    Said press(String path, Map<String, String> fields) {
        String form =
                fields.entrySet().stream()
                        .map(
                                e ->
                                        e.getKey()
                                                + "="
                                                + URLEncoder.encode(
                                                        e.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        return send(
                HttpRequest.newBuilder(URI.create(simulator.baseUrl() + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private Said send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Said(
                    response.statusCode(),
                    response.headers().firstValue("Location").orElse("") + response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
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

    static void await(BooleanSupplier condition, String what) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("It never came to be: " + what);
            }
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
    }

    @Override
    public void close() {
        simulator.close();
        receiver.stop(0);
    }
}
