package org.payhub.simulator.alppay;

import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.payhub.simulator.kit.ExamActor;
import org.payhub.simulator.kit.ImitatedProvider;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.Router;
import org.payhub.simulator.kit.WebhookQueue;

/**
 * The imitated ALPPAY as tests and the control pages drive it: accounts, what clients send, what
 * the network and the check of origins make of it, withdrawals, the switches, the books.
 *
 * <p>Units: amounts are decimal texts of the coin. Errors: {@link IllegalArgumentException} with a
 * sentence when a thing does not exist or its state forbids it.
 */
public final class AlppaySimulator extends ImitatedProvider {

    /** Waits before the second, third and later tries of a webhook. */
    static final List<Duration> WAITS =
            List.of(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(5),
                    Duration.ofHours(1));

    private final World world;
    private final AtomicLong changes = new AtomicLong();

    public AlppaySimulator(Clock base) {
        super(base, WAITS);
        world = new World(clock());
        world.listen(this::send);
        makeDefaultAccounts();
        every(Duration.ofMillis(200), world::passTime);
    }

    private void makeDefaultAccounts() {
        world.addMerchant("Estudio Alba", "alba@estudio.example");
        world.addMerchant("Harbor Wellness", "owner@harbor.example");
    }

    // ---- accounts ----

    /** Oldest first; there are always at least two. */
    public List<AlppayAccount> accounts() {
        return world.act(() -> world.merchants().stream().map(this::account).toList());
    }

    /** The first account. */
    public AlppayAccount account() {
        return accounts().get(0);
    }

    public AlppayAccount account(String id) {
        return world.act(() -> account(world.merchant(id)));
    }

    public AlppayAccount addAccount(String name, String email) {
        return world.act(() -> account(world.addMerchant(name, email)));
    }

    private AlppayAccount account(JsonObject json) {
        String id = Json.need(json, "id");
        return new AlppayAccount(
                id,
                Json.need(json, "name"),
                Json.need(json, "email"),
                Json.need(json, "_api"),
                world.hmacKeys(id).get(0),
                Json.need(json, "_paymentUrl"),
                Json.need(json, "_withdrawalUrl"));
    }

    /** What "support" does on request: sets where webhooks go. Empty: nowhere. */
    public void webhookUrls(String account, String paymentUrl, String withdrawalUrl) {
        requireAddress(paymentUrl);
        requireAddress(withdrawalUrl);
        world.act(
                () -> {
                    world.set(account, "_paymentUrl", paymentUrl);
                    world.set(account, "_withdrawalUrl", withdrawalUrl);
                    return null;
                });
    }

    private static void requireAddress(String url) {
        if (!url.isEmpty() && !url.matches("https?://[^\\s]+")) {
            throw new IllegalArgumentException("This is no web address: " + url);
        }
    }

    /** Whether the hub's address is on the white list; it is at first. */
    public void listed(String account, boolean on) {
        set(account, "_listed", on);
    }

    /** Whether transfers tell their fees; they do at first. */
    public void tellsFees(String account, boolean on) {
        set(account, "_tellsFees", on);
    }

    private void set(String account, String field, boolean on) {
        world.act(
                () -> {
                    world.set(account, field, on);
                    return null;
                });
    }

    /** A new HMAC key; for a day the old one is taken as well, webhooks bear the new one's. */
    public String rollHmacKey(String account) {
        return world.rollHmac(account);
    }

    /** A new API key; the old one stops at once. */
    public String rollApiKey(String account) {
        return world.rollApi(account);
    }

    // ---- switches ----

    /** How long an invoice made from now on can be paid. */
    public void timeout(Duration time) {
        world.timeoutSeconds(time.toSeconds());
        changes.incrementAndGet();
    }

    /** On: what came in full stays open until {@code confirm}. */
    public void confirmByHand(boolean on) {
        world.confirmByHand(on);
        changes.incrementAndGet();
    }

    // ---- what tests look at ----

    /** A payment or withdrawal as the interface shows it. */
    public Optional<JsonObject> find(String id) {
        return world.act(
                () -> world.findPayment(id).or(() -> world.findWithdrawal(id)).map(World::shown));
    }

    /** The payment that bears our reference. */
    public Optional<JsonObject> byInvoice(String account, String invoice) {
        return world.act(
                () ->
                        world.payments(account).stream()
                                .filter(p -> Json.need(p, "invoice").equals(invoice))
                                .findFirst()
                                .map(World::shown));
    }

    /** Payments of an account, newest first. */
    public List<JsonObject> payments(String account) {
        return world.act(() -> world.payments(account).stream().map(World::shown).toList());
    }

    /** Withdrawals of an account, newest first. */
    public List<JsonObject> withdrawals(String account) {
        return world.act(() -> world.withdrawals(account).stream().map(World::shown).toList());
    }

    /** The bodies of all webhooks of an account, oldest first, delivered or not. */
    public List<String> events(String account) {
        return world.events(account).stream().map(World.Event::body).toList();
    }

    /** The provider's own books of an account. */
    public AlppayBooks books(String account) {
        return world.act(() -> AlppayBooks.of(world, account));
    }

    // ---- deeds ----

    /** A transfer of that amount to an invoice, in time or late. */
    public void send(String payment, String amount) {
        world.send(payment, Amounts.of(amount), false);
    }

    /** What is missing. */
    public void sendRest(String payment) {
        world.act(() -> world.send(payment, World.missing(world.payment(payment)), false));
    }

    /** A transfer that fails the check of where it comes from. */
    public void sendSuspicious(String payment, String amount) {
        world.send(payment, Amounts.of(amount), true);
    }

    /** Its time runs out. */
    public void expire(String payment) {
        world.expire(payment);
    }

    /** The check of origin found nothing after all. */
    public void release(String payment) {
        world.release(payment);
    }

    /** The network confirmed it. */
    public void confirm(String payment) {
        world.confirm(payment);
    }

    /** Any two statuses, also such as no paper names. */
    public void force(String payment, String status, String displayStatus) {
        world.force(payment, status, displayStatus);
    }

    /** Money that comes to an address without an order: ALPPAY makes the payment by itself. */
    public JsonObject deposit(String account, String address, String amount) {
        return World.shown(world.deposit(account, Coins.ALL.get(0), address, Amounts.of(amount)));
    }

    /** A withdrawal is approved in the cabinet. */
    public void approve(String withdrawal) {
        world.approve(withdrawal);
    }

    /** An approved withdrawal was sent. */
    public void complete(String withdrawal) {
        world.complete(withdrawal);
    }

    /** A withdrawal is given up. */
    public void cancel(String withdrawal) {
        world.cancel(withdrawal);
    }

    /** The same by name, for the pages and the control paths. */
    JsonObject act(String action, String id, JsonObject params) {
        JsonObject result =
                world.act(
                        () ->
                                switch (action) {
                                    case "send" -> world.send(id, amount(id, params), false);
                                    case "send_rest" ->
                                            world.send(id, World.missing(world.payment(id)), false);
                                    case "suspicious" -> world.send(id, amount(id, params), true);
                                    case "late" -> {
                                        world.expire(id);
                                        yield world.send(id, amount(id, params), false);
                                    }
                                    case "expire" -> world.expire(id);
                                    case "release" -> world.release(id);
                                    case "confirm" -> world.confirm(id);
                                    case "force" ->
                                            world.force(
                                                    id,
                                                    Json.need(params, "status"),
                                                    Json.need(params, "displayStatus"));
                                    case "deposit" ->
                                            world.deposit(
                                                    id,
                                                    Coins.ALL.get(0),
                                                    Json.need(params, "address"),
                                                    Amounts.of(Json.need(params, "amount")));
                                    case "approve" -> world.approve(id);
                                    case "complete" -> world.complete(id);
                                    case "cancel" -> world.cancel(id);
                                    default ->
                                            throw new IllegalArgumentException(
                                                    "There is no action " + action);
                                });
        return World.shown(result);
    }

    /** An amount, or so many per cent of what is asked for. */
    private BigDecimal amount(String id, JsonObject params) {
        return Json.text(params, "amount")
                .filter(a -> !a.isBlank())
                .map(a -> Amounts.of(a.strip()))
                .orElseGet(
                        () ->
                                Amounts.percent(
                                        World.asked(world.payment(id)),
                                        params.has("percent")
                                                ? Json.number(params, "percent")
                                                : 100));
    }

    @Override
    public JsonObject describe() {
        JsonObject state = world.save();
        return Json.of(
                "webhooks", webhooks().describe(),
                "api", api().describe(),
                "timeoutSeconds", Json.number(state, "timeoutSeconds"),
                "confirmByHand", Json.flag(state, "confirmByHand"),
                "clockOffsetSeconds", clock().offset().toSeconds());
    }

    // ---- sending ----

    private void send(World.Event event) {
        address(event).ifPresent(url -> webhooks().offer(new Delivery(world, event, url)));
    }

    private Optional<String> address(World.Event event) {
        JsonObject merchant = world.merchant(event.merchant());
        return Json.text(merchant, "_" + event.kind() + "Url").filter(url -> !url.isEmpty());
    }

    @Override
    public void resend(String event) {
        World.Event told =
                world.event(event)
                        .orElseThrow(() -> new IllegalArgumentException("There is no such event"));
        String url =
                address(told)
                        .orElseThrow(
                                () -> new IllegalArgumentException("No address is set for it"));
        webhooks().resend(new Delivery(world, told, url));
    }

    // ---- provider ----

    @Override
    public Optional<ExamActor> exam() {
        return Optional.of(new AlppayExam(this));
    }

    @Override
    public String code() {
        return "alppay";
    }

    @Override
    public String title() {
        return "ALPPAY";
    }

    @Override
    public void mount(Router router, String baseUrl) {
        world.baseUrl(baseUrl);
        new InvoicePages(world, this).mount(router);
        new Control(this).mount(router);
        new Cabinet(this, world).mount(router);
        new AlppayApi(world, api(), log()).mount(router);
    }

    @Override
    public long revision() {
        return world.changes() + changes.get();
    }

    @Override
    public JsonObject save() {
        JsonObject state = world.save();
        state.add("owed", webhooks().save());
        return state;
    }

    @Override
    public void restore(JsonObject state) {
        world.restore(state);
        WebhookQueue.saved(Json.children(state, "owed")).forEach(this::resume);
    }

    private void resume(String event, int tries) {
        world.event(event)
                .flatMap(told -> address(told).map(url -> new Delivery(world, told, url)))
                .ifPresent(delivery -> webhooks().resume(delivery, tries));
    }

    @Override
    public void reset() {
        resetSwitches();
        world.act(
                () -> {
                    world.clear();
                    makeDefaultAccounts();
                    return null;
                });
    }

    /** For pages that list requests of one kind. */
    Map<String, Long> requestCounts() {
        return log().all().stream()
                .collect(
                        java.util.stream.Collectors.groupingBy(
                                r ->
                                        Json.need(r, "method")
                                                + " "
                                                + Json.need(r, "path")
                                                        .replaceAll("/[0-9a-f-]{36}", "/…"),
                                java.util.TreeMap::new,
                                java.util.stream.Collectors.counting()));
    }
}
