package org.payhub.simulator.stripe;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.payhub.simulator.kit.Answer;
import org.payhub.simulator.kit.Call;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.Mac;

/**
 * Remembers the first answer to every idempotency key, a 500 too, for 24 hours.
 *
 * <p>Guarantee: while the first call with a key runs, a second one is refused with 409; a call with
 * the same key and other parameters is refused with 400.
 */
final class Idempotency {

    private static final long KEPT_SECONDS = 24 * 60 * 60;

    private record Kept(String fingerprint, int status, String body, String request, long at) {}

    private final Map<String, Kept> kept = new HashMap<>();
    private final Set<String> running = new HashSet<>();

    static String fingerprint(Call call) {
        return Mac.digestHex(
                "SHA-256",
                (call.method() + " " + call.path() + "\n" + call.params())
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** The kept answer, or empty when the caller must do the work and then call {@link #end}. */
    synchronized Optional<Answer> begin(Space space, String key, String fingerprint, long now) {
        if (key.length() > 255) {
            throw StripeError.idempotency(
                    400, null, "Idempotency keys have at most 255 characters.");
        }
        String full = full(space, key);
        Kept first = kept.get(full);
        if (first != null && now - first.at < KEPT_SECONDS) {
            if (!first.fingerprint.equals(fingerprint)) {
                throw StripeError.idempotency(
                        400,
                        null,
                        "Keys for idempotent requests can only be used with the same parameters"
                                + " they were first used with. Try using a key other than '"
                                + key
                                + "' if you meant to execute a different request.");
            }
            return Optional.of(
                    Answer.text(first.status, "application/json", first.body)
                            .with("Idempotent-Replayed", "true")
                            .with("Original-Request", first.request));
        }
        if (!running.add(full)) {
            throw StripeError.idempotency(
                    409,
                    "idempotency_key_in_use",
                    "There is currently another in-progress request using this Idempotent Key.");
        }
        return Optional.empty();
    }

    /**
     * @param answer null when nothing is to be remembered
     */
    synchronized void end(
            Space space, String key, String fingerprint, long now, Answer answer, String request) {
        String full = full(space, key);
        running.remove(full);
        if (answer != null) {
            kept.put(full, new Kept(fingerprint, answer.status(), answer.bodyText(), request, now));
            if (kept.size() % 1_000 == 0) {
                kept.values().removeIf(k -> now - k.at >= KEPT_SECONDS);
            }
        }
    }

    synchronized JsonArray save() {
        JsonArray array = new JsonArray();
        kept.forEach(
                (key, k) ->
                        array.add(
                                Json.of(
                                        "key", key,
                                        "fingerprint", k.fingerprint,
                                        "status", k.status,
                                        "body", k.body,
                                        "request", k.request,
                                        "at", k.at)));
        return array;
    }

    synchronized void restore(JsonArray saved) {
        clear();
        for (JsonElement e : saved) {
            JsonObject k = e.getAsJsonObject();
            kept.put(
                    Json.need(k, "key"),
                    new Kept(
                            Json.need(k, "fingerprint"),
                            (int) Json.number(k, "status"),
                            Json.need(k, "body"),
                            Json.need(k, "request"),
                            Json.number(k, "at")));
        }
    }

    synchronized void clear() {
        kept.clear();
        running.clear();
    }

    private static String full(Space space, String key) {
        return space.account() + " " + space.mode() + " " + key;
    }
}
