package org.payhub.simulator.alppay;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Duration;
import org.payhub.simulator.kit.Call;
import org.payhub.simulator.kit.ControlPaths;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.Router;

/**
 * {@code /control/alppay/...}: the switches, the books, and the deeds of clients, network and
 * support.
 */
final class Control {

    private final AlppaySimulator alppay;

    Control(AlppaySimulator alppay) {
        this.alppay = alppay;
    }

    void mount(Router router) {
        ControlPaths paths = new ControlPaths(alppay, router);
        paths.get("/accounts", call -> accounts());
        paths.post("/accounts", call -> addAccount(call.input()));
        paths.post("/accounts/{id}/webhooks", this::urls);
        paths.post("/accounts/{id}/roll", this::roll);
        paths.post("/accounts/{id}/switches", this::accountSwitches);
        paths.get("/books", call -> alppay.books(accountOf(call)).json());
        paths.get("/events", this::events);
        paths.get("/objects/{id}", call -> object(call.var("id")));
        paths.post("/timing", call -> timing(call.input()));
        paths.post(
                "/do/{action}/{id}",
                call -> alppay.act(call.var("action"), call.var("id"), call.input()));
        paths.addSwitches();
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
        JsonObject in = call.input();
        alppay.webhookUrls(
                call.var("id"),
                Json.text(in, "payment").orElse(""),
                Json.text(in, "withdrawal").orElse(""));
        return account(alppay.account(call.var("id")));
    }

    private JsonObject roll(Call call) {
        if (Json.text(call.input(), "kind").orElse("hmac").equals("api")) {
            alppay.rollApiKey(call.var("id"));
        } else {
            alppay.rollHmacKey(call.var("id"));
        }
        return account(alppay.account(call.var("id")));
    }

    private JsonObject accountSwitches(Call call) {
        JsonObject in = call.input();
        if (in.has("listed")) {
            alppay.listed(call.var("id"), Json.flag(in, "listed"));
        }
        if (in.has("tellsFees")) {
            alppay.tellsFees(call.var("id"), Json.flag(in, "tellsFees"));
        }
        return account(alppay.account(call.var("id")));
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
}
