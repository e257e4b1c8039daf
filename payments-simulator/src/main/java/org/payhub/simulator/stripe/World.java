package org.payhub.simulator.stripe;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.payhub.simulator.kit.Ids;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.SimulatorClock;

/**
 * Stripe's inside: objects, time, what is still to happen, and the events that every change gives.
 *
 * <p>Guarantee: all changes run one after the other under one lock, inside {@link #act}.
 */
final class World {

    private static final Logger LOG = System.getLogger(World.class.getName());

    final Store store = new Store();
    final Tasks tasks = new Tasks();
    final Timing timing = new Timing();
    final SimulatorClock clock;
    final Ids ids;
    final Balances balances;
    final Payments payments;
    final Sessions sessions;
    final Refunds refunds;
    final Disputes disputes;
    final Payouts payouts;
    final Accounts accounts;
    final Endpoints endpoints;

    private final List<Consumer<JsonObject>> listeners = new ArrayList<>();
    private Cause cause = Cause.BANK;
    private long moment = Store.NOW;

    World(SimulatorClock clock, Ids ids) {
        this.clock = clock;
        this.ids = ids;
        balances = new Balances(this);
        payments = new Payments(this);
        sessions = new Sessions(this);
        refunds = new Refunds(this);
        disputes = new Disputes(this);
        payouts = new Payouts(this);
        accounts = new Accounts(this);
        endpoints = new Endpoints(this);
    }

    /** Is told every event, under the lock, at the moment it comes to be. */
    void listen(Consumer<JsonObject> listener) {
        listeners.add(listener);
    }

    /** Runs one change, with its cause on every event that it gives. */
    synchronized <T> T act(Cause by, Supplier<T> change) {
        Cause before = cause;
        cause = by;
        try {
            return change.get();
        } finally {
            cause = before;
        }
    }

    void act(Cause by, Runnable change) {
        act(
                by,
                () -> {
                    change.run();
                    return null;
                });
    }

    Cause cause() {
        return cause;
    }

    long seconds() {
        return clock.instant().getEpochSecond();
    }

    void later(Duration wait, Tasks.Kind kind, String object) {
        tasks.add(clock.instant().plus(wait), kind, object, cause.history());
    }

    // ---- reading ----

    /** Reads answer the state at this store number; {@link Store#NOW} is the present. */
    synchronized void freeze(long number) {
        moment = number;
    }

    long moment() {
        return moment;
    }

    /** An object of one space as reads show it now, possibly a frozen one. */
    Optional<JsonObject> read(Space space, String id) {
        return store.at(id, moment).filter(o -> Store.in(o, space));
    }

    /** The present object of one space; param names the wrong input in the error. */
    JsonObject demand(Space space, String type, String id, String param) {
        return demand(store.find(id), space, type, id, param);
    }

    /** The same for reads. */
    JsonObject demandRead(Space space, String type, String id, String param) {
        return demand(store.at(id, moment), space, type, id, param);
    }

    private JsonObject demand(
            Optional<JsonObject> found, Space space, String type, String id, String param) {
        Optional<JsonObject> right = found.filter(o -> type.equals(Json.need(o, "object")));
        if (right.isPresent() && Store.in(right.get(), space)) {
            return right.get();
        }
        boolean other =
                right.isPresent()
                        && Store.in(right.get(), new Space(space.account(), !space.live()));
        String kind = type.equals("checkout.session") ? "checkout.session" : type;
        throw StripeError.missing(
                kind, id, param, other ? new Space(space.account(), !space.live()).mode() : null);
    }

    // ---- events ----

    JsonObject emit(String type, JsonObject object) {
        return emit(type, object, null);
    }

    /** Makes the event, keeps it for the events list and tells whoever sends webhooks. */
    JsonObject emit(String type, JsonObject object, JsonObject previous) {
        Space space = Store.space(object);
        JsonObject data = Json.of("object", Render.strip(object));
        if (previous != null) {
            data.add("previous_attributes", previous);
        }
        JsonObject event =
                Json.of(
                        "id", ids.next("evt_1", 23),
                        "object", "event",
                        "api_version", accounts.version(space.account()),
                        "created", seconds(),
                        "data", data,
                        "livemode", space.live(),
                        "pending_webhooks", endpoints.wanting(space, type).size(),
                        "request",
                                Json.of(
                                        "id", cause.request(),
                                        "idempotency_key", cause.idempotencyKey()),
                        "type", type);
        if (type.startsWith("charge.") && "charge".equals(Json.need(object, "object"))) {
            event.add("_refunds", refundsOf(object));
        }
        event.addProperty("_moment", store.number() + 1);
        event.add("_history", Json.element(cause.history()));
        event.addProperty("_undelivered", 0);
        JsonObject kept = store.add(space, event);
        listeners.forEach(listener -> listener.accept(kept));
        return kept;
    }

    private JsonArray refundsOf(JsonObject charge) {
        JsonArray array = new JsonArray();
        refunds.of(charge, Store.NOW).forEach(r -> array.add(Render.strip(r)));
        return array;
    }

    // ---- time ----

    /** Does what has become due; answers how much it did. */
    synchronized int runDue() {
        int done = 0;
        Optional<Tasks.Task> task = tasks.due(clock.instant());
        while (task.isPresent()) {
            try {
                run(task.get(), Cause.BANK);
                done++;
            } catch (StripeError | IllegalStateException tooLate) {
                // Somebody ended the thing by hand first; time must go on for the others.
                LOG.log(Level.DEBUG, "Nothing left to do for " + task.get(), tooLate);
            }
            task = tasks.due(clock.instant());
        }
        return done;
    }

    void run(Tasks.Task task, Cause by) {
        String id = task.object();
        act(
                by,
                () -> {
                    switch (task.kind()) {
                        case SETTLE_CHARGE -> payments.settle(id);
                        case DEBIT_SUCCEEDS -> payments.debitEnds(id, true);
                        case DEBIT_FAILS -> payments.debitEnds(id, false);
                        case HOLD_EXPIRES -> payments.expireHold(id);
                        case REFUND_REFERENCE -> refunds.referenceKnown(id);
                        case REFUND_SUCCEEDS -> refunds.succeed(id);
                        case REFUND_FAILS -> refunds.fail(id, "lost_or_stolen_card");
                        case CLIENT_DISPUTES -> disputes.byTheClient(id);
                        case SESSION_EXPIRES -> sessions.expireIfOpen(id);
                        case PAYOUT_ARRIVES -> payouts.arrive(id);
                    }
                });
    }
}
