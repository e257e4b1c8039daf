package org.payhub.simulator.stripe;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.payhub.simulator.kit.Json;

/**
 * What the provider itself believes: every charge, refund, dispute, payout and balance transaction
 * of one mode of one account, and their sums per currency.
 *
 * @param sums per currency of the charge: {@code captured}, {@code refunded}, {@code held}; per
 *     currency of settlement: {@code gross}, {@code fees}, {@code net} and one sum of amounts per
 *     reporting category
 */
public record StripeBooks(
        JsonArray charges,
        JsonArray refunds,
        JsonArray disputes,
        JsonArray payouts,
        JsonArray balanceTransactions,
        JsonObject balance,
        Map<String, Map<String, Long>> sums) {

    static StripeBooks of(World world, Space space) {
        Map<String, Map<String, Long>> sums = new TreeMap<>();
        for (JsonObject c : world.store.all("charge", space)) {
            String currency = Json.need(c, "currency");
            add(sums, currency, "captured", Json.number(c, "amount_captured"));
            boolean held =
                    Json.need(c, "status").equals("succeeded")
                            && !Json.flag(c, "captured")
                            && "requires_capture".equals(intentStatus(world, c));
            add(sums, currency, "held", held ? Json.number(c, "amount") : 0);
        }
        for (JsonObject r : world.store.all("refund", space)) {
            String status = Json.need(r, "status");
            boolean stands = status.equals("succeeded") || status.equals("pending");
            add(sums, Json.need(r, "currency"), "refunded", stands ? Json.number(r, "amount") : 0);
        }
        for (JsonObject t : world.balances.all(space, Store.NOW)) {
            String currency = Json.need(t, "currency");
            add(sums, currency, "gross", Json.number(t, "amount"));
            add(sums, currency, "fees", Json.number(t, "fee"));
            add(sums, currency, "net", Json.number(t, "net"));
            add(sums, currency, Json.need(t, "reporting_category"), Json.number(t, "amount"));
        }
        return new StripeBooks(
                Answers.stripped(world.store.all("charge", space)),
                Answers.stripped(world.store.all("refund", space)),
                Answers.stripped(world.store.all("dispute", space)),
                Answers.stripped(world.store.all("payout", space)),
                Answers.stripped(world.balances.all(space, Store.NOW)),
                world.balances.balance(space, Store.NOW),
                Collections.unmodifiableMap(sums));
    }

    /** One sum; 0 when there was nothing of the kind. */
    public long sum(String currency, String what) {
        return sums.getOrDefault(currency, Map.of()).getOrDefault(what, 0L);
    }

    JsonObject json() {
        JsonObject totals = new JsonObject();
        sums.forEach(
                (currency, byKind) -> {
                    JsonObject one = new JsonObject();
                    byKind.forEach(one::addProperty);
                    totals.add(currency, one);
                });
        return Json.of(
                "sums", totals,
                "balance", balance,
                "charges", charges,
                "refunds", refunds,
                "disputes", disputes,
                "payouts", payouts,
                "balanceTransactions", balanceTransactions);
    }

    private static String intentStatus(World world, JsonObject charge) {
        return Json.text(charge, "payment_intent")
                .flatMap(world.store::find)
                .map(i -> Json.need(i, "status"))
                .orElse("");
    }

    private static void add(
            Map<String, Map<String, Long>> sums, String currency, String what, long amount) {
        sums.computeIfAbsent(currency, c -> new TreeMap<>()).merge(what, amount, Math::addExact);
    }
}
