package org.payhub.simulator.stripe;

import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.Optional;
import org.payhub.simulator.kit.Json;

/**
 * What the payer, the bank and the merchant in the cabinet can do: one word each, the same in the
 * control API, on the cabinet's buttons and in scripts. Runs inside {@link World#act}.
 */
final class Actions {

    private final World world;

    Actions(World world) {
        this.world = world;
    }

    /**
     * @param id of the object that the action is about; of the account for {@code sell} and {@code
     *     payout}
     * @return the object that came of it
     */
    JsonObject run(String action, String id, JsonObject params) {
        return switch (action) {
            case "pay" -> pay(id, params);
            case "sell" -> sell(id, params);
            case "session_expires" -> world.sessions.expire(of(id, "checkout.session"));
            case "settle" -> settle(id);
            case "debit_succeeds" -> debit(id, true);
            case "debit_fails" -> debit(id, false);
            case "capture" -> world.payments.capture(intentOf(id), amount(params));
            case "cancel" -> world.payments.cancel(intentOf(id), null);
            case "hold_expires" -> holdExpires(id);
            case "refund" ->
                    world.refunds.refund(
                            of(id, "charge"),
                            amount(params),
                            Json.text(params, "reason").orElse(null),
                            Shapes.metadata(params));
            case "refund_reference" -> refundReference(id);
            case "refund_succeeds" -> refundSucceeds(id);
            case "refund_fails" ->
                    world.refunds.fail(
                            Json.need(of(id, "refund"), "id"),
                            Json.text(params, "reason").orElse("lost_or_stolen_card"));
            case "refund_cancels" -> world.refunds.cancel(Json.need(of(id, "refund"), "id"));
            case "dispute" -> dispute(id, params);
            case "dispute_evidence" -> evidence(id);
            case "dispute_withdraws" -> world.disputes.withdraw(dispute(id));
            case "dispute_reinstates" -> world.disputes.reinstate(dispute(id), amount(params));
            case "dispute_won" -> world.disputes.close(dispute(id), "won");
            case "dispute_lost" -> world.disputes.close(dispute(id), "lost");
            case "dispute_warning_closed" -> world.disputes.close(dispute(id), "warning_closed");
            case "payout" -> payout(id, params);
            case "payout_arrives" -> payoutArrives(id);
            case "payout_fails" -> world.payouts.fail(Json.need(of(id, "payout"), "id"));
            case "payout_cancels" -> world.payouts.cancel(Json.need(of(id, "payout"), "id"));
            default -> throw new IllegalArgumentException("There is no action called " + action);
        };
    }

    /** One try on the hosted page; the answer is the session with what came of the try. */
    private JsonObject pay(String id, JsonObject params) {
        of(id, "checkout.session");
        TestCard card = card(params);
        Payments.Try result = world.sessions.pay(id, card, Json.flag(params, "confirmed"));
        JsonObject session = Render.strip(world.store.get(id));
        return Json.of(
                "outcome", result.outcome().name().toLowerCase(Locale.ROOT),
                "message", result.message(),
                "session", session);
    }

    /** A sale of the account that has nothing to do with the hub. */
    private JsonObject sell(String account, JsonObject params) {
        world.accounts.get(account);
        Space space = new Space(account, Json.flag(params, "livemode"));
        String currency =
                Json.text(params, "currency").orElseGet(() -> world.accounts.currency(account));
        long amount = params.has("amount") ? Json.number(params, "amount") : 1900;
        JsonObject wishes = new JsonObject();
        wishes.addProperty(
                "description", Json.text(params, "description").orElse("Sale in the web shop"));
        if (params.has("metadata")) {
            wishes.add("metadata", params.get("metadata"));
        }
        if (Json.flag(params, "hold")) {
            wishes.addProperty("capture_method", "manual");
        }
        JsonObject intent = world.payments.create(space, amount, currency, wishes);
        String id = Json.need(intent, "id");
        world.payments.confirm(id, card(params), true);
        return world.store.get(id);
    }

    private static TestCard card(JsonObject params) {
        String typed = Json.text(params, "card").orElse(TestCard.VISA.number);
        for (TestCard card : TestCard.values()) {
            if (card.name().equalsIgnoreCase(typed)) {
                return card;
            }
        }
        return TestCard.byNumber(typed)
                .orElseThrow(() -> new IllegalArgumentException("There is no test card " + typed));
    }

    private JsonObject settle(String id) {
        of(id, "charge");
        world.payments.settle(id);
        return world.store.get(id);
    }

    private JsonObject debit(String id, boolean good) {
        of(id, "charge");
        world.tasks.forget(id, Tasks.Kind.DEBIT_SUCCEEDS);
        world.tasks.forget(id, Tasks.Kind.DEBIT_FAILS);
        world.payments.debitEnds(id, good);
        return world.store.get(id);
    }

    private JsonObject holdExpires(String id) {
        of(id, "charge");
        world.payments.expireHold(id);
        return world.store.get(id);
    }

    private JsonObject refundReference(String id) {
        of(id, "refund");
        world.tasks.forget(id, Tasks.Kind.REFUND_REFERENCE);
        world.refunds.referenceKnown(id);
        return world.store.get(id);
    }

    private JsonObject refundSucceeds(String id) {
        of(id, "refund");
        world.tasks.forget(id, Tasks.Kind.REFUND_SUCCEEDS);
        world.refunds.succeed(id);
        return world.store.get(id);
    }

    private JsonObject dispute(String id, JsonObject params) {
        boolean inquiry = Json.flag(params, "inquiry");
        boolean withdraw = params.has("withdraw") ? Json.flag(params, "withdraw") : !inquiry;
        return world.disputes.open(
                of(id, "charge"),
                amount(params),
                Json.text(params, "reason").orElse("fraudulent"),
                inquiry,
                withdraw);
    }

    private String dispute(String id) {
        return Json.need(of(id, "dispute"), "id");
    }

    private JsonObject evidence(String id) {
        return world.disputes.update(
                of(id, "dispute"),
                Json.of(
                        "submit",
                        true,
                        "evidence",
                        Json.of("uncategorized_text", "The client came.")));
    }

    private JsonObject payout(String account, JsonObject params) {
        String currency =
                Json.text(params, "currency").orElseGet(() -> world.accounts.currency(account));
        Space space = new Space(account, Json.flag(params, "livemode"));
        Optional<JsonObject> payout = world.payouts.make(space, currency);
        return payout.orElseThrow(
                () -> new IllegalArgumentException("There is no money to pay out"));
    }

    private JsonObject payoutArrives(String id) {
        of(id, "payout");
        world.payouts.arrive(id);
        return world.store.get(id);
    }

    /** Of an intent's own id, or of a charge that belongs to it. */
    private JsonObject intentOf(String id) {
        JsonObject object = object(id);
        return "charge".equals(Json.need(object, "object"))
                ? world.store.get(Json.need(object, "payment_intent"))
                : of(id, "payment_intent");
    }

    private JsonObject of(String id, String type) {
        JsonObject object = object(id);
        if (!type.equals(Json.need(object, "object"))) {
            throw new IllegalArgumentException(id + " is not a " + type);
        }
        return object;
    }

    private JsonObject object(String id) {
        return world.store
                .find(id)
                .orElseThrow(() -> new IllegalArgumentException("There is no object " + id));
    }

    /** Null when no amount was given: everything. */
    private static Long amount(JsonObject params) {
        String text = Json.text(params, "amount").orElse("").strip();
        return text.isEmpty() ? null : Long.valueOf(Amounts.whole(params, "amount", "amount"));
    }
}
