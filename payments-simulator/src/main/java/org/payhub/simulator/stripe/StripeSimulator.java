package org.payhub.simulator.stripe;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.payhub.simulator.kit.ExamActor;
import org.payhub.simulator.kit.Ids;
import org.payhub.simulator.kit.ImitatedProvider;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.Router;
import org.payhub.simulator.kit.WebhookQueue;

/**
 * The imitated Stripe as tests and the control pages drive it: accounts, the payer's side, the
 * bank's side, the switches, the books.
 *
 * <p>Units: amounts in the currency's smallest unit as Stripe counts it. Errors: {@link
 * IllegalArgumentException} with a sentence when a thing does not exist or the state forbids it.
 */
public final class StripeSimulator extends ImitatedProvider {

    /** Waits before the second, third and later tries of a webhook. */
    static final List<Duration> WAITS =
            List.of(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(10),
                    Duration.ofHours(1),
                    Duration.ofHours(6));

    private final World world;
    private final Idempotency idempotency = new Idempotency();
    private final AtomicLong changes = new AtomicLong();
    private final AtomicLong histories = new AtomicLong();

    public StripeSimulator(Clock base) {
        this(base, Ids.random());
    }

    private StripeSimulator(Clock base, Ids ids) {
        super(base, WAITS);
        world = new World(clock(), ids);
        world.listen(this::send);
        makeDefaultAccounts();
        every(Duration.ofMillis(25), this::tick);
    }

    /** Without HTTP and without a network, repeatable from the seed: for histories alone. */
    public static StripeSimulator offline(long seed, Clock base) {
        return new StripeSimulator(base, Ids.seeded(seed));
    }

    private void makeDefaultAccounts() {
        world.act(
                Cause.BANK,
                () -> {
                    world.accounts.create("Estudio Alba", "ES", "eur", Accounts.NEWEST);
                    world.accounts.create("Harbor Wellness", "US", "usd", "2026-09-30.endive");
                });
    }

    private void tick() {
        if (world.tasks.anyDue(clock().instant())) {
            world.runDue();
        }
    }

    /** Stripe's paths begin with {@code /v1} and meet nobody else's. */
    @Override
    public String apiBase(String baseUrl) {
        return baseUrl;
    }

    // ---- accounts ----

    /** Oldest first; there are always at least two, one in euro and one in dollars. */
    public List<StripeAccount> accounts() {
        return world.act(
                Cause.BANK, () -> world.accounts.all().stream().map(this::account).toList());
    }

    /** The first account, {@code Estudio Alba}, in euro. */
    public StripeAccount account() {
        return accounts().get(0);
    }

    public StripeAccount account(String id) {
        return world.act(Cause.BANK, () -> account(world.accounts.get(id)));
    }

    public StripeAccount addAccount(String name, String country, String currency) {
        changes.incrementAndGet();
        return world.act(
                Cause.BANK,
                () -> account(world.accounts.create(name, country, currency, Accounts.NEWEST)));
    }

    private StripeAccount account(JsonObject json) {
        String id = Json.need(json, "id");
        return new StripeAccount(
                id,
                world.accounts.name(id),
                Json.need(json, "country"),
                Json.need(json, "default_currency"),
                keys(new Space(id, false)),
                keys(new Space(id, true)));
    }

    private StripeAccount.Keys keys(Space space) {
        return new StripeAccount.Keys(
                world.accounts.key(space, Accounts.Kind.PUBLISHABLE),
                world.accounts.key(space, Accounts.Kind.SECRET),
                world.accounts.key(space, Accounts.Kind.RESTRICTED));
    }

    @Override
    public Optional<ExamActor> exam() {
        return Optional.of(new StripeExam(this));
    }

    // ---- switches ----

    /** Off: a charge has its balance transaction at once. */
    public void asyncCapture(boolean on) {
        world.act(Cause.BANK, () -> world.timing.asyncCapture = on);
    }

    /** Changes single fields of the timing, named as {@code GET /control/stripe} shows them. */
    public void timing(Map<String, ?> fields) {
        JsonObject json = new JsonObject();
        fields.forEach((name, value) -> json.add(name, Json.element(value)));
        world.act(Cause.BANK, () -> world.timing.restore(json));
    }

    /** From now on reads answer the state as it was right after this event. */
    public void freezeAt(String eventId) {
        JsonObject event = world.act(Cause.BANK, () -> world.store.find(eventId).orElse(null));
        if (event == null || !event.has("_moment")) {
            throw new IllegalArgumentException("There is no event " + eventId);
        }
        world.freeze(Json.number(event, "_moment"));
    }

    /** Reads answer the present again. */
    public void unfreeze() {
        world.freeze(Store.NOW);
    }

    /** Runs at once everything that time would do later, in its order; scripted things stay. */
    public void runEverythingDue(Duration within) {
        clock().advance(within);
        world.runDue();
        clock().advance(within.negated());
    }

    // ---- what tests look at ----

    /** All events of one mode, oldest first, as an endpoint of the account's version gets them. */
    public List<StripeEvent> events(String account, boolean live) {
        return world.act(
                Cause.BANK,
                () -> {
                    String version = world.accounts.version(account);
                    List<StripeEvent> events = new ArrayList<>();
                    world.store
                            .all("event", new Space(account, live))
                            .forEach(e -> events.add(StripeEvent.of(e, version)));
                    Collections.reverse(events);
                    return events;
                });
    }

    /** An object as the API would show it, empty when there is none. */
    public Optional<JsonObject> find(String id) {
        return world.act(
                Cause.BANK, () -> world.store.find(id).map(o -> Render.strip(o).deepCopy()));
    }

    /** The provider's own books of one mode of an account. */
    public StripeBooks books(String account, boolean live) {
        return world.act(Cause.BANK, () -> StripeBooks.of(world, new Space(account, live)));
    }

    // ---- deeds ----

    /**
     * One deed of the payer, the bank or the merchant in the cabinet, such as {@code "pay"}, {@code
     * "refund"} or {@code "dispute_won"}.
     *
     * @param id of the object that it is about, of the account for {@code sell} and {@code payout}
     */
    public JsonObject act(String action, String id, Map<String, ?> params) {
        JsonObject json = new JsonObject();
        params.forEach((name, value) -> json.add(name, Json.element(value)));
        return act(action, id, json);
    }

    JsonObject act(String action, String id, JsonObject params) {
        try {
            JsonObject result =
                    world.act(
                            Cause.BANK,
                            () -> new Actions(world).run(action, id, params).deepCopy());
            changes.incrementAndGet();
            return Render.strip(result);
        } catch (StripeError refused) {
            throw new IllegalArgumentException(refused.getMessage(), refused);
        }
    }

    /** One try on a hosted page with a test card; answers {@code succeeded}, {@code declined}… */
    public String pay(String sessionId, String cardNumber) {
        JsonObject result =
                act("pay", sessionId, Map.of("card", cardNumber, "confirmed", Boolean.TRUE));
        return Json.need(result, "outcome");
    }

    /** A script whose events are handed out instead of sent, in test mode of the first account. */
    public StripeHistory history() {
        return history(account().id(), false);
    }

    public StripeHistory history(String account, boolean live) {
        Space space = new Space(account, live);
        return world.act(
                Cause.BANK,
                () -> new StripeHistory(world, space, "history-" + histories.incrementAndGet()));
    }

    /** A new signing secret; for 24 hours both sign. Answers the new one. */
    public String rollWebhookSecret(String endpoint) {
        changes.incrementAndGet();
        return world.act(
                Cause.BANK,
                () -> {
                    endpoint(endpoint);
                    return world.endpoints.roll(endpoint);
                });
    }

    /** The ids of an account's endpoints. */
    public List<String> endpoints(String account, boolean live) {
        return world.act(
                Cause.BANK,
                () ->
                        world.store.all("webhook_endpoint", new Space(account, live)).stream()
                                .map(e -> Json.need(e, "id"))
                                .toList());
    }

    /** The signing secrets of an endpoint that are valid now, newest first. */
    public List<String> webhookSecrets(String endpoint) {
        return world.act(Cause.BANK, () -> world.endpoints.secrets(endpoint(endpoint)));
    }

    /**
     * A new API key; the old one stops at once.
     *
     * @param kind {@code publishable}, {@code secret} or {@code restricted}
     */
    public String rollKey(String account, boolean live, String kind) {
        changes.incrementAndGet();
        Accounts.Kind which = Accounts.Kind.valueOf(kind.toUpperCase(Locale.ROOT));
        return world.act(
                Cause.BANK,
                () -> {
                    world.accounts.get(account);
                    return world.accounts.roll(new Space(account, live), which);
                });
    }

    /** What the account's restricted key may do from now on, such as {@code rak_balance_read}. */
    public void restrict(String account, boolean live, List<String> rights) {
        changes.incrementAndGet();
        world.act(
                Cause.BANK,
                () -> world.accounts.rights(new Space(account, live), List.copyOf(rights)));
    }

    /** Version of the events for endpoints without an own one; null sends none at all. */
    public void eventVersion(String account, String version) {
        changes.incrementAndGet();
        world.act(Cause.BANK, () -> world.accounts.version(account, version));
    }

    @Override
    public void resend(String delivery) {
        int slash = delivery.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("A delivery is named endpoint/event");
        }
        JsonObject event =
                world.act(Cause.BANK, () -> world.store.find(delivery.substring(slash + 1)))
                        .orElseThrow(() -> new IllegalArgumentException("There is no such event"));
        JsonObject target = world.act(Cause.BANK, () -> endpoint(delivery.substring(0, slash)));
        webhooks().resend(new Delivery(world, target, event));
    }

    private JsonObject endpoint(String id) {
        return world.store
                .find(id)
                .filter(e -> "webhook_endpoint".equals(Json.need(e, "object")))
                .orElseThrow(() -> new IllegalArgumentException("There is no endpoint " + id));
    }

    @Override
    public JsonObject describe() {
        return world.act(
                Cause.BANK,
                () ->
                        Json.of(
                                "webhooks", webhooks().describe(),
                                "api", api().describe(),
                                "timing", world.timing.save(),
                                "clockOffsetSeconds", clock().offset().toSeconds(),
                                "frozen", world.moment() != Store.NOW));
    }

    // ---- sending ----

    private void send(JsonObject event) {
        if (!Json.missing(event, "_history")) {
            return;
        }
        for (JsonObject endpoint :
                world.endpoints.wanting(Store.space(event), Json.need(event, "type"))) {
            webhooks().offer(new Delivery(world, endpoint, event));
        }
    }

    /** True when every endpoint that wanted this event has accepted it. */
    private boolean delivered(JsonObject event) {
        return world.store.all("webhook_endpoint", Store.space(event)).stream()
                .noneMatch(
                        e ->
                                webhooks()
                                        .isUnaccepted(
                                                Delivery.id(
                                                        Json.need(e, "id"),
                                                        Json.need(event, "id"))));
    }

    // ---- provider ----

    @Override
    public String code() {
        return "stripe";
    }

    @Override
    public String title() {
        return "Stripe";
    }

    @Override
    public void mount(Router router, String baseUrl) {
        world.accounts.baseUrl(baseUrl);
        StripeApi api = new StripeApi(world, api(), log(), idempotency, changes);
        Predicate<JsonObject> delivered = this::delivered;
        new PayPages(world, changes).mount(router);
        new ControlApi(this).mount(router);
        new CabinetPages(this, world).mount(router);
        new Calls(world, api, delivered).mount(router);
    }

    @Override
    public long revision() {
        return world.act(Cause.BANK, () -> world.store.number()) + changes.get();
    }

    @Override
    public JsonObject save() {
        return world.act(
                Cause.BANK,
                () ->
                        Json.of(
                                "objects", world.store.save(),
                                "tasks", world.tasks.save(),
                                "timing", world.timing.save(),
                                "idempotency", idempotency.save(),
                                "owed", webhooks().save()));
    }

    @Override
    public void restore(JsonObject state) {
        world.act(
                Cause.BANK,
                () -> {
                    world.store.restore(Json.children(state, "objects"));
                    world.tasks.restore(Json.children(state, "tasks"));
                    world.timing.restore(Json.child(state, "timing"));
                    idempotency.restore(Json.children(state, "idempotency"));
                    JsonArray owed = Json.children(state, "owed");
                    WebhookQueue.saved(owed).forEach(this::resume);
                });
    }

    private void resume(String parcel, int tries) {
        int slash = parcel.indexOf('/');
        Optional<JsonObject> endpoint = world.store.find(parcel.substring(0, slash));
        Optional<JsonObject> event = world.store.find(parcel.substring(slash + 1));
        if (endpoint.isPresent() && event.isPresent()) {
            webhooks().resume(new Delivery(world, endpoint.get(), event.get()), tries);
        }
    }

    @Override
    public void reset() {
        world.act(
                Cause.BANK,
                () -> {
                    resetSwitches();
                    idempotency.clear();
                    world.tasks.clear();
                    world.timing.reset();
                    world.store.clear();
                    world.freeze(Store.NOW);
                    makeDefaultAccounts();
                });
        changes.incrementAndGet();
    }
}
