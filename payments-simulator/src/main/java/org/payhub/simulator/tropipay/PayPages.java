package org.payhub.simulator.tropipay;

import com.google.gson.JsonObject;
import java.util.Optional;
import java.util.function.Supplier;
import org.payhub.simulator.kit.Answer;
import org.payhub.simulator.kit.Call;
import org.payhub.simulator.kit.Html;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.Router;

/**
 * What a payer sees: a short address that leads to the card's page, the test cards, and the code by
 * text message. It works without scripts. A deleted card's short address is dead; its page is not.
 */
final class PayPages {

    private final Shop shop;

    PayPages(Shop shop) {
        this.shop = shop;
    }

    void mount(Router r) {
        r.get("/tropipay/pay/{code}", call -> act(() -> byShortAddress(call.var("code"))));
        r.get("/tropipay/checkout/{id}", call -> act(() -> show(call.var("id"), null)));
        r.post("/tropipay/checkout/{id}", call -> act(() -> pay(call)));
        r.get("/tropipay/checkout/{id}/code", call -> act(() -> codePage(call.var("id"), null)));
        r.post("/tropipay/checkout/{id}/code", call -> act(() -> code(call)));
    }

    private Answer act(Supplier<Answer> page) {
        return shop.act(page);
    }

    private Answer byShortAddress(String code) {
        Optional<JsonObject> card =
                shop.card(code)
                        .filter(c -> Json.need(c, "_code").equals(code))
                        .filter(c -> !Json.flag(c, "_deleted"));
        return card.isEmpty()
                ? message(404, "This link does not exist", "Ask for a new one.")
                : Answer.seeOther(path(card.get()));
    }

    private static String path(JsonObject card) {
        return "/tropipay/checkout/" + Json.need(card, "id");
    }

    private Answer show(String id, String problem) {
        Optional<JsonObject> found = shop.card(id);
        if (found.isEmpty()) {
            return message(404, "This link does not exist", "Ask for a new one.");
        }
        JsonObject card = found.get();
        if (shop.isUsed(card)) {
            return finished(card);
        }
        if (shop.isOver(card)) {
            return message(410, "This link has ended", "Ask " + merchant(card) + " for a new one.");
        }
        return Answer.html(
                problem == null ? 200 : 402,
                Html.page("Pay " + merchant(card), "pay", form(card, problem)));
    }

    private String form(JsonObject card, String problem) {
        StringBuilder page = new StringBuilder("<main>").append(head(card));
        if (problem != null) {
            page.append("<p class=\"say bad\" role=\"alert\"><b>Not paid.</b> ")
                    .append(Html.esc(problem))
                    .append(" You can try again.</p>");
        }
        String action = path(card);
        page.append("<section class=\"card\"><form method=\"post\" action=\"")
                .append(action)
                .append("\" class=\"stack\"><label>Card number<input name=\"card\"")
                .append(" inputmode=\"numeric\" autocomplete=\"off\" maxlength=\"23\" required")
                .append(" placeholder=\"4900 4900 0000 0501\"></label><button class=\"go\">Pay ")
                .append(Html.esc(sum(card)))
                .append("</button></form></section>");
        page.append("<section class=\"card\"><h2>Test cards</h2><div class=\"stack\">");
        for (TestCard each : TestCard.values()) {
            page.append("<form method=\"post\" action=\"")
                    .append(action)
                    .append("\">")
                    .append(Html.hidden("card", each.number))
                    .append("<button class=\"choice\" data-card=\"")
                    .append(each.name())
                    .append("\"><span>")
                    .append(Html.esc(each.says))
                    .append("</span><code>")
                    .append(each.spaced())
                    .append("</code></button></form>");
        }
        page.append("</div></section>");
        if (takesBalance(card)) {
            page.append("<section class=\"card\"><h2>Tropipay balance</h2>")
                    .append(
                            Html.button(
                                    action,
                                    Html.hidden("balance", "true"),
                                    "choice",
                                    "Pay from a Tropipay balance"))
                    .append("</section>");
        }
        Json.text(card, "urlFailed")
                .ifPresent(
                        url ->
                                page.append("<p><a id=\"cancel\" href=\"")
                                        .append(Html.esc(url))
                                        .append("\">Back to ")
                                        .append(Html.esc(merchant(card)))
                                        .append(" without paying</a></p>"));
        return page.append("</main>").toString();
    }

    private static boolean takesBalance(JsonObject card) {
        return Json.missing(card, "paymentMethods")
                || Json.children(card, "paymentMethods").contains(Json.element("TPP"));
    }

    private String head(JsonObject card) {
        String name = merchant(card);
        return "<div class=\"who\"><span class=\"mark\">"
                + Html.esc(name.substring(0, 1))
                + "</span><div><h1>"
                + Html.esc(name)
                + "</h1><span class=\"badge test\">Tropipay sandbox</span></div></div>"
                + "<section class=\"card\"><p class=\"lead\">"
                + Html.esc(Json.need(card, "concept"))
                + "</p><p class=\"sum\" id=\"amount\">"
                + Html.esc(sum(card))
                + "</p></section>";
    }

    private Answer pay(Call call) {
        Optional<JsonObject> found = shop.card(call.var("id"));
        if (found.isEmpty() || shop.isUsed(found.get()) || shop.isOver(found.get())) {
            return show(call.var("id"), null);
        }
        JsonObject card = found.get();
        if (Json.flag(call.params(), "balance") && takesBalance(card)) {
            return after(card, shop.pay(card, Optional.empty()), "");
        }
        Optional<TestCard> with =
                TestCard.byNumber(Json.text(call.params(), "card").orElse("").strip());
        if (with.isEmpty()) {
            return show(call.var("id"), "This is none of the sandbox's cards.");
        }
        if (with.get() == TestCard.ASKS_FOR_CODE) {
            shop.begin(card);
            return Answer.seeOther(path(card) + "/code");
        }
        return after(card, shop.pay(card, with), with.get().reason());
    }

    private Answer codePage(String id, String problem) {
        Optional<JsonObject> found = shop.card(id);
        if (found.isEmpty() || shop.isUsed(found.get()) || shop.isOver(found.get())) {
            return show(id, null);
        }
        String body =
                "<main>"
                        + head(found.get())
                        + (problem == null
                                ? ""
                                : "<p class=\"say bad\" role=\"alert\">" + problem + "</p>")
                        + "<section class=\"card\"><h2>Your bank sent you a code</h2>"
                        + "<p class=\"lead\">In the sandbox it is always "
                        + Shop.SMS
                        + ".</p><form method=\"post\" class=\"stack\" action=\""
                        + path(found.get())
                        + "/code\"><label>Code<input name=\"code\" inputmode=\"numeric\""
                        + " autocomplete=\"off\" required></label>"
                        + "<button class=\"go\">Confirm</button></form></section></main>";
        return Answer.html(
                problem == null ? 200 : 402, Html.page("Confirm the payment", "pay", body));
    }

    private Answer code(Call call) {
        Optional<JsonObject> found = shop.card(call.var("id"));
        if (found.isEmpty() || shop.isUsed(found.get()) || shop.isOver(found.get())) {
            return show(call.var("id"), null);
        }
        if (!Json.text(call.params(), "code").orElse("").strip().equals(Shop.SMS)) {
            return codePage(call.var("id"), "This code is not right.");
        }
        Optional<JsonObject> begun =
                Json.text(found.get(), "_begun")
                        .flatMap(shop::movement)
                        .filter(m -> Json.number(m, "state") == 1);
        return begun.isEmpty()
                ? show(call.var("id"), null)
                : after(found.get(), shop.complete(begun.get(), true), "");
    }

    private Answer after(JsonObject card, JsonObject movement, String reason) {
        if (Json.number(movement, "state") == 4) {
            return show(Json.need(card, "id"), reason);
        }
        return Json.text(card, "urlSuccess").map(Answer::seeOther).orElseGet(() -> finished(card));
    }

    private Answer finished(JsonObject card) {
        StringBuilder body = new StringBuilder("<main>").append(head(card));
        body.append("<p class=\"say good\"><b>Paid.</b> ")
                .append("This link cannot be used a second time.</p>");
        Json.text(card, "urlSuccess")
                .ifPresent(
                        url ->
                                body.append("<p><a href=\"")
                                        .append(Html.esc(url))
                                        .append("\">Back to ")
                                        .append(Html.esc(merchant(card)))
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

    private String merchant(JsonObject card) {
        return Json.need(shop.account(Json.need(card, "userId")), "name");
    }

    static String sum(JsonObject money) {
        return sum(Json.number(money, "amount"), Json.need(money, "currency"));
    }

    static String sum(long cents, String currency) {
        String digits = Long.toString(Math.abs(cents));
        String padded = "0".repeat(Math.max(0, 3 - digits.length())) + digits;
        return (cents < 0 ? "-" : "")
                + padded.substring(0, padded.length() - 2)
                + "."
                + padded.substring(padded.length() - 2)
                + " "
                + currency;
    }
}
