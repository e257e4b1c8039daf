package org.payhub.simulator.stripe;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Set;
import org.payhub.simulator.kit.Json;

/** Money back to the payer, in one or many parts, and what can go wrong with it afterwards. */
final class Refunds {

    private static final Set<String> REASONS =
            Set.of("duplicate", "fraudulent", "requested_by_customer");
    private static final Set<String> STANDING = Set.of("succeeded", "pending", "requires_action");

    private final World world;

    Refunds(World world) {
        this.world = world;
    }

    /** All refunds of a charge, newest first. */
    List<JsonObject> of(JsonObject charge, long moment) {
        return world.store.ofCharge("refund", Json.need(charge, "id"), moment);
    }

    /** What {@code POST /v1/refunds} asks for. */
    JsonObject create(Space space, JsonObject params) {
        String reason = Json.text(params, "reason").orElse(null);
        if (reason != null && !REASONS.contains(reason)) {
            throw StripeError.invalid(
                    null,
                    "reason",
                    "Invalid reason: must be one of duplicate, fraudulent, or"
                            + " requested_by_customer");
        }
        Metadata.check(params, "");
        JsonObject charge = chargeOf(space, params);
        Long amount =
                Json.missing(params, "amount")
                        ? null
                        : Long.valueOf(Amounts.whole(params, "amount", "amount"));
        return refund(charge, amount, reason, Shapes.metadata(params));
    }

    private JsonObject chargeOf(Space space, JsonObject params) {
        if (params.has("charge")) {
            return world.demand(space, "charge", Json.need(params, "charge"), "charge");
        }
        if (!params.has("payment_intent")) {
            throw StripeError.invalid(
                    "parameter_missing",
                    "charge",
                    "One of the following params should be provided for this request:"
                            + " payment_intent or charge.");
        }
        String id = Json.need(params, "payment_intent");
        JsonObject intent = world.demand(space, "payment_intent", id, "payment_intent");
        return Json.text(intent, "latest_charge")
                .map(world.store::get)
                .filter(c -> Json.flag(c, "paid"))
                .orElseThrow(
                        () ->
                                StripeError.state(
                                        "payment_intent_unexpected_state",
                                        "payment_intent",
                                        "This PaymentIntent ("
                                                + id
                                                + ") does not have a successful charge to refund."));
    }

    /**
     * @param wanted null gives back all that is left
     */
    JsonObject refund(JsonObject charge, Long wanted, String reason, JsonObject metadata) {
        String id = Json.need(charge, "id");
        if (!Json.flag(charge, "captured") || !Json.flag(charge, "paid")) {
            throw StripeError.state(
                    "charge_not_refundable",
                    null,
                    "Charge "
                            + id
                            + " has not been captured and cannot be refunded; cancel its"
                            + " PaymentIntent instead.");
        }
        long left = left(charge);
        if (left == 0) {
            throw StripeError.state(
                    "charge_already_refunded",
                    null,
                    "Charge " + id + " has already been refunded.");
        }
        if (Json.flag(charge, "disputed") && !inquiryOnly(charge)) {
            throw StripeError.state(
                    "charge_disputed",
                    null,
                    "Charge " + id + " has been charged back; cannot issue a refund.");
        }
        long amount = wanted == null ? left : wanted;
        if (amount < 1) {
            throw StripeError.invalid(
                    "parameter_invalid_integer",
                    "amount",
                    "This value must be greater than or equal to 1.");
        }
        String currency = Json.need(charge, "currency");
        if (amount > left) {
            throw StripeError.state(
                    null,
                    "amount",
                    "Refund amount ("
                            + Currencies.text(amount, currency)
                            + ") is greater than unrefunded amount on charge ("
                            + Currencies.text(left, currency)
                            + ")");
        }
        // A refund cannot be booked before the money that it gives back.
        world.payments.settle(id);
        JsonObject fresh = Shapes.refund(idFor(charge), world.store.get(id), amount, currency);
        fresh.add("reason", Json.element(reason));
        fresh.add("metadata", metadata);
        return make(world.store.get(id), fresh);
    }

    private String idFor(JsonObject charge) {
        boolean card = Payments.methodOf(charge).equals("card");
        return world.ids.next(card ? "re_3" : "pyr_1", 23);
    }

    private JsonObject make(JsonObject charge, JsonObject fresh) {
        boolean card = Payments.methodOf(charge).equals("card");
        String behaviour = Json.text(charge, "_card").orElse("");
        boolean pending = !card || behaviour.equals("REFUND_PENDING");
        String id = Json.need(fresh, "id");
        fresh.addProperty("created", world.seconds());
        fresh.addProperty("status", pending ? "pending" : "succeeded");
        if (pending) {
            fresh.addProperty("pending_reason", "processing");
        }
        fresh.add("destination_details", destination(charge, null));
        JsonObject kept = world.store.add(Store.space(charge), fresh);
        JsonObject transaction = world.balances.refund(kept);
        JsonObject refund =
                world.store.edit(id, r -> r.add("balance_transaction", transaction.get("id")));

        long before = Json.number(charge, "amount_refunded");
        JsonObject changed = world.store.edit(Json.need(charge, "id"), this::total);
        world.emit("refund.created", refund);
        world.emit(
                "charge.refunded", changed, Json.of("amount_refunded", before, "refunded", false));
        if (behaviour.equals("REFUND_FAILS")) {
            world.later(world.timing.refundFails, Tasks.Kind.REFUND_FAILS, id);
        } else if (pending) {
            world.later(world.timing.refundReference, Tasks.Kind.REFUND_SUCCEEDS, id);
        } else {
            world.later(world.timing.refundReference, Tasks.Kind.REFUND_REFERENCE, id);
        }
        return refund;
    }

    /** The bank told its reference number: an update without any change of status. */
    void referenceKnown(String id) {
        JsonObject refund = world.store.get(id);
        if (!"succeeded".equals(Json.need(refund, "status"))) {
            return;
        }
        JsonObject charge = world.store.get(Json.need(refund, "charge"));
        JsonObject changed =
                world.store.edit(
                        id,
                        r ->
                                r.add(
                                        "destination_details",
                                        destination(charge, world.ids.digits(23))));
        updated(
                changed,
                Json.of("destination_details", refund.get("destination_details").deepCopy()));
    }

    void succeed(String id) {
        JsonObject refund = world.store.get(id);
        if (!"pending".equals(Json.need(refund, "status"))) {
            return;
        }
        JsonObject changed =
                world.store.edit(
                        id,
                        r -> {
                            r.addProperty("status", "succeeded");
                            r.remove("pending_reason");
                        });
        updated(changed, Json.of("status", "pending"));
    }

    /** The bank sent the money back, even after it had said yes. */
    JsonObject fail(String id, String why) {
        return takeBack(id, "failed", why);
    }

    /** Called back by the merchant in the cabinet, while that is still possible. */
    JsonObject cancel(String id) {
        return takeBack(id, "canceled", null);
    }

    private JsonObject takeBack(String id, String status, String why) {
        JsonObject refund = world.store.get(id);
        String before = Json.need(refund, "status");
        if (!STANDING.contains(before)) {
            throw StripeError.state(
                    null, null, "The refund " + id + " has ended already: " + before + ".");
        }
        world.tasks.forget(id, Tasks.Kind.REFUND_REFERENCE);
        world.tasks.forget(id, Tasks.Kind.REFUND_SUCCEEDS);
        world.tasks.forget(id, Tasks.Kind.REFUND_FAILS);
        JsonObject back = world.balances.refundFailure(refund);
        JsonObject changed =
                world.store.edit(
                        id,
                        r -> {
                            r.addProperty("status", status);
                            r.remove("pending_reason");
                            r.add("failure_balance_transaction", back.get("id"));
                            if (why != null) {
                                r.addProperty("failure_reason", why);
                            }
                        });
        if (!world.timing.refundedTotalStays) {
            world.store.edit(Json.need(refund, "charge"), this::total);
        }
        if (status.equals("failed")) {
            world.emit("refund.failed", changed);
        }
        JsonObject previous = Json.of("failure_balance_transaction", null, "status", before);
        if (why != null) {
            previous.add("failure_reason", JsonNull.INSTANCE);
        }
        updated(changed, previous);
        return changed;
    }

    /** Only metadata can be changed by the merchant. */
    JsonObject update(JsonObject refund, JsonObject params) {
        Metadata.check(params, "");
        JsonObject changed =
                world.store.edit(Json.need(refund, "id"), r -> Metadata.merge(r, params));
        updated(changed, Json.of("metadata", refund.get("metadata").deepCopy()));
        return changed;
    }

    /** What can still be given back. */
    long left(JsonObject charge) {
        return Json.number(charge, "amount_captured") - standing(charge);
    }

    private long standing(JsonObject charge) {
        long sum = 0;
        for (JsonObject refund : of(charge, Store.NOW)) {
            if (STANDING.contains(Json.need(refund, "status"))) {
                sum = Math.addExact(sum, Json.number(refund, "amount"));
            }
        }
        return sum;
    }

    private void total(JsonObject charge) {
        long refunded = standing(charge);
        charge.addProperty("amount_refunded", refunded);
        charge.addProperty("refunded", refunded == Json.number(charge, "amount_captured"));
    }

    private void updated(JsonObject refund, JsonObject previous) {
        world.emit("refund.updated", refund, previous);
        world.emit("charge.refund.updated", refund, previous);
    }

    private boolean inquiryOnly(JsonObject charge) {
        return world.disputes.of(charge).stream()
                .allMatch(d -> Json.need(d, "status").startsWith("warning"));
    }

    private static JsonObject destination(JsonObject charge, String reference) {
        if (!Payments.methodOf(charge).equals("card")) {
            String type = Payments.methodOf(charge);
            return Json.of("type", type, type, new JsonObject());
        }
        JsonObject card =
                Json.of(
                        "reference_status", reference == null ? "pending" : "available",
                        "reference_type", "acquirer_reference_number",
                        "type", "refund");
        if (reference != null) {
            card.addProperty("reference", reference);
        }
        return Json.of("card", card, "type", "card");
    }
}
