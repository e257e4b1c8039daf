package org.payhub.simulator.kit;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.Collection;
import java.util.Optional;

/** Short words for building and reading JSON trees. Numbers are whole numbers, never floating. */
public final class Json {

    private static final Gson PRETTY =
            new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();
    private static final Gson COMPACT =
            new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

    private Json() {}

    /** An object from name, value, name, value and so on; a {@code null} becomes JSON's null. */
    public static JsonObject of(Object... namesAndValues) {
        JsonObject object = new JsonObject();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.add((String) namesAndValues[i], element(namesAndValues[i + 1]));
        }
        return object;
    }

    public static JsonArray list(Object... values) {
        JsonArray array = new JsonArray();
        for (Object value : values) {
            array.add(element(value));
        }
        return array;
    }

    public static JsonElement element(Object value) {
        if (value == null) {
            return JsonNull.INSTANCE;
        } else if (value instanceof JsonElement element) {
            return element;
        } else if (value instanceof String text) {
            return new JsonPrimitive(text);
        } else if (value instanceof Boolean flag) {
            return new JsonPrimitive(flag);
        } else if (value instanceof Long || value instanceof Integer) {
            return new JsonPrimitive((Number) value);
        } else if (value instanceof Collection<?> many) {
            return list(many.toArray());
        }
        throw new IllegalArgumentException("No JSON form for " + value.getClass());
    }

    /** A number with decimals, given as its text, so that nothing is rounded on the way. */
    public static JsonElement decimal(String digits) {
        return JsonParser.parseString(digits);
    }

    /** Errors: {@link IllegalArgumentException} when the text is not a JSON object. */
    public static JsonObject parse(String text) {
        try {
            JsonElement element = JsonParser.parseString(text);
            if (element.isJsonObject()) {
                return element.getAsJsonObject();
            }
        } catch (JsonParseException broken) {
            throw new IllegalArgumentException("The text is not JSON", broken);
        }
        throw new IllegalArgumentException("The text is not a JSON object");
    }

    public static String pretty(JsonElement element) {
        return PRETTY.toJson(element);
    }

    /** Without blanks, piece by piece. */
    static void write(JsonElement element, Appendable out) {
        COMPACT.toJson(element, out);
    }

    public static String compact(JsonElement element) {
        return COMPACT.toJson(element);
    }

    /** Empty when the field is missing, null, or not a plain value. */
    public static Optional<String> text(JsonObject object, String name) {
        JsonElement value = object.get(name);
        return value != null && value.isJsonPrimitive()
                ? Optional.of(value.getAsString())
                : Optional.empty();
    }

    /** The text of a field that must be there. */
    public static String need(JsonObject object, String name) {
        return text(object, name)
                .orElseThrow(
                        () -> new IllegalArgumentException("The field " + name + " is missing"));
    }

    /** The whole number in a field, 0 when it is missing or null. */
    public static long number(JsonObject object, String name) {
        JsonElement value = object.get(name);
        return value != null && value.isJsonPrimitive() ? value.getAsLong() : 0;
    }

    /** The flag in a field, also when it is written as text; false when missing or null. */
    public static boolean flag(JsonObject object, String name) {
        JsonElement value = object.get(name);
        return value != null && value.isJsonPrimitive() && value.getAsBoolean();
    }

    /** The object in a field, empty when there is none. */
    public static JsonObject child(JsonObject object, String name) {
        JsonElement value = object.get(name);
        return value != null && value.isJsonObject() ? value.getAsJsonObject() : new JsonObject();
    }

    /** The list in a field, empty when there is none; a single value counts as a list of one. */
    public static JsonArray children(JsonObject object, String name) {
        JsonElement value = object.get(name);
        if (value == null || value.isJsonNull()) {
            return new JsonArray();
        }
        return value.isJsonArray() ? value.getAsJsonArray() : list(value);
    }

    public static boolean missing(JsonObject object, String name) {
        return !object.has(name) || object.get(name).isJsonNull();
    }
}
