package org.payhub.simulator.stripe;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.Set;
import org.payhub.simulator.kit.Json;

/** PaymentIntents and their charges: confirming, holding, capturing, cancelling, settling. */
final class Payments {

    private static final Duration HOLD = Duration.ofDays(7);
    private static final Set<String> OPEN =
            Set.of("requires_payment_method", "requires_confirmation", "requires_action");

    /** What came of one try to pay. */
    enum Outcome {
        SUCCEEDED,
        HELD,
        PENDING,
        DECLINED,
        NEEDS_CONFIRMATION
    }

    /** An outcome and, when it was a no, the sentence for the payer. */
    record Try(Outcome outcome, String message) {}

    private final World world;

    Payments(World world) {
        this.world = world;
    }

    /** A new intent; {@code wishes} are the parameters that go with it. */
    JsonObject create(Space space, long amount, String currency, JsonObject wishes) {
        String id = world.ids.next("pi_3", 23);
        String secret = id + "_secret_" + world.ids.next("", 24);
        JsonObject intent = Shapes.intent(id, secret, amount, currency, space.live());
        intent.addProperty("created", world.seconds());
        for (String name :
                new String[] {
                    "capture_method",
                    "description",
                    "customer",
                    "receipt_email",
                    "setup_future_usage",
                    "statement_descriptor",
                    "statement_descriptor_suffix"
                }) {
            if (wishes.has(name)) {
                intent.add(name, wishes.get(name));
            }
        }
        intent.add("metadata", Shapes.metadata(wishes));
        JsonObject kept = world.store.add(space, intent);
        world.emit("payment_intent.created", kept);
        return kept;
    }

    /** One try with one card. The caller has made sure that the intent may be tried. */
    Try confirm(String intentId, TestCard card, boolean authenticated) {
        JsonObject intent = world.store.get(intentId);
        if (!OPEN.contains(Json.need(intent, "status"))) {
            throw unexpected(intent, "confirmed");
        }
        if (card == TestCard.THREE_D_SECURE && !authenticated) {
            return needsConfirmation(intentId);
        }
        return card.refusal()
                .map(no -> decline(intentId, card, no))
                .orElseGet(() -> card.debit() ? debit(intentId, card) : succeed(intentId, card));
    }

    /** The payer said no on the bank's page, or failed there. */
    Try authenticationFailed(String intentId) {
        String message =
                "We are unable to authenticate your payment method. Please choose a different"
                        + " payment method and try again.";
        JsonObject failed =
                world.store.edit(
                        intentId,
                        i -> {
                            i.addProperty("status", "requires_payment_method");
                            i.add("next_action", JsonNull.INSTANCE);
                            i.add(
                                    "last_payment_error",
                                    Json.of(
                                            "code", "payment_intent_authentication_failure",
                                            "message", message,
                                            "type", "invalid_request_error"));
                        });
        world.emit("payment_intent.payment_failed", failed);
        return new Try(Outcome.DECLINED, message);
    }

    private Try needsConfirmation(String intentId) {
        JsonObject waiting =
                world.store.edit(
                        intentId,
                        i -> {
                            i.addProperty("status", "requires_action");
                            i.add(
                                    "next_action",
                                    Json.of("type", "use_stripe_sdk", "use_stripe_sdk", Json.of()));
                        });
        world.emit("payment_intent.requires_action", waiting);
        return new Try(Outcome.NEEDS_CONFIRMATION, null);
    }

    private Try decline(String intentId, TestCard card, TestCard.Refusal no) {
        JsonObject intent = world.store.get(intentId);
        JsonObject charge = newCharge(intent, card);
        charge.addProperty("failure_code", no.code());
        charge.addProperty("failure_message", no.message());
        JsonObject kept = world.store.add(Store.space(intent), charge);
        JsonObject failed =
                world.store.edit(
                        intentId,
                        i -> {
                            i.addProperty("status", "requires_payment_method");
                            i.add("latest_charge", charge.get("id"));
                            i.add("next_action", JsonNull.INSTANCE);
                            i.add(
                                    "last_payment_error",
                                    Json.of(
                                            "charge", charge.get("id"),
                                            "code", no.code(),
                                            "decline_code", no.declineCode(),
                                            "message", no.message(),
                                            "type", "card_error"));
                        });
        world.emit("charge.failed", kept);
        world.emit("payment_intent.payment_failed", failed);
        return new Try(Outcome.DECLINED, no.message());
    }

    private Try debit(String intentId, TestCard card) {
        JsonObject intent = world.store.get(intentId);
        JsonObject charge = newCharge(intent, card);
        charge.addProperty("status", "pending");
        charge.addProperty("captured", true);
        JsonObject kept = world.store.add(Store.space(intent), charge);
        JsonObject processing =
                world.store.edit(
                        intentId,
                        i -> {
                            i.addProperty("status", "processing");
                            i.add("latest_charge", charge.get("id"));
                            i.add("payment_method", charge.get("payment_method"));
                            i.add("payment_method_types", Json.list(methodOf(charge)));
                        });
        world.emit("charge.pending", kept);
        world.emit("payment_intent.processing", processing);
        Tasks.Kind end =
                card == TestCard.DEBIT_SUCCEEDS
                        ? Tasks.Kind.DEBIT_SUCCEEDS
                        : Tasks.Kind.DEBIT_FAILS;
        world.later(world.timing.debit, end, Json.need(charge, "id"));
        return new Try(Outcome.PENDING, null);
    }

    /** The bank's last word on a debit. */
    void debitEnds(String chargeId, boolean good) {
        JsonObject pending = world.store.get(chargeId);
        String intentId = Json.need(pending, "payment_intent");
        if (!"pending".equals(Json.need(pending, "status"))) {
            return;
        }
        if (good) {
            JsonObject charge = world.store.edit(chargeId, c -> paid(c, true));
            afterCapture(charge);
            JsonObject intent = world.store.edit(intentId, i -> received(i, charge));
            world.emit("charge.succeeded", world.store.get(chargeId));
            world.emit("payment_intent.succeeded", intent);
        } else {
            JsonObject charge =
                    world.store.edit(
                            chargeId,
                            c -> {
                                c.addProperty("status", "failed");
                                c.addProperty("captured", false);
                                c.addProperty("failure_code", "debit_not_authorized");
                                c.addProperty(
                                        "failure_message",
                                        "The customer's bank did not authorize the debit.");
                            });
            JsonObject intent =
                    world.store.edit(
                            intentId, i -> i.addProperty("status", "requires_payment_method"));
            world.emit("charge.failed", charge);
            world.emit("payment_intent.payment_failed", intent);
        }
        world.sessions.debitEnded(intentId, good);
    }

    private Try succeed(String intentId, TestCard card) {
        JsonObject intent = world.store.get(intentId);
        boolean hold = "manual".equals(Json.need(intent, "capture_method"));
        JsonObject fresh = newCharge(intent, card);
        fresh.addProperty("_card", card.name());
        if (hold) {
            long until = world.clock.instant().plus(HOLD).getEpochSecond();
            Json.child(Json.child(fresh, "payment_method_details"), "card")
                    .addProperty("capture_before", until);
        }
        paid(fresh, !hold);
        String chargeId = Json.need(world.store.add(Store.space(intent), fresh), "id");
        if (!hold) {
            afterCapture(fresh);
        }
        JsonObject changed =
                world.store.edit(
                        intentId,
                        i -> {
                            i.add("latest_charge", fresh.get("id"));
                            i.add("payment_method", fresh.get("payment_method"));
                            i.add("next_action", JsonNull.INSTANCE);
                            i.add("last_payment_error", JsonNull.INSTANCE);
                            if (hold) {
                                i.addProperty("status", "requires_capture");
                                i.add("amount_capturable", i.get("amount"));
                            } else {
                                received(i, fresh);
                            }
                        });
        world.emit("charge.succeeded", world.store.get(chargeId));
        if (hold) {
            world.later(HOLD, Tasks.Kind.HOLD_EXPIRES, chargeId);
            world.emit("payment_intent.amount_capturable_updated", changed);
            return new Try(Outcome.HELD, null);
        }
        world.emit("payment_intent.succeeded", changed);
        if (card == TestCard.DISPUTES || card == TestCard.INQUIRY) {
            world.later(world.timing.clientDisputes, Tasks.Kind.CLIENT_DISPUTES, chargeId);
        }
        return new Try(Outcome.SUCCEEDED, null);
    }

    /**
     * Takes held money.
     *
     * @param amount null takes everything; less than everything releases the rest
     */
    JsonObject capture(JsonObject intent, Long amount) {
        if (!"requires_capture".equals(Json.need(intent, "status"))) {
            throw unexpected(intent, "captured");
        }
        long capturable = Json.number(intent, "amount_capturable");
        long taken = amount == null ? capturable : amount;
        if (taken < 1) {
            throw StripeError.invalid(
                    "parameter_invalid_integer",
                    "amount_to_capture",
                    "This value must be greater than or equal to 1.");
        }
        if (taken > capturable) {
            throw StripeError.invalid(
                    "amount_too_large",
                    "amount_to_capture",
                    "The amount to capture is greater than the amount capturable on this"
                            + " PaymentIntent.");
        }
        String chargeId = Json.need(intent, "latest_charge");
        world.tasks.forget(chargeId, Tasks.Kind.HOLD_EXPIRES);
        world.store.edit(
                chargeId,
                c -> {
                    c.addProperty("captured", true);
                    c.addProperty("amount_captured", taken);
                    c.addProperty("receipt_url", receipt(c));
                });
        book(chargeId);
        JsonObject charge = world.store.get(chargeId);
        JsonObject changed = world.store.edit(Json.need(intent, "id"), i -> received(i, charge));
        world.emit(
                "charge.captured",
                charge,
                Json.of("amount_captured", 0, "balance_transaction", null, "captured", false));
        world.emit("payment_intent.succeeded", changed);
        world.sessions.captured(Json.need(intent, "id"));
        String card = Json.text(charge, "_card").orElse("");
        if (card.equals("DISPUTES") || card.equals("INQUIRY")) {
            world.later(world.timing.clientDisputes, Tasks.Kind.CLIENT_DISPUTES, chargeId);
        }
        return changed;
    }

    /** Lets go of a hold, or gives up an intent that was never paid. */
    JsonObject cancel(JsonObject intent, String reason) {
        String status = Json.need(intent, "status");
        boolean held = status.equals("requires_capture");
        if (!held && !OPEN.contains(status)) {
            throw unexpected(intent, "canceled");
        }
        if (held) {
            world.tasks.forget(Json.need(intent, "latest_charge"), Tasks.Kind.HOLD_EXPIRES);
        }
        return canceled(Json.need(intent, "id"), reason);
    }

    /** Seven days are over and nobody captured. */
    void expireHold(String chargeId) {
        JsonObject charge = world.store.get(chargeId);
        String intentId = Json.need(charge, "payment_intent");
        String status = Json.need(world.store.get(intentId), "status");
        if (!status.equals("requires_capture")) {
            return;
        }
        world.tasks.forget(chargeId, Tasks.Kind.HOLD_EXPIRES);
        world.emit("charge.expired", world.store.edit(chargeId, c -> {}));
        canceled(intentId, "expired");
    }

    private JsonObject canceled(String intentId, String reason) {
        JsonObject canceled =
                world.store.edit(
                        intentId,
                        i -> {
                            i.addProperty("status", "canceled");
                            i.addProperty("canceled_at", world.seconds());
                            i.add("cancellation_reason", Json.element(reason));
                            i.addProperty("amount_capturable", 0);
                            i.add("next_action", JsonNull.INSTANCE);
                        });
        world.emit("payment_intent.canceled", canceled);
        return canceled;
    }

    /** The balance transaction that asynchronous capture promised. */
    void settle(String chargeId) {
        JsonObject charge = world.store.get(chargeId);
        if (!Json.missing(charge, "balance_transaction") || !Json.flag(charge, "captured")) {
            return;
        }
        world.tasks.forget(chargeId, Tasks.Kind.SETTLE_CHARGE);
        book(chargeId);
        world.emit(
                "charge.updated", world.store.get(chargeId), Json.of("balance_transaction", null));
    }

    JsonObject newCharge(JsonObject intent, TestCard card) {
        Space space = Store.space(intent);
        String id = world.ids.next(card.debit() ? "py_3" : "ch_3", 23);
        JsonObject charge = Shapes.charge(id, intent, card, world.ids);
        charge.addProperty("created", world.seconds());
        charge.addProperty(
                "calculated_statement_descriptor", world.accounts.descriptor(space.account()));
        String email = Json.text(intent, "_email").orElse(null);
        charge.add("billing_details", Shapes.billing(email));
        return charge;
    }

    /** What kind of money it was: {@code card}, {@code sepa_debit} and so on. */
    static String methodOf(JsonObject charge) {
        return Json.need(Json.child(charge, "payment_method_details"), "type");
    }

    StripeError unexpected(JsonObject intent, String verb) {
        String id = Json.need(intent, "id");
        return StripeError.state(
                "payment_intent_unexpected_state",
                null,
                "This PaymentIntent ("
                        + id
                        + ") could not be "
                        + verb
                        + " because it has a status of "
                        + Json.need(intent, "status")
                        + ".");
    }

    private void afterCapture(JsonObject charge) {
        String id = Json.need(charge, "id");
        JsonObject intent = world.store.get(Json.need(charge, "payment_intent"));
        boolean async = "automatic_async".equals(Json.need(intent, "capture_method"));
        if (async && world.timing.asyncCapture) {
            world.later(world.timing.settle, Tasks.Kind.SETTLE_CHARGE, id);
        } else {
            book(id);
        }
    }

    private void book(String chargeId) {
        JsonObject transaction = world.balances.charge(world.store.get(chargeId));
        world.store.edit(chargeId, c -> c.add("balance_transaction", transaction.get("id")));
    }

    private void paid(JsonObject charge, boolean captured) {
        charge.addProperty("status", "succeeded");
        charge.addProperty("paid", true);
        charge.addProperty("captured", captured);
        charge.add("amount_captured", captured ? charge.get("amount") : Json.element(0));
        if (captured) {
            charge.addProperty("receipt_url", receipt(charge));
        }
    }

    private static JsonObject received(JsonObject intent, JsonObject charge) {
        intent.addProperty("status", "succeeded");
        intent.addProperty("amount_capturable", 0);
        intent.add("amount_received", charge.get("amount_captured"));
        return intent;
    }

    private String receipt(JsonObject charge) {
        return world.accounts.baseUrl() + "/receipt/" + Json.need(charge, "id");
    }

    /** The last charge that belongs to an intent, empty list when none was tried. */
    JsonArray chargesOf(Space space, String intentId, long moment) {
        JsonArray array = new JsonArray();
        world.store
                .all(
                        "charge",
                        space,
                        moment,
                        c -> intentId.equals(Json.text(c, "payment_intent").orElse("")))
                .forEach(array::add);
        return array;
    }
}
