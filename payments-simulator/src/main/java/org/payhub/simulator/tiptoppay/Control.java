package org.payhub.simulator.tiptoppay;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.payhub.simulator.kit.Call;
import org.payhub.simulator.kit.ControlPaths;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.Router;

/** {@code /control/tiptoppay/...}: switches, books and deeds for tests and the demo. */
final class Control {

    private final TiptoppaySimulator tiptop;

    Control(TiptoppaySimulator tiptop) {
        this.tiptop = tiptop;
    }

    void mount(Router router) {
        ControlPaths paths = new ControlPaths(tiptop, router);
        paths.get("/sites", call -> sites());
        paths.post("/sites", call -> addSite(call.input()));
        paths.get("/books", this::books);
        paths.get("/operations", this::operations);
        paths.post("/webhooks", call -> webhooks(paths, call.input()));
        paths.post("/do/{action}/{id}", this::act);
        paths.addSwitches();
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

    /** The question before a charge is lost like a notification of its kind. */
    private JsonObject webhooks(ControlPaths paths, JsonObject in) {
        JsonObject switches = paths.webhooks(in);
        if (in.has("dropTypes")) {
            tiptop.loseQuestions(Json.children(in, "dropTypes").contains(Json.element("check")));
        }
        return switches;
    }

    private JsonObject act(Call call) {
        JsonObject in = call.input();
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
