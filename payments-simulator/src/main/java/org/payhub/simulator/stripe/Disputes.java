package org.payhub.simulator.stripe;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.payhub.simulator.kit.Json;

/** The payer went to the bank: inquiries, chargebacks, evidence and how they end. */
final class Disputes {

    private static final Duration TIME_TO_ANSWER = Duration.ofDays(9);

    private final World world;

    Disputes(World world) {
        this.world = world;
    }

    List<JsonObject> of(JsonObject charge) {
        return world.store.ofCharge("dispute", Json.need(charge, "id"), Store.NOW);
    }

    /** The payer of a card that disputes. */
    void byTheClient(String chargeId) {
        JsonObject charge = world.store.get(chargeId);
        if (world.refunds.left(charge) == 0 || Json.flag(charge, "disputed")) {
            return;
        }
        boolean inquiry = "INQUIRY".equals(Json.text(charge, "_card").orElse(""));
        open(charge, null, "fraudulent", inquiry, !inquiry);
    }

    /**
     * @param amount null disputes what was not refunded
     * @param withdraw whether the money leaves at once, as it does for most chargebacks
     */
    JsonObject open(
            JsonObject charge, Long amount, String reason, boolean inquiry, boolean withdraw) {
        long left = world.refunds.left(charge);
        long disputed = amount == null ? left : amount;
        if (!Json.flag(charge, "captured") || disputed < 1 || disputed > left) {
            throw StripeError.state(
                    null,
                    "amount",
                    "There is not so much captured and unrefunded money on this charge.");
        }
        world.payments.settle(Json.need(charge, "id"));
        String id = world.ids.next("du_1", 23);
        JsonObject fresh = Shapes.dispute(id, charge, disputed, reason);
        fresh.addProperty("created", world.seconds());
        fresh.addProperty("is_charge_refundable", inquiry);
        fresh.addProperty("status", inquiry ? "warning_needs_response" : "needs_response");
        Json.child(fresh, "evidence_details")
                .addProperty("due_by", world.clock.instant().plus(TIME_TO_ANSWER).getEpochSecond());
        if (inquiry) {
            Json.child(Json.child(fresh, "payment_method_details"), "card")
                    .addProperty("case_type", "inquiry");
        }
        world.store.add(Store.space(charge), fresh);
        world.store.edit(
                Json.need(charge, "id"),
                c -> {
                    c.addProperty("disputed", true);
                    c.addProperty("dispute", id);
                });
        if (withdraw) {
            book(id, world.balances.disputeWithdrawal(fresh));
        }
        world.emit("charge.dispute.created", world.store.get(id));
        if (withdraw) {
            world.emit("charge.dispute.funds_withdrawn", world.store.get(id));
        }
        return world.store.get(id);
    }

    /** Money and fee leave later than the dispute came. */
    JsonObject withdraw(String id) {
        JsonObject dispute = world.store.get(id);
        JsonObject open =
                world.store.edit(
                        id,
                        d -> {
                            d.addProperty("is_charge_refundable", false);
                            if (Json.need(d, "status").startsWith("warning_")) {
                                d.addProperty("status", "needs_response");
                            }
                        });
        book(id, world.balances.disputeWithdrawal(open));
        world.emit(
                "charge.dispute.funds_withdrawn",
                world.store.get(id),
                Json.of("balance_transactions", dispute.get("balance_transactions").deepCopy()));
        return world.store.get(id);
    }

    /**
     * @param amount null gives all of the disputed money back
     */
    JsonObject reinstate(String id, Long amount) {
        JsonObject dispute = world.store.get(id);
        long back = amount == null ? Json.number(dispute, "amount") : amount;
        book(id, world.balances.disputeReversal(dispute, back));
        world.emit(
                "charge.dispute.funds_reinstated",
                world.store.get(id),
                Json.of("balance_transactions", dispute.get("balance_transactions").deepCopy()));
        return world.store.get(id);
    }

    /** Evidence of the merchant; {@code submit} hands it to the bank. */
    JsonObject update(JsonObject dispute, JsonObject params) {
        Metadata.check(params, "");
        String id = Json.need(dispute, "id");
        String before = Json.need(dispute, "status");
        boolean open = before.endsWith("needs_response");
        boolean submit = !params.has("submit") || Json.flag(params, "submit");
        JsonObject given = Json.child(params, "evidence");
        if (!given.isEmpty() && !open) {
            throw StripeError.state(
                    null, "evidence", "This dispute takes no evidence any more: " + before + ".");
        }
        List<String> known = List.of(Shapes.EVIDENCE.split(" "));
        for (String name : given.keySet()) {
            if (!known.contains(name)) {
                throw StripeError.invalid(
                        "parameter_unknown",
                        "evidence[" + name + "]",
                        "Received unknown parameter: evidence[" + name + "]");
            }
        }
        JsonObject changed =
                world.store.edit(
                        id,
                        d -> {
                            Metadata.merge(d, params);
                            addEvidence(d, given, submit);
                        });
        JsonObject previous = new JsonObject();
        for (String name : new String[] {"evidence", "evidence_details", "metadata", "status"}) {
            if (!dispute.get(name).equals(changed.get(name))) {
                previous.add(name, dispute.get(name).deepCopy());
            }
        }
        world.emit("charge.dispute.updated", changed, previous);
        return changed;
    }

    private static void addEvidence(JsonObject dispute, JsonObject given, boolean submit) {
        if (given.isEmpty()) {
            return;
        }
        JsonObject evidence = Json.child(dispute, "evidence");
        for (Map.Entry<String, com.google.gson.JsonElement> e : given.entrySet()) {
            evidence.add(e.getKey(), e.getValue());
        }
        JsonObject details = Json.child(dispute, "evidence_details");
        details.addProperty("has_evidence", true);
        if (submit) {
            details.addProperty("submission_count", Json.number(details, "submission_count") + 1);
            boolean inquiry = Json.need(dispute, "status").startsWith("warning_");
            dispute.addProperty("status", inquiry ? "warning_under_review" : "under_review");
        }
    }

    /**
     * The end: {@code won}, {@code lost} or, for an inquiry, {@code warning_closed}. A dispute that
     * is won and whose money is still away gets it back first.
     */
    JsonObject close(String id, String status) {
        JsonObject dispute = world.store.get(id);
        String before = Json.need(dispute, "status");
        if (before.equals("won") || before.equals("lost") || before.equals("warning_closed")) {
            throw StripeError.state(null, null, "This dispute is closed already: " + before + ".");
        }
        if (before.startsWith("warning_") != status.startsWith("warning_")) {
            throw StripeError.state(
                    null, null, "A dispute that is " + before + " cannot end as " + status + ".");
        }
        if (status.equals("won") && away(dispute) > 0) {
            reinstate(id, away(dispute));
        }
        JsonObject closed = world.store.edit(id, d -> d.addProperty("status", status));
        if (status.equals("warning_closed")) {
            world.store.edit(Json.need(closed, "charge"), c -> c.addProperty("disputed", false));
        }
        world.emit("charge.dispute.closed", closed, Json.of("status", before));
        return closed;
    }

    /** How much of the disputed money is with the bank, in the dispute's currency. */
    private static long away(JsonObject dispute) {
        long withdrawn = 0;
        long back = 0;
        for (com.google.gson.JsonElement t : Json.children(dispute, "balance_transactions")) {
            String category = Json.need(t.getAsJsonObject(), "reporting_category");
            if (category.equals("dispute")) {
                withdrawn++;
            } else {
                back++;
            }
        }
        return withdrawn > back ? Json.number(dispute, "amount") : 0;
    }

    private void book(String id, JsonObject transaction) {
        world.store.edit(
                id,
                d -> {
                    JsonArray all = Json.children(d, "balance_transactions").deepCopy();
                    all.add(Render.strip(transaction));
                    d.add("balance_transactions", all);
                    if (all.size() == 1) {
                        d.add("balance_transaction", transaction.get("id"));
                    }
                });
    }
}
