package org.payhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.payhub.platform.Ids;
import org.payhub.simulator.stripe.StripeAccount;

/** A merchant of one test, made by the operator's door, with an API key. */
public final class TestMerchant {

    private final Hub hub;
    private final String id;
    private final String key;
    private final String currency;
    private final String ownerEmail;
    private final String setupUrl;
    private StripeAccount account;
    private String integration = "";

    private TestMerchant(
            Hub hub, String id, String key, String currency, String ownerEmail, String setupUrl) {
        this.hub = hub;
        this.id = id;
        this.key = key;
        this.currency = currency;
        this.ownerEmail = ownerEmail;
        this.setupUrl = setupUrl;
    }

    /** A business in Madrid that works in euros. */
    public static TestMerchant make() {
        return make("EUR", "Europe/Madrid");
    }

    public static TestMerchant make(String currency, String zone) {
        return make(Hub.ofWorld(), currency, zone);
    }

    /** One at another hub than the suite's. */
    public static TestMerchant make(Hub hub, String currency, String zone) {
        String mail = "owner-" + UUID.randomUUID() + "@example.com";
        Http.Answer made =
                Http.post(
                        hub.base() + "/internal/merchants",
                        "{\"name\":\"Test "
                                + mail.substring(6, 14)
                                + "\",\"currency\":\""
                                + currency
                                + "\",\"timeZone\":\""
                                + zone
                                + "\",\"location\":\"Main\",\"ownerEmail\":\""
                                + mail
                                + "\"}",
                        Map.of(
                                "Authorization",
                                "Bearer " + hub.operatorToken(),
                                "Content-Type",
                                "application/json"));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        String id = made.text("merchantId");
        String key = "phk_" + UUID.randomUUID().toString().replace("-", "");
        storeKey(hub, id, key);
        return new TestMerchant(hub, id, key, currency, mail, made.text("setupUrl"));
    }

    /** The operator has no door to keys, and a test should not click for one. */
    private static void storeKey(Hub hub, String merchant, String key) {
        try (Connection connection = hub.owner().open();
                PreparedStatement insert =
                        connection.prepareStatement(
                                "INSERT INTO api_key (id, merchant_id, name, key_hash, ending,"
                                        + " created_at, version) VALUES (?, ?, 'test', ?, ?, ?,"
                                        + " 0)")) {
            insert.setBytes(1, bytes(UUID.randomUUID()));
            insert.setBytes(2, bytes(Ids.require("mer", merchant, "merchant")));
            insert.setBytes(3, MessageDigest.getInstance("SHA-256").digest(key.getBytes()));
            insert.setString(4, key.substring(key.length() - 4));
            insert.setTimestamp(5, Timestamp.from(Instant.now()));
            insert.executeUpdate();
        } catch (SQLException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the merchant's key may return alone; nothing in the tests' world sets it otherwise. */
    public void limitKey(String minor, String currency) {
        try (Connection connection = hub.owner().open();
                PreparedStatement update =
                        connection.prepareStatement(
                                "UPDATE api_key SET limit_minor = ?, limit_asset = ? WHERE"
                                        + " merchant_id = ?")) {
            update.setString(1, minor);
            update.setString(2, currency);
            update.setBytes(3, bytes(Ids.require("mer", id, "merchant")));
            update.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An id as its column keeps it. */
    public static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    public Hub hub() {
        return hub;
    }

    public String id() {
        return id;
    }

    public String key() {
        return key;
    }

    public String ownerEmail() {
        return ownerEmail;
    }

    /** Where the owner sets the password; nobody has opened it. */
    public String setupUrl() {
        return setupUrl;
    }

    /** The integration's id, once connected. */
    public String integration() {
        return integration;
    }

    /** The integration that was connected otherwise than by {@link #connectStripe}. */
    public TestMerchant connected(String id) {
        integration = id;
        return this;
    }

    public StripeAccount account() {
        return account;
    }

    public Http.Answer get(String path) {
        return Http.get(hub.base() + "/api/v1" + path, headers(Map.of()));
    }

    public Http.Answer post(String path, String body) {
        return post(path, body, Map.of());
    }

    public Http.Answer post(String path, String body, Map<String, String> more) {
        return Http.post(hub.base() + "/api/v1" + path, body, headers(more));
    }

    private Map<String, String> headers(Map<String, String> more) {
        Map<String, String> headers = new HashMap<>(more);
        headers.put("Authorization", "Bearer " + key);
        headers.put("Content-Type", "application/json");
        return headers;
    }

    /** Connects an account of its own at the simulator; the hub registers the webhook. */
    public TestMerchant connectStripe() {
        account =
                TestWorld.simulator()
                        .stripe()
                        .addAccount("Account of " + id.substring(20), "ES", currency.toLowerCase());
        Http.Answer connected =
                post(
                        "/integrations",
                        "{\"provider\":\"stripe\",\"credentials\":{\"publishable_key\":\""
                                + account.keys(false).publishable()
                                + "\",\"secret_key\":\""
                                + account.keys(false).secret()
                                + "\"}}");
        assertThat(connected.status()).as(connected.body()).isEqualTo(201);
        integration = connected.text("id");
        return this;
    }

    /** A visit of tomorrow at that price; answers its id. */
    public String visit(String price) {
        Http.Answer made =
                post(
                        "/visits",
                        "{\"client\":{\"name\":\"Lucía Pérez\",\"email\":\"lucia@example.com\","
                                + "\"phone\":\"+34600123456\"},\"services\":[\"Haircut\"],"
                                + "\"startsAt\":\""
                                + Instant.now().plus(Duration.ofDays(1))
                                + "\",\"price\":{\"amount\":\""
                                + price
                                + "\",\"currency\":\""
                                + currency
                                + "\"}}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.text("id");
    }

    /** A link for all that is due; answers the link. */
    public JsonObject link(String visit) {
        Http.Answer made = post("/visits/" + visit + "/payment-links", "{}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json();
    }

    /** Opens the provider's page; answers {@code redirectUrl} and {@code paymentId}. */
    public JsonObject checkout(String link) {
        return checkout(link, false);
    }

    public JsonObject checkout(String link, boolean holdOnly) {
        Http.Answer opened =
                post(
                        "/payment-links/" + link + "/checkout",
                        "{\"provider\":\"stripe\",\"holdOnly\":" + holdOnly + "}");
        assertThat(opened.status()).as(opened.body()).isEqualTo(201);
        return opened.json();
    }

    /** The session of a page that the simulator shows. */
    public static String session(JsonObject checkout) {
        String url = checkout.get("redirectUrl").getAsString();
        return url.substring(url.lastIndexOf('/') + 1);
    }

    /** A visit with a page opened for it: everything but the client's card. */
    public Prepared prepare(String price) {
        return prepare(price, false);
    }

    public Prepared prepare(String price, boolean holdOnly) {
        String visit = visit(price);
        JsonObject link = link(visit);
        JsonObject checkout = checkout(link.get("id").getAsString(), holdOnly);
        return new Prepared(
                visit,
                link.get("id").getAsString(),
                checkout.get("paymentId").getAsString(),
                session(checkout));
    }

    /** What a payment needs before the client's card. */
    public record Prepared(String visit, String link, String payment, String session) {}

    public JsonObject payment(String payment) {
        Http.Answer answer = get("/payments/" + payment);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    public JsonObject visitOf(String visit) {
        return get("/visits/" + visit).json();
    }

    /** The hour at which that visit begins where the business is. */
    public String clock(String visit, String zone) {
        return Instant.parse(Http.text(visitOf(visit), "startsAt"))
                .atZone(ZoneId.of(zone))
                .format(DateTimeFormatter.ofPattern("HH:mm"));
    }

    /** A visit that was paid with a good card at the imitated Stripe. */
    public Prepared paid(String price) {
        return byCard(prepare(price), "paid");
    }

    /** A visit whose price is held on a good card at the imitated Stripe. */
    public Prepared held(String price) {
        return byCard(prepare(price, true), "authorized");
    }

    private Prepared byCard(Prepared prepared, String status) {
        TestWorld.simulator().stripe().pay(prepared.session(), "4242424242424242");
        awaitPayment(prepared.payment(), status);
        return prepared;
    }

    /** Asks for a refund of that much, in the merchant's currency. */
    public Http.Answer refund(String payment, String amount) {
        return refund(payment, amount, Map.of());
    }

    public Http.Answer refund(String payment, String amount, Map<String, String> headers) {
        return post(
                "/payments/" + payment + "/refunds",
                "{\"amount\":{\"amount\":\""
                        + amount
                        + "\",\"currency\":\""
                        + currency
                        + "\"},\"reason\":\"requested_by_customer\"}",
                headers);
    }

    /** The first of a list that is not empty. */
    public JsonObject first(String list) {
        Http.Answer answer = get(list);
        assertThat(answer.json().getAsJsonArray("items")).as(answer.body()).isNotEmpty();
        return answer.json().getAsJsonArray("items").get(0).getAsJsonObject();
    }

    /** Waits until the payment is as wanted; says how it is otherwise. */
    public JsonObject awaitPayment(String payment, Predicate<JsonObject> wanted) {
        return await("payment " + payment, () -> payment(payment), wanted);
    }

    /** Waits for that status. */
    public JsonObject awaitPayment(String payment, String status) {
        return awaitPayment(payment, p -> p.get("status").getAsString().equals(status));
    }

    public static <T> T await(String what, Supplier<T> read, Predicate<T> wanted) {
        List<T> last = new ArrayList<>();
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(100))
                    .until(
                            () -> {
                                T now = read.get();
                                last.clear();
                                last.add(now);
                                return wanted.test(now);
                            });
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            throw new AssertionError(what + " stayed " + last, e);
        }
        return last.get(0);
    }

    /** An amount in minor units of the merchant's currency as the interface writes it. */
    public String major(long minor) {
        Currency unit = Currency.getInstance(currency);
        return BigDecimal.valueOf(minor, unit.getDefaultFractionDigits()).toPlainString();
    }

    /** Balances as {@code account → signed amount} of the merchant's one currency. */
    public Map<String, String> balances() {
        Map<String, String> balances = new java.util.TreeMap<>();
        JsonArray items = get("/ledger/balances").json().getAsJsonArray("items");
        items.forEach(
                item -> {
                    JsonObject line = item.getAsJsonObject();
                    String amount = Http.text(line, "amount.amount");
                    if (!amount.matches("-?0(\\.0+)?")) {
                        balances.put(Http.text(line, "account"), amount);
                    }
                });
        return balances;
    }
}
