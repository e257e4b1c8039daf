package org.payhub.simulator.tiptoppay;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.payhub.simulator.kit.Json;

/** Parameters in the two spellings of a notification. */
final class Fields {

    private static final Set<String> NUMBERS =
            Set.of("TransactionId", "PaymentTransactionId", "Amount", "TotalFee", "ReasonCode");

    private Fields() {}

    /** A blank as a plus and small letters in escapes, as the original's encoder writes them. */
    static String form(JsonObject fields) {
        StringBuilder form = new StringBuilder();
        for (Map.Entry<String, JsonElement> field : fields.entrySet()) {
            form.append(form.length() == 0 ? "" : "&")
                    .append(field.getKey())
                    .append('=')
                    .append(encode(field.getValue().getAsString()));
        }
        return form.toString();
    }

    private static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain =
                    c >= 'a' && c <= 'z'
                            || c >= 'A' && c <= 'Z'
                            || c >= '0' && c <= '9'
                            || "-_.!*()".indexOf(c) >= 0;
            if (plain) {
                encoded.append(c);
            } else if (c == ' ') {
                encoded.append('+');
            } else {
                encoded.append('%')
                        .append(Character.forDigit(c >> 4, 16))
                        .append(Character.forDigit(c & 15, 16));
            }
        }
        return encoded.toString();
    }

    static String json(JsonObject fields) {
        JsonObject json = new JsonObject();
        for (Map.Entry<String, JsonElement> field : fields.entrySet()) {
            String text = field.getValue().getAsString();
            boolean number = NUMBERS.contains(field.getKey()) && !text.isEmpty();
            json.add(field.getKey(), number ? Json.decimal(text) : Json.element(text));
        }
        return Json.compact(json);
    }

    /** {@code 500000} as {@code 5000.00}; every currency here has two digits. */
    static String decimal(long minor) {
        return String.format(Locale.ROOT, "%d.%02d", minor / 100, minor % 100);
    }

    /** Errors: {@link IllegalArgumentException} for anything but plain decimal text. */
    static long minor(String decimal) {
        if (!decimal.matches("(0|[1-9][0-9]{0,12})(\\.[0-9]{1,2}0*)?")) {
            throw new IllegalArgumentException("Invalid Amount value");
        }
        int point = decimal.indexOf('.');
        String whole = point < 0 ? decimal : decimal.substring(0, point);
        String rest = point < 0 ? "00" : (decimal.substring(point + 1) + "0").substring(0, 2);
        return Long.parseLong(whole) * 100 + Long.parseLong(rest);
    }
}
