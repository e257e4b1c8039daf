package org.payhub.simulator.bench;

import com.google.gson.JsonObject;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.stripe.StripeAccount;

/**
 * A merchant of one run, connected to an account of its own at the imitated provider. Signs events
 * by itself, apart from the hub's and from the simulator's code.
 */
final class FaultMerchant {

    /** What a payment needs before the client's card. */
    record Prepared(String visit, String link, String payment, String session) {}

    private final FaultedHub hub;
    private final String key;
    private final StripeAccount account;
    private final byte[] integration;
    private final String path;
    private final String secret;

    private FaultMerchant(
            FaultedHub hub,
            String key,
            StripeAccount account,
            byte[] integration,
            String path,
            String secret) {
        this.hub = hub;
        this.key = key;
        this.account = account;
        this.integration = integration;
        this.path = path;
        this.secret = secret;
    }

    /** Makes one by the operator's door and connects it. */
    static FaultMerchant make(FaultedHub hub) throws SQLException {
        String name = "Faults " + UUID.randomUUID().toString().substring(0, 8);
        good(
                hub.operator(
                        "POST",
                        "/internal/merchants",
                        Json.of(
                                        "name",
                                        name,
                                        "currency",
                                        "EUR",
                                        "timeZone",
                                        "Europe/Madrid",
                                        "location",
                                        "Main",
                                        "ownerEmail",
                                        "owner-" + UUID.randomUUID() + "@example.com")
                                .toString()));
        String key = "phk_" + UUID.randomUUID().toString().replace("-", "");
        StripeAccount account = hub.simulator().stripe().addAccount(name, "ES", "eur");
        try (Connection connection = hub.owner()) {
            storeKey(
                    connection,
                    bytes(connection, "SELECT id FROM merchant WHERE name = ?", name),
                    key);
            FaultedHub.Answer made =
                    good(
                            hub.call(
                                    "POST",
                                    "/api/v1/integrations",
                                    key,
                                    Json.of(
                                                    "provider",
                                                    "stripe",
                                                    "credentials",
                                                    Json.of(
                                                            "publishable_key",
                                                            account.keys(false).publishable(),
                                                            "secret_key",
                                                            account.keys(false).secret()))
                                            .toString(),
                                    Duration.ofSeconds(60)));
            String url =
                    good(hub.call(
                                    "GET",
                                    "/api/v1/integrations/" + made.text("id"),
                                    key,
                                    "",
                                    Duration.ofSeconds(60)))
                            .text("webhookUrl");
            byte[] merchant = bytes(connection, "SELECT id FROM merchant WHERE name = ?", name);
            byte[] integration =
                    bytes(connection, "SELECT id FROM integration WHERE merchant_id = ?", merchant);
            String endpoint =
                    text(
                            connection,
                            "SELECT webhook_registration FROM integration WHERE id = ?",
                            integration);
            return new FaultMerchant(
                    hub,
                    key,
                    account,
                    integration,
                    URI.create(url).getPath(),
                    hub.simulator().stripe().webhookSecrets(endpoint).get(0));
        }
    }

    /** The operator has no door to keys. */
    private static void storeKey(Connection connection, byte[] merchant, String key)
            throws SQLException {
        UUID id = UUID.randomUUID();
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "INSERT INTO api_key (id, merchant_id, name, key_hash, ending, created_at,"
                                + " version) VALUES (?, ?, 'faults', ?, ?, ?, 0)")) {
            insert.setBytes(
                    1,
                    ByteBuffer.allocate(16)
                            .putLong(id.getMostSignificantBits())
                            .putLong(id.getLeastSignificantBits())
                            .array());
            insert.setBytes(2, merchant);
            insert.setBytes(
                    3,
                    MessageDigest.getInstance("SHA-256")
                            .digest(key.getBytes(StandardCharsets.US_ASCII)));
            insert.setString(4, key.substring(key.length() - 4));
            insert.setTimestamp(5, Timestamp.from(Instant.now()));
            insert.executeUpdate();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no SHA-256", e);
        }
    }

    private static FaultedHub.Answer good(FaultedHub.Answer answer) {
        if (answer.status() / 100 != 2) {
            throw new IllegalStateException(
                    "A call was answered " + answer.status() + ": " + answer.body());
        }
        return answer;
    }

    // ---- its interface ----

    FaultedHub.Answer get(String what) {
        return hub.call("GET", "/api/v1" + what, key, "", Duration.ofSeconds(60));
    }

    FaultedHub.Answer post(String what, JsonObject body) {
        return hub.call("POST", "/api/v1" + what, key, body.toString(), Duration.ofSeconds(60));
    }

    String visit(String price) {
        return good(post(
                        "/visits",
                        Json.of(
                                "client",
                                Json.of(
                                        "name",
                                        "Lucía Pérez",
                                        "email",
                                        "lucia@example.com",
                                        "phone",
                                        "+34600123456"),
                                "services",
                                List.of("Haircut"),
                                "startsAt",
                                Instant.now().plus(Duration.ofDays(1)).toString(),
                                "price",
                                Json.of("amount", price, "currency", "EUR"))))
                .text("id");
    }

    String link(String visit) {
        return good(post("/visits/" + visit + "/payment-links", new JsonObject())).text("id");
    }

    FaultedHub.Answer checkout(String link, boolean holdOnly) {
        return post(
                "/payment-links/" + link + "/checkout",
                Json.of("provider", "stripe", "holdOnly", holdOnly));
    }

    /** A visit with a page opened for it: everything but the client's card. */
    Prepared prepare(String price, boolean holdOnly) {
        String visit = visit(price);
        String link = link(visit);
        FaultedHub.Answer checkout = good(checkout(link, holdOnly));
        return new Prepared(visit, link, checkout.text("paymentId"), session(checkout));
    }

    /** The session of a page that the simulator shows. */
    static String session(FaultedHub.Answer checkout) {
        String url = checkout.text("redirectUrl");
        return url.substring(url.lastIndexOf('/') + 1);
    }

    FaultedHub.Answer refund(String payment, String amount) {
        return post(
                "/payments/" + payment + "/refunds",
                Json.of(
                        "amount",
                        Json.of("amount", amount, "currency", "EUR"),
                        "reason",
                        "requested_by_customer"));
    }

    String statusOf(String payment) {
        return get("/payments/" + payment).text("status");
    }

    void awaitStatus(String payment, String status) throws InterruptedException {
        FaultedHub.await(
                "payment " + payment + " is " + status,
                Duration.ofSeconds(90),
                () -> statusOf(payment).equals(status));
    }

    StripeAccount account() {
        return account;
    }

    // ---- events ----

    /** Where its events go, at that port of this machine. */
    String address(int port) {
        return "http://127.0.0.1:" + port + path;
    }

    String path() {
        return path;
    }

    String signature(byte[] body, Instant at) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((at.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
            return "t="
                    + at.getEpochSecond()
                    + ",v1="
                    + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no HMAC-SHA256", e);
        }
    }

    /** An event that a charge succeeded; one of ours when it names a payment. */
    static String charge(String event, String payment, long amount, String ending) {
        JsonObject charge =
                Json.of(
                        "id",
                        "ch_" + ending,
                        "object",
                        "charge",
                        "amount",
                        amount,
                        "amount_captured",
                        amount,
                        "amount_refunded",
                        0,
                        "currency",
                        "eur",
                        "status",
                        "succeeded",
                        "paid",
                        true,
                        "captured",
                        true,
                        "refunded",
                        false,
                        "payment_intent",
                        "pi_" + ending,
                        "created",
                        Instant.now().getEpochSecond(),
                        "metadata",
                        payment.isEmpty() ? new JsonObject() : Json.of("payhub_payment", payment));
        return Json.of(
                        "id",
                        event,
                        "object",
                        "event",
                        "api_version",
                        "2026-07-29.dahlia",
                        "created",
                        Instant.now().getEpochSecond(),
                        "livemode",
                        false,
                        "type",
                        "charge.succeeded",
                        "data",
                        Json.of("object", charge))
                .toString();
    }

    // ---- what is stored ----

    byte[] integration() {
        return integration;
    }

    /** The row id of the payment that this session was opened for. */
    byte[] row(Connection connection, String session) throws SQLException {
        return bytes(
                connection,
                "SELECT payment_id FROM payment_reference WHERE kind = 'session' AND"
                        + " reference_key = ?",
                session);
    }

    /** What the books hold of a payment in that account, in minor units. */
    static long booked(Connection connection, byte[] payment, String account) throws SQLException {
        String sum =
                text(
                        connection,
                        "SELECT COALESCE(SUM(amount_minor), 0) FROM ledger_entry WHERE payment_id ="
                                + " ? AND account = '"
                                + account
                                + "'",
                        payment);
        return Long.parseLong(sum);
    }

    /** How many deliveries are stored of each event whose id begins like that. */
    Map<String, Integer> stored(Connection connection, String prefix) throws SQLException {
        Map<String, Integer> stored = new HashMap<>();
        try (PreparedStatement query =
                connection.prepareStatement(
                        "SELECT event_key FROM webhook_delivery WHERE integration_id = ? AND"
                                + " event_key LIKE ?")) {
            query.setBytes(1, integration);
            query.setString(2, prefix.replace("_", "\\_") + "%");
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    stored.merge(rows.getString(1), 1, Integer::sum);
                }
            }
        }
        return stored;
    }

    /** How many deliveries are being worked on or due now. */
    long busy(Connection connection) throws SQLException {
        return Long.parseLong(
                text(
                        connection,
                        "SELECT COUNT(*) FROM webhook_delivery WHERE integration_id = ? AND (owner"
                                + " IS NOT NULL OR next_attempt_at <= UTC_TIMESTAMP(6))",
                        integration));
    }

    /** How many were refused because of their time. */
    long refusedForTime(Connection connection) throws SQLException {
        return Long.parseLong(
                text(
                        connection,
                        "SELECT COALESCE(SUM(refused), 0) FROM webhook_refusal WHERE integration_id"
                                + " = ? AND LOWER(cause) IN ('stale', 'from_the_future')",
                        integration));
    }

    static byte[] bytes(Connection connection, String sql, Object value) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setObject(1, value);
            try (ResultSet rows = query.executeQuery()) {
                if (!rows.next()) {
                    throw new IllegalStateException("Nothing found by: " + sql);
                }
                return rows.getBytes(1);
            }
        }
    }

    static String text(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                query.setObject(i + 1, values[i]);
            }
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? rows.getString(1) : "";
            }
        }
    }
}
