package org.payhub.simulator.tropipay;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.payhub.simulator.kit.CabinetParts;
import org.payhub.simulator.kit.ExamActor;
import org.payhub.simulator.kit.Ids;
import org.payhub.simulator.kit.ImitatedProvider;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.Router;
import org.payhub.simulator.kit.WebhookQueue;

/**
 * The imitated Tropipay as tests and the control pages drive it: accounts, the payer's side, the
 * switches, the books.
 *
 * <p>Units: amounts in cents, whatever the currency. Errors: {@link IllegalArgumentException} with
 * a sentence when a thing does not exist or the state forbids it.
 */
public final class TropipaySimulator extends ImitatedProvider {

    /** Waits before the second, third and later tries of a notification. */
    static final List<Duration> WAITS =
            List.of(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(10),
                    Duration.ofHours(1),
                    Duration.ofHours(6));

    private final Shop shop;
    private TropipayApi interfaceOf;

    public TropipaySimulator(Clock base) {
        super(base, WAITS);
        shop = new Shop(clock(), Ids.random());
        shop.listen(notice -> webhooks().offer(new Notice(shop, notice)));
        makeDefaultAccounts();
    }

    private void makeDefaultAccounts() {
        shop.act(
                () -> {
                    shop.addAccount("Casa Miramar", "EUR");
                    return shop.addAccount("Salón Habana", "USD");
                });
    }

    // ---- accounts ----

    /** Oldest first; there are always at least two, one in euro and one in dollars. */
    public List<TropipayAccount> accounts() {
        return shop.look(() -> shop.accounts().stream().map(TropipaySimulator::account).toList());
    }

    /** The first account, {@code Casa Miramar}, in euro. */
    public TropipayAccount account() {
        return accounts().get(0);
    }

    public TropipayAccount account(String id) {
        return shop.look(() -> account(shop.account(id)));
    }

    public TropipayAccount addAccount(String name, String currency) {
        if (!List.of("EUR", "USD").contains(currency)) {
            throw new IllegalArgumentException("An account is in EUR or USD");
        }
        return shop.act(() -> account(shop.addAccount(name, currency)));
    }

    private static TropipayAccount account(JsonObject json) {
        return new TropipayAccount(
                Shop.id(json),
                Json.need(json, "name"),
                Json.need(json, "_currency"),
                Json.need(json, "_clientId"),
                Json.need(json, "_clientSecret"));
    }

    /** New credentials; the old ones, and every token, stop at once. */
    public TropipayAccount rollCredentials(String account) {
        TropipayAccount rolled =
                shop.act(
                        () -> {
                            shop.rollCredentials(shop.account(account));
                            return account(shop.account(account));
                        });
        forgetTokens();
        return rolled;
    }

    /** Which signatures the account's notifications bear; all of them at first. */
    public void signatures(String account, boolean first, boolean second, boolean third) {
        shop.act(
                () -> {
                    shop.account(account).addProperty("_v1", first);
                    shop.account(account).addProperty("_v2", second);
                    shop.account(account).addProperty("_v3", third);
                    return true;
                });
    }

    /** Signed amounts as JSON numbers, as in older payloads, instead of texts. */
    public void amountsAsNumbers(String account, boolean on) {
        shop.act(
                () -> {
                    shop.account(account).addProperty("_amountAsNumber", on);
                    return true;
                });
    }

    /** What the account's credentials may do from now on; tokens that are out follow at once. */
    public void scopes(String account, List<String> scopes) {
        shop.act(
                () -> {
                    shop.account(account).add("_scopes", Json.list(scopes.toArray()));
                    return true;
                });
    }

    /** Sets or, with an empty address, removes the web hook of an event. */
    public void hook(String account, String event, String url) {
        if (!url.isEmpty() && !url.startsWith("http")) {
            throw new IllegalArgumentException("An address begins with http");
        }
        shop.act(
                () -> {
                    JsonObject hooks = Json.child(shop.account(account), "_hooks");
                    hooks.remove(event);
                    if (!url.isEmpty()) {
                        hooks.addProperty(event, url);
                    }
                    return true;
                });
    }

    /** Event to address, as the account has them. */
    public Map<String, String> hooks(String account) {
        return shop.look(
                () -> {
                    Map<String, String> hooks = new java.util.TreeMap<>();
                    Json.child(shop.account(account), "_hooks")
                            .entrySet()
                            .forEach(e -> hooks.put(e.getKey(), e.getValue().getAsString()));
                    return hooks;
                });
    }

    /** From now on hooks of the account bear a header that proves their bytes with this. */
    public void hookSecret(String account, String secret) {
        shop.act(
                () -> {
                    shop.account(account).add("_hookSecret", Json.element(secret));
                    return true;
                });
    }

    /** How many text messages with a code the account's owner got. */
    public long codesSent(String account) {
        return shop.look(() -> Json.number(shop.account(account), "_codesSent"));
    }

    // ---- switches ----

    /** Lists answer everything, whatever they were asked for. */
    public void filtersIgnored(boolean on) {
        shop.act(
                () -> {
                    shop.filtersIgnored(on);
                    return on;
                });
    }

    /** Refunds are created first and end when {@code refund_succeeds} or {@code refund_fails}. */
    public void refundsPending(boolean on) {
        shop.act(
                () -> {
                    shop.refundsPending(on);
                    return on;
                });
    }

    /** Tokens that are out are refused from now on. */
    public void forgetTokens() {
        if (interfaceOf != null) {
            interfaceOf.forgetTokens();
        }
    }

    // ---- what tests look at ----

    /** A payment card by its id, or by the last part of its short address. */
    public Optional<JsonObject> card(String idOrCode) {
        return shop.look(() -> shop.card(idOrCode).map(Shop::shown));
    }

    /** The movements of a payment card, oldest first. */
    public List<JsonObject> movements(String cardIdOrCode) {
        return shop.look(
                () -> {
                    JsonObject card = existing(cardIdOrCode);
                    List<JsonObject> own =
                            new java.util.ArrayList<>(
                                    shop.movements(shop.account(Json.need(card, "userId"))).stream()
                                            .filter(
                                                    m ->
                                                            Json.text(m, "paymentcardId")
                                                                    .equals(Json.text(card, "id")))
                                            .map(Shop::shown)
                                            .toList());
                    java.util.Collections.reverse(own);
                    return own;
                });
    }

    /** The bodies that were made for an account's addresses, oldest first. */
    public List<String> notifications(String account) {
        return shop.look(
                () ->
                        shop.notices(shop.account(account)).stream()
                                .map(n -> Json.need(n, "body"))
                                .toList());
    }

    /** A body as the provider would send it about an order now, signed, with that status. */
    public String notification(String order, String status) {
        return shop.look(
                () -> {
                    JsonObject movement = paid(order);
                    return new String(
                            shop.body(
                                    shop.account(Json.need(movement, "userId")), movement, status),
                            StandardCharsets.UTF_8);
                });
    }

    /** The provider's own books of an account. */
    public TropipayBooks books(String account) {
        return shop.look(() -> TropipayBooks.of(shop.movements(shop.account(account))));
    }

    // ---- deeds ----

    /**
     * One try on a payment page with a test card; answers {@code succeeded} or {@code declined}.
     */
    public String pay(String cardIdOrCode, String cardNumber) {
        return Json.need(act("pay", cardIdOrCode, Json.of("card", cardNumber)), "_outcome");
    }

    /** The same from the payer's Tropipay balance. */
    public String payFromBalance(String cardIdOrCode) {
        return Json.need(act("pay_from_balance", cardIdOrCode, new JsonObject()), "_outcome");
    }

    /** The merchant returns money in the cabinet. */
    public JsonObject refundInCabinet(String order, long amount) {
        return act("refund", order, Json.of("amount", amount));
    }

    /**
     * One deed of the payer, the bank or the merchant in the cabinet: {@code pay}, {@code
     * pay_from_balance}, {@code begin} (waits for the payer's code), {@code complete}, {@code
     * fail}, {@code refund}, {@code settle}, {@code refund_succeeds}, {@code refund_fails}.
     *
     * @param id of the payment card, the order or the refund's movement
     */
    public JsonObject act(String action, String id, Map<String, ?> params) {
        JsonObject json = new JsonObject();
        params.forEach((name, value) -> json.add(name, Json.element(value)));
        return act(action, id, json);
    }

    JsonObject act(String action, String id, JsonObject params) {
        try {
            return shop.act(() -> deed(action, id, params));
        } catch (Refusal refused) {
            throw new IllegalArgumentException(refused.getMessage(), refused);
        }
    }

    private JsonObject deed(String action, String id, JsonObject params) {
        return switch (action) {
            case "pay" -> {
                TestCard with =
                        TestCard.byNumber(Json.need(params, "card"))
                                .orElseThrow(
                                        () ->
                                                new IllegalArgumentException(
                                                        "This is none of the sandbox's cards."));
                yield paid(shop.pay(existing(id), Optional.of(with)));
            }
            case "pay_from_balance" -> paid(shop.pay(existing(id), Optional.empty()));
            case "refund" -> Shop.shown(shop.refund(paid(id), Json.number(params, "amount")));
            case "begin" -> Shop.shown(shop.begin(existing(id)));
            case "complete" -> Shop.shown(shop.complete(paid(id), true));
            case "fail" -> Shop.shown(shop.complete(paid(id), false));
            case "settle" -> Shop.shown(shop.settled(paid(id)));
            case "refund_succeeds" -> Shop.shown(shop.endRefund(number(id), true));
            case "refund_fails" -> Shop.shown(shop.endRefund(number(id), false));
            default -> throw new IllegalArgumentException("There is no deed " + action);
        };
    }

    private static long number(String movement) {
        return CabinetParts.whole(Json.of("id", movement), "id");
    }

    private static JsonObject paid(JsonObject movement) {
        JsonObject shown = Shop.shown(movement);
        shown.addProperty(
                "_outcome", Json.number(movement, "state") == 4 ? "declined" : "succeeded");
        return shown;
    }

    private JsonObject paid(String order) {
        return shop.movement(order)
                .orElseThrow(() -> new IllegalArgumentException("There is no order " + order));
    }

    private JsonObject existing(String idOrCode) {
        return shop.card(idOrCode)
                .orElseThrow(
                        () -> new IllegalArgumentException("There is no payment card " + idOrCode));
    }

    @Override
    public void resend(String notice) {
        JsonObject kept =
                shop.look(() -> shop.notice(notice))
                        .orElseThrow(() -> new IllegalArgumentException("There is no such notice"));
        webhooks().resend(new Notice(shop, kept));
    }

    @Override
    public JsonObject describe() {
        return shop.look(
                () ->
                        Json.of(
                                "webhooks", webhooks().describe(),
                                "api", api().describe(),
                                "clockOffsetSeconds", clock().offset().toSeconds(),
                                "filtersIgnored", shop.filtersIgnored(),
                                "refundsPending", shop.refundsPending()));
    }

    // ---- provider ----

    @Override
    public Optional<ExamActor> exam() {
        return Optional.of(new TropipayExam(this));
    }

    @Override
    public String code() {
        return "tropipay";
    }

    @Override
    public String title() {
        return "Tropipay";
    }

    @Override
    public void mount(Router router, String baseUrl) {
        shop.baseUrl(baseUrl);
        interfaceOf = new TropipayApi(shop, api(), log());
        new PayPages(shop).mount(router);
        new ControlApi(this).mount(router);
        new CabinetPages(this, shop).mount(router);
        interfaceOf.mount(router);
    }

    @Override
    public long revision() {
        return shop.revision();
    }

    @Override
    public JsonObject save() {
        return shop.look(() -> Json.of("shop", shop.save(), "owed", webhooks().save()));
    }

    @Override
    public void restore(JsonObject state) {
        shop.act(
                () -> {
                    shop.restore(Json.child(state, "shop"));
                    return true;
                });
        JsonArray owed = Json.children(state, "owed");
        WebhookQueue.saved(owed)
                .forEach(
                        (id, tries) ->
                                shop.look(() -> shop.notice(id))
                                        .ifPresent(
                                                n ->
                                                        webhooks()
                                                                .resume(
                                                                        new Notice(shop, n),
                                                                        tries)));
    }

    @Override
    public void reset() {
        resetSwitches();
        forgetTokens();
        shop.act(
                () -> {
                    shop.clear();
                    return true;
                });
        makeDefaultAccounts();
    }
}
