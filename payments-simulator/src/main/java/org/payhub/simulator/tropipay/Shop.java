package org.payhub.simulator.tropipay;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.payhub.simulator.kit.Ids;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.SimulatorClock;

/**
 * Tropipay's inside: accounts, payment cards, movements, and the notices that every movement gives.
 * Names that begin with a line are ours and never leave.
 *
 * <p>Guarantee: all changes run one after the other, under this object's lock.
 */
final class Shop {

    private static final Pattern ORDER_CODE = Pattern.compile("\"bankOrderCode\":\"([^\"]*)\"");
    private static final Pattern PAID_AMOUNT =
            Pattern.compile("\"originalCurrencyAmount\":\"?(-?[^\",}]*)");

    static final List<String> SCOPES =
            List.of(
                    "ALLOW_EXTERNAL_CHARGE",
                    "ALLOW_PAYMENT_IN",
                    "ALLOW_GET_MOVEMENT_LIST",
                    "ALLOW_GET_PROFILE_DATA",
                    "ALLOW_REFUND");

    static final List<String> EVENTS =
            List.of(
                    "transaction_completed",
                    "transaction_failed",
                    "transaction_new",
                    "transaction_pendingin",
                    "transaction_charged",
                    "transaction_paid",
                    "transaction_cancelled",
                    "transaction_guarded",
                    "payment_in_state_change",
                    "user_login");

    /** What a person's telephone shows, always. */
    static final String SMS = "123456";

    private static final int NOTICES_KEPT = 20_000;
    private static final long SETTLING = 5;
    private static final long SETTLED = 3;
    private static final long FAILED = 4;
    private static final long CREATED = 1;

    final SimulatorClock clock;
    private final Ids ids;
    private final Map<String, JsonObject> accounts = new LinkedHashMap<>();
    private final Map<String, JsonObject> cards = new LinkedHashMap<>();
    private final Map<String, JsonObject> movements = new LinkedHashMap<>();
    private final Map<String, JsonObject> notices = new LinkedHashMap<>();
    private Consumer<JsonObject> listener = notice -> {};
    private String baseUrl = "";
    private long numbers = 900_000;
    private long revision;
    private boolean filtersIgnored;
    private boolean refundsPending;

    Shop(SimulatorClock clock, Ids ids) {
        this.clock = clock;
        this.ids = ids;
    }

    void listen(Consumer<JsonObject> told) {
        listener = told;
    }

    synchronized void baseUrl(String url) {
        baseUrl = url;
    }

    synchronized long revision() {
        return revision;
    }

    /** Looks, and changes nothing. */
    synchronized <T> T look(java.util.function.Supplier<T> question) {
        return question.get();
    }

    /** Runs one change. */
    synchronized <T> T act(java.util.function.Supplier<T> change) {
        revision++;
        return change.get();
    }

    // ---- accounts ----

    JsonObject addAccount(String name, String currency) {
        String id = uuid();
        JsonObject account =
                Json.of(
                        "id",
                        id,
                        "name",
                        name,
                        "email",
                        "owner@" + id.substring(0, 8) + ".example",
                        "_password",
                        "pass-" + id.substring(0, 8),
                        "_currency",
                        currency,
                        "_clientId",
                        hex(),
                        "_clientSecret",
                        hex(),
                        "_scopes",
                        Json.list(SCOPES.toArray()),
                        "_hooks",
                        new JsonObject(),
                        "_hookSecret",
                        null,
                        "_v1",
                        true,
                        "_v2",
                        true,
                        "_v3",
                        true,
                        "_amountAsNumber",
                        false,
                        "_codesSent",
                        0);
        accounts.put(id, account);
        return account;
    }

    List<JsonObject> accounts() {
        return List.copyOf(accounts.values());
    }

    JsonObject account(String id) {
        return Optional.ofNullable(accounts.get(id))
                .orElseThrow(() -> new IllegalArgumentException("There is no account " + id));
    }

    Optional<JsonObject> byCredentials(String clientId, String clientSecret) {
        return accounts.values().stream()
                .filter(a -> Json.need(a, "_clientId").equals(clientId))
                .filter(a -> Json.need(a, "_clientSecret").equals(clientSecret))
                .findFirst();
    }

    void rollCredentials(JsonObject account) {
        account.addProperty("_clientId", hex());
        account.addProperty("_clientSecret", hex());
    }

    // ---- payment cards ----

    JsonObject addCard(JsonObject account, JsonObject wanted) {
        String id = uuid();
        String code = ids.next("", 10).toLowerCase(java.util.Locale.ROOT);
        JsonObject card = Json.of("id", id);
        for (String name :
                List.of(
                        "reference",
                        "concept",
                        "description",
                        "amount",
                        "currency",
                        "singleUse",
                        "favorite",
                        "reasonId",
                        "reasonDes",
                        "lang",
                        "urlSuccess",
                        "urlFailed",
                        "urlNotification",
                        "expirationDate",
                        "serviceDate",
                        "paymentMethods")) {
            card.add(name, wanted.has(name) ? wanted.get(name) : Json.element(null));
        }
        card.addProperty("expirationDays", 0);
        card.addProperty("userId", Json.need(account, "id"));
        card.addProperty("state", 1);
        card.addProperty("hasClient", false);
        card.addProperty("paymentcardType", 1);
        card.addProperty("saveToken", false);
        card.addProperty("createdAt", now());
        card.addProperty("updatedAt", now());
        card.add("qrImage", Json.element(null));
        card.addProperty("shortUrl", baseUrl + "/tropipay/pay/" + code);
        card.addProperty("paymentUrl", "");
        card.add("rawUrlPayment", Json.element(null));
        card.addProperty("_code", code);
        card.addProperty("_deleted", false);
        cards.put(id, card);
        return card;
    }

    /** Newest first, without deleted ones. */
    List<JsonObject> cards(JsonObject account) {
        List<JsonObject> own =
                new ArrayList<>(
                        cards.values().stream()
                                .filter(c -> Json.need(c, "userId").equals(id(account)))
                                .filter(c -> !Json.flag(c, "_deleted"))
                                .toList());
        Collections.reverse(own);
        return own;
    }

    Optional<JsonObject> card(String idOrCode) {
        JsonObject byId = cards.get(idOrCode);
        return byId != null
                ? Optional.of(byId)
                : cards.values().stream()
                        .filter(c -> Json.need(c, "_code").equals(idOrCode))
                        .findFirst();
    }

    /** The short address dies; whoever has the page open already may still pay. */
    void deleteCard(JsonObject card) {
        card.addProperty("_deleted", true);
        card.addProperty("updatedAt", now());
    }

    /** Whether the card's last day has come. */
    boolean isOver(JsonObject card) {
        return Json.text(card, "expirationDate")
                .map(d -> LocalDate.parse(d.substring(0, 10)))
                .filter(d -> !LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).isBefore(d))
                .isPresent();
    }

    boolean isUsed(JsonObject card) {
        return Json.number(card, "state") == 0;
    }

    // ---- payments ----

    /** One try with a card, or from the payer's Tropipay balance where none is given. */
    JsonObject pay(JsonObject card, Optional<TestCard> with) {
        if (isUsed(card)) {
            throw new IllegalArgumentException("This payment card was used already.");
        }
        if (isOver(card)) {
            throw new IllegalArgumentException("This payment card has ended.");
        }
        boolean paid = with.map(c -> c.succeeds).orElse(true);
        JsonObject movement = attempt(card, with, paid);
        if (paid && Json.flag(card, "singleUse")) {
            card.addProperty("state", 0);
            card.addProperty("updatedAt", now());
        }
        notify(movement, paid ? "OK" : "KO");
        return movement;
    }

    /** A try that waits for the payer's code: it has an order already, and nobody is told. */
    JsonObject begin(JsonObject card) {
        if (isUsed(card) || isOver(card)) {
            throw new IllegalArgumentException("This payment card cannot be paid any more.");
        }
        JsonObject movement = attempt(card, Optional.of(TestCard.ASKS_FOR_CODE), true);
        movement.addProperty("state", CREATED);
        card.addProperty("_begun", Json.need(movement, "bankOrderCode"));
        return movement;
    }

    /** The payer's code was right, or was not given: the same order ends. */
    JsonObject complete(JsonObject movement, boolean well) {
        if (Json.number(movement, "state") != CREATED || isRefund(movement)) {
            throw new IllegalArgumentException("This order does not wait for a code.");
        }
        JsonObject card = card(Json.need(movement, "paymentcardId")).orElseThrow();
        movement.addProperty("state", well ? SETTLING : FAILED);
        movement.addProperty("updatedAt", now());
        if (well && Json.flag(card, "singleUse")) {
            card.addProperty("state", 0);
        }
        notify(movement, well ? "OK" : "KO");
        return movement;
    }

    private JsonObject attempt(JsonObject card, Optional<TestCard> with, boolean paid) {
        JsonObject account = account(Json.need(card, "userId"));
        long amount = Json.number(card, "amount");
        String currency = Json.need(card, "currency");
        String code = with.isPresent() ? ids.digits(12) : "TX" + ids.digits(13);
        String reference =
                Json.flag(card, "singleUse") ? Json.need(card, "reference") : ids.digits(13);
        JsonObject movement = movement(account, code, reference, amount, currency);
        settle(movement, account, amount, currency);
        movement.addProperty("state", paid ? with.isPresent() ? SETTLING : 2 : FAILED);
        movement.addProperty("movementTypeId", with.isPresent() ? 2 : 1);
        movement.addProperty("serviceId", 2);
        movement.addProperty("paymentcardId", Json.need(card, "id"));
        movement.addProperty("isInternal", with.isEmpty());
        movement.add("paymentcard", shown(card));
        with.ifPresent(
                c -> movement.add("charges", Json.list(charge(movement, c, amount, currency))));
        movements.put(code, movement);
        return movement;
    }

    private JsonObject movement(
            JsonObject account, String code, String reference, long amount, String currency) {
        return Json.of(
                "id",
                ++numbers,
                "reference",
                reference,
                "bankOrderCode",
                code,
                "provider",
                4,
                "userId",
                id(account),
                "bookingDate",
                now(),
                "days",
                null,
                "amount",
                amount,
                "currency",
                currency,
                "originalCurrencyAmount",
                digits(account, amount),
                "conversionRate",
                1,
                "depositaccountId",
                null,
                "ourFee",
                350,
                "paymentcardId",
                null,
                "expirationDate",
                now(),
                "transactionId",
                null,
                "agent",
                "TROPIPAY",
                "ip",
                "192.0.2.10",
                "reasonId",
                21,
                "reasonDes",
                null,
                "errorReason",
                null,
                "notificationUrl",
                null,
                "riskFlag",
                0,
                "riskScore",
                0,
                "createdAt",
                now(),
                "updatedAt",
                now(),
                "completedAt",
                null,
                "cardTokenId",
                null,
                "_refunded",
                0);
    }

    private static JsonElement digits(JsonObject account, long amount) {
        return Json.flag(account, "_amountAsNumber")
                ? Json.element(amount)
                : Json.element(Long.toString(amount));
    }

    /** What arrives: 3.5 % and half a unit less, in the account's currency. */
    private static void settle(
            JsonObject movement, JsonObject account, long amount, String currency) {
        long fee = Math.min(amount, amount * 35 / 1_000 + 50);
        long net = amount - fee;
        String own = Json.need(account, "_currency");
        if (!own.equals(currency)) {
            net = net * 92 / 100;
            movement.add("conversionRate", Json.decimal("0.92"));
        }
        movement.addProperty("destinationAmount", Long.toString(net));
        movement.addProperty("destinationCurrency", own);
        movement.addProperty("providerFee", -fee);
    }

    private JsonObject charge(JsonObject movement, TestCard card, long amount, String currency) {
        return Json.of(
                "id",
                ++numbers,
                "orderCode",
                Json.need(movement, "reference"),
                "bookingId",
                Json.number(movement, "id"),
                "clientName",
                "Test",
                "clientLastName",
                "Payer",
                "clientEmail",
                "payer@example.test",
                "clientIp",
                "192.0.2.10",
                "cardPan",
                card.lastFour(),
                "cardBin",
                card.bin(),
                "cardHolderName",
                "TEST PAYER",
                "cardCountry",
                "ES",
                "cardBrand",
                card.brand,
                "amount",
                amount,
                "currency",
                currency.equals("EUR") ? 978 : 840,
                // Said on a failure as well, as has been seen in the field.
                "errorReason",
                card.succeeds ? "" : "0:Ok",
                "state",
                card.succeeds ? 3 : 4,
                "createdAt",
                now());
    }

    // ---- refunds ----

    /** The merchant's order through the interface: without the code it is asked for. */
    JsonObject orderRefund(JsonObject account, String order, Long amount, String typedCode) {
        JsonObject paid =
                movement(order)
                        .filter(m -> Json.need(m, "userId").equals(id(account)))
                        .orElseThrow(Refusal::missing);
        requireReturnable(paid, amount);
        if (typedCode.isBlank()) {
            account.addProperty("_codesSent", Json.number(account, "_codesSent") + 1);
            throw Refusal.codeNeeded();
        }
        if (!typedCode.equals(SMS)) {
            throw Refusal.codeWrong();
        }
        return refund(paid, amount);
    }

    private static void requireReturnable(JsonObject paid, Long amount) {
        long state = Json.number(paid, "state");
        if (state != SETTLING && state != SETTLED && state != 2 || isRefund(paid)) {
            throw Refusal.invalid("The operation cannot be refunded");
        }
        long left = Json.number(paid, "amount") - Json.number(paid, "_refunded");
        if (amount == null || amount < 1 || amount > left) {
            throw Refusal.amount("invalid_amount");
        }
    }

    /** Money goes back; also when the merchant presses the button in the cabinet. */
    JsonObject refund(JsonObject paid, Long amount) {
        requireReturnable(paid, amount);
        JsonObject account = account(Json.need(paid, "userId"));
        String order = Json.need(paid, "bankOrderCode");
        JsonObject back =
                movement(
                        account,
                        "DEV:" + order,
                        Json.need(paid, "reference"),
                        amount,
                        Json.need(paid, "currency"));
        back.add("originalCurrencyAmount", digits(account, -amount));
        back.addProperty("destinationAmount", Long.toString(-amount));
        back.addProperty("destinationCurrency", Json.need(paid, "currency"));
        back.addProperty("movementTypeId", 4);
        back.addProperty("state", refundsPending ? CREATED : SETTLED);
        back.add("paymentcardId", paid.get("paymentcardId"));
        back.add("paymentcard", paid.get("paymentcard"));
        back.addProperty("isInternal", false);
        paid.addProperty("_refunded", Json.number(paid, "_refunded") + amount);
        movements.put("refund-" + Json.number(back, "id"), back);
        if (!refundsPending) {
            notify(back, "OK");
        }
        return back;
    }

    /** A refund that was pending comes to its end. */
    JsonObject endRefund(long id, boolean well) {
        JsonObject back =
                movements.values().stream()
                        .filter(m -> Json.number(m, "id") == id && isRefund(m))
                        .filter(m -> Json.number(m, "state") == CREATED)
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "No refund is pending with the id " + id));
        back.addProperty("state", well ? SETTLED : FAILED);
        back.addProperty("updatedAt", now());
        if (!well) {
            movement(Json.need(back, "bankOrderCode").substring(4))
                    .ifPresent(
                            paid ->
                                    paid.addProperty(
                                            "_refunded",
                                            Json.number(paid, "_refunded")
                                                    - Json.number(back, "amount")));
        }
        notify(back, well ? "OK" : "KO");
        return back;
    }

    static boolean isRefund(JsonObject movement) {
        return Json.number(movement, "movementTypeId") == 4;
    }

    /** The bank has paid: settling becomes settled. Nobody is told. */
    JsonObject settled(JsonObject movement) {
        if (Json.number(movement, "state") != SETTLING) {
            throw new IllegalArgumentException("Only what is settling can be settled.");
        }
        movement.addProperty("state", SETTLED);
        movement.addProperty("completedAt", now());
        movement.addProperty("updatedAt", now());
        return movement;
    }

    // ---- movements ----

    Optional<JsonObject> movement(String code) {
        return Optional.ofNullable(movements.get(code));
    }

    /** Newest first. */
    List<JsonObject> movements(JsonObject account) {
        List<JsonObject> own =
                new ArrayList<>(
                        movements.values().stream()
                                .filter(m -> Json.need(m, "userId").equals(id(account)))
                                .toList());
        Collections.reverse(own);
        return own;
    }

    boolean filtersIgnored() {
        return filtersIgnored;
    }

    void filtersIgnored(boolean on) {
        filtersIgnored = on;
    }

    boolean refundsPending() {
        return refundsPending;
    }

    void refundsPending(boolean on) {
        refundsPending = on;
    }

    // ---- notices ----

    /** One body for one address each: the card's own, and the account's hook. */
    private void notify(JsonObject movement, String status) {
        JsonObject account = account(Json.need(movement, "userId"));
        String type = status.equals("OK") ? "transaction_completed" : "transaction_failed";
        byte[] body = body(account, movement, status);
        String text = new String(body, StandardCharsets.UTF_8);
        boolean refund = isRefund(movement);
        if (!refund) {
            Json.text(Json.child(movement, "paymentcard"), "urlNotification")
                    .filter(u -> !u.isBlank())
                    .ifPresent(u -> notice(account, movement, type, "card", u, text));
        }
        Json.text(Json.child(account, "_hooks"), type)
                .ifPresent(u -> notice(account, movement, type, "hook", u, text));
    }

    private void notice(
            JsonObject account,
            JsonObject movement,
            String type,
            String from,
            String address,
            String body) {
        JsonObject notice =
                Json.of(
                        "id",
                        Json.number(movement, "id")
                                + "-"
                                + from
                                + "-"
                                + Json.number(movement, "state"),
                        "account",
                        id(account),
                        "type",
                        type,
                        "from",
                        from,
                        "address",
                        address,
                        "body",
                        body);
        notices.put(Json.need(notice, "id"), notice);
        if (notices.size() > NOTICES_KEPT) {
            notices.remove(notices.keySet().iterator().next());
        }
        listener.accept(notice);
    }

    /** What is sent, signed in every version that is switched on. */
    byte[] body(JsonObject account, JsonObject movement, String status) {
        JsonObject data = shown(movement);
        String code = Json.need(movement, "bankOrderCode");
        String amount = Json.need(movement, "originalCurrencyAmount");
        String id = Json.need(account, "_clientId");
        String secret = Json.need(account, "_clientSecret");
        if (Json.flag(account, "_v1")) {
            data.addProperty(
                    "signature",
                    Digests.first(
                            code,
                            Json.need(account, "email"),
                            Json.need(account, "_password"),
                            amount));
        }
        if (Json.flag(account, "_v2")) {
            data.addProperty("signaturev2", Digests.second(code, id, secret, amount));
        }
        if (Json.flag(account, "_v3")) {
            data.addProperty("signaturev3", Digests.third(code, id, secret, amount));
        }
        data.add(
                "clientData",
                Json.of(
                        "clientName", "Test",
                        "clientLastName", "Payer",
                        "clientEmail", "payer@example.test"));
        return Json.compact(Json.of("status", status, "data", data))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Another content with signatures that are right for it, as far as it has any. */
    byte[] signed(JsonObject account, byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        Matcher code = ORDER_CODE.matcher(text);
        Matcher amount = PAID_AMOUNT.matcher(text);
        if (!code.find() || !amount.find()) {
            return content.clone();
        }
        String id = Json.need(account, "_clientId");
        String secret = Json.need(account, "_clientSecret");
        String second = Digests.second(code.group(1), id, secret, amount.group(1));
        String third = Digests.third(code.group(1), id, secret, amount.group(1));
        return text.replaceAll("\"signaturev2\":\"[0-9a-f]*\"", "\"signaturev2\":\"" + second + '"')
                .replaceAll("\"signaturev3\":\"[0-9a-f]*\"", "\"signaturev3\":\"" + third + '"')
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    Optional<JsonObject> notice(String id) {
        return Optional.ofNullable(notices.get(id));
    }

    /** Oldest first. */
    List<JsonObject> notices(JsonObject account) {
        return notices.values().stream()
                .filter(n -> Json.need(n, "account").equals(id(account)))
                .toList();
    }

    // ---- state ----

    JsonObject save() {
        return Json.of(
                "accounts", list(accounts),
                "cards", list(cards),
                "movements", list(movements),
                "notices", list(notices),
                "numbers", numbers,
                "filtersIgnored", filtersIgnored,
                "refundsPending", refundsPending);
    }

    private static JsonArray list(Map<String, JsonObject> map) {
        JsonArray array = new JsonArray();
        map.forEach((key, value) -> array.add(Json.of("key", key, "value", value.deepCopy())));
        return array;
    }

    void restore(JsonObject state) {
        clear();
        fill(accounts, Json.children(state, "accounts"));
        fill(cards, Json.children(state, "cards"));
        fill(movements, Json.children(state, "movements"));
        fill(notices, Json.children(state, "notices"));
        numbers = Json.number(state, "numbers");
        filtersIgnored = Json.flag(state, "filtersIgnored");
        refundsPending = Json.flag(state, "refundsPending");
    }

    private static void fill(Map<String, JsonObject> map, JsonArray saved) {
        saved.forEach(
                e ->
                        map.put(
                                Json.need(e.getAsJsonObject(), "key"),
                                Json.child(e.getAsJsonObject(), "value")));
    }

    void clear() {
        accounts.clear();
        cards.clear();
        movements.clear();
        notices.clear();
        filtersIgnored = false;
        refundsPending = false;
    }

    // ---- small things ----

    static String id(JsonObject account) {
        return Json.need(account, "id");
    }

    /** As the interface shows it. */
    static JsonObject shown(JsonObject object) {
        JsonObject copy = new JsonObject();
        object.entrySet().stream()
                .filter(e -> !e.getKey().startsWith("_"))
                .forEach(e -> copy.add(e.getKey(), e.getValue().deepCopy()));
        return copy;
    }

    String now() {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return at.toEpochMilli() % 1_000 == 0 ? at.toString().replace("Z", ".000Z") : at.toString();
    }

    private String uuid() {
        return UUID.nameUUIDFromBytes(ids.next("", 32).getBytes(StandardCharsets.UTF_8)).toString();
    }

    private String hex() {
        return uuid().replace("-", "");
    }
}
