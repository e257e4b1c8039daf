package org.payhub.simulator.tropipay;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.payhub.simulator.kit.Call;
import org.payhub.simulator.kit.ControlPaths;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.Router;

/** The same as the cabinet, for programs: {@code /control/tropipay}. */
final class ControlApi {

    private final TropipaySimulator tropipay;

    ControlApi(TropipaySimulator tropipay) {
        this.tropipay = tropipay;
    }

    void mount(Router router) {
        ControlPaths paths = new ControlPaths(tropipay, router);
        paths.get("/accounts", call -> accounts());
        paths.post("/accounts", call -> addAccount(call.input()));
        paths.get("/books", this::books);
        paths.post("/api", call -> api(paths, call.input()));
        paths.post(
                "/do/{action}/{id}",
                call -> tropipay.act(call.var("action"), call.var("id"), call.input()));
        paths.addSwitches();
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

    /** The interface has two switches more than others have. */
    private JsonObject api(ControlPaths paths, JsonObject in) {
        paths.api(in);
        if (in.has("filtersIgnored")) {
            tropipay.filtersIgnored(Json.flag(in, "filtersIgnored"));
        }
        if (in.has("refundsPending")) {
            tropipay.refundsPending(Json.flag(in, "refundsPending"));
        }
        return tropipay.describe();
    }
}
