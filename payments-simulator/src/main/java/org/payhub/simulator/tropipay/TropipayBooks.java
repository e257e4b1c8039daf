package org.payhub.simulator.tropipay;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.payhub.simulator.kit.Json;

/**
 * What the provider itself believes of one account: every movement, and their sums.
 *
 * @param sums per currency: {@code captured}, {@code refunded}, {@code failed}; per currency of
 *     arrival {@code net}
 */
public record TropipayBooks(JsonArray movements, Map<String, Map<String, Long>> sums) {

    static TropipayBooks of(List<JsonObject> newestFirst) {
        Map<String, Map<String, Long>> sums = new TreeMap<>();
        JsonArray all = new JsonArray();
        for (JsonObject m : newestFirst) {
            String currency = Json.need(m, "currency");
            long amount = Json.number(m, "amount");
            long state = Json.number(m, "state");
            if (Shop.isRefund(m)) {
                add(sums, currency, "refunded", state == 4 ? 0 : amount);
            } else if (state == 4) {
                add(sums, currency, "failed", amount);
            } else if (state != 1) {
                add(sums, currency, "captured", amount);
                add(
                        sums,
                        Json.need(m, "destinationCurrency"),
                        "net",
                        Long.parseLong(Json.need(m, "destinationAmount")));
            }
            all.add(Shop.shown(m));
        }
        return new TropipayBooks(all, Collections.unmodifiableMap(sums));
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
        return Json.of("sums", totals, "movements", movements);
    }

    private static void add(
            Map<String, Map<String, Long>> sums, String currency, String what, long amount) {
        sums.computeIfAbsent(currency, c -> new TreeMap<>()).merge(what, amount, Math::addExact);
    }
}
