package org.payhub.simulator.tiptoppay;

import com.google.gson.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import org.payhub.simulator.kit.Json;

/**
 * The provider's own books of one mode of a site.
 *
 * <p>Units: the currency's smallest unit, per currency.
 *
 * @param charges state of each payment, by number: {@code captured}, {@code held}, {@code
 *     declined}, {@code cancelled}, {@code pending}
 * @param refunds amount of each refund, by number
 */
public record TiptoppayBooks(
        Map<String, Long> captured,
        Map<String, Long> refunded,
        Map<String, Long> fees,
        Map<String, Long> held,
        Map<String, String> charges,
        Map<String, Long> refunds) {

    static TiptoppayBooks of(World world, String site, boolean live) {
        Map<String, Long> captured = new TreeMap<>();
        Map<String, Long> refunded = new TreeMap<>();
        Map<String, Long> fees = new TreeMap<>();
        Map<String, Long> held = new TreeMap<>();
        Map<String, String> charges = new TreeMap<>();
        Map<String, Long> refunds = new TreeMap<>();
        for (JsonObject t : world.transactions(site, x -> Json.flag(x, "TestMode") != live)) {
            String currency = Json.need(t, "Currency");
            String number = Json.need(t, "TransactionId");
            long minor = Json.number(t, "minor");
            if (Json.number(t, "Type") != 0) {
                refunds.put(number, minor);
                refunded.merge(currency, minor, Math::addExact);
                continue;
            }
            switch (Json.need(t, "Status")) {
                case "Completed" -> {
                    charges.put(number, "captured");
                    captured.merge(currency, minor, Math::addExact);
                    fees.merge(currency, Json.number(t, "fee"), Math::addExact);
                }
                case "Authorized" -> {
                    charges.put(number, "held");
                    held.merge(currency, minor, Math::addExact);
                }
                case "Declined" -> charges.put(number, "declined");
                case "Cancelled" -> charges.put(number, "cancelled");
                default -> charges.put(number, "pending");
            }
        }
        return new TiptoppayBooks(captured, refunded, fees, held, charges, refunds);
    }

    JsonObject json() {
        return Json.of(
                "captured", sums(captured),
                "refunded", sums(refunded),
                "fees", sums(fees),
                "held", sums(held),
                "charges", charges.size(),
                "refunds", refunds.size());
    }

    private static JsonObject sums(Map<String, Long> sums) {
        JsonObject json = new JsonObject();
        sums.forEach(json::addProperty);
        return json;
    }
}
