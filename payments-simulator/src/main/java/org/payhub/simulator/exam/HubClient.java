package org.payhub.simulator.exam;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A booking system of one business, as the exam plays it: the hub's REST interface. */
final class HubClient {

    /** How long the hub may take to hear of something. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final Duration LOOK_EVERY = Duration.ofMillis(150);

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(10))
                    .build();
    private final URI hub;
    private String key = "";

    HubClient(URI hub) {
        this.hub = hub;
    }

    /** A status and a body. */
    record Reply(int status, String body) {

        /** The body as an object; empty where it is none. */
        JsonObject json() {
            try {
                JsonElement element = JsonParser.parseString(body);
                return element.isJsonObject() ? element.getAsJsonObject() : new JsonObject();
            } catch (JsonParseException e) {
                return new JsonObject();
            }
        }

        String text(String path) {
            return HubClient.text(json(), path);
        }

        List<JsonObject> items() {
            List<JsonObject> items = new ArrayList<>();
            if (json().get("items") instanceof JsonArray array) {
                array.forEach(item -> items.add(item.getAsJsonObject()));
            }
            return items;
        }

        Reply require(int wanted, String what) {
            if (status != wanted) {
                throw new StepFailed(
                        what + " was answered " + status + " instead of " + wanted + ": " + cut());
            }
            return this;
        }

        private String cut() {
            return body.length() <= 400 ? body : body.substring(0, 400) + "…";
        }
    }

    /** What was promised did not happen. */
    static final class StepFailed extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        StepFailed(String message) {
            super(message);
        }
    }

    /** A text by its dotted path; empty where there is none. */
    static String text(JsonObject object, String path) {
        JsonElement at = object;
        for (String name : path.split("\\.")) {
            at = at != null && at.isJsonObject() ? at.getAsJsonObject().get(name) : null;
        }
        return at == null || at.isJsonNull() || !at.isJsonPrimitive() ? "" : at.getAsString();
    }

    /** Opens a business of the exam's own, with a key for the interface. */
    void openBusiness(String operatorToken, String name, String currency) {
        JsonObject wanted = new JsonObject();
        wanted.addProperty("name", name);
        wanted.addProperty("location", "Exam");
        wanted.addProperty("currency", currency);
        wanted.addProperty("timeZone", "Europe/Madrid");
        wanted.addProperty("ownerEmail", "exam-" + UUID.randomUUID() + "@example.com");
        wanted.addProperty("apiKey", true);
        Reply made =
                send(request("/internal/merchants")
                                .header("Authorization", "Bearer " + operatorToken)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(wanted.toString())))
                        .require(201, "Opening a business for the exam");
        key = made.text("apiKey");
    }

    Reply get(String path) {
        return send(api(path).GET());
    }

    Reply post(String path, JsonObject body) {
        return send(
                api(path)
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    private HttpRequest.Builder api(String path) {
        return request("/api/v1" + path)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(hub.resolve(path)).timeout(Duration.ofSeconds(60));
    }

    /** Posts to an address of the hub as some stranger would. */
    Reply strangerPosts(String address, String body) {
        return send(
                HttpRequest.newBuilder(URI.create(address))
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(answer.statusCode(), answer.body());
        } catch (IOException e) {
            throw new StepFailed("The hub does not answer: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StepFailed("The exam was interrupted");
        }
    }

    /** Looks until it is so; says what it was at the end. */
    Reply await(String what, Supplier<Reply> read, Predicate<Reply> wanted) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Optional<Reply> last = Optional.empty();
        while (System.nanoTime() < end) {
            Reply now = read.get();
            if (wanted.test(now)) {
                return now;
            }
            last = Optional.of(now);
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        throw new StepFailed(
                what
                        + " did not come within "
                        + PATIENCE.toSeconds()
                        + " seconds; at the end: "
                        + last.map(Reply::cut).orElse("nothing"));
    }
}
