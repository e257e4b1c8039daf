package org.payhub.simulator.stripe;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.payhub.simulator.kit.Json;

/**
 * The life of one payment, written step by step, whose events are handed to the test instead of
 * being sent. Every step is a legal change of real objects, so that the API answers what belongs to
 * it, and {@link StripeSimulator#freezeAt} shows the state of any moment.
 *
 * <p>Guarantee: nothing of a history happens by itself; asynchronous capture, a bank's answer or an
 * expiry wait until the script says so.
 */
public final class StripeHistory {

    private final World world;
    private final Actions actions;
    private final Space space;
    private final Cause cause;
    private final List<String> refunds = new ArrayList<>();
    private String version;
    private String session;
    private String charge;
    private String dispute;

    StripeHistory(World world, Space space, String name) {
        this.world = world;
        this.actions = new Actions(world);
        this.space = space;
        this.cause = new Cause(null, null, name);
        this.version = world.accounts.version(space.account());
    }

    /** Events get the shape and name of this API version; null leaves the version out. */
    public StripeHistory version(String apiVersion) {
        version = apiVersion;
        return this;
    }

    // ---- beginnings ----

    /** Opens a session of its own. */
    public StripeHistory checkout(long amount, String currency, Map<String, String> metadata) {
        JsonObject tags = new JsonObject();
        metadata.forEach(tags::addProperty);
        JsonObject params =
                Json.of(
                        "mode",
                        "payment",
                        "success_url",
                        "https://hub.example/back",
                        "metadata",
                        tags,
                        "payment_intent_data",
                        Json.of("metadata", tags),
                        "line_items",
                        Json.list(
                                Json.of(
                                        "quantity",
                                        "1",
                                        "price_data",
                                        Json.of(
                                                "currency", currency,
                                                "unit_amount", Long.toString(amount),
                                                "product_data", Json.of("name", "Visit")))));
        session = Json.need(step(() -> world.sessions.create(space, params)), "id");
        return this;
    }

    /** Goes on with a session that somebody else opened, such as the hub. */
    public StripeHistory onSession(String sessionId) {
        step(() -> world.demand(space, "checkout.session", sessionId, "id"));
        session = sessionId;
        return this;
    }

    // ---- the payer ----

    public StripeHistory pay() {
        return pay(TestCard.VISA);
    }

    public StripeHistory decline() {
        return pay(TestCard.DECLINED);
    }

    /** A bank debit: the charge stays pending until {@link #debitSucceeds} or fails. */
    public StripeHistory debit() {
        return pay(TestCard.DEBIT_SUCCEEDS);
    }

    /** Pays with capture by hand, whatever the session was opened with. */
    public StripeHistory hold() {
        step(
                () ->
                        world.store.edit(
                                session,
                                s -> {
                                    Json.child(s, "_intentWishes")
                                            .addProperty("capture_method", "manual");
                                    Json.text(s, "payment_intent").ifPresent(this::captureByHand);
                                }));
        return pay(TestCard.VISA);
    }

    private void captureByHand(String intent) {
        world.store.edit(intent, i -> i.addProperty("capture_method", "manual"));
    }

    private StripeHistory pay(TestCard card) {
        step(
                () -> {
                    world.sessions.pay(session, card, true);
                    JsonObject intent =
                            world.store.get(Json.need(world.store.get(session), "payment_intent"));
                    charge = Json.need(intent, "latest_charge");
                    return intent;
                });
        return this;
    }

    // ---- the bank, the merchant, time ----

    /** Asynchronous capture ends: {@code charge.updated} brings the balance transaction. */
    public StripeHistory settle() {
        return run("settle", charge, Json.of());
    }

    public StripeHistory debitSucceeds() {
        return run("debit_succeeds", charge, Json.of());
    }

    public StripeHistory debitFails() {
        return run("debit_fails", charge, Json.of());
    }

    /** Takes part of a hold and releases the rest. */
    public StripeHistory capture(long amount) {
        return run("capture", charge, Json.of("amount", amount));
    }

    public StripeHistory captureAll() {
        return run("capture", charge, Json.of());
    }

    public StripeHistory expireHold() {
        return run("hold_expires", charge, Json.of());
    }

    /** Releases a hold by the merchant's wish. */
    public StripeHistory cancelHold() {
        return run("cancel", charge, Json.of());
    }

    public StripeHistory expireSession() {
        return run("session_expires", session, Json.of());
    }

    public StripeHistory refund(long amount) {
        JsonObject refund = step(() -> actions.run("refund", charge, Json.of("amount", amount)));
        refunds.add(Json.need(refund, "id"));
        return this;
    }

    /** The bank's reference number of a refund becomes known; 0 is the first refund. */
    public StripeHistory refundReference(int index) {
        return run("refund_reference", refunds.get(index), Json.of());
    }

    /** A refund that had succeeded comes back; 0 is the first refund. */
    public StripeHistory failRefund(int index) {
        return run("refund_fails", refunds.get(index), Json.of());
    }

    /** A chargeback whose money leaves at once. */
    public StripeHistory dispute() {
        return dispute(false, true);
    }

    /**
     * @param inquiry the bank only asks
     * @param withdraw whether money and fee leave at once
     */
    public StripeHistory dispute(boolean inquiry, boolean withdraw) {
        JsonObject made =
                step(
                        () ->
                                actions.run(
                                        "dispute",
                                        charge,
                                        Json.of("inquiry", inquiry, "withdraw", withdraw)));
        dispute = Json.need(made, "id");
        return this;
    }

    /** The merchant hands in evidence: {@code charge.dispute.updated}. */
    public StripeHistory evidence() {
        return run("dispute_evidence", dispute, Json.of());
    }

    public StripeHistory withdraw() {
        return run("dispute_withdraws", dispute, Json.of());
    }

    public StripeHistory reinstate() {
        return run("dispute_reinstates", dispute, Json.of());
    }

    /** Only a part of the money comes back. */
    public StripeHistory reinstate(long amount) {
        return run("dispute_reinstates", dispute, Json.of("amount", amount));
    }

    public StripeHistory won() {
        return run("dispute_won", dispute, Json.of());
    }

    public StripeHistory lost() {
        return run("dispute_lost", dispute, Json.of());
    }

    public StripeHistory inquiryClosed() {
        return run("dispute_warning_closed", dispute, Json.of());
    }

    // ---- whole lives ----

    /** Pending, succeeded, settled, refunded in part, the refund fails. */
    public StripeHistory lifeOfDebit(long refunded) {
        return debit().debitSucceeds().settle().refund(refunded).failRefund(0);
    }

    /** Held, captured, disputed; evidence, money away, money back, won. */
    public StripeHistory lifeOfDispute() {
        return hold().captureAll().dispute(false, false).evidence().withdraw().reinstate().won();
    }

    /** Declined, then held with another card, then nobody captured. */
    public StripeHistory lifeOfExpiry() {
        return decline().hold().expireHold();
    }

    /**
     * One step by its name, as {@code pay}, {@code capture} or {@code dispute_withdraws}.
     *
     * @param amount null where a step needs none, or takes everything
     */
    StripeHistory step(String name, Long amount) {
        return switch (name) {
            case "pay" -> pay();
            case "decline" -> decline();
            case "debit" -> debit();
            case "hold" -> hold();
            case "settle" -> settle();
            case "debit_succeeds" -> debitSucceeds();
            case "debit_fails" -> debitFails();
            case "capture" -> amount == null ? captureAll() : capture(amount);
            case "hold_expires" -> expireHold();
            case "cancel" -> cancelHold();
            case "session_expires" -> expireSession();
            case "refund" -> refund(amount == null ? left() : amount);
            case "refund_reference" -> refundReference(refunds.size() - 1);
            case "refund_fails" -> failRefund(refunds.size() - 1);
            case "dispute" -> dispute();
            case "dispute_without_withdrawal" -> dispute(false, false);
            case "inquiry" -> dispute(true, false);
            case "dispute_evidence" -> evidence();
            case "dispute_withdraws" -> withdraw();
            case "dispute_reinstates" -> amount == null ? reinstate() : reinstate(amount);
            case "dispute_won" -> won();
            case "dispute_lost" -> lost();
            case "dispute_warning_closed" -> inquiryClosed();
            default -> throw new IllegalArgumentException("There is no step called " + name);
        };
    }

    private long left() {
        return world.act(cause, () -> world.refunds.left(world.store.get(charge)));
    }

    /**
     * Any legal life, the same for the same seed: beginning, money in, refunds and disputes, in at
     * most as many steps.
     */
    public StripeHistory random(long seed, int steps) {
        Random random = new Random(seed);
        for (int i = 0; i < steps; i++) {
            List<Runnable> legal = legal(random);
            if (legal.isEmpty()) {
                break;
            }
            legal.get(random.nextInt(legal.size())).run();
        }
        return this;
    }

    private List<Runnable> legal(Random random) {
        List<Runnable> steps = new ArrayList<>();
        JsonObject s = world.store.get(session);
        if ("open".equals(Json.need(s, "status"))) {
            Collections.addAll(steps, this::pay, this::hold, this::decline, this::debit);
            return steps;
        }
        if (charge == null) {
            return steps;
        }
        JsonObject c = world.store.get(charge);
        String intent = Json.need(world.store.get(Json.need(c, "payment_intent")), "status");
        if (intent.equals("processing")) {
            Collections.addAll(steps, this::debitSucceeds, this::debitSucceeds, this::debitFails);
        } else if (intent.equals("requires_capture")) {
            long amount = Json.number(c, "amount");
            Collections.addAll(
                    steps,
                    this::captureAll,
                    () -> capture(1 + random.nextLong(amount)),
                    this::expireHold,
                    this::cancelHold);
        } else if (intent.equals("succeeded")) {
            afterPayment(steps, c, random);
        }
        return steps;
    }

    private void afterPayment(List<Runnable> steps, JsonObject c, Random random) {
        if (Json.missing(c, "balance_transaction")) {
            steps.add(this::settle);
        }
        long left = world.refunds.left(c);
        if (left > 0 && dispute == null) {
            steps.add(() -> refund(1 + random.nextLong(left)));
            steps.add(() -> refund(left));
            if (Payments.methodOf(c).equals("card")) {
                steps.add(this::dispute);
                steps.add(() -> dispute(false, false));
            }
        }
        for (int i = 0; i < refunds.size(); i++) {
            int index = i;
            String status = Json.need(world.store.get(refunds.get(i)), "status");
            if (dispute == null && (status.equals("succeeded") || status.equals("pending"))) {
                steps.add(() -> failRefund(index));
            }
        }
        if (dispute != null) {
            JsonObject d = world.store.get(dispute);
            String status = Json.need(d, "status");
            boolean untouched = Json.children(d, "balance_transactions").isEmpty();
            if (status.equals("needs_response")) {
                steps.add(this::evidence);
            }
            if (untouched && !status.equals("won") && !status.equals("lost")) {
                steps.add(this::withdraw);
            }
            if (!untouched && (status.equals("needs_response") || status.equals("under_review"))) {
                Collections.addAll(steps, this::won, this::lost);
            }
        }
    }

    // ---- what came of it ----

    /** Every event so far, oldest first. */
    public List<StripeEvent> events() {
        return world.act(
                cause,
                () -> {
                    List<StripeEvent> events = new ArrayList<>();
                    world.store
                            .all(
                                    "event",
                                    space,
                                    Store.NOW,
                                    e ->
                                            cause.history()
                                                    .equals(Json.text(e, "_history").orElse("")))
                            .forEach(e -> events.add(StripeEvent.of(e, version)));
                    Collections.reverse(events);
                    return events;
                });
    }

    /** The events whose type is one of these, oldest first. */
    public List<StripeEvent> events(List<String> types) {
        return events().stream().filter(e -> types.contains(e.type())).toList();
    }

    public String sessionId() {
        return session;
    }

    public String intentId() {
        return world.act(cause, () -> Json.need(world.store.get(session), "payment_intent"));
    }

    /** The charge of the last try. */
    public String chargeId() {
        return charge;
    }

    public List<String> refundIds() {
        return List.copyOf(refunds);
    }

    public String disputeId() {
        return dispute;
    }

    private StripeHistory run(String action, String id, JsonObject params) {
        step(() -> actions.run(action, id, params));
        return this;
    }

    private JsonObject step(Supplier<JsonObject> change) {
        try {
            return world.act(cause, change);
        } catch (StripeError refused) {
            throw new IllegalArgumentException(
                    "The step is not legal here: " + refused.getMessage(), refused);
        }
    }
}
