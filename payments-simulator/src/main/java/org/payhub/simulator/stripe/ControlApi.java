package org.payhub.simulator.stripe;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.payhub.simulator.kit.Answer;
import org.payhub.simulator.kit.ApiFaults;
import org.payhub.simulator.kit.Call;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.Router;
import org.payhub.simulator.kit.WebhookQueue;

/**
 * {@code /control/stripe/...}: the switches, the books and the payer's and bank's deeds for tests
 * and the demo. Takes JSON or forms; answers JSON.
 */
final class ControlApi {

    private static final String BASE = "/control/stripe";

    private final StripeSimulator stripe;

    ControlApi(StripeSimulator stripe) {
        this.stripe = stripe;
    }

    void mount(Router r) {
        r.get(BASE, call -> say(this::describe));
        r.post(BASE + "/reset", call -> say(this::reset));
        r.get(BASE + "/accounts", call -> say(this::accounts));
        r.post(BASE + "/accounts", call -> say(() -> addAccount(input(call))));
        r.get(BASE + "/books", call -> say(() -> books(call)));
        r.get(BASE + "/requests", call -> say(() -> requests(call)));
        r.get(BASE + "/deliveries", call -> say(this::deliveries));
        r.get(BASE + "/events", call -> say(() -> events(call)));
        r.get(BASE + "/objects/{id}", call -> say(() -> object(call.var("id"))));
        r.post(BASE + "/webhooks", call -> say(() -> webhooks(input(call))));
        r.post(BASE + "/webhooks/release", call -> say(() -> release(input(call))));
        r.post(BASE + "/webhooks/resend", call -> say(() -> resend(input(call))));
        r.post(BASE + "/api", call -> say(() -> api(input(call))));
        r.post(BASE + "/api/release", call -> say(this::releaseCalls));
        r.post(BASE + "/api/fail", call -> say(() -> fail(input(call))));
        r.post(BASE + "/timing", call -> say(() -> timing(input(call))));
        r.post(BASE + "/clock", call -> say(() -> clock(input(call))));
        r.post(BASE + "/freeze", call -> say(() -> freeze(input(call))));
        r.post(BASE + "/unfreeze", call -> say(this::unfreeze));
        r.post(BASE + "/endpoints/{id}/roll", call -> say(() -> rollSecret(call.var("id"))));
        r.post(BASE + "/accounts/{id}/roll", call -> say(() -> rollKey(call)));
        r.post(BASE + "/do/{action}/{id}", call -> say(() -> act(call)));
        r.post(BASE + "/history", call -> say(() -> history(input(call))));
    }

    /** A wrong input is a 400 with a sentence, never a page of errors. */
    private static Answer say(Supplier<JsonElement> work) {
        try {
            return Answer.json(200, work.get());
        } catch (IllegalArgumentException wrong) {
            return Answer.json(400, Json.of("detail", wrong.getMessage()));
        }
    }

    private static JsonObject input(Call call) {
        return call.isJson() ? call.json() : call.params();
    }

    // ---- looking ----

    private JsonObject describe() {
        return stripe.describe();
    }

    private JsonObject accounts() {
        JsonArray all = new JsonArray();
        stripe.accounts().forEach(a -> all.add(account(a)));
        return Json.of("accounts", all);
    }

    private static JsonObject account(StripeAccount a) {
        return Json.of(
                "id", a.id(),
                "name", a.name(),
                "country", a.country(),
                "currency", a.currency(),
                "test", keys(a.test()),
                "live", keys(a.live()));
    }

    private static JsonObject keys(StripeAccount.Keys keys) {
        return Json.of(
                "publishable", keys.publishable(),
                "secret", keys.secret(),
                "restricted", keys.restricted());
    }

    private JsonObject addAccount(JsonObject in) {
        return account(
                stripe.addAccount(
                        Json.need(in, "name"),
                        Json.text(in, "country").orElse("ES"),
                        Json.text(in, "currency").orElse("eur")));
    }

    private JsonObject books(Call call) {
        return stripe.books(accountOf(call), live(call)).json();
    }

    private JsonObject events(Call call) {
        JsonArray all = new JsonArray();
        for (StripeEvent e : stripe.events(accountOf(call), live(call))) {
            all.add(Json.parse(e.text()));
        }
        return Json.of("events", all);
    }

    private JsonObject object(String id) {
        return stripe.find(id)
                .orElseThrow(() -> new IllegalArgumentException("There is no object " + id));
    }

    private String accountOf(Call call) {
        return Json.text(call.params(), "account").orElseGet(() -> stripe.account().id());
    }

    private static boolean live(Call call) {
        return Json.flag(call.params(), "livemode");
    }

    private JsonObject requests(Call call) {
        String method = Json.text(call.params(), "method").orElse("");
        String path = Json.text(call.params(), "path").orElse("");
        JsonArray wanted = new JsonArray();
        for (JsonObject r : stripe.requests()) {
            boolean fits =
                    (method.isEmpty() || method.equalsIgnoreCase(Json.need(r, "method")))
                            && Json.need(r, "path").startsWith(path);
            if (fits) {
                wanted.add(r);
            }
        }
        return Json.of("count", wanted.size(), "requests", wanted);
    }

    private JsonObject deliveries() {
        JsonArray all = new JsonArray();
        for (WebhookQueue.Attempt a : stripe.webhooks().attempts()) {
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

    // ---- switches ----

    private JsonObject webhooks(JsonObject in) {
        WebhookQueue queue = stripe.webhooks();
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
        stripe.webhooks().release(Json.number(in, "seed"));
        return stripe.webhooks().describe();
    }

    private JsonObject resend(JsonObject in) {
        stripe.resend(Json.need(in, "delivery"));
        return Json.of("sent", true);
    }

    private JsonObject api(JsonObject in) {
        ApiFaults faults = stripe.api();
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
        stripe.api().release();
        return stripe.api().describe();
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
        stripe.api().failNext(in.has("calls") ? (int) Json.number(in, "calls") : 1, failure);
        return stripe.api().describe();
    }

    private JsonObject timing(JsonObject in) {
        stripe.timing(in.asMap());
        return describe();
    }

    private JsonObject clock(JsonObject in) {
        if (in.has("offsetSeconds")) {
            stripe.clock().offset(Duration.ofSeconds(Json.number(in, "offsetSeconds")));
        }
        if (in.has("advanceSeconds")) {
            stripe.clock().advance(Duration.ofSeconds(Json.number(in, "advanceSeconds")));
        }
        return describe();
    }

    private JsonObject freeze(JsonObject in) {
        stripe.freezeAt(Json.need(in, "event"));
        return describe();
    }

    private JsonObject unfreeze() {
        stripe.unfreeze();
        return describe();
    }

    private JsonObject reset() {
        stripe.reset();
        return describe();
    }

    // ---- deeds ----

    private JsonObject rollSecret(String endpoint) {
        return Json.of("secret", stripe.rollWebhookSecret(endpoint));
    }

    private JsonObject rollKey(Call call) {
        JsonObject in = input(call);
        stripe.rollKey(
                call.var("id"), Json.flag(in, "livemode"), Json.text(in, "kind").orElse("secret"));
        return account(stripe.account(call.var("id")));
    }

    /**
     * A script: either its {@code steps}, each {@code name} or {@code name:amount}, or a {@code
     * seed} for a random life. Its events are in the answer and nowhere else.
     */
    private JsonObject history(JsonObject in) {
        String account = Json.text(in, "account").orElseGet(() -> stripe.account().id());
        StripeHistory life = stripe.history(account, Json.flag(in, "livemode"));
        if (in.has("version")) {
            life.version(Json.text(in, "version").orElse(null));
        }
        if (in.has("session")) {
            life.onSession(Json.need(in, "session"));
        } else {
            Map<String, String> tags = new TreeMap<>();
            Json.child(in, "metadata").asMap().forEach((k, v) -> tags.put(k, v.getAsString()));
            long amount = in.has("amount") ? Json.number(in, "amount") : 5000;
            life.checkout(amount, Json.text(in, "currency").orElse("eur"), tags);
        }
        for (JsonElement e : Json.children(in, "steps")) {
            String[] step = e.getAsString().split(":", 2);
            life.step(step[0], step.length == 1 ? null : Long.valueOf(step[1]));
        }
        if (in.has("seed")) {
            int most = in.has("length") ? (int) Json.number(in, "length") : 12;
            life.random(Json.number(in, "seed"), most);
        }
        JsonArray events = new JsonArray();
        for (StripeEvent event : life.events()) {
            events.add(Json.of("id", event.id(), "type", event.type(), "body", event.text()));
        }
        return Json.of("session", life.sessionId(), "charge", life.chargeId(), "events", events);
    }

    private JsonObject act(Call call) {
        return stripe.act(call.var("action"), call.var("id"), input(call));
    }
}
