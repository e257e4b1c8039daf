package org.payhub.simulator.tiptoppay;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import org.payhub.simulator.kit.Answer;
import org.payhub.simulator.kit.Call;
import org.payhub.simulator.kit.Html;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.PayPage;
import org.payhub.simulator.kit.Router;

/** The page of an order, on which a client pays; it works without scripts. */
final class Pages {

    private static final String HERE = "/tiptoppay/d/{id}";

    private final World world;
    private final Payer payer;

    Pages(World world, Payer payer) {
        this.world = world;
        this.payer = payer;
    }

    void mount(Router r) {
        r.get(HERE, call -> show(call.var("id"), null));
        r.post(HERE, this::pay);
        r.get(HERE + "/3ds", call -> bank(call.var("id")));
        r.post(HERE + "/3ds", this::confirm);
    }

    private Answer show(String id, String problem) {
        Optional<JsonObject> found = world.findOrder(id);
        if (found.isEmpty()) {
            return PayPage.message(404, "No such order", "Check the address of the link.");
        }
        JsonObject order = found.get();
        return switch (Json.need(order, "Status")) {
            case "Cancelled" ->
                    PayPage.message(
                            410,
                            "This order was cancelled",
                            "Ask " + merchant(order) + " for a new link.");
            case "Paid" -> finished(order);
            default ->
                    Answer.html(
                            problem == null ? 200 : 402,
                            Html.page("Pay " + merchant(order), "pay", form(order, problem)));
        };
    }

    private String form(JsonObject order, String problem) {
        boolean live = live(order);
        String action = "/tiptoppay/d/" + Json.need(order, "Id");
        return "<main>"
                + head(order)
                + PayPage.problem(problem)
                + PayPage.cardForm(action, live ? "" : "4000 0000 0000 3055", sum(order))
                + (live
                        ? PayPage.choices("Real money, imitated", action, List.of(TestCard.GENUINE))
                        : PayPage.choices("Test cards", action, TestCard.offered()))
                + PayPage.cancel(address(order, "FailRedirectUrl"), merchant(order))
                + "</main>";
    }

    private String head(JsonObject order) {
        return PayPage.head(
                merchant(order),
                live(order) ? "Live mode, imitated" : "Test mode",
                PayPage.lead(Json.need(order, "Description")),
                sum(order),
                Json.flag(order, "RequireConfirmation")
                        ? "<p class=\"note\">The money is held, not taken, until the merchant"
                                + " confirms it.</p>"
                        : "");
    }

    private static Optional<String> address(JsonObject order, String field) {
        return Json.text(order, field).filter(url -> !url.isEmpty());
    }

    private Answer pay(Call call) {
        String id = call.var("id");
        if (world.findOrder(id).isEmpty()) {
            return show(id, null);
        }
        String typed = Json.text(call.params(), "card").orElse("").strip();
        return after(id, payer.pay(id, typed, false));
    }

    private Answer after(String id, Payer.Try result) {
        return switch (result.outcome()) {
            case SUCCEEDED, HELD -> {
                JsonObject order = world.order(id);
                yield address(order, "SuccessRedirectUrl")
                        .map(Answer::seeOther)
                        .orElseGet(() -> finished(order));
            }
            case NEEDS_CONFIRMATION -> Answer.seeOther("/tiptoppay/d/" + id + "/3ds");
            default -> show(id, result.message());
        };
    }

    private Answer bank(String id) {
        Optional<JsonObject> order = world.findOrder(id);
        if (order.isEmpty() || Json.missing(order.get(), "secure")) {
            return show(id, null);
        }
        return PayPage.bank(head(order.get()), "/tiptoppay/d/" + id + "/3ds");
    }

    private Answer confirm(Call call) {
        String id = call.var("id");
        Optional<JsonObject> order = world.findOrder(id);
        if (order.isEmpty() || Json.missing(order.get(), "secure")) {
            return show(id, null);
        }
        boolean complete = "complete".equals(Json.text(call.params(), "answer").orElse(""));
        return after(id, payer.confirm(id, complete));
    }

    private Answer finished(JsonObject order) {
        return PayPage.finished(
                head(order),
                "<b>This order is paid.</b>",
                address(order, "SuccessRedirectUrl"),
                merchant(order));
    }

    private boolean live(JsonObject order) {
        return Json.flag(world.site(Json.need(order, "site")), "live");
    }

    private String merchant(JsonObject order) {
        return Json.need(world.site(Json.need(order, "site")), "name");
    }

    private static String sum(JsonObject order) {
        return Fields.decimal(Json.number(order, "minor")) + " " + Json.need(order, "Currency");
    }
}
