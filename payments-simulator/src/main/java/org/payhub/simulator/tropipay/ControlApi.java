package org.payhub.simulator.tropipay;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.payhub.simulator.kit.Answer;
import org.payhub.simulator.kit.ApiFaults;
import org.payhub.simulator.kit.Call;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.Router;
import org.payhub.simulator.kit.WebhookQueue;

/** The same as the cabinet, for programs: {@code /control/tropipay}. */
final class ControlApi {

    private static final String BASE = "/control/tropipay";

    private final TropipaySimulator tropipay;

    ControlApi(TropipaySimulator tropipay) {
        this.tropipay = tropipay;
    }

    void mount(Router r) {
        r.get(BASE, call -> say(tropipay::describe));
        r.post(BASE + "/reset", call -> say(this::reset));
        r.get(BASE + "/accounts", call -> say(this::accounts));
        r.post(BASE + "/accounts", call -> say(() -> addAccount(input(call))));
        r.get(BASE + "/books", call -> say(() -> books(call)));
        r.get(BASE + "/requests", call -> say(this::requests));
        r.get(BASE + "/deliveries", call -> say(this::deliveries));
        r.post(BASE + "/webhooks", call -> say(() -> webhooks(input(call))));
        r.post(BASE + "/webhooks/release", call -> say(() -> release(input(call))));
        r.post(BASE + "/webhooks/resend", call -> say(() -> resend(input(call))));
        r.post(BASE + "/api", call -> say(() -> api(input(call))));
        r.post(BASE + "/api/release", call -> say(this::releaseCalls));
        r.post(BASE + "/api/fail", call -> say(() -> fail(input(call))));
        r.post(BASE + "/clock", call -> say(() -> clock(input(call))));
        r.post(BASE + "/do/{action}/{id}", call -> say(() -> act(call)));
    }

    /** A wrong input is a 400 with a sentence, never a page of errors. */
    private static Answer say(Supplier<JsonElement> work) {
        try {
            return Answer.json(200, work.get());
        } catch (Refusal | IllegalArgumentException wrong) {
            return Answer.json(400, Json.of("detail", wrong.getMessage()));
        }
    }

    private static JsonObject input(Call call) {
        return call.isJson() ? call.json() : call.params();
    }

    private JsonObject reset() {
        tropipay.reset();
        return Json.of("reset", true);
    }

    private JsonObject accounts() {
        JsonArray all = new JsonArray();
        tropipay.accounts().forEach(a -> all.add(account(a)));
        return Json.of("accounts", all);
    }

    private static JsonObject account(TropipayAccount a) {
        return Json.of(
                "id", a.id(),
                "name", a.name(),
                "currency", a.currency(),
                "clientId", a.clientId(),
                "clientSecret", a.clientSecret());
    }

    private JsonObject addAccount(JsonObject in) {
        return account(
                tropipay.addAccount(
                        Json.need(in, "name"), Json.text(in, "currency").orElse("EUR")));
    }

    private JsonObject books(Call call) {
        return tropipay.books(
                        Json.text(call.params(), "account")
                                .orElseGet(() -> tropipay.account().id()))
                .json();
    }

    private JsonObject requests() {
        JsonArray all = new JsonArray();
        tropipay.requests().forEach(all::add);
        return Json.of("count", all.size(), "requests", all);
    }

    private JsonObject deliveries() {
        JsonArray all = new JsonArray();
        for (WebhookQueue.Attempt a : tropipay.webhooks().attempts()) {
            all.add(
                    Json.of(
                            "delivery", a.parcel(),
                            "type", a.type(),
                            "address", a.address(),
                            "number", a.number() == Integer.MAX_VALUE ? null : a.number(),
                            "at", a.at().toString(),
                            "status", a.status(),
                            "answer", a.answer(),
                            "accepted", a.accepted()));
        }
        return Json.of("deliveries", all);
    }

    private JsonObject webhooks(JsonObject in) {
        WebhookQueue queue = tropipay.webhooks();
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
        if (Json.flag(in, "hold")) {
            queue.hold();
        }
        return queue.describe();
    }

    private JsonObject release(JsonObject in) {
        tropipay.webhooks().release(Json.number(in, "seed"));
        return tropipay.webhooks().describe();
    }

    private JsonObject resend(JsonObject in) {
        tropipay.resend(Json.need(in, "delivery"));
        return Json.of("sent", true);
    }

    private JsonObject api(JsonObject in) {
        ApiFaults faults = tropipay.api();
        if (in.has("slowMillis")) {
            faults.slow(Duration.ofMillis(Json.number(in, "slowMillis")));
        }
        if (in.has("readsFail")) {
            faults.readsFail(Json.flag(in, "readsFail"));
        }
        if (in.has("filtersIgnored")) {
            tropipay.filtersIgnored(Json.flag(in, "filtersIgnored"));
        }
        if (in.has("refundsPending")) {
            tropipay.refundsPending(Json.flag(in, "refundsPending"));
        }
        Json.text(in, "hang").ifPresent(faults::hang);
        return tropipay.describe();
    }

    private JsonObject releaseCalls() {
        tropipay.api().release();
        return tropipay.describe();
    }

    private JsonObject fail(JsonObject in) {
        ApiFaults.Failure failure = ApiFaults.Failure.of(ApiFaults.kind(Json.need(in, "kind")));
        failure = failure.on(Json.text(in, "match").orElse(""));
        if (Json.flag(in, "afterEffect")) {
            failure = failure.afterTheEffect();
        }
        tropipay.api().failNext((int) Math.max(1, Json.number(in, "calls")), failure);
        return tropipay.describe();
    }

    private JsonObject clock(JsonObject in) {
        tropipay.clock().offset(Duration.ofSeconds(Json.number(in, "offsetSeconds")));
        return tropipay.describe();
    }

    private JsonObject act(Call call) {
        return tropipay.act(call.var("action"), call.var("id"), input(call));
    }
}
