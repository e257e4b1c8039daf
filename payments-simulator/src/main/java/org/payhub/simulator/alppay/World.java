package org.payhub.simulator.alppay;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.payhub.simulator.alppay.Coins.Coin;
import org.payhub.simulator.kit.Ids;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.SimulatorClock;

/**
 * Everything that the imitated ALPPAY knows, and what happens to it. Fields whose names begin with
 * {@code _} are its own and never shown to a caller.
 *
 * <p>Guarantee: one thing happens at a time; each change of a payment or withdrawal is told to
 * whoever {@link #listen listens}, in order.
 */
final class World {

    private static final int EVENTS_KEPT = 20_000;
    private static final long KEY_OVERLAP_SECONDS = 86_400;

    /** A webhook to be: whose, of which kind, and the exact body. */
    record Event(String id, String merchant, String kind, String status, String body) {}

    private final SimulatorClock clock;
    private final Ids ids = Ids.random();
    private final Map<String, JsonObject> merchants = new LinkedHashMap<>();
    private final Map<String, JsonObject> payments = new LinkedHashMap<>();
    private final Map<String, JsonObject> withdrawals = new LinkedHashMap<>();
    private final Map<String, Event> events = new LinkedHashMap<>();
    private Consumer<Event> listener = event -> {};
    private String baseUrl = "";
    private long changes;
    private long timeoutSeconds = 9_000;
    private boolean confirmByHand;

    World(SimulatorClock clock) {
        this.clock = clock;
    }

    void listen(Consumer<Event> to) {
        listener = to;
    }

    synchronized void baseUrl(String url) {
        baseUrl = url;
    }

    synchronized <T> T act(Supplier<T> what) {
        return what.get();
    }

    synchronized long changes() {
        return changes;
    }

    synchronized void timeoutSeconds(long seconds) {
        timeoutSeconds = seconds;
    }

    synchronized void confirmByHand(boolean on) {
        confirmByHand = on;
    }

    // ---- merchants ----

    synchronized JsonObject addMerchant(String name, String email) {
        JsonObject merchant =
                Json.of(
                        "id",
                        (long) (merchants.size() + 10),
                        "name",
                        name,
                        "email",
                        email,
                        "_api",
                        ids.next("ak_live_", 16),
                        "_hmac",
                        Json.list(Json.of("value", ids.next("sk_live_", 24))),
                        "_listed",
                        true,
                        "_tellsFees",
                        true,
                        "_paymentUrl",
                        "",
                        "_withdrawalUrl",
                        "",
                        "_opening",
                        Json.of("USDT_tron", "500"));
        merchants.put(Json.need(merchant, "id"), merchant);
        changes++;
        return merchant;
    }

    synchronized List<JsonObject> merchants() {
        return List.copyOf(merchants.values());
    }

    synchronized JsonObject merchant(String id) {
        JsonObject merchant = merchants.get(id);
        if (merchant == null) {
            throw new IllegalArgumentException("There is no account " + id);
        }
        return merchant;
    }

    synchronized Optional<JsonObject> byApiKey(String key) {
        return merchants.values().stream()
                .filter(m -> Json.need(m, "_api").equals(key))
                .findFirst();
    }

    /** The HMAC keys that are valid now, newest first; the newest signs webhooks. */
    synchronized List<String> hmacKeys(String merchant) {
        List<String> keys = new ArrayList<>();
        for (JsonElement e : Json.children(merchant(merchant), "_hmac")) {
            JsonObject key = e.getAsJsonObject();
            if (Json.missing(key, "until") || Json.number(key, "until") > now().getEpochSecond()) {
                keys.add(0, Json.need(key, "value"));
            }
        }
        return keys;
    }

    synchronized String rollHmac(String merchant) {
        JsonArray keys = Json.children(merchant(merchant), "_hmac");
        for (JsonElement e : keys) {
            if (Json.missing(e.getAsJsonObject(), "until")) {
                e.getAsJsonObject()
                        .addProperty("until", now().getEpochSecond() + KEY_OVERLAP_SECONDS);
            }
        }
        String fresh = ids.next("sk_live_", 24);
        keys.add(Json.of("value", fresh));
        changes++;
        return fresh;
    }

    synchronized String rollApi(String merchant) {
        String fresh = ids.next("ak_live_", 16);
        set(merchant, "_api", fresh);
        return fresh;
    }

    synchronized void set(String merchant, String field, Object value) {
        merchant(merchant).add(field, Json.element(value));
        changes++;
    }

    // ---- payments ----

    /** A payment as the merchant orders it. */
    synchronized JsonObject order(String merchant, JsonObject wanted) {
        Coin coin = Coins.of(Json.child(wanted, "asset"));
        JsonObject payment =
                payment(
                        merchant,
                        coin,
                        Amounts.shown(Amounts.of(Json.need(wanted, "amount"))),
                        Json.text(wanted, "invoice").orElse(""),
                        timeoutSeconds,
                        coin.confirmations());
        payment.add("customer", wanted.get("customer"));
        payment.addProperty("checkoutUrl", Json.text(wanted, "checkoutUrl").orElse(""));
        payments.put(Json.need(payment, "id"), payment);
        tell(payment, "payment");
        return payment;
    }

    /** A payment that ALPPAY makes by itself, because money came to an address. */
    synchronized JsonObject deposit(String merchant, Coin coin, String address, BigDecimal amount) {
        JsonObject payment = payment(merchant, coin, Amounts.shown(amount), "", 0, 0);
        payment.addProperty("addressTo", address);
        payments.put(Json.need(payment, "id"), payment);
        return send(Json.need(payment, "id"), amount, false);
    }

    private JsonObject payment(
            String merchant,
            Coin coin,
            String amount,
            String invoice,
            long timeout,
            int confirmations) {
        JsonObject owner = merchant(merchant);
        String id = UUID.randomUUID().toString();
        String now = now().toString();
        return Json.of(
                "id",
                id,
                "transactions",
                new JsonArray(),
                "amount",
                amount,
                "totalReceivedAmount",
                "0",
                "asset",
                coin.json(),
                "addressTo",
                Coins.address(coin),
                "destTag",
                "",
                "confirmsNeeded",
                confirmations,
                "timeout",
                timeout,
                "checkoutUrl",
                "",
                "status",
                "OPEN",
                "displayStatus",
                "NEW",
                "merchant",
                Json.of(
                        "id", owner.get("id"),
                        "name", owner.get("name"),
                        "email", owner.get("email"),
                        "siteUrl", "",
                        "logoUrl", ""),
                "invoice",
                invoice,
                "paymentRedirectUrl",
                baseUrl + "/pay/alppay/" + id,
                "createdAt",
                now,
                "updatedAt",
                now,
                "_merchant",
                merchant,
                "_ends",
                now().getEpochSecond() + timeout);
    }

    synchronized Optional<JsonObject> findPayment(String id) {
        return Optional.ofNullable(payments.get(id));
    }

    synchronized JsonObject payment(String id) {
        return findPayment(id)
                .orElseThrow(() -> new IllegalArgumentException("There is no payment " + id));
    }

    /** A merchant's payments, newest first. */
    synchronized List<JsonObject> payments(String merchant) {
        return newestFirst(payments, merchant);
    }

    private static List<JsonObject> newestFirst(Map<String, JsonObject> all, String merchant) {
        List<JsonObject> found = new ArrayList<>();
        all.values().stream()
                .filter(p -> Json.need(p, "_merchant").equals(merchant))
                .forEach(p -> found.add(0, p));
        return found;
    }

    static BigDecimal asked(JsonObject payment) {
        return Amounts.of(Json.need(payment, "amount"));
    }

    static BigDecimal received(JsonObject payment) {
        return Amounts.of(Json.need(payment, "totalReceivedAmount"));
    }

    static boolean isOpen(JsonObject payment) {
        return Json.need(payment, "status").equals("OPEN");
    }

    /** What is still missing; nothing when enough came. */
    static BigDecimal missing(JsonObject payment) {
        return asked(payment).subtract(received(payment)).max(BigDecimal.ZERO);
    }

    /** A transfer reaches the payment's address, also after its time. */
    synchronized JsonObject send(String id, BigDecimal amount, boolean suspicious) {
        JsonObject payment = payment(id);
        if (amount.signum() <= 0) {
            throw new IllegalArgumentException("Nothing is left to be sent");
        }
        JsonObject transfer = transfer(payment, amount);
        payment.getAsJsonArray("transactions").add(transfer);
        payment.addProperty("totalReceivedAmount", Amounts.shown(received(payment).add(amount)));
        if (isOpen(payment)) {
            payment.addProperty("displayStatus", "OPEN");
            tell(payment, "payment");
        }
        transfer.addProperty("riskScore", suspicious ? 92 : 5);
        transfer.addProperty("isDanger", suspicious);
        transfer.addProperty("riskCheckedAt", now().toString());
        if (suspicious) {
            payment.addProperty("status", "COMPLETED");
            payment.addProperty("displayStatus", "AML_CHECK_DANGER");
            tell(payment, "payment");
        } else if (!isOpen(payment) || !confirmByHand) {
            settle(payment);
        }
        return payment;
    }

    private JsonObject transfer(JsonObject payment, BigDecimal amount) {
        JsonObject transfer =
                Json.of(
                        "paymentId", payment.get("id"),
                        "txnId", Coins.transfer(),
                        "receivedAmount", Amounts.shown(amount),
                        "asset", payment.get("asset"),
                        "destTag", null,
                        "addressFrom", Coins.address(Coins.of(Json.child(payment, "asset"))),
                        "addressTo", payment.get("addressTo"),
                        "createdAt", now().toString(),
                        "riskScore", 0,
                        "isDanger", false,
                        "riskCheckedAt", null,
                        "amlPriceUsd", Amounts.shown(amount));
        if (Json.flag(merchant(Json.need(payment, "_merchant")), "_tellsFees")) {
            transfer.addProperty("fixedFee", "0");
            transfer.addProperty("percentFee", Amounts.text(Amounts.fee(amount)));
        }
        return transfer;
    }

    /** The network confirmed what came so far. */
    synchronized JsonObject confirm(String id) {
        JsonObject payment = payment(id);
        settle(payment);
        return payment;
    }

    private void settle(JsonObject payment) {
        int size = received(payment).compareTo(asked(payment));
        switch (Json.need(payment, "status")) {
            case "OPEN" -> {
                if (size >= 0) {
                    state(payment, "COMPLETED", size == 0 ? "COMPLETED" : "OVERPAID");
                }
            }
            case "COMPLETED" -> {
                boolean held = Json.need(payment, "displayStatus").equals("AML_CHECK_DANGER");
                state(payment, "COMPLETED", held ? "AML_CHECK_DANGER" : "OVERPAID");
            }
            default -> state(payment, "EXPIRED", size < 0 ? "UNDERPAID" : "EXPIRED");
        }
    }

    /** Its time is over. */
    synchronized JsonObject expire(String id) {
        JsonObject payment = payment(id);
        if (isOpen(payment)) {
            boolean nothing = received(payment).signum() == 0;
            state(payment, "EXPIRED", nothing ? "EXPIRED" : "UNDERPAID");
        }
        return payment;
    }

    /** The check of where the money comes from found nothing after all. */
    synchronized JsonObject release(String id) {
        JsonObject payment = payment(id);
        for (JsonElement e : payment.getAsJsonArray("transactions")) {
            e.getAsJsonObject().addProperty("isDanger", false);
            e.getAsJsonObject().addProperty("riskScore", 10);
        }
        int size = received(payment).compareTo(asked(payment));
        state(payment, "COMPLETED", size < 0 ? "UNDERPAID" : size == 0 ? "COMPLETED" : "OVERPAID");
        return payment;
    }

    /** Any two statuses, also such as no paper names. */
    synchronized JsonObject force(String id, String status, String shown) {
        JsonObject payment = payment(id);
        state(payment, status, shown);
        return payment;
    }

    private void state(JsonObject payment, String status, String shown) {
        payment.addProperty("status", status);
        payment.addProperty("displayStatus", shown);
        tell(payment, "payment");
    }

    /** Ends what has run out of time; whether there was anything. */
    synchronized boolean passTime() {
        long now = now().getEpochSecond();
        List<String> over =
                payments.values().stream()
                        .filter(World::isOpen)
                        .filter(p -> Json.number(p, "timeout") > 0)
                        .filter(p -> Json.number(p, "_ends") <= now)
                        .map(p -> Json.need(p, "id"))
                        .toList();
        over.forEach(this::expire);
        return !over.isEmpty();
    }

    // ---- withdrawals ----

    synchronized JsonObject withdraw(String merchant, JsonObject wanted) {
        Coin coin = Coins.of(Json.child(wanted, "asset"));
        BigDecimal amount = Amounts.of(Json.need(wanted, "amount"));
        if (balances(merchant).getOrDefault(coin.method(), BigDecimal.ZERO).compareTo(amount) < 0) {
            throw new AlppayRefused(422, "insufficient balance");
        }
        JsonObject owner = merchant(merchant);
        String now = now().toString();
        JsonObject withdrawal =
                Json.of(
                        "id",
                        UUID.randomUUID().toString(),
                        "txnId",
                        "",
                        "amount",
                        Amounts.text(amount),
                        "receivedAmount",
                        "0",
                        "asset",
                        coin.json(),
                        "addressFrom",
                        "",
                        "addressTo",
                        Json.need(wanted, "addressTo"),
                        "destTag",
                        Json.text(wanted, "destTag").orElse(""),
                        "status",
                        "OPEN",
                        "customer",
                        wanted.get("customer"),
                        "merchant",
                        Json.of(
                                "id", owner.get("id"),
                                "name", owner.get("name"),
                                "email", owner.get("email"),
                                "siteUrl", "",
                                "logoUrl", ""),
                        "invoice",
                        Json.text(wanted, "invoice").orElse(""),
                        "createdAt",
                        now,
                        "updatedAt",
                        now,
                        "timeToApprove",
                        null,
                        "_merchant",
                        merchant);
        withdrawals.put(Json.need(withdrawal, "id"), withdrawal);
        tell(withdrawal, "withdrawal");
        return withdrawal;
    }

    synchronized Optional<JsonObject> findWithdrawal(String id) {
        return Optional.ofNullable(withdrawals.get(id));
    }

    synchronized JsonObject withdrawal(String id) {
        return findWithdrawal(id)
                .orElseThrow(() -> new IllegalArgumentException("There is no withdrawal " + id));
    }

    synchronized List<JsonObject> withdrawals(String merchant) {
        return newestFirst(withdrawals, merchant);
    }

    /** Somebody approves it in the cabinet. */
    synchronized JsonObject approve(String id) {
        return step(id, "OPEN", "APPROVED");
    }

    /** It was sent, and one unit of the coin was kept for it. */
    synchronized JsonObject complete(String id) {
        JsonObject withdrawal = step(id, "APPROVED", null);
        Coin coin = Coins.of(Json.child(withdrawal, "asset"));
        BigDecimal amount = Amounts.of(Json.need(withdrawal, "amount"));
        BigDecimal arrived = amount.subtract(BigDecimal.ONE).max(BigDecimal.ZERO);
        withdrawal.addProperty("txnId", Coins.transfer());
        withdrawal.addProperty("addressFrom", Coins.address(coin));
        withdrawal.addProperty("receivedAmount", Amounts.text(arrived));
        return step(id, "APPROVED", "COMPLETE");
    }

    synchronized JsonObject cancel(String id) {
        JsonObject withdrawal = withdrawal(id);
        if (Json.need(withdrawal, "status").equals("COMPLETE")) {
            throw new IllegalArgumentException("It was sent already");
        }
        return step(id, Json.need(withdrawal, "status"), "CANCELLED");
    }

    private JsonObject step(String id, String from, String to) {
        JsonObject withdrawal = withdrawal(id);
        if (!Json.need(withdrawal, "status").equals(from)) {
            throw new IllegalArgumentException(
                    "It is " + Json.need(withdrawal, "status") + ", not " + from);
        }
        if (to != null) {
            withdrawal.addProperty("status", to);
            tell(withdrawal, "withdrawal");
        }
        return withdrawal;
    }

    // ---- books ----

    /** What the account holds of each coin, what came at the opening included. */
    synchronized Map<String, BigDecimal> balances(String merchant) {
        Map<String, BigDecimal> balances = new TreeMap<>();
        Json.child(merchant(merchant), "_opening")
                .entrySet()
                .forEach(e -> balances.put(e.getKey(), Amounts.of(e.getValue().getAsString())));
        for (JsonObject payment : payments(merchant)) {
            String method = Coins.of(Json.child(payment, "asset")).method();
            for (JsonElement e : payment.getAsJsonArray("transactions")) {
                BigDecimal came = Amounts.of(Json.need(e.getAsJsonObject(), "receivedAmount"));
                balances.merge(method, came.subtract(Amounts.fee(came)), BigDecimal::add);
            }
        }
        for (JsonObject withdrawal : withdrawals(merchant)) {
            if (!Json.need(withdrawal, "status").equals("CANCELLED")) {
                balances.merge(
                        Coins.of(Json.child(withdrawal, "asset")).method(),
                        Amounts.of(Json.need(withdrawal, "amount")).negate(),
                        BigDecimal::add);
            }
        }
        return balances;
    }

    // ---- telling ----

    private void tell(JsonObject object, String kind) {
        object.addProperty("updatedAt", now().toString());
        changes++;
        Event event =
                new Event(
                        UUID.randomUUID().toString(),
                        Json.need(object, "_merchant"),
                        kind,
                        Json.need(object, "status"),
                        Json.compact(shown(object)));
        events.put(event.id, event);
        if (events.size() > EVENTS_KEPT) {
            events.remove(events.keySet().iterator().next());
        }
        listener.accept(event);
    }

    synchronized Optional<Event> event(String id) {
        return Optional.ofNullable(events.get(id));
    }

    /** A merchant's webhooks so far, oldest first, whether or not they had an address to go to. */
    synchronized List<Event> events(String merchant) {
        return events.values().stream().filter(e -> e.merchant.equals(merchant)).toList();
    }

    /** As a caller may see it. */
    static JsonObject shown(JsonObject object) {
        JsonObject copy = new JsonObject();
        object.entrySet().stream()
                .filter(e -> !e.getKey().startsWith("_"))
                .forEach(e -> copy.add(e.getKey(), e.getValue().deepCopy()));
        return copy;
    }

    Instant now() {
        return clock.instant();
    }

    // ---- state ----

    synchronized JsonObject save() {
        JsonArray told = new JsonArray();
        events.values()
                .forEach(
                        e ->
                                told.add(
                                        Json.of(
                                                "id", e.id,
                                                "merchant", e.merchant,
                                                "kind", e.kind,
                                                "status", e.status,
                                                "body", e.body)));
        return Json.of(
                "merchants",
                list(merchants),
                "payments",
                list(payments),
                "withdrawals",
                list(withdrawals),
                "events",
                told,
                "timeoutSeconds",
                timeoutSeconds,
                "confirmByHand",
                confirmByHand);
    }

    private static JsonArray list(Map<String, JsonObject> all) {
        JsonArray array = new JsonArray();
        all.values().forEach(o -> array.add(o.deepCopy()));
        return array;
    }

    synchronized void restore(JsonObject state) {
        clear();
        take(state, "merchants", merchants);
        take(state, "payments", payments);
        take(state, "withdrawals", withdrawals);
        for (JsonElement e : Json.children(state, "events")) {
            JsonObject o = e.getAsJsonObject();
            events.put(
                    Json.need(o, "id"),
                    new Event(
                            Json.need(o, "id"),
                            Json.need(o, "merchant"),
                            Json.need(o, "kind"),
                            Json.need(o, "status"),
                            Json.need(o, "body")));
        }
        timeoutSeconds = Json.number(state, "timeoutSeconds");
        confirmByHand = Json.flag(state, "confirmByHand");
    }

    private static void take(JsonObject state, String name, Map<String, JsonObject> into) {
        for (JsonElement e : Json.children(state, name)) {
            into.put(Json.need(e.getAsJsonObject(), "id"), e.getAsJsonObject());
        }
    }

    synchronized void clear() {
        merchants.clear();
        payments.clear();
        withdrawals.clear();
        events.clear();
        timeoutSeconds = 9_000;
        confirmByHand = false;
        changes++;
    }
}
