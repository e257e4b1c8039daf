package org.payhub.simulator.tiptoppay;

import com.google.gson.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.payhub.simulator.kit.ExamActor;
import org.payhub.simulator.kit.Ids;
import org.payhub.simulator.kit.ImitatedProvider;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.Router;
import org.payhub.simulator.kit.WebhookQueue;

/**
 * The imitated TipTop Pay as tests and the control pages drive it.
 *
 * <p>Units: amounts as decimal text, as the provider writes them. Errors: {@link
 * IllegalArgumentException} with a sentence when a thing does not exist or the state forbids it.
 */
public final class TiptoppaySimulator extends ImitatedProvider {

    /** Waits before the second, third and later tries; shorter than the original's half hours. */
    static final List<Duration> WAITS =
            List.of(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(30),
                    Duration.ofMinutes(30));

    private final World world;
    private final Payer payer;

    public TiptoppaySimulator(Clock base) {
        super(base, WAITS);
        world = new World(clock(), Ids.random());
        payer = new Payer(world, clock());
        world.listen((site, notice) -> send(notice));
        makeDefaultSites();
        every(Duration.ofSeconds(1), world::endHolds);
    }

    private void makeDefaultSites() {
        world.addSite("Алма Studio", "KZT");
        world.addSite("Clínica Roma", "MXN");
    }

    private void send(JsonObject notice) {
        Delivery delivery = new Delivery(world, notice);
        if (delivery.stillWanted()) {
            webhooks().offer(delivery);
        }
    }

    // ---- sites ----

    /** Oldest first; there are always at least two, one in tenge and one in pesos. */
    public List<TiptoppaySite> sites() {
        return world.sites().stream().map(TiptoppaySimulator::site).toList();
    }

    /** The first site, in tenge. */
    public TiptoppaySite site() {
        return sites().get(0);
    }

    public TiptoppaySite site(String publicId) {
        return site(world.site(publicId));
    }

    public TiptoppaySite addSite(String name, String currency) {
        return site(world.addSite(name, currency));
    }

    private static TiptoppaySite site(JsonObject site) {
        return new TiptoppaySite(
                Json.need(site, "name"),
                Json.need(site, "currency"),
                Json.need(site, "publicId"),
                Json.need(site, "apiSecret"),
                Json.flag(site, "live"));
    }

    /** Whether the site takes real money from now on; keys and addresses stay. */
    public void live(String publicId, boolean on) {
        world.live(publicId, on);
    }

    /** A new API Secret; the old one stops at once, for calls and for signing. */
    public String rollSecret(String publicId) {
        return world.rollSecret(publicId);
    }

    /** Sets an address as a person does in the cabinet: by POST, in form. */
    public void notify(String publicId, String type, String address) {
        notify(publicId, type, address, "POST", "form");
    }

    /**
     * The same.
     *
     * @param address empty switches the kind off
     * @param method {@code GET} or {@code POST}
     * @param body {@code form} or {@code json}
     */
    public void notify(String publicId, String type, String address, String method, String body) {
        world.notification(
                publicId,
                type,
                Json.of(
                        "IsEnabled",
                        !address.isEmpty(),
                        "Address",
                        address,
                        "HttpMethod",
                        method.toUpperCase(Locale.ROOT),
                        "Encoding",
                        "UTF8",
                        "Format",
                        "CloudPayments",
                        "body",
                        body));
    }

    /** Where notifications of a kind go; empty while they are switched off. */
    public Optional<String> address(String publicId, String type) {
        JsonObject setting = world.notification(publicId, type);
        return Json.flag(setting, "IsEnabled") ? Json.text(setting, "Address") : Optional.empty();
    }

    // ---- switches ----

    /** While on, the question before a charge never arrives, and payments are refused. */
    public void loseQuestions(boolean on) {
        payer.loseQuestions(on);
    }

    /** How long the answer to the question is waited for. */
    public void patience(Duration longest) {
        payer.patience(longest);
    }

    // ---- what tests look at ----

    /** How many requests came for paths that start so. */
    public long requests(String path) {
        return log().all().stream().filter(r -> Json.need(r, "path").startsWith(path)).count();
    }

    /** Notifications of a site, also of kinds that are switched off, oldest first. */
    public List<TiptoppayNotice> notices(String publicId) {
        return world.notices(publicId).stream().map(TiptoppayNotice::of).toList();
    }

    /** The signature of a body, as the site would sign it. */
    public String sign(String publicId, byte[] message) {
        return Delivery.sign(Json.need(world.site(publicId), "apiSecret"), message);
    }

    /** Answers to the question before a charge, newest first. */
    public List<String> answers() {
        return payer.asked().stream().map(Payer.Asked::answer).toList();
    }

    List<Payer.Asked> asked() {
        return payer.asked();
    }

    /** Operations of a site as the interface shows them, oldest first. */
    public List<JsonObject> operations(String publicId) {
        return world.transactions(publicId, t -> true).stream().map(World::operation).toList();
    }

    public Optional<JsonObject> operation(long number) {
        return world.findTransaction(number).map(World::operation);
    }

    public TiptoppayBooks books(String publicId, boolean live) {
        world.site(publicId);
        return TiptoppayBooks.of(world, publicId, live);
    }

    // ---- deeds ----

    /**
     * One try on the page of an order with a test card.
     *
     * @return {@code succeeded}, {@code held}, {@code declined}, {@code refused} (by the merchant),
     *     {@code needs_confirmation} (3-D Secure), {@code not_possible}
     */
    public String pay(String orderId, String card) {
        return word(payer.pay(orderId, card, false));
    }

    /** The same also where the order is paid already, which the provider does not forbid. */
    public String payAgain(String orderId, String card) {
        return word(payer.pay(orderId, card, true));
    }

    /** The client answers the bank's page. */
    public String confirm3ds(String orderId, boolean complete) {
        return word(payer.confirm(orderId, complete));
    }

    private static String word(Payer.Try result) {
        return result.outcome().name().toLowerCase(Locale.ROOT);
    }

    /**
     * A client pays on a form of the merchant's own, without an order of ours: answers the order.
     */
    public String order(String publicId, String amount, String currency, String invoice) {
        return Json.need(
                world.createOrder(
                        publicId,
                        Json.of(
                                "Amount", amount,
                                "Currency", currency,
                                "Description", "Another sale",
                                "InvoiceId", invoice)),
                "Id");
    }

    /** The merchant gives money back in the cabinet; answers the refund's number. */
    public long refund(String publicId, long transaction, String amount) {
        return world.refund(publicId, transaction, amount, "");
    }

    /** The merchant takes a hold in the cabinet. */
    public void confirm(String publicId, long transaction, String amount) {
        world.confirm(publicId, transaction, amount);
    }

    /** The merchant gives a hold back in the cabinet. */
    public void release(String publicId, long transaction) {
        world.release(publicId, transaction);
    }

    @Override
    public void resend(String notice) {
        webhooks()
                .resend(
                        new Delivery(
                                world,
                                world.findNotice(notice)
                                        .orElseThrow(
                                                () ->
                                                        new IllegalArgumentException(
                                                                "There is no notification "
                                                                        + notice))));
    }

    World world() {
        return world;
    }

    @Override
    public JsonObject describe() {
        return Json.of(
                "webhooks", webhooks().describe(),
                "api", api().describe(),
                "clockOffsetSeconds", clock().offset().toSeconds());
    }

    // ---- provider ----

    @Override
    public Optional<ExamActor> exam() {
        return Optional.of(new TiptoppayExam(this));
    }

    @Override
    public String code() {
        return "tiptoppay";
    }

    @Override
    public String title() {
        return "TipTop Pay";
    }

    @Override
    public void mount(Router router, String baseUrl) {
        world.baseUrl(baseUrl);
        new Pages(world, payer).mount(router);
        new Control(this).mount(router);
        new Cabinet(this).mount(router);
        new Api(world, api(), log()).mount(router);
    }

    @Override
    public long revision() {
        return world.revision();
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
        WebhookQueue.saved(Json.children(state, "owed"))
                .forEach(
                        (id, tries) ->
                                world.findNotice(id)
                                        .ifPresent(
                                                n ->
                                                        webhooks()
                                                                .resume(
                                                                        new Delivery(world, n),
                                                                        tries)));
    }

    @Override
    public void reset() {
        resetSwitches();
        payer.reset();
        world.clear();
        makeDefaultSites();
    }
}
