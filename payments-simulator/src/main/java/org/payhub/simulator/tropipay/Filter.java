package org.payhub.simulator.tropipay;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.payhub.simulator.kit.Json;

/** The conditions of a list: {@code [{"key":…,"op":…,"value":…}]}. */
final class Filter {

    private Filter() {}

    static List<JsonObject> apply(List<JsonObject> rows, String query) {
        if (query.isBlank()) {
            return rows;
        }
        JsonArray conditions;
        try {
            JsonElement parsed = JsonParser.parseString(query);
            if (!parsed.isJsonArray()) {
                throw Refusal.invalid("query is a list of conditions");
            }
            conditions = parsed.getAsJsonArray();
        } catch (JsonParseException broken) {
            throw Refusal.invalid("query is no JSON");
        }
        return rows.stream()
                .filter(
                        row ->
                                StreamSupport.stream(conditions.spliterator(), false)
                                        .allMatch(c -> meets(row, c)))
                .toList();
    }

    private static boolean meets(JsonObject row, JsonElement condition) {
        if (!condition.isJsonObject()) {
            throw Refusal.invalid("A condition is an object");
        }
        JsonObject c = condition.getAsJsonObject();
        String key = Json.text(c, "key").orElseThrow(() -> Refusal.invalid("key is missing"));
        String op = Json.text(c, "op").orElse("eq");
        String have = Json.text(row, key).orElse(null);
        JsonElement value = c.get("value");
        return switch (op) {
            case "eq" -> have != null && have.equals(plain(value));
            case "ne" -> have == null || !have.equals(plain(value));
            case "in" -> have != null && Json.children(c, "value").contains(Json.element(have));
            case "notIn" -> have == null || !Json.children(c, "value").contains(Json.element(have));
            case "gt" -> have != null && compare(have, plain(value)) > 0;
            case "gte" -> have != null && compare(have, plain(value)) >= 0;
            case "lt" -> have != null && compare(have, plain(value)) < 0;
            case "lte" -> have != null && compare(have, plain(value)) <= 0;
            case "like" -> have != null && like(have, plain(value));
            case "iLike" ->
                    have != null
                            && like(
                                    have.toLowerCase(Locale.ROOT),
                                    plain(value).toLowerCase(Locale.ROOT));
            default -> throw Refusal.invalid("There is no operator " + op);
        };
    }

    /** Times are compared as times, though they are written with and without fractions. */
    private static int compare(String one, String other) {
        try {
            return java.time.Instant.parse(one).compareTo(java.time.Instant.parse(other));
        } catch (java.time.format.DateTimeParseException noTimes) {
            return one.compareTo(other);
        }
    }

    private static String plain(JsonElement value) {
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }

    private static boolean like(String have, String pattern) {
        boolean open = pattern.startsWith("%");
        boolean ends = pattern.endsWith("%");
        String middle =
                pattern.substring(
                        open ? 1 : 0, pattern.length() - (ends && pattern.length() > 1 ? 1 : 0));
        if (open && ends) {
            return have.contains(middle);
        }
        return open ? have.endsWith(middle) : ends ? have.startsWith(middle) : have.equals(middle);
    }
}
