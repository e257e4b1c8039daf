package org.payhub.simulator.alppay;

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

/**
 * {@code /control/alppay/...}: the switches, the books, and the deeds of clients, network and
 * support, for tests and the demo. Takes JSON or forms; answers JSON.
 */
final class Control {

    private static final String BASE = "/control/alppay";

    private final AlppaySimulator alppay;

    Control(AlppaySimulator alppay) {
        this.alppay = alppay;
    }

    void mount(Router r) {
        r.get(BASE, call -> say(alppay::describe));
        r.post(BASE + "/reset", call -> say(this::reset));
        r.get(BASE + "/accounts", call -> say(this::accounts));
        r.post(BASE + "/accounts", call -> say(() -> addAccount(input(call))));
        r.post(BASE + "/accounts/{id}/webhooks", call -> say(() -> urls(call)));
        r.post(BASE + "/accounts/{id}/roll", call -> say(() -> roll(call)));
        r.post(BASE + "/accounts/{id}/switches", call -> say(() -> accountSwitches(call)));
        r.get(BASE + "/books", call -> say(() -> alppay.books(accountOf(call)).json()));
        r.get(BASE + "/requests", call -> say(this::requests));
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
        r.post(
                BASE + "/do/{action}/{id}",
                call -> say(() -> alppay.act(call.var("action"), call.var("id"), input(call))));
    }

    /** A wrong input is a 400 with a sentence, never a page of errors. */
    private static Answer say(Supplier<JsonElement> work) {
        try {
            return Answer.json(200, work.get());
        } catch (IllegalArgumentException wrong) {
            return Answer.json(400, Json.of("detail", wrong.getMessage()));
        } catch (AlppayRefused refused) {
            return Answer.json(400, Json.of("detail", refused.getMessage()));
        }
    }

    private static JsonObject input(Call call) {
        return call.isJson() ? call.json() : call.params();
    }

    private String accountOf(Call call) {
        return Json.text(call.params(), "account").orElseGet(() -> alppay.account().id());
    }

    // ---- looking ----

    private JsonObject accounts() {
        JsonArray all = new JsonArray();
        alppay.accounts().forEach(a -> all.add(account(a)));
        return Json.of("accounts", all);
    }

    private static JsonObject account(AlppayAccount a) {
        return Json.of(
                "id", a.id(),
                "name", a.name(),
                "email", a.email(),
                "apiKey", a.apiKey(),
                "hmacKey", a.hmacKey(),
                "paymentUrl", a.paymentUrl(),
                "withdrawalUrl", a.withdrawalUrl());
    }

    private JsonObject requests() {
        JsonArray all = new JsonArray();
        alppay.requests().forEach(all::add);
        return Json.of("requests", all);
    }

    private JsonObject deliveries() {
        JsonArray all = new JsonArray();
        for (WebhookQueue.Attempt a : alppay.webhooks().attempts()) {
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

    private JsonObject events(Call call) {
        JsonArray all = new JsonArray();
        alppay.events(accountOf(call)).forEach(body -> all.add(Json.parse(body)));
        return Json.of("events", all);
    }

    private JsonObject object(String id) {
        return alppay.find(id).orElseThrow(() -> new IllegalArgumentException("There is no " + id));
    }

    // ---- accounts ----

    private JsonObject addAccount(JsonObject in) {
        return account(
                alppay.addAccount(
                        Json.need(in, "name"),
                        Json.text(in, "email").orElse("owner@account.example")));
    }

    private JsonObject urls(Call call) {
        JsonObject in = input(call);
        alppay.webhookUrls(
                call.var("id"),
                Json.text(in, "payment").orElse(""),
                Json.text(in, "withdrawal").orElse(""));
        return account(alppay.account(call.var("id")));
    }

    private JsonObject roll(Call call) {
        if (Json.text(input(call), "kind").orElse("hmac").equals("api")) {
            alppay.rollApiKey(call.var("id"));
        } else {
            alppay.rollHmacKey(call.var("id"));
        }
        return account(alppay.account(call.var("id")));
    }

    private JsonObject accountSwitches(Call call) {
        JsonObject in = input(call);
        if (in.has("listed")) {
            alppay.listed(call.var("id"), Json.flag(in, "listed"));
        }
        if (in.has("tellsFees")) {
            alppay.tellsFees(call.var("id"), Json.flag(in, "tellsFees"));
        }
        return account(alppay.account(call.var("id")));
    }

    // ---- switches ----

    private JsonObject webhooks(JsonObject in) {
        WebhookQueue queue = alppay.webhooks();
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
        alppay.webhooks().release(Json.number(in, "seed"));
        return alppay.webhooks().describe();
    }

    private JsonObject resend(JsonObject in) {
        alppay.resend(Json.need(in, "delivery"));
        return Json.of("sent", true);
    }

    private JsonObject api(JsonObject in) {
        ApiFaults faults = alppay.api();
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
        alppay.api().release();
        return alppay.api().describe();
    }

    private JsonObject fail(JsonObject in) {
        ApiFaults.Kind kind = ApiFaults.kind(Json.text(in, "kind").orElse("status"));
        alppay.api()
                .failNext(
                        in.has("calls") ? (int) Json.number(in, "calls") : 1,
                        new ApiFaults.Failure(
                                kind,
                                in.has("status")
                                        ? (int) Json.number(in, "status")
                                        : ApiFaults.Failure.of(kind).status(),
                                Json.text(in, "match").orElse(""),
                                Json.flag(in, "afterEffect")));
        return alppay.api().describe();
    }

    private JsonObject timing(JsonObject in) {
        if (in.has("timeoutSeconds")) {
            alppay.timeout(Duration.ofSeconds(Json.number(in, "timeoutSeconds")));
        }
        if (in.has("confirmByHand")) {
            alppay.confirmByHand(Json.flag(in, "confirmByHand"));
        }
        return alppay.describe();
    }

    private JsonObject clock(JsonObject in) {
        if (in.has("offsetSeconds")) {
            alppay.clock().offset(Duration.ofSeconds(Json.number(in, "offsetSeconds")));
        }
        if (in.has("advanceSeconds")) {
            alppay.clock().advance(Duration.ofSeconds(Json.number(in, "advanceSeconds")));
        }
        return alppay.describe();
    }

    private JsonObject reset() {
        alppay.reset();
        return alppay.describe();
    }
}
