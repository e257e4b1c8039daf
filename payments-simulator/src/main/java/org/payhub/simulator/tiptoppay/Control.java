package org.payhub.simulator.tiptoppay;

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

/** {@code /control/tiptoppay/...}: switches, books and deeds for tests and the demo. */
final class Control {

    private static final String BASE = "/control/tiptoppay";

    private final TiptoppaySimulator tiptop;

    Control(TiptoppaySimulator tiptop) {
        this.tiptop = tiptop;
    }

    void mount(Router r) {
        r.get(BASE, call -> say(tiptop::describe));
        r.post(BASE + "/reset", call -> say(this::reset));
        r.get(BASE + "/sites", call -> say(this::sites));
        r.post(BASE + "/sites", call -> say(() -> addSite(input(call))));
        r.get(BASE + "/books", call -> say(() -> books(call)));
        r.get(BASE + "/operations", call -> say(() -> operations(call)));
        r.get(BASE + "/deliveries", call -> say(this::deliveries));
        r.post(BASE + "/webhooks", call -> say(() -> webhooks(input(call))));
        r.post(BASE + "/webhooks/release", call -> say(() -> release(input(call))));
        r.post(BASE + "/api", call -> say(() -> api(input(call))));
        r.post(BASE + "/api/fail", call -> say(() -> fail(input(call))));
        r.post(BASE + "/api/release", call -> say(this::releaseCalls));
        r.post(BASE + "/do/{action}/{id}", call -> say(() -> act(call)));
    }

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

    private JsonObject reset() {
        tiptop.reset();
        return tiptop.describe();
    }

    private JsonObject sites() {
        JsonArray all = new JsonArray();
        tiptop.sites().forEach(s -> all.add(site(s)));
        return Json.of("sites", all);
    }

    private static JsonObject site(TiptoppaySite site) {
        return Json.of(
                "name", site.name(),
                "currency", site.currency(),
                "publicId", site.publicId(),
                "apiSecret", site.apiSecret(),
                "live", site.live());
    }

    private JsonObject addSite(JsonObject in) {
        return site(tiptop.addSite(Json.need(in, "name"), Json.text(in, "currency").orElse("KZT")));
    }

    private String siteOf(Call call) {
        return Json.text(call.params(), "site").orElseGet(() -> tiptop.site().publicId());
    }

    private JsonObject books(Call call) {
        return tiptop.books(siteOf(call), Json.flag(call.params(), "livemode")).json();
    }

    private JsonObject operations(Call call) {
        JsonArray all = new JsonArray();
        tiptop.operations(siteOf(call)).forEach(all::add);
        return Json.of("operations", all);
    }

    private JsonObject deliveries() {
        JsonArray all = new JsonArray();
        for (WebhookQueue.Attempt a : tiptop.webhooks().attempts()) {
            all.add(
                    Json.of(
                            "delivery", a.parcel(),
                            "type", a.type(),
                            "address", a.address(),
                            "status", a.status(),
                            "answer", a.answer(),
                            "accepted", a.accepted()));
        }
        return Json.of("deliveries", all);
    }

    private JsonObject webhooks(JsonObject in) {
        WebhookQueue queue = tiptop.webhooks();
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
            tiptop.loseQuestions(types.contains("check"));
        }
        if (Json.flag(in, "hold")) {
            queue.hold();
        }
        return queue.describe();
    }

    private JsonObject release(JsonObject in) {
        tiptop.webhooks().release(Json.number(in, "seed"));
        return tiptop.webhooks().describe();
    }

    private JsonObject api(JsonObject in) {
        if (in.has("slowMillis")) {
            tiptop.api().slow(Duration.ofMillis(Json.number(in, "slowMillis")));
        }
        if (in.has("hang")) {
            String match = Json.text(in, "hang").orElse("");
            if (Json.flag(in, "beforeEffect")) {
                tiptop.api().hangBeforeEffect(match);
            } else {
                tiptop.api().hang(match);
            }
        }
        return tiptop.api().describe();
    }

    private JsonObject releaseCalls() {
        tiptop.api().release();
        return tiptop.api().describe();
    }

    private JsonObject fail(JsonObject in) {
        ApiFaults.Kind kind = ApiFaults.kind(Json.text(in, "kind").orElse("status"));
        tiptop.api()
                .failNext(
                        in.has("calls") ? (int) Json.number(in, "calls") : 1,
                        new ApiFaults.Failure(
                                kind,
                                in.has("status")
                                        ? (int) Json.number(in, "status")
                                        : ApiFaults.Failure.of(kind).status(),
                                Json.text(in, "match").orElse(""),
                                Json.flag(in, "afterEffect")));
        return tiptop.api().describe();
    }

    private JsonObject act(Call call) {
        JsonObject in = input(call);
        String id = call.var("id");
        String site = Json.text(in, "site").orElseGet(() -> tiptop.site().publicId());
        String card = Json.text(in, "card").orElse(TestCard.VISA.number);
        switch (call.var("action")) {
            case "pay" -> {
                return Json.of("outcome", tiptop.pay(id, card));
            }
            case "pay_again" -> {
                return Json.of("outcome", tiptop.payAgain(id, card));
            }
            case "confirm_3ds" -> {
                return Json.of("outcome", tiptop.confirm3ds(id, !Json.flag(in, "fail")));
            }
            case "refund" -> {
                long refund = tiptop.refund(site, number(id), Json.need(in, "amount"));
                return Json.of("transaction", refund);
            }
            case "confirm" -> tiptop.confirm(site, number(id), Json.need(in, "amount"));
            case "void" -> tiptop.release(site, number(id));
            case "live" -> tiptop.live(id, !Json.flag(in, "off"));
            case "roll_secret" -> {
                return Json.of("apiSecret", tiptop.rollSecret(id));
            }
            case "notify" ->
                    tiptop.notify(
                            id,
                            Json.need(in, "type"),
                            Json.text(in, "address").orElse(""),
                            Json.text(in, "method").orElse("POST"),
                            Json.text(in, "body").orElse("form"));
            default -> throw new IllegalArgumentException("There is no such deed");
        }
        return Json.of("done", true);
    }

    private static long number(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException("A number of an operation is wanted");
        }
        return Long.parseLong(text);
    }
}
