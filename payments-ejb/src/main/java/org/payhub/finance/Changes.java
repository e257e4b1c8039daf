package org.payhub.finance;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.List;

/** Writes what a delivery changed into its row, and reads it back. */
public final class Changes {

    private Changes() {}

    public static String write(List<Change> changes) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        for (Change change : changes) {
            array.add(
                    Json.createObjectBuilder()
                            .add("subject", change.subject())
                            .add("id", change.id())
                            .add("what", change.what())
                            .add("before", change.before())
                            .add("after", change.after()));
        }
        return array.build().toString();
    }

    /** The changes in that text; none in an empty one. */
    public static List<Change> read(String text) {
        if (text == null || text.isEmpty()) {
            return List.of();
        }
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readArray().getValuesAs(JsonObject.class).stream()
                    .map(
                            o ->
                                    new Change(
                                            o.getString("subject"),
                                            o.getString("id"),
                                            o.getString("what"),
                                            o.getString("before"),
                                            o.getString("after")))
                    .toList();
        }
    }
}
