package org.payhub.simulator.tiptoppay;

import com.google.gson.JsonObject;
import java.util.Optional;
import org.payhub.simulator.kit.Answer;
import org.payhub.simulator.kit.Call;
import org.payhub.simulator.kit.Html;
import org.payhub.simulator.kit.Json;
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
            return message(404, "No such order", "Check the address of the link.");
        }
        JsonObject order = found.get();
        return switch (Json.need(order, "Status")) {
            case "Cancelled" ->
                    message(
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
        StringBuilder page = new StringBuilder("<main>").append(head(order));
        if (problem != null) {
            page.append("<p class=\"say bad\" role=\"alert\"><b>Not paid.</b> ")
                    .append(Html.esc(problem))
                    .append("</p>");
        }
        page.append("<section class=\"card\"><form method=\"post\" action=\"")
                .append(action)
                .append("\" class=\"stack\"><label>Card number<input name=\"card\"")
                .append(" inputmode=\"numeric\" autocomplete=\"off\" maxlength=\"23\" required")
                .append(" placeholder=\"")
                .append(live ? "" : "4000 0000 0000 3055")
                .append("\"></label><button class=\"go\">Pay ")
                .append(Html.esc(sum(order)))
                .append("</button></form></section>");
        page.append("<section class=\"card\"><h2>")
                .append(live ? "Real money, imitated" : "Test cards")
                .append("</h2><div class=\"stack\">");
        if (live) {
            page.append(choice(action, TestCard.GENUINE));
        } else {
            TestCard.offered().forEach(card -> page.append(choice(action, card)));
        }
        page.append("</div></section>");
        Json.text(order, "FailRedirectUrl")
                .filter(url -> !url.isEmpty())
                .ifPresent(
                        url ->
                                page.append("<p><a id=\"cancel\" href=\"")
                                        .append(Html.esc(url))
                                        .append("\">Back to ")
                                        .append(Html.esc(merchant(order)))
                                        .append(" without paying</a></p>"));
        return page.append("</main>").toString();
    }

    private static String choice(String action, TestCard card) {
        return "<form method=\"post\" action=\""
                + action
                + "\">"
                + Html.hidden("card", card.number)
                + "<button class=\"choice\" data-card=\""
                + Html.esc(card.name())
                + "\"><span>"
                + Html.esc(card.says)
                + "</span><code>"
                + Html.esc(card.spaced())
                + "</code></button></form>";
    }

    private String head(JsonObject order) {
        String name = merchant(order);
        return "<div class=\"who\"><span class=\"mark\">"
                + Html.esc(name.substring(0, 1))
                + "</span><div><h1>"
                + Html.esc(name)
                + "</h1><span class=\"badge test\">"
                + (live(order) ? "Live mode, imitated" : "Test mode")
                + "</span></div></div><section class=\"card\"><p class=\"lead\">"
                + Html.esc(Json.need(order, "Description"))
                + "</p><p class=\"sum\" id=\"amount\">"
                + Html.esc(sum(order))
                + "</p>"
                + (Json.flag(order, "RequireConfirmation")
                        ? "<p class=\"note\">The money is held, not taken, until the merchant"
                                + " confirms it.</p>"
                        : "")
                + "</section>";
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
                yield Json.text(order, "SuccessRedirectUrl")
                        .filter(url -> !url.isEmpty())
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
        String action = "/tiptoppay/d/" + id + "/3ds";
        return Answer.html(
                200,
                Html.page(
                        "Confirm with your bank",
                        "pay",
                        "<main>"
                                + head(order.get())
                                + "<section class=\"card stack\"><h2>Your bank asks you to"
                                + " confirm</h2><p class=\"lead\">This stands for the page of the"
                                + " card's bank (3-D Secure).</p>"
                                + Html.button(
                                        action, Html.hidden("answer", "complete"), "go", "Complete")
                                + Html.button(action, Html.hidden("answer", "fail"), "bad", "Fail")
                                + "</section></main>"));
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
        StringBuilder body =
                new StringBuilder("<main>")
                        .append(head(order))
                        .append("<p class=\"say good\"><b>This order is paid.</b></p>");
        Json.text(order, "SuccessRedirectUrl")
                .filter(url -> !url.isEmpty())
                .ifPresent(
                        url ->
                                body.append("<p><a href=\"")
                                        .append(Html.esc(url))
                                        .append("\">Back to ")
                                        .append(Html.esc(merchant(order)))
                                        .append("</a></p>"));
        return Answer.html(200, Html.page("Paid", "pay", body.append("</main>").toString()));
    }

    private static Answer message(int status, String title, String detail) {
        return Answer.html(
                status,
                Html.page(
                        title,
                        "pay",
                        "<main><h1>"
                                + Html.esc(title)
                                + "</h1><p class=\"lead\">"
                                + Html.esc(detail)
                                + "</p></main>"));
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
