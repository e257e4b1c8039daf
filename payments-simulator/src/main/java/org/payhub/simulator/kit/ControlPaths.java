package org.payhub.simulator.kit;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code /control/<code>/...} of one imitated provider, for tests and the demo: its switches, and
 * what the provider adds. Takes JSON or forms; answers JSON.
 *
 * <p>Errors: a wrong input is a 400 with a sentence, never a page of errors.
 */
public final class ControlPaths {

    /** Answers one call. Errors: {@link IllegalArgumentException} and {@link Refused}. */
    public interface Deed {
        JsonElement answer(Call call);
    }

    private final ImitatedProvider provider;
    private final Router router;
    private final String base;

    public ControlPaths(ImitatedProvider provider, Router router) {
        this.provider = provider;
        this.router = router;
        this.base = "/control/" + provider.code();
    }

    public ControlPaths get(String path, Deed deed) {
        router.get(base + path, call -> answer(call, deed));
        return this;
    }

    public ControlPaths post(String path, Deed deed) {
        router.post(base + path, call -> answer(call, deed));
        return this;
    }

    /** Adds the paths of the switches; a path that the provider added before goes first. */
    public void addSwitches() {
        get("", call -> provider.describe());
        get("/requests", call -> requests(call.params()));
        get("/deliveries", call -> deliveries());
        post("/reset", call -> reset());
        post("/webhooks", call -> webhooks(call.input()));
        post("/webhooks/release", call -> release(call.input()));
        post("/webhooks/resend", call -> resend(call.input()));
        post("/api", call -> api(call.input()));
        post("/api/release", call -> releaseCalls());
        post("/api/fail", call -> fail(call.input()));
        post("/clock", call -> clock(call.input()));
    }

    private static Answer answer(Call call, Deed deed) {
        try {
            return Answer.json(200, deed.answer(call));
        } catch (IllegalArgumentException | Refused wrong) {
            return Answer.json(400, Json.of("detail", wrong.getMessage()));
        }
    }

    // ---- looking ----

    private JsonObject requests(JsonObject in) {
        String method = Json.text(in, "method").orElse("");
        String path = Json.text(in, "path").orElse("");
        JsonArray wanted = new JsonArray();
        for (JsonObject request : provider.requests()) {
            boolean ofMethod =
                    method.isEmpty() || method.equalsIgnoreCase(Json.need(request, "method"));
            if (ofMethod && Json.need(request, "path").startsWith(path)) {
                wanted.add(request);
            }
        }
        return Json.of("count", wanted.size(), "requests", wanted);
    }

    private JsonObject deliveries() {
        JsonArray all = new JsonArray();
        for (WebhookQueue.Attempt a : provider.webhooks().attempts()) {
            all.add(
                    Json.of(
                            "delivery", a.parcel(),
                            "type", a.type(),
                            "address", a.address(),
                            "number", a.byHand() ? null : a.number(),
                            "at", a.at().toString(),
                            "status", a.status(),
                            "answer", a.answer(),
                            "accepted", a.accepted()));
        }
        return Json.of("deliveries", all);
    }

    // ---- switches ----

    private JsonObject reset() {
        provider.reset();
        return provider.describe();
    }

    /** Sets the switches of webhooks that are named, and answers all of them. */
    public JsonObject webhooks(JsonObject in) {
        WebhookQueue queue = provider.webhooks();
        if (in.has("delayMillis")) {
            queue.delay(Duration.ofMillis(Json.number(in, "delayMillis")));
        }
        if (in.has("copies")) {
            queue.copies((int) Json.number(in, "copies"));
        }
        if (in.has("dropAll")) {
            queue.dropAll(Json.flag(in, "dropAll"));
        }
        if (in.has("dropTypes")) {
            Set<String> types = new HashSet<>();
            Json.children(in, "dropTypes").forEach(e -> types.add(e.getAsString()));
            queue.drop(types);
        }
        if (in.has("waitsMillis")) {
            List<Duration> waits = new ArrayList<>();
            Json.children(in, "waitsMillis")
                    .forEach(e -> waits.add(Duration.ofMillis(e.getAsLong())));
            queue.waits(waits);
        }
        if (Json.flag(in, "hold")) {
            queue.hold();
        }
        return queue.describe();
    }

    private JsonObject release(JsonObject in) {
        provider.webhooks().release(Json.number(in, "seed"));
        return provider.webhooks().describe();
    }

    private JsonObject resend(JsonObject in) {
        provider.resend(Json.need(in, "delivery"));
        return Json.of("sent", true);
    }

    /** Sets the switches of the interface that are named, and answers all of them. */
    public JsonObject api(JsonObject in) {
        ApiFaults faults = provider.api();
        if (in.has("slowMillis")) {
            faults.slow(Duration.ofMillis(Json.number(in, "slowMillis")));
        }
        if (in.has("readsFail")) {
            faults.readsFail(Json.flag(in, "readsFail"));
        }
        if (in.has("hang")) {
            String match = Json.text(in, "hang").orElse("");
            if (Json.flag(in, "beforeEffect")) {
                faults.hangBeforeEffect(match);
            } else {
                faults.hang(match);
            }
        }
        return faults.describe();
    }

    private JsonObject releaseCalls() {
        provider.api().release();
        return provider.api().describe();
    }

    private JsonObject fail(JsonObject in) {
        ApiFaults.Kind kind = ApiFaults.kind(Json.text(in, "kind").orElse("status"));
        ApiFaults.Failure failure =
                new ApiFaults.Failure(
                        kind,
                        in.has("status")
                                ? (int) Json.number(in, "status")
                                : ApiFaults.Failure.of(kind).status(),
                        Json.text(in, "match").orElse(""),
                        Json.flag(in, "afterEffect"));
        provider.api().failNext(in.has("calls") ? (int) Json.number(in, "calls") : 1, failure);
        return provider.api().describe();
    }

    private JsonObject clock(JsonObject in) {
        if (in.has("offsetSeconds")) {
            provider.clock().offset(Duration.ofSeconds(Json.number(in, "offsetSeconds")));
        }
        if (in.has("advanceSeconds")) {
            provider.clock().advance(Duration.ofSeconds(Json.number(in, "advanceSeconds")));
        }
        return provider.describe();
    }
}
