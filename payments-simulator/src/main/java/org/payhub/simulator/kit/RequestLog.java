package org.payhub.simulator.kit;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** The last API requests a provider received, for tests that count what was really asked of it. */
public final class RequestLog {

    private static final int KEPT = 10_000;

    private final Deque<JsonObject> entries = new ArrayDeque<>();

    public synchronized void add(JsonObject entry) {
        if (entries.size() == KEPT) {
            entries.removeFirst();
        }
        entries.addLast(entry);
    }

    public synchronized List<JsonObject> all() {
        return List.copyOf(entries);
    }

    public synchronized void clear() {
        entries.clear();
    }

    public JsonArray matching(Predicate<JsonObject> wanted) {
        JsonArray array = new JsonArray();
        all().stream().filter(wanted).forEach(array::add);
        return array;
    }
}
