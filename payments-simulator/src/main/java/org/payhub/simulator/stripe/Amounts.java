package org.payhub.simulator.stripe;

import com.google.gson.JsonObject;
import java.util.Locale;
import org.payhub.simulator.kit.Json;

/** Reads whole numbers and currencies from parameters, and checks the smallest and largest sums. */
final class Amounts {

    private static final long LARGEST = 999_999_999_999L;

    private Amounts() {}

    /** A whole number that must be there and must not be negative. */
    static long whole(JsonObject params, String name, String param) {
        String text = Json.text(params, name).orElseThrow(() -> StripeError.missingParam(param));
        try {
            long value = Long.parseLong(text);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            throw StripeError.invalid(
                    "parameter_invalid_integer", param, "Invalid integer: " + text);
        }
        throw StripeError.invalid(
                "parameter_invalid_integer",
                param,
                "This value must be greater than or equal to 0.");
    }

    static String currency(JsonObject params, String name, String param) {
        String code =
                Json.text(params, name)
                        .orElseThrow(() -> StripeError.missingParam(param))
                        .toLowerCase(Locale.ROOT);
        if (!Currencies.known(code)) {
            throw StripeError.invalid(
                    null, param, "Invalid currency: " + code + ". Stripe does not support it.");
        }
        return code;
    }

    /** The smallest sum follows the currency of settlement, after conversion. */
    static void check(long amount, String currency, String settlement, String param) {
        if (amount > LARGEST) {
            throw StripeError.invalid(
                    "amount_too_large",
                    param,
                    "Amount must be no more than " + Currencies.text(LARGEST, currency) + ".");
        }
        long smallest = Currencies.smallest(settlement);
        if (Currencies.convert(amount, currency, settlement) < smallest) {
            boolean same = currency.equals(settlement);
            throw StripeError.invalid(
                    "amount_too_small",
                    param,
                    same
                            ? "Amount must be at least "
                                    + Currencies.text(smallest, settlement)
                                    + "."
                            : "Amount must convert to at least "
                                    + Currencies.text(smallest, settlement)
                                    + ". "
                                    + Currencies.text(amount, currency)
                                    + " converts to approximately "
                                    + Currencies.text(
                                            Currencies.convert(amount, currency, settlement),
                                            settlement)
                                    + ".");
        }
    }
}
