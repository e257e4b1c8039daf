package org.payhub.simulator.alppay;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.payhub.simulator.kit.Json;

/**
 * What the imitated ALPPAY believes of one account: every payment and withdrawal, and per coin
 * ({@code USDT_tron}) what was {@code received}, kept as {@code fees} and {@code withdrawn}, as
 * decimal texts, and the balances.
 */
public record AlppayBooks(
        JsonArray payments,
        JsonArray withdrawals,
        Map<String, Map<String, String>> sums,
        Map<String, String> balances) {

    static AlppayBooks of(World world, String merchant) {
        Map<String, Map<String, BigDecimal>> sums = new TreeMap<>();
        for (JsonObject payment : world.payments(merchant)) {
            String coin = Coins.of(Json.child(payment, "asset")).method();
            for (JsonElement e : Json.children(payment, "transactions")) {
                BigDecimal came = Amounts.of(Json.need(e.getAsJsonObject(), "receivedAmount"));
                add(sums, coin, "received", came);
                add(sums, coin, "fees", Amounts.fee(came));
            }
        }
        for (JsonObject withdrawal : world.withdrawals(merchant)) {
            if (Json.need(withdrawal, "status").equals("COMPLETE")) {
                add(
                        sums,
                        Coins.of(Json.child(withdrawal, "asset")).method(),
                        "withdrawn",
                        Amounts.of(Json.need(withdrawal, "amount")));
            }
        }
        Map<String, Map<String, String>> texts = new TreeMap<>();
        sums.forEach((coin, kinds) -> texts.put(coin, texts(kinds)));
        return new AlppayBooks(
                shown(world.payments(merchant)),
                shown(world.withdrawals(merchant)),
                Collections.unmodifiableMap(texts),
                texts(world.balances(merchant)));
    }

    private static void add(
            Map<String, Map<String, BigDecimal>> sums,
            String coin,
            String kind,
            BigDecimal amount) {
        sums.computeIfAbsent(coin, c -> new TreeMap<>()).merge(kind, amount, BigDecimal::add);
    }

    private static Map<String, String> texts(Map<String, BigDecimal> amounts) {
        Map<String, String> texts = new TreeMap<>();
        amounts.forEach((name, amount) -> texts.put(name, signed(amount)));
        return Collections.unmodifiableMap(texts);
    }

    private static String signed(BigDecimal amount) {
        return amount.signum() < 0 ? "-" + Amounts.text(amount.negate()) : Amounts.text(amount);
    }

    private static JsonArray shown(List<JsonObject> objects) {
        JsonArray array = new JsonArray();
        objects.forEach(o -> array.add(World.shown(o)));
        return array;
    }

    /** One sum, {@code 0} when there was nothing of the kind. */
    public String sum(String coin, String kind) {
        return sums.getOrDefault(coin, Map.of()).getOrDefault(kind, "0");
    }

    JsonObject json() {
        JsonObject totals = new JsonObject();
        sums.forEach(
                (coin, kinds) -> {
                    JsonObject one = new JsonObject();
                    kinds.forEach(one::addProperty);
                    totals.add(coin, one);
                });
        JsonObject holds = new JsonObject();
        balances.forEach(holds::addProperty);
        return Json.of(
                "sums",
                totals,
                "balances",
                holds,
                "payments",
                payments,
                "withdrawals",
                withdrawals);
    }
}
