package org.payhub.simulator.tiptoppay;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.payhub.simulator.kit.Ids;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.SimulatorClock;

/**
 * The provider's inside: sites, orders, operations and the notifications that they gave.
 *
 * <p>Guarantee: every method runs under one lock; what it answers is a copy or is never changed.
 */
final class World {

    static final List<String> TYPES =
            List.of("check", "pay", "fail", "confirm", "refund", "cancel", "recurrent");

    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final long FIRST_TRANSACTION = 3_355_300_000L;
    private static final Duration LONGEST_HOLD = Duration.ofDays(7);

    private final Map<String, JsonObject> sites = new LinkedHashMap<>();
    private final Map<String, JsonObject> orders = new LinkedHashMap<>();
    private final Map<Long, JsonObject> transactions = new LinkedHashMap<>();
    private final Map<String, JsonObject> notices = new LinkedHashMap<>();
    private final Map<String, JsonObject> answers = new LinkedHashMap<>();
    private final Set<Long> holds = new LinkedHashSet<>();
    private final SimulatorClock clock;
    private final Ids ids;
    private BiConsumer<JsonObject, JsonObject> sender = (site, notice) -> {};
    private String baseUrl = "";
    private long lastTransaction = FIRST_TRANSACTION;
    private long lastOrder = 2_000;
    private long revision;

    World(SimulatorClock clock, Ids ids) {
        this.clock = clock;
        this.ids = ids;
    }

    /** Is handed each site and notification at the moment it comes to be. */
    void listen(BiConsumer<JsonObject, JsonObject> newSender) {
        sender = newSender;
    }

    synchronized void baseUrl(String url) {
        baseUrl = url;
    }

    synchronized long revision() {
        return revision;
    }

    private String now() {
        return ISO.format(clock.instant());
    }

    private static IllegalArgumentException none(String what) {
        return new IllegalArgumentException("There is no " + what);
    }

    // ---- sites ----

    synchronized JsonObject addSite(String name, String currency) {
        JsonObject site =
                Json.of(
                        "publicId",
                        ids.next("pk_", 29).toLowerCase(Locale.ROOT),
                        "apiSecret",
                        ids.next("", 32).toLowerCase(Locale.ROOT),
                        "name",
                        name,
                        "currency",
                        currency,
                        "live",
                        false);
        JsonObject addresses = new JsonObject();
        for (String type : TYPES) {
            addresses.add(
                    type,
                    Json.of(
                            "IsEnabled", false,
                            "Address", "",
                            "HttpMethod", "GET",
                            "Encoding", "UTF8",
                            "Format", "CloudPayments",
                            "body", "form"));
        }
        site.add("notifications", addresses);
        sites.put(Json.need(site, "publicId"), site);
        revision++;
        return site.deepCopy();
    }

    synchronized List<JsonObject> sites() {
        return sites.values().stream().map(JsonObject::deepCopy).toList();
    }

    synchronized Optional<JsonObject> findSite(String publicId) {
        return Optional.ofNullable(sites.get(publicId)).map(JsonObject::deepCopy);
    }

    synchronized JsonObject site(String publicId) {
        return findSite(publicId).orElseThrow(() -> none("site " + publicId));
    }

    synchronized void live(String publicId, boolean on) {
        known(publicId).addProperty("live", on);
        revision++;
    }

    synchronized String rollSecret(String publicId) {
        String secret = ids.next("", 32).toLowerCase(Locale.ROOT);
        known(publicId).addProperty("apiSecret", secret);
        revision++;
        return secret;
    }

    private JsonObject known(String publicId) {
        JsonObject site = sites.get(publicId);
        if (site == null) {
            throw none("site " + publicId);
        }
        return site;
    }

    synchronized JsonObject notification(String publicId, String type) {
        JsonObject setting = Json.child(known(publicId), "notifications").getAsJsonObject(type);
        if (setting == null) {
            throw none("kind of notification called " + type);
        }
        return setting.deepCopy();
    }

    /** Fields that are not named stay as they are. */
    synchronized void notification(String publicId, String type, JsonObject fields) {
        JsonObject setting = Json.child(known(publicId), "notifications").getAsJsonObject(type);
        if (setting == null) {
            throw none("kind of notification called " + type);
        }
        fields.entrySet().forEach(e -> setting.add(e.getKey(), e.getValue()));
        String address = Json.need(setting, "Address");
        if (Json.flag(setting, "IsEnabled")) {
            boolean web = address.startsWith("http://") || address.startsWith("https://");
            if (!web || URI.create(address).getHost() == null) {
                throw new IllegalArgumentException("Address is not a valid URL");
            }
        }
        revision++;
    }

    // ---- orders ----

    synchronized JsonObject createOrder(String publicId, JsonObject wanted) {
        long minor = Fields.minor(Json.text(wanted, "Amount").orElse(""));
        if (minor < 1) {
            throw new IllegalArgumentException("Invalid Amount value");
        }
        String currency = Json.text(wanted, "Currency").filter(c -> !c.isEmpty()).orElse("RUB");
        if (!currency.matches("[A-Z]{3}")) {
            throw new IllegalArgumentException("Invalid Currency value");
        }
        String description = Json.text(wanted, "Description").orElse("");
        if (description.isBlank()) {
            throw new IllegalArgumentException("Description is required");
        }
        for (String url : List.of("SuccessRedirectUrl", "FailRedirectUrl")) {
            String value = Json.text(wanted, url).orElse("");
            if (!value.isEmpty() && !value.startsWith("http://") && !value.startsWith("https://")) {
                throw new IllegalArgumentException("Invalid " + url + " value");
            }
        }
        String id = ids.next("", 16);
        JsonObject order =
                Json.of(
                        "Id", id,
                        "Number", ++lastOrder,
                        "minor", minor,
                        "Currency", currency,
                        "Description", description,
                        "RequireConfirmation", Json.flag(wanted, "RequireConfirmation"),
                        "CultureName", Json.text(wanted, "CultureName").orElse("ru-RU"),
                        "CreatedDateIso", now(),
                        "Status", "Created",
                        "site", publicId,
                        "secure", null);
        for (String name :
                List.of(
                        "Email",
                        "Phone",
                        "InvoiceId",
                        "AccountId",
                        "JsonData",
                        "SuccessRedirectUrl",
                        "FailRedirectUrl")) {
            order.addProperty(name, Json.text(wanted, name).orElse(""));
        }
        orders.put(id, order);
        revision++;
        return order.deepCopy();
    }

    synchronized Optional<JsonObject> findOrder(String id) {
        return Optional.ofNullable(orders.get(id)).map(JsonObject::deepCopy);
    }

    synchronized JsonObject order(String id) {
        return findOrder(id).orElseThrow(() -> none("order " + id));
    }

    synchronized List<JsonObject> orders(String publicId) {
        return orders.values().stream()
                .filter(o -> publicId.equals(Json.need(o, "site")))
                .map(JsonObject::deepCopy)
                .toList();
    }

    synchronized void cancelOrder(String publicId, String id) {
        JsonObject order = orders.get(id);
        if (order == null || !publicId.equals(Json.need(order, "site"))) {
            throw new IllegalArgumentException("Order not found");
        }
        if (!"Created".equals(Json.need(order, "Status"))) {
            throw new IllegalArgumentException("Order cannot be cancelled");
        }
        order.addProperty("Status", "Cancelled");
        revision++;
    }

    /** As the interface shows it. */
    synchronized JsonObject shown(JsonObject order) {
        return Json.of(
                "Id", Json.need(order, "Id"),
                "Number", Json.number(order, "Number"),
                "Amount", Json.decimal(Fields.decimal(Json.number(order, "minor"))),
                "Currency", Json.need(order, "Currency"),
                "CurrencyCode", 0,
                "Email", Json.need(order, "Email"),
                "Phone", Json.need(order, "Phone"),
                "Description", Json.need(order, "Description"),
                "RequireConfirmation", Json.flag(order, "RequireConfirmation"),
                "Url", page(Json.need(order, "Id")),
                "CultureName", Json.need(order, "CultureName"),
                "CreatedDateIso", Json.need(order, "CreatedDateIso"),
                "PaymentDateIso", null,
                "StatusCode", 0,
                "Status", Json.need(order, "Status"),
                "InternalId", Json.number(order, "Number"));
    }

    String page(String order) {
        return baseUrl + "/tiptoppay/d/" + order;
    }

    // ---- operations ----

    /** A try begins: the operation is there before anybody was asked. */
    synchronized JsonObject begin(String orderId, TestCard card, boolean live) {
        JsonObject order = orders.get(orderId);
        long number = ++lastTransaction;
        JsonObject site = known(Json.need(order, "site"));
        JsonObject made =
                Json.of(
                        "TransactionId",
                        number,
                        "minor",
                        Json.number(order, "minor"),
                        "Currency",
                        Json.need(order, "Currency"),
                        "InvoiceId",
                        Json.need(order, "InvoiceId"),
                        "AccountId",
                        Json.need(order, "AccountId"),
                        "Email",
                        Json.need(order, "Email"),
                        "Description",
                        Json.need(order, "Description"),
                        "JsonData",
                        Json.need(order, "JsonData"),
                        "CreatedDateIso",
                        now(),
                        "AuthDateIso",
                        null,
                        "ConfirmDateIso",
                        null,
                        "holdEnds",
                        null,
                        "AuthCode",
                        null,
                        "TestMode",
                        !live,
                        "OriginalTransactionId",
                        null,
                        "CardFirstSix",
                        card.number.substring(0, 6),
                        "CardLastFour",
                        card.lastFour(),
                        "CardType",
                        card.brand,
                        "card",
                        card.name(),
                        "Status",
                        "AwaitingAuthentication",
                        "StatusCode",
                        1,
                        "ReasonCode",
                        0,
                        "Reason",
                        null,
                        "CardHolderMessage",
                        null,
                        "Type",
                        0,
                        "refunded",
                        0L,
                        "fee",
                        0L,
                        "dual",
                        Json.flag(order, "RequireConfirmation"),
                        "order",
                        orderId,
                        "site",
                        Json.need(site, "publicId"));
        transactions.put(number, made);
        revision++;
        return made.deepCopy();
    }

    /** The client's bank asks the client. */
    synchronized void waitForBank(long number) {
        JsonObject transaction = transactions.get(number);
        orders.get(Json.need(transaction, "order")).addProperty("secure", number);
        revision++;
    }

    synchronized void authorize(long number) {
        JsonObject t = transactions.get(number);
        boolean dual = Json.flag(t, "dual");
        t.addProperty("Status", dual ? "Authorized" : "Completed");
        t.addProperty("StatusCode", dual ? 2 : 3);
        t.addProperty("AuthDateIso", now());
        t.addProperty("AuthCode", ids.next("A", 5).toUpperCase(Locale.ROOT));
        t.addProperty("CardHolderMessage", "Payment successful");
        if (dual) {
            t.addProperty("holdEnds", clock.instant().plus(LONGEST_HOLD).toString());
            holds.add(number);
        } else {
            t.addProperty("ConfirmDateIso", now());
            t.addProperty("fee", fee(Json.number(t, "minor")));
        }
        JsonObject order = orders.get(Json.need(t, "order"));
        order.addProperty("Status", "Paid");
        order.add("secure", Json.element(null));
        tell("pay", t, payment(t, true));
    }

    /** 2.8 %, rounded up to the smallest unit. */
    private static long fee(long minor) {
        return (minor * 28 + 999) / 1_000;
    }

    synchronized void decline(long number, int code, String reason, String forClient) {
        JsonObject t = transactions.get(number);
        t.addProperty("Status", "Declined");
        t.addProperty("StatusCode", 5);
        t.addProperty("ReasonCode", code);
        t.addProperty("Reason", reason);
        t.addProperty("CardHolderMessage", forClient);
        orders.get(Json.need(t, "order")).add("secure", Json.element(null));
        JsonObject fields = payment(t, false);
        fields.remove("Status");
        fields.addProperty("Reason", reason);
        fields.addProperty("ReasonCode", Integer.toString(code));
        tell("fail", t, fields);
    }

    synchronized Optional<JsonObject> findTransaction(long number) {
        endHolds();
        return Optional.ofNullable(transactions.get(number)).map(JsonObject::deepCopy);
    }

    private JsonObject own(String publicId, long number) {
        endHolds();
        JsonObject t = transactions.get(number);
        if (t == null || !publicId.equals(Json.need(t, "site"))) {
            throw new IllegalArgumentException("Transaction not found");
        }
        return t;
    }

    synchronized void confirm(String publicId, long number, String amount) {
        JsonObject t = own(publicId, number);
        long minor = Fields.minor(amount);
        if (!"Authorized".equals(Json.need(t, "Status"))) {
            throw new IllegalArgumentException("Transaction is not authorized");
        }
        if (minor < 1 || minor > Json.number(t, "minor")) {
            throw new IllegalArgumentException("Invalid Amount value");
        }
        holds.remove(number);
        t.addProperty("minor", minor);
        t.addProperty("Status", "Completed");
        t.addProperty("StatusCode", 3);
        t.addProperty("ConfirmDateIso", now());
        t.addProperty("fee", fee(minor));
        JsonObject fields = payment(t, true);
        fields.remove("OperationType");
        fields.remove("GatewayName");
        fields.remove("TotalFee");
        tell("confirm", t, fields);
    }

    synchronized void release(String publicId, long number) {
        JsonObject t = own(publicId, number);
        if (!"Authorized".equals(Json.need(t, "Status"))) {
            throw new IllegalArgumentException("Transaction is not authorized");
        }
        cancel(t);
    }

    private void cancel(JsonObject t) {
        holds.remove(Json.number(t, "TransactionId"));
        t.addProperty("Status", "Cancelled");
        t.addProperty("StatusCode", 4);
        JsonObject fields =
                Json.of(
                        "TransactionId", Json.need(t, "TransactionId"),
                        "Amount", Fields.decimal(Json.number(t, "minor")),
                        "DateTime", told(clock.instant()),
                        "InvoiceId", Json.need(t, "InvoiceId"),
                        "AccountId", Json.need(t, "AccountId"),
                        "Email", Json.need(t, "Email"),
                        "Data", Json.need(t, "JsonData"),
                        "Rrn", "");
        tell("cancel", t, fields);
    }

    /** Time gives back what nobody took. */
    synchronized void endHolds() {
        for (Long number : List.copyOf(holds)) {
            JsonObject t = transactions.get(number);
            boolean over =
                    "Authorized".equals(Json.need(t, "Status"))
                            && Json.text(t, "holdEnds")
                                    .map(Instant::parse)
                                    .filter(end -> end.isBefore(clock.instant()))
                                    .isPresent();
            if (over) {
                cancel(t);
            }
        }
    }

    synchronized long refund(String publicId, long number, String amount, String data) {
        JsonObject paid = own(publicId, number);
        long minor = Fields.minor(amount);
        if (!"Completed".equals(Json.need(paid, "Status")) || Json.number(paid, "Type") != 0) {
            throw new IllegalArgumentException("Transaction is not completed");
        }
        if (minor < 1 || minor > Json.number(paid, "minor") - Json.number(paid, "refunded")) {
            throw new IllegalArgumentException("Invalid Amount value");
        }
        paid.addProperty("refunded", Json.number(paid, "refunded") + minor);
        long id = ++lastTransaction;
        JsonObject refund = paid.deepCopy();
        refund.addProperty("TransactionId", id);
        refund.addProperty("minor", minor);
        refund.addProperty("refunded", 0L);
        refund.addProperty("fee", 0L);
        refund.addProperty("Type", 1);
        refund.addProperty("OriginalTransactionId", number);
        refund.addProperty("JsonData", data);
        for (String date : List.of("CreatedDateIso", "AuthDateIso", "ConfirmDateIso")) {
            refund.addProperty(date, now());
        }
        transactions.put(id, refund);
        JsonObject fields =
                Json.of(
                        "TransactionId", Long.toString(id),
                        "PaymentTransactionId", Long.toString(number),
                        "Amount", Fields.decimal(minor),
                        "DateTime", told(clock.instant()),
                        "OperationType", "Refund",
                        "InvoiceId", Json.need(paid, "InvoiceId"),
                        "AccountId", Json.need(paid, "AccountId"),
                        "Email", Json.need(paid, "Email"),
                        "Data", data,
                        "Rrn", "",
                        "CustomFields", "");
        tell("refund", refund, fields);
        return id;
    }

    synchronized List<JsonObject> transactions(String publicId, Predicate<JsonObject> wanted) {
        endHolds();
        return transactions.values().stream()
                .filter(t -> publicId.equals(Json.need(t, "site")))
                .filter(wanted)
                .map(JsonObject::deepCopy)
                .toList();
    }

    /** As the interface shows it. */
    static JsonObject operation(JsonObject t) {
        boolean test = Json.flag(t, "TestMode");
        String amount = Fields.decimal(Json.number(t, "minor"));
        JsonObject shown =
                Json.of(
                        "ReasonCode",
                        Json.number(t, "ReasonCode"),
                        "PublicId",
                        Json.need(t, "site"),
                        "TransactionId",
                        Json.number(t, "TransactionId"),
                        "Amount",
                        Json.decimal(amount),
                        "Currency",
                        Json.need(t, "Currency"),
                        "CurrencyCode",
                        0,
                        "PaymentAmount",
                        Json.decimal(amount),
                        "PaymentCurrency",
                        Json.need(t, "Currency"),
                        "PaymentCurrencyCode",
                        0,
                        "TestMode",
                        test,
                        "OriginalTransactionId",
                        t.get("OriginalTransactionId"),
                        "IpAddress",
                        "127.0.0.1",
                        "IpCountry",
                        "KZ",
                        "CardExpDate",
                        "12/29",
                        "CultureName",
                        "en-US",
                        "Refunded",
                        Json.number(t, "refunded") > 0,
                        "GatewayName",
                        test ? "Test" : "Imitated",
                        "TotalFee",
                        Json.decimal(Fields.decimal(Json.number(t, "fee"))),
                        "PaymentMethod",
                        "");
        for (String name :
                List.of(
                        "InvoiceId",
                        "AccountId",
                        "Email",
                        "Description",
                        "JsonData",
                        "CreatedDateIso",
                        "AuthDateIso",
                        "ConfirmDateIso",
                        "AuthCode",
                        "CardFirstSix",
                        "CardLastFour",
                        "CardType",
                        "Status",
                        "StatusCode",
                        "Reason",
                        "CardHolderMessage",
                        "Type")) {
            shown.add(name, t.get(name));
        }
        return shown;
    }

    // ---- notifications ----

    /** The question before a charge: its parameters look much like those of a payment. */
    synchronized JsonObject question(long number) {
        JsonObject t = transactions.get(number);
        JsonObject fields = payment(t, false);
        fields.addProperty("Status", Json.flag(t, "dual") ? "Authorized" : "Completed");
        return note("check", t, fields);
    }

    private JsonObject payment(JsonObject t, boolean authorized) {
        boolean test = Json.flag(t, "TestMode");
        String amount = Fields.decimal(Json.number(t, "minor"));
        JsonObject fields =
                Json.of(
                        "TransactionId", Json.need(t, "TransactionId"),
                        "Amount", amount,
                        "Currency", Json.need(t, "Currency"),
                        "PaymentAmount", amount,
                        "PaymentCurrency", Json.need(t, "Currency"),
                        "OperationType", "Payment",
                        "InvoiceId", Json.need(t, "InvoiceId"),
                        "AccountId", Json.need(t, "AccountId"),
                        "SubscriptionId", "",
                        "Name", "",
                        "Email", Json.need(t, "Email"),
                        "DateTime", told(clock.instant()),
                        "IpAddress", "127.0.0.1",
                        "IpCountry", "KZ",
                        "IpCity", "Алматы",
                        "IpRegion", "",
                        "IpDistrict", "",
                        "IpLatitude", "43.25",
                        "IpLongitude", "76.95",
                        "CardId", "",
                        "CardFirstSix", Json.need(t, "CardFirstSix"),
                        "CardLastFour", Json.need(t, "CardLastFour"),
                        "CardType", Json.need(t, "CardType"),
                        "CardExpDate", "12/29",
                        "Issuer", "",
                        "IssuerBankCountry", "KZ",
                        "Description", Json.need(t, "Description"));
        if (authorized) {
            fields.addProperty("AuthCode", Json.need(t, "AuthCode"));
            fields.addProperty("Token", "");
        }
        fields.addProperty("TestMode", test ? "1" : "0");
        fields.addProperty("Status", Json.need(t, "Status"));
        if (authorized) {
            fields.addProperty("GatewayName", test ? "Test" : "Imitated");
        }
        fields.addProperty("Data", Json.need(t, "JsonData"));
        if (authorized) {
            fields.addProperty("TotalFee", Fields.decimal(Json.number(t, "fee")));
            fields.addProperty("Rrn", "");
        }
        fields.addProperty("PaymentMethod", "");
        return fields;
    }

    private static String told(Instant at) {
        return ISO.format(at).replace('T', ' ');
    }

    private void tell(String type, JsonObject transaction, JsonObject fields) {
        JsonObject notice = note(type, transaction, fields);
        sender.accept(known(Json.need(transaction, "site")).deepCopy(), notice);
    }

    private JsonObject note(String type, JsonObject transaction, JsonObject fields) {
        JsonObject notice =
                Json.of(
                        "id", ids.next("ntf_", 20),
                        "type", type,
                        "site", Json.need(transaction, "site"),
                        "transaction", Json.need(transaction, "TransactionId"),
                        "TestMode", Json.flag(transaction, "TestMode"),
                        "fields", fields);
        notices.put(Json.need(notice, "id"), notice);
        revision++;
        return notice.deepCopy();
    }

    synchronized Optional<JsonObject> findNotice(String id) {
        return Optional.ofNullable(notices.get(id)).map(JsonObject::deepCopy);
    }

    synchronized List<JsonObject> notices(String publicId) {
        return notices.values().stream()
                .filter(n -> publicId.equals(Json.need(n, "site")))
                .map(JsonObject::deepCopy)
                .toList();
    }

    // ---- answers that are given again ----

    synchronized Optional<JsonObject> answered(String publicId, String requestId) {
        return Optional.ofNullable(answers.get(publicId + " " + requestId))
                .filter(
                        a ->
                                Instant.parse(Json.need(a, "at"))
                                        .plus(Duration.ofHours(1))
                                        .isAfter(clock.instant()))
                .map(a -> Json.child(a, "answer").deepCopy());
    }

    synchronized void answered(String publicId, String requestId, JsonObject answer) {
        answers.put(
                publicId + " " + requestId,
                Json.of("at", clock.instant().toString(), "answer", answer));
        revision++;
    }

    // ---- state ----

    synchronized JsonObject save() {
        JsonObject given = new JsonObject();
        answers.forEach(given::add);
        return Json.of(
                "sites", all(sites),
                "orders", all(orders),
                "transactions", all(transactions),
                "notices", all(notices),
                "answers", given,
                "lastTransaction", lastTransaction,
                "lastOrder", lastOrder);
    }

    private static JsonArray all(Map<?, JsonObject> things) {
        JsonArray array = new JsonArray();
        things.values().forEach(t -> array.add(t.deepCopy()));
        return array;
    }

    synchronized void restore(JsonObject state) {
        clear();
        each(state, "sites").forEach(s -> sites.put(Json.need(s, "publicId"), s));
        each(state, "orders").forEach(o -> orders.put(Json.need(o, "Id"), o));
        each(state, "transactions")
                .forEach(t -> transactions.put(Json.number(t, "TransactionId"), t));
        transactions.values().stream()
                .filter(t -> "Authorized".equals(Json.need(t, "Status")))
                .forEach(t -> holds.add(Json.number(t, "TransactionId")));
        each(state, "notices").forEach(n -> notices.put(Json.need(n, "id"), n));
        Json.child(state, "answers")
                .entrySet()
                .forEach(e -> answers.put(e.getKey(), e.getValue().getAsJsonObject()));
        lastTransaction = Math.max(FIRST_TRANSACTION, Json.number(state, "lastTransaction"));
        lastOrder = Math.max(2_000, Json.number(state, "lastOrder"));
    }

    private static List<JsonObject> each(JsonObject state, String name) {
        List<JsonObject> things = new ArrayList<>();
        for (JsonElement element : Json.children(state, name)) {
            things.add(element.getAsJsonObject());
        }
        return things;
    }

    synchronized void clear() {
        sites.clear();
        orders.clear();
        transactions.clear();
        holds.clear();
        notices.clear();
        answers.clear();
        revision++;
    }
}
