package org.payhub.it;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The recorded events, made fit to be sent: fresh ids, the integration's mode. */
final class StripeFixtures {

    private static final String FOLDER = "/org/payhub/provider/stripe/fixtures/";
    private static final Pattern IDS =
            Pattern.compile("\"((?:ch|py|pi|re|pyr|du|dp|txn)_[A-Za-z0-9_]+)\"");

    private StripeFixtures() {}

    /** The files that the index names. */
    static List<String> names() {
        List<String> names = new ArrayList<>();
        JsonArray files = read("index.json").getAsJsonArray("files");
        files.forEach(file -> names.add(file.getAsJsonObject().get("file").getAsString()));
        return names;
    }

    static String type(String name) {
        return name.substring(0, name.indexOf("--"));
    }

    /** The event as it was recorded, with a fresh id; a bare object is put into an envelope. */
    static JsonObject event(String name) {
        JsonObject recorded = read(name);
        if (!recorded.has("data")) {
            JsonObject envelope = new JsonObject();
            envelope.addProperty("object", "event");
            envelope.addProperty("type", type(name));
            envelope.add("data", recorded);
            recorded = envelope;
        }
        recorded.addProperty("id", "evt_" + StripeSender.fresh());
        if (recorded.has("livemode")) {
            recorded.addProperty("livemode", false);
        }
        return recorded;
    }

    /** The same with every id of money made fresh, so that a file can be sent many times. */
    static JsonObject event(String name, String suffix) {
        String text = IDS.matcher(event(name).toString()).replaceAll("\"$1" + suffix + "\"");
        return JsonParser.parseString(text).getAsJsonObject();
    }

    static JsonObject object(JsonObject event) {
        return event.getAsJsonObject("data").getAsJsonObject("object");
    }

    /** Sets every field of that name, at any depth. */
    static void set(JsonElement element, String name, String value) {
        if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(e -> set(e, name, value));
        } else if (element.isJsonObject()) {
            JsonObject object = element.getAsJsonObject();
            for (String key : List.copyOf(object.keySet())) {
                if (key.equals(name) && object.get(key).isJsonPrimitive()) {
                    object.addProperty(key, value);
                } else {
                    set(object.get(key), name, value);
                }
            }
        }
    }

    private static JsonObject read(String name) {
        try (InputStream in = StripeFixtures.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalArgumentException("There is no fixture " + name);
            }
            return JsonParser.parseString(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
