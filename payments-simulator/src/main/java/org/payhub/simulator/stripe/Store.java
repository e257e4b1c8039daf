package org.payhub.simulator.stripe;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.payhub.simulator.kit.Json;

/**
 * Objects with all their versions. A field whose name starts with {@code _} is ours and never shown
 * to a caller of the API.
 *
 * <p>Guarantee: what was once handed out is never changed; a change makes a new version with the
 * next number, and {@link #at} shows all objects as they were at any number.
 */
final class Store {

    static final long NOW = Long.MAX_VALUE;

    /** Older versions that are kept for frozen reads, over all objects. */
    private static final int OLD_VERSIONS = 10_000;

    /** Events that are kept; Stripe keeps those of thirty days. */
    private static final int EVENTS = 5_000;

    private record Version(long number, JsonObject json) {}

    private final Map<String, List<Version>> versions = new HashMap<>();
    private final Map<String, List<String>> idsByType = new HashMap<>();
    private final Map<String, List<String>> idsByCharge = new HashMap<>();
    private final Deque<String> replaced = new ArrayDeque<>();
    private long number;

    /** Number of the last change. */
    long number() {
        return number;
    }

    /** Adds a new object and stamps whose it is. */
    JsonObject add(Space space, JsonObject object) {
        object.addProperty("_account", space.account());
        object.addProperty("_live", space.live());
        return put(object);
    }

    /** Changes an object: {@code change} gets a private copy, which becomes the new version. */
    JsonObject edit(String id, Consumer<JsonObject> change) {
        JsonObject before = get(id);
        JsonObject copy = before.deepCopy();
        change.accept(copy);
        share(before, copy);
        return put(copy);
    }

    /** What did not change is kept once for both versions. */
    private static void share(JsonObject before, JsonObject after) {
        for (Map.Entry<String, JsonElement> e : after.entrySet()) {
            JsonElement old = before.get(e.getKey());
            if (old != null && old != e.getValue() && old.equals(e.getValue())) {
                e.setValue(old);
            }
        }
    }

    void delete(String id) {
        versions.get(id).add(new Version(++number, null));
    }

    /** An object that must exist. */
    JsonObject get(String id) {
        return find(id).orElseThrow(() -> new IllegalStateException("No object " + id));
    }

    Optional<JsonObject> find(String id) {
        return at(id, NOW);
    }

    /** The object as it was after the change with this number. */
    Optional<JsonObject> at(String id, long moment) {
        List<Version> all = versions.getOrDefault(id, List.of());
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).number <= moment) {
                return Optional.ofNullable(all.get(i).json);
            }
        }
        return Optional.empty();
    }

    /** All of a type in one space, newest first. */
    List<JsonObject> all(String type, Space space, long moment, Predicate<JsonObject> wanted) {
        List<String> ids = idsByType.getOrDefault(type, List.of());
        List<JsonObject> found = new ArrayList<>();
        for (int i = ids.size() - 1; i >= 0; i--) {
            at(ids.get(i), moment).filter(o -> in(o, space)).filter(wanted).ifPresent(found::add);
        }
        return found;
    }

    /** All refunds or disputes of one charge, newest first. */
    List<JsonObject> ofCharge(String type, String charge, long moment) {
        List<String> ids = idsByCharge.getOrDefault(type + " " + charge, List.of());
        List<JsonObject> found = new ArrayList<>();
        for (int i = ids.size() - 1; i >= 0; i--) {
            at(ids.get(i), moment).ifPresent(found::add);
        }
        return found;
    }

    List<JsonObject> all(String type, Space space) {
        return all(type, space, NOW, o -> true);
    }

    /** Ids of all accounts, oldest first. */
    List<String> everyAccount() {
        return List.copyOf(idsByType.getOrDefault("account", List.of()));
    }

    static boolean in(JsonObject object, Space space) {
        return space.account().equals(Json.need(object, "_account"))
                && space.live() == Json.flag(object, "_live");
    }

    static Space space(JsonObject object) {
        return new Space(Json.need(object, "_account"), Json.flag(object, "_live"));
    }

    /** The present versions, in the order in which the objects were made. */
    JsonArray save() {
        JsonArray array = new JsonArray();
        idsByType.values().forEach(ids -> ids.forEach(id -> find(id).ifPresent(array::add)));
        return array;
    }

    void restore(JsonArray saved) {
        clear();
        for (JsonElement element : saved) {
            put(element.getAsJsonObject());
        }
    }

    void clear() {
        versions.clear();
        idsByType.clear();
        idsByCharge.clear();
        replaced.clear();
        number++;
    }

    private JsonObject put(JsonObject object) {
        String id = Json.need(object, "id");
        List<Version> all = versions.computeIfAbsent(id, i -> new ArrayList<>(2));
        if (all.isEmpty()) {
            enlist(id, object);
        } else {
            replaced.addLast(id);
        }
        all.add(new Version(++number, object));
        forgetOld();
        return object;
    }

    private void enlist(String id, JsonObject object) {
        String type = Json.need(object, "object");
        List<String> ids = idsByType.computeIfAbsent(type, t -> new ArrayList<>());
        ids.add(id);
        if (type.equals("refund") || type.equals("dispute")) {
            idsByCharge
                    .computeIfAbsent(
                            type + " " + Json.need(object, "charge"), c -> new ArrayList<>())
                    .add(id);
        }
        if (type.equals("event") && ids.size() > EVENTS) {
            versions.remove(ids.remove(0));
        }
    }

    /** A long demo must not fill the memory with states that nobody will freeze. */
    private void forgetOld() {
        if (replaced.size() > OLD_VERSIONS) {
            List<Version> oldest = versions.get(replaced.removeFirst());
            if (oldest != null && oldest.size() > 1) {
                oldest.remove(0);
            }
        }
    }
}
