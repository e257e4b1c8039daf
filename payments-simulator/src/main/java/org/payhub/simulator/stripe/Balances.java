package org.payhub.simulator.stripe;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.payhub.simulator.kit.Json;

/**
 * The money of an account: one balance transaction for everything that moved it.
 *
 * <p>Units: the smallest unit of the currency of settlement, signed; {@code net = amount - fee}.
 */
final class Balances {

    private static final Duration UNTIL_AVAILABLE = Duration.ofDays(2);

    /** One move of money to be booked; {@code amount} is signed and in {@code currency}. */
    record Move(
            String type,
            String category,
            long amount,
            String currency,
            String source,
            String description) {}

    private final World world;

    Balances(World world) {
        this.world = world;
    }

    /** What a captured charge brings. */
    JsonObject charge(JsonObject charge) {
        Space space = Store.space(charge);
        String settlement = world.accounts.currency(space.account());
        String currency = Json.need(charge, "currency");
        long captured = Json.number(charge, "amount_captured");
        boolean card = "card".equals(Payments.methodOf(charge));
        long settled = Currencies.convert(captured, currency, settlement);
        long fee = card ? Currencies.cardFee(settled, settlement) : Currencies.debitFee(settlement);
        Move move =
                new Move(
                        card ? "charge" : "payment",
                        "charge",
                        captured,
                        currency,
                        Json.need(charge, "id"),
                        Json.text(charge, "description").orElse(null));
        return book(space, move, fee, "Stripe processing fees", UNTIL_AVAILABLE);
    }

    JsonObject refund(JsonObject refund) {
        boolean card = Json.need(refund, "id").startsWith("re_");
        Move move =
                new Move(
                        card ? "refund" : "payment_refund",
                        "refund",
                        -Json.number(refund, "amount"),
                        Json.need(refund, "currency"),
                        Json.need(refund, "id"),
                        "REFUND FOR CHARGE");
        return book(Store.space(refund), move, 0, null, Duration.ZERO);
    }

    JsonObject refundFailure(JsonObject refund) {
        boolean card = Json.need(refund, "id").startsWith("re_");
        Move move =
                new Move(
                        card ? "refund_failure" : "payment_failure_refund",
                        "refund_failure",
                        Json.number(refund, "amount"),
                        Json.need(refund, "currency"),
                        Json.need(refund, "id"),
                        "REFUND FAILURE");
        return book(Store.space(refund), move, 0, null, Duration.ZERO);
    }

    /** The client's bank takes the money; the fee comes on top. */
    JsonObject disputeWithdrawal(JsonObject dispute) {
        Space space = Store.space(dispute);
        long fee = Currencies.disputeFee(world.accounts.currency(space.account()));
        return dispute(dispute, "dispute", -Json.number(dispute, "amount"), fee, "withdrawal");
    }

    /** The money, or a part of it, comes back; a negative fee when the fee comes back too. */
    JsonObject disputeReversal(JsonObject dispute, long amount) {
        long fee =
                world.timing.disputeFeeReturned
                        ? -Currencies.disputeFee(
                                world.accounts.currency(Store.space(dispute).account()))
                        : 0;
        return dispute(dispute, "dispute_reversal", amount, fee, "reversal");
    }

    private JsonObject dispute(
            JsonObject dispute, String category, long amount, long fee, String word) {
        Move move =
                new Move(
                        "adjustment",
                        category,
                        amount,
                        Json.need(dispute, "currency"),
                        Json.need(dispute, "id"),
                        "Chargeback " + word + " for " + Json.need(dispute, "charge"));
        return book(Store.space(dispute), move, fee, "Dispute fee", Duration.ZERO);
    }

    JsonObject payout(JsonObject payout, boolean failed) {
        long amount = Json.number(payout, "amount");
        Move move =
                new Move(
                        failed ? "payout_failure" : "payout",
                        failed ? "payout_reversal" : "payout",
                        failed ? amount : -amount,
                        Json.need(payout, "currency"),
                        Json.need(payout, "id"),
                        failed ? "PAYOUT FAILURE" : "STRIPE PAYOUT");
        return book(Store.space(payout), move, 0, null, Duration.ZERO);
    }

    private JsonObject book(
            Space space, Move move, long fee, String feeText, Duration untilAvailable) {
        boolean payout = move.type.startsWith("payout");
        String settlement = payout ? move.currency : world.accounts.currency(space.account());
        boolean exchanged = !move.currency.equals(settlement);
        long amount = Currencies.convert(move.amount, move.currency, settlement);
        JsonArray details = new JsonArray();
        if (fee != 0) {
            details.add(
                    Json.of(
                            "amount", fee,
                            "application", null,
                            "currency", settlement,
                            "description", feeText,
                            "type", "stripe_fee"));
        }
        long now = world.seconds();
        return world.store.add(
                space,
                Json.of(
                        "id",
                        world.ids.next("txn_3", 23),
                        "object",
                        "balance_transaction",
                        "amount",
                        amount,
                        "available_on",
                        now + untilAvailable.toSeconds(),
                        "balance_type",
                        "payments",
                        "created",
                        now,
                        "currency",
                        settlement,
                        "description",
                        move.description,
                        "exchange_rate",
                        exchanged
                                ? Json.decimal(Currencies.rateText(move.currency, settlement))
                                : JsonNull.INSTANCE,
                        "fee",
                        fee,
                        "fee_details",
                        details,
                        "net",
                        amount - fee,
                        "reporting_category",
                        move.category,
                        "source",
                        move.source,
                        "status",
                        untilAvailable.isZero() ? "available" : "pending",
                        "type",
                        move.type));
    }

    /** A balance transaction as reads show it: pending until its day has come. */
    JsonObject present(JsonObject transaction) {
        JsonObject shown = Render.strip(transaction);
        boolean available = Json.number(shown, "available_on") <= world.seconds();
        shown.addProperty("status", available ? "available" : "pending");
        return shown;
    }

    /** What {@code GET /v1/balance} answers. */
    JsonObject balance(Space space, long moment) {
        Map<String, Long> available = new TreeMap<>();
        Map<String, Long> pending = new TreeMap<>();
        String own = world.accounts.currency(space.account());
        available.put(own, 0L);
        pending.put(own, 0L);
        for (JsonObject t : all(space, moment)) {
            boolean ready = Json.number(t, "available_on") <= world.seconds();
            String currency = Json.need(t, "currency");
            long net = Json.number(t, "net");
            available.merge(currency, ready ? net : 0, Math::addExact);
            pending.merge(currency, ready ? 0 : net, Math::addExact);
        }
        return Json.of(
                "object", "balance",
                "available", amounts(available),
                "livemode", space.live(),
                "pending", amounts(pending),
                "refund_and_dispute_prefunding", null);
    }

    List<JsonObject> all(Space space, long moment) {
        return world.store.all("balance_transaction", space, moment, t -> true);
    }

    private static JsonArray amounts(Map<String, Long> byCurrency) {
        JsonArray array = new JsonArray();
        byCurrency.forEach(
                (currency, amount) ->
                        array.add(
                                Json.of(
                                        "amount", amount,
                                        "currency", currency,
                                        "source_types", Json.of("card", amount))));
        return array;
    }
}
