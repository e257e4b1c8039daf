package org.payhub.simulator.kit;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Form-encoded text with nested keys, as {@code a[b]=1}, {@code a[0][b]=1} and {@code a[]=1}, read
 * into a tree. Every leaf stays text. An object whose keys are all numbers becomes a list, in the
 * order of the numbers.
 */
public final class Form {

    /** Deeper nesting than any provider uses; a guard against a stack of brackets. */
    private static final int DEEPEST = 12;

    private Form() {}

    /** Units: leaves are text. Errors: {@link IllegalArgumentException} for broken escapes. */
    public static JsonObject parse(String encoded) {
        JsonObject root = new JsonObject();
        if (encoded == null || encoded.isEmpty()) {
            return root;
        }
        for (String pair : encoded.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String key = decode(equals < 0 ? pair : pair.substring(0, equals));
                put(root, path(key), equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return lists(root).getAsJsonObject();
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static List<String> path(String key) {
        List<String> parts = new ArrayList<>();
        int bracket = key.indexOf('[');
        if (bracket <= 0 || !key.endsWith("]")) {
            return List.of(key);
        }
        parts.add(key.substring(0, bracket));
        for (String part : key.substring(bracket + 1, key.length() - 1).split("]\\[", -1)) {
            parts.add(part);
        }
        if (parts.size() > DEEPEST) {
            throw new IllegalArgumentException("The key is nested too deeply");
        }
        return parts;
    }

    private static void put(JsonObject root, List<String> path, String value) {
        JsonObject here = root;
        for (String part : path.subList(0, path.size() - 1)) {
            String key = part.isEmpty() ? next(here) : part;
            if (!here.has(key) || !here.get(key).isJsonObject()) {
                here.add(key, new JsonObject());
            }
            here = here.getAsJsonObject(key);
        }
        String last = path.get(path.size() - 1);
        here.addProperty(last.isEmpty() && path.size() > 1 ? next(here) : last, value);
    }

    private static String next(JsonObject list) {
        return Integer.toString(list.size());
    }

    private static JsonElement lists(JsonElement element) {
        if (!element.isJsonObject()) {
            return element;
        }
        JsonObject object = element.getAsJsonObject();
        List<Map.Entry<String, JsonElement>> entries = new ArrayList<>(object.entrySet());
        boolean list = !entries.isEmpty() && entries.stream().allMatch(e -> isIndex(e.getKey()));
        if (list) {
            entries.sort((a, b) -> Integer.compare(index(a.getKey()), index(b.getKey())));
            JsonArray array = new JsonArray();
            entries.forEach(e -> array.add(lists(e.getValue())));
            return array;
        }
        JsonObject copy = new JsonObject();
        entries.forEach(e -> copy.add(e.getKey(), lists(e.getValue())));
        return copy;
    }

    private static boolean isIndex(String key) {
        return key.length() <= 6
                && !key.isEmpty()
                && key.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static int index(String key) {
        return Integer.parseInt(key);
    }
}
