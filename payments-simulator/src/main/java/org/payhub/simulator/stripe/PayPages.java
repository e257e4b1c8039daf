package org.payhub.simulator.stripe;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.payhub.simulator.kit.Answer;
import org.payhub.simulator.kit.CabinetParts;
import org.payhub.simulator.kit.Call;
import org.payhub.simulator.kit.Html;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.OfferedCard;
import org.payhub.simulator.kit.PayPage;
import org.payhub.simulator.kit.Router;

/** The hosted pay page of a Checkout Session; it works without scripts. */
final class PayPages {

    private final World world;
    private final AtomicLong changes;

    PayPages(World world, AtomicLong changes) {
        this.world = world;
        this.changes = changes;
    }

    void mount(Router router) {
        router.get("/pay/c/{id}", call -> act(() -> show(call.var("id"), null)));
        router.post("/pay/c/{id}", call -> act(() -> pay(call)));
        router.get("/pay/c/{id}/confirm", call -> act(() -> confirmPage(call.var("id"))));
        router.post("/pay/c/{id}/confirm", call -> act(() -> confirm(call)));
        router.get("/receipt/{id}", call -> act(() -> receipt(call.var("id"))));
    }

    private Answer act(java.util.function.Supplier<Answer> page) {
        try {
            return world.act(Cause.BANK, page);
        } catch (StripeError refused) {
            return PayPage.message(refused.status(), "This did not work", refused.getMessage());
        } finally {
            changes.incrementAndGet();
        }
    }

    private Answer show(String id, String problem) {
        Optional<JsonObject> found = session(id);
        if (found.isEmpty()) {
            return PayPage.message(404, "No such payment page", "Check the address of the link.");
        }
        JsonObject session = found.get();
        String status = Json.need(session, "status");
        if (status.equals("expired")) {
            return PayPage.message(
                    410,
                    "This payment page has expired",
                    "Ask " + merchant(session) + " for a new link.");
        }
        if (status.equals("complete")) {
            return finished(session);
        }
        return Answer.html(
                problem == null ? 200 : 402,
                Html.page("Pay " + merchant(session), "pay", form(session, problem)));
    }

    private String form(JsonObject session, String problem) {
        boolean live = Json.flag(session, "livemode");
        String action = "/pay/c/" + Json.need(session, "id");
        return "<main>"
                + head(session)
                + PayPage.problem(problem)
                + PayPage.cardForm(action, live ? "" : TestCard.VISA.spaced(), sum(session))
                + (live
                        ? PayPage.choices(
                                "Live mode", action, List.of(TestCard.GENUINE, TestCard.VISA))
                        : PayPage.choices("Test cards", action, TestCard.offered()))
                + (debitsAllowed(session) ? debits(action) : "")
                + PayPage.cancel(Json.text(session, "cancel_url"), merchant(session))
                + "</main>";
    }

    private static String debits(String action) {
        return CabinetParts.card("Bank debit")
                + "<p class=\"note\">Pending first; the bank answers later.</p>"
                + "<div class=\"stack\" style=\"margin-block-start:12px\">"
                + PayPage.choice(action, TestCard.DEBIT_SUCCEEDS)
                + PayPage.choice(action, TestCard.DEBIT_FAILS)
                + "</div></section>";
    }

    private String head(JsonObject session) {
        StringBuilder lines = new StringBuilder();
        for (JsonElement e : Json.children(session, "_lines")) {
            JsonObject product =
                    Json.child(Json.child(e.getAsJsonObject(), "price_data"), "product_data");
            lines.append(PayPage.lead(Json.text(product, "name").orElse("")));
        }
        boolean hold =
                Json.text(Json.child(session, "_intentWishes"), "capture_method")
                        .filter("manual"::equals)
                        .isPresent();
        return PayPage.head(
                merchant(session),
                Json.flag(session, "livemode") ? "Live mode, imitated" : "Test mode",
                lines.toString(),
                sum(session),
                hold
                        ? "<p class=\"note\">The money is held, not taken, until the merchant"
                                + " captures it.</p>"
                        : "");
    }

    private Answer pay(Call call) {
        String id = call.var("id");
        Optional<JsonObject> found = session(id);
        if (found.isEmpty() || !"open".equals(Json.need(found.get(), "status"))) {
            return show(id, null);
        }
        JsonObject session = found.get();
        String typed = Json.text(call.params(), "card").orElse("").strip();
        Optional<TestCard> card = TestCard.byNumber(typed);
        if (card.isPresent() && card.get().debit() && !debitsAllowed(session)) {
            return show(id, "This merchant does not take bank debits here.");
        }
        if (card.isEmpty() && !OfferedCard.looksReal(typed)) {
            return show(id, "The card number is not a valid credit card number.");
        }
        boolean live = Json.flag(session, "livemode");
        boolean genuine = card.isEmpty() || card.get() == TestCard.GENUINE;
        if (live != genuine) {
            return show(
                    id,
                    live
                            ? "Your card was declined. Your request was in live mode, but used a"
                                    + " known test card."
                            : "Your card was declined. Your request was in test mode, but used a"
                                    + " non test card. For a list of valid test cards, visit:"
                                    + " https://stripe.com/docs/testing.");
        }
        return after(id, world.sessions.pay(id, card.orElse(TestCard.GENUINE), false));
    }

    private Answer confirmPage(String id) {
        Optional<JsonObject> found = session(id);
        if (found.isEmpty() || !"requires_action".equals(intentStatus(found.get()))) {
            return show(id, null);
        }
        return PayPage.bank(head(found.get()), "/pay/c/" + id + "/confirm");
    }

    private Answer confirm(Call call) {
        String id = call.var("id");
        Optional<JsonObject> found = session(id);
        if (found.isEmpty() || !"requires_action".equals(intentStatus(found.get()))) {
            return show(id, null);
        }
        if ("complete".equals(Json.text(call.params(), "answer").orElse(""))) {
            return after(id, world.sessions.pay(id, TestCard.THREE_D_SECURE, true));
        }
        return after(
                id, world.payments.authenticationFailed(Json.need(found.get(), "payment_intent")));
    }

    private Answer after(String id, Payments.Try result) {
        return switch (result.outcome()) {
            case DECLINED -> show(id, result.message());
            case NEEDS_CONFIRMATION -> Answer.seeOther("/pay/c/" + id + "/confirm");
            case SUCCEEDED, HELD, PENDING ->
                    successUrl(world.store.get(id))
                            .map(Answer::seeOther)
                            .orElseGet(() -> finished(world.store.get(id)));
        };
    }

    private Answer finished(JsonObject session) {
        return PayPage.finished(
                head(session),
                "<b>This page is finished.</b> It cannot be paid a second time.",
                successUrl(session),
                merchant(session));
    }

    private Answer receipt(String id) {
        Optional<JsonObject> charge =
                world.store.find(id).filter(c -> "charge".equals(Json.need(c, "object")));
        if (charge.isEmpty()) {
            return PayPage.message(404, "No such receipt", "Check the address.");
        }
        JsonObject c = charge.get();
        String body =
                "<main><h1>Receipt</h1><section class=\"card\"><p class=\"sum\">"
                        + Html.esc(
                                Currencies.text(
                                        Json.number(c, "amount_captured"),
                                        Json.need(c, "currency")))
                        + "</p><dl><dt>Paid to</dt><dd>"
                        + Html.esc(world.accounts.name(Store.space(c).account()))
                        + "</dd><dt>Refunded</dt><dd>"
                        + Html.esc(
                                Currencies.text(
                                        Json.number(c, "amount_refunded"),
                                        Json.need(c, "currency")))
                        + "</dd><dt>Reference</dt><dd><code>"
                        + Html.esc(id)
                        + "</code></dd></dl></section></main>";
        return Answer.html(200, Html.page("Receipt", "pay", body));
    }

    private Optional<JsonObject> session(String id) {
        return world.store.find(id).filter(s -> "checkout.session".equals(Json.need(s, "object")));
    }

    private String intentStatus(JsonObject session) {
        return Json.text(session, "payment_intent")
                .map(id -> Json.need(world.store.get(id), "status"))
                .orElse("");
    }

    private static Optional<String> successUrl(JsonObject session) {
        return Json.text(session, "success_url")
                .map(url -> url.replace("{CHECKOUT_SESSION_ID}", Json.need(session, "id")));
    }

    /** Debits are offered unless the merchant chose the methods and left them out. */
    private static boolean debitsAllowed(JsonObject session) {
        return !session.has("_methodsChosen")
                || Json.children(session, "payment_method_types")
                        .contains(Json.element("sepa_debit"))
                || Json.children(session, "payment_method_types")
                        .contains(Json.element("us_bank_account"));
    }

    private String merchant(JsonObject session) {
        return world.accounts.name(Store.space(session).account());
    }

    private static String sum(JsonObject session) {
        return Currencies.text(
                Json.number(session, "amount_total"), Json.need(session, "currency"));
    }
}
