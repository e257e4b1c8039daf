package org.payhub.simulator.stripe;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import org.payhub.simulator.kit.Call;
import org.payhub.simulator.kit.ControlPaths;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.Router;

/** {@code /control/stripe/...}: the switches, the books and the payer's and bank's deeds. */
final class ControlApi {

    private final StripeSimulator stripe;

    ControlApi(StripeSimulator stripe) {
        this.stripe = stripe;
    }

    void mount(Router router) {
        ControlPaths paths = new ControlPaths(stripe, router);
        paths.get("/accounts", call -> accounts());
        paths.post("/accounts", call -> addAccount(call.input()));
        paths.post("/accounts/{id}/roll", this::rollKey);
        paths.post("/endpoints/{id}/roll", call -> rollSecret(call.var("id")));
        paths.get("/books", call -> stripe.books(accountOf(call), live(call)).json());
        paths.get("/events", this::events);
        paths.get("/objects/{id}", call -> object(call.var("id")));
        paths.post("/timing", call -> timing(call.input()));
        paths.post("/freeze", call -> freeze(call.input()));
        paths.post("/unfreeze", call -> unfreeze());
        paths.post(
                "/do/{action}/{id}",
                call -> stripe.act(call.var("action"), call.var("id"), call.input()));
        paths.post("/history", call -> history(call.input()));
        paths.addSwitches();
    }

    // ---- looking ----

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

    // ---- switches ----

    private JsonObject timing(JsonObject in) {
        stripe.timing(in.asMap());
        return stripe.describe();
    }

    private JsonObject freeze(JsonObject in) {
        stripe.freezeAt(Json.need(in, "event"));
        return stripe.describe();
    }

    private JsonObject unfreeze() {
        stripe.unfreeze();
        return stripe.describe();
    }

    // ---- deeds ----

    private JsonObject rollSecret(String endpoint) {
        return Json.of("secret", stripe.rollWebhookSecret(endpoint));
    }

    private JsonObject rollKey(Call call) {
        JsonObject in = call.input();
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
}
