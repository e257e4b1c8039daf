package org.payhub.simulator.tropipay;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.payhub.simulator.kit.Answer;
import org.payhub.simulator.kit.CabinetParts;
import org.payhub.simulator.kit.Call;
import org.payhub.simulator.kit.Html;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.PayPage;
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
                ? PayPage.message(404, "This link does not exist", "Ask for a new one.")
                : Answer.seeOther(path(card.get()));
    }

    private static String path(JsonObject card) {
        return "/tropipay/checkout/" + Json.need(card, "id");
    }

    private Answer show(String id, String problem) {
        Optional<JsonObject> found = shop.card(id);
        if (found.isEmpty()) {
            return PayPage.message(404, "This link does not exist", "Ask for a new one.");
        }
        JsonObject card = found.get();
        if (shop.isUsed(card)) {
            return finished(card);
        }
        if (shop.isOver(card)) {
            return PayPage.message(
                    410, "This link has ended", "Ask " + merchant(card) + " for a new one.");
        }
        return Answer.html(
                problem == null ? 200 : 402,
                Html.page("Pay " + merchant(card), "pay", form(card, problem)));
    }

    private String form(JsonObject card, String problem) {
        String action = path(card);
        return "<main>"
                + head(card)
                + PayPage.problem(problem == null ? null : problem + " You can try again.")
                + PayPage.cardForm(action, TestCard.VISA.spaced(), sum(card))
                + PayPage.choices("Test cards", action, List.of(TestCard.values()))
                + (takesBalance(card) ? balance(action) : "")
                + PayPage.cancel(Json.text(card, "urlFailed"), merchant(card))
                + "</main>";
    }

    private static String balance(String action) {
        return CabinetParts.card("Tropipay balance")
                + Html.button(
                        action,
                        Html.hidden("balance", "true"),
                        "choice",
                        "Pay from a Tropipay balance")
                + "</section>";
    }

    private static boolean takesBalance(JsonObject card) {
        return Json.missing(card, "paymentMethods")
                || Json.children(card, "paymentMethods").contains(Json.element("TPP"));
    }

    private String head(JsonObject card) {
        return PayPage.head(
                merchant(card),
                "Tropipay sandbox",
                PayPage.lead(Json.need(card, "concept")),
                sum(card),
                "");
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
        return PayPage.finished(
                head(card),
                "<b>Paid.</b> This link cannot be used a second time.",
                Json.text(card, "urlSuccess"),
                merchant(card));
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
