package org.payhub.simulator.stripe;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import org.payhub.simulator.kit.Json;

/** Transfers of the balance to the merchant's bank. */
final class Payouts {

    private final World world;

    Payouts(World world) {
        this.world = world;
    }

    /**
     * Pays out everything of one currency that was not paid out yet, as an automatic payout does;
     * empty when nothing is left or the balance is negative. What was pending becomes available.
     */
    Optional<JsonObject> make(Space space, String currency) {
        List<JsonObject> due =
                world.store.all(
                        "balance_transaction",
                        space,
                        Store.NOW,
                        t ->
                                Json.missing(t, "_payout")
                                        && currency.equals(Json.need(t, "currency")));
        long sum = due.stream().mapToLong(t -> Json.number(t, "net")).sum();
        if (sum <= 0) {
            return Optional.empty();
        }
        String id = world.ids.next("po_1", 23);
        JsonObject fresh = Shapes.payout(id, sum, currency, space.live());
        fresh.addProperty("created", world.seconds());
        fresh.addProperty("arrival_date", world.seconds() / 86_400 * 86_400 + 86_400);
        JsonObject kept = world.store.add(space, fresh);
        JsonObject transaction = world.balances.payout(kept, false);
        for (JsonObject t : due) {
            world.store.edit(
                    Json.need(t, "id"),
                    e -> {
                        e.addProperty("_payout", id);
                        e.addProperty(
                                "available_on",
                                Math.min(Json.number(e, "available_on"), world.seconds()));
                    });
        }
        world.store.edit(Json.need(transaction, "id"), t -> t.addProperty("_payout", id));
        JsonObject payout =
                world.store.edit(id, p -> p.add("balance_transaction", transaction.get("id")));
        world.emit("payout.created", payout);
        world.later(world.timing.payout, Tasks.Kind.PAYOUT_ARRIVES, id);
        return Optional.of(payout);
    }

    /** The bank has it; the contents can be read from now on. */
    void arrive(String id) {
        if (!"in_transit".equals(Json.need(world.store.get(id), "status"))) {
            return;
        }
        world.tasks.forget(id, Tasks.Kind.PAYOUT_ARRIVES);
        String trace = world.ids.digits(15);
        JsonObject paid =
                world.store.edit(
                        id,
                        p -> {
                            p.addProperty("status", "paid");
                            p.add("trace_id", Json.of("status", "supported", "value", trace));
                        });
        world.emit("payout.paid", paid);
        JsonObject complete =
                world.store.edit(id, p -> p.addProperty("reconciliation_status", "completed"));
        world.emit(
                "payout.updated",
                complete,
                Json.of("reconciliation_status", "in_progress", "status", "in_transit"));
        world.emit("payout.reconciliation_completed", complete);
    }

    /** The bank sent it back, possibly after it was paid. */
    JsonObject fail(String id) {
        return back(id, "failed");
    }

    /** Stopped before it reached the bank. */
    JsonObject cancel(String id) {
        if (!"in_transit".equals(Json.need(world.store.get(id), "status"))) {
            throw StripeError.state(null, null, "Only a payout on its way can be canceled.");
        }
        return back(id, "canceled");
    }

    private JsonObject back(String id, String status) {
        JsonObject payout = world.store.get(id);
        String before = Json.need(payout, "status");
        if (before.equals("failed") || before.equals("canceled")) {
            throw StripeError.state(null, null, "The payout has ended already: " + before + ".");
        }
        world.tasks.forget(id, Tasks.Kind.PAYOUT_ARRIVES);
        JsonObject returned = world.balances.payout(payout, true);
        JsonObject changed =
                world.store.edit(
                        id,
                        p -> {
                            p.addProperty("status", status);
                            p.add("failure_balance_transaction", returned.get("id"));
                            boolean failed = status.equals("failed");
                            p.add(
                                    "failure_code",
                                    failed ? Json.element("account_closed") : JsonNull.INSTANCE);
                            p.add(
                                    "failure_message",
                                    failed
                                            ? Json.element("The bank account has been closed.")
                                            : JsonNull.INSTANCE);
                        });
        world.emit("payout." + status, changed);
        return changed;
    }
}
