package org.payhub.simulator.alppay;

import com.google.gson.JsonObject;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.payhub.simulator.Simulator;
import org.payhub.simulator.kit.Json;

/** A running simulator, a bare client of its interface, and an address for its webhooks. */
final class AlppayRig implements AutoCloseable {

    record Reply(int status, JsonObject json, String text) {}

    record Arrived(String path, String signature, byte[] bytes) {
        JsonObject json() {
            return Json.parse(new String(bytes, StandardCharsets.UTF_8));
        }

        String states() {
            JsonObject o = json();
            return Json.need(o, "status")
                    + Json.text(o, "displayStatus").map(d -> "/" + d).orElse("");
        }
    }

    final Simulator simulator;
    final AlppaySimulator alppay;
    final List<Arrived> arrived = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer receiver;
    volatile int answer = 200;

    AlppayRig() {
        this(Simulator.start(0));
    }

    AlppayRig(Path data) {
        this(Simulator.start(0, data, null));
    }

    private AlppayRig(Simulator simulator) {
        this.simulator = simulator;
        this.alppay = simulator.provider(AlppaySimulator.class);
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
                        byte[] body = exchange.getRequestBody().readAllBytes();
                        arrived.add(
                                new Arrived(
                                        exchange.getRequestURI().getPath(),
                                        exchange.getRequestHeaders().getFirst("X-HMAC"),
                                        body));
                        exchange.sendResponseHeaders(answer, -1);
                    }
                });
        receiver.setExecutor(
                Executors.newCachedThreadPool(
                        work -> {
                            Thread thread = new Thread(work);
                            thread.setDaemon(true);
                            return thread;
                        }));
        receiver.start();
    }

    AlppayAccount account() {
        return alppay.account();
    }

    String hookUrl(String path) {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + path;
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
        return send(request);
    }

    Reply page(String path) {
        return send(HttpRequest.newBuilder(URI.create(simulator.baseUrl() + path)));
    }

    Reply press(String path, Map<String, String> fields) {
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

    private Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            JsonObject json;
            try {
                json = Json.parse(response.body());
            } catch (IllegalArgumentException noJson) {
                json = new JsonObject();
            }
            return new Reply(response.statusCode(), json, response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
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

    void await(Predicate<List<Arrived>> condition) {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (!condition.test(arrived)) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError(
                        "It did not come; so far: "
                                + arrived.stream().map(Arrived::states).toList());
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Override
    public void close() {
        receiver.stop(0);
        simulator.close();
    }
}
