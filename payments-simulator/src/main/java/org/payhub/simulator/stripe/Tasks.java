package org.payhub.simulator.stripe;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.payhub.simulator.kit.Json;

/** What will happen by itself later: settlement, expiry, a client going to the bank. */
final class Tasks {

    /** Kinds of things that happen by themselves. */
    enum Kind {
        SETTLE_CHARGE,
        DEBIT_SUCCEEDS,
        DEBIT_FAILS,
        REFUND_REFERENCE,
        REFUND_SUCCEEDS,
        REFUND_FAILS,
        CLIENT_DISPUTES,
        SESSION_EXPIRES,
        HOLD_EXPIRES,
        PAYOUT_ARRIVES
    }

    /**
     * @param history name of the script that alone may run it, null when time runs it
     */
    record Task(Instant due, long order, Kind kind, String object, String history) {}

    private final PriorityQueue<Task> queue =
            new PriorityQueue<>(Comparator.comparing(Task::due).thenComparing(Task::order));
    private long order;

    void add(Instant due, Kind kind, String object, String history) {
        queue.add(new Task(due, order++, kind, object, history));
    }

    /** Takes out the next task that is due and not a script's. */
    Optional<Task> due(Instant now) {
        return take(t -> t.history == null && !t.due.isAfter(now));
    }

    /** Takes out the first task that fits, whenever it is due. */
    Optional<Task> take(Predicate<Task> wanted) {
        Optional<Task> first =
                queue.stream()
                        .filter(wanted)
                        .min(Comparator.comparing(Task::due).thenComparing(Task::order));
        first.ifPresent(queue::remove);
        return first;
    }

    void forget(String object, Kind kind) {
        queue.removeIf(t -> t.object.equals(object) && t.kind == kind);
    }

    /** True when time has something to do now; cheap, asked many times a second. */
    boolean anyDue(Instant now) {
        Task first = queue.peek();
        return first != null && !first.due.isAfter(now);
    }

    void clear() {
        queue.clear();
    }

    JsonArray save() {
        List<Task> tasks = new ArrayList<>(queue);
        tasks.sort(Comparator.comparing(Task::due).thenComparing(Task::order));
        JsonArray array = new JsonArray();
        for (Task task : tasks) {
            array.add(
                    Json.of(
                            "due",
                            task.due.toEpochMilli(),
                            "kind",
                            task.kind.name(),
                            "object",
                            task.object,
                            "history",
                            task.history));
        }
        return array;
    }

    void restore(JsonArray saved) {
        clear();
        for (JsonElement element : saved) {
            JsonObject task = element.getAsJsonObject();
            add(
                    Instant.ofEpochMilli(Json.number(task, "due")),
                    Kind.valueOf(Json.need(task, "kind")),
                    Json.need(task, "object"),
                    Json.text(task, "history").orElse(null));
        }
    }
}
