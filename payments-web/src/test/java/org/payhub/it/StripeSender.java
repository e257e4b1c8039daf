package org.payhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.payhub.simulator.stripe.StripeEvent;

/**
 * Posts events to one merchant's address as Stripe would. Signs by itself, apart from the hub's and
 * from the simulator's code.
 */
public final class StripeSender {

    private final Rows.Source rows;
    private final UUID integration;
    private final String url;
    private final String secret;

    private StripeSender(Rows.Source rows, UUID integration, String url, String secret) {
        this.rows = rows;
        this.integration = integration;
        this.url = url;
        this.secret = secret;
    }

    /** For a merchant whose webhook the hub registered at the simulator. */
    public static StripeSender to(TestMerchant merchant) {
        UUID integration = Rows.id(merchant.integration());
        Rows.Source rows = merchant.hub().owner();
        String endpoint =
                Rows.one(
                        rows,
                        "SELECT webhook_registration FROM integration WHERE id = ?",
                        integration);
        return new StripeSender(
                rows,
                integration,
                merchant.get("/integrations/" + merchant.integration()).text("webhookUrl"),
                TestWorld.simulator().stripe().webhookSecrets(endpoint).get(0));
    }

    public String url() {
        return url;
    }

    public String secret() {
        return secret;
    }

    public UUID integration() {
        return integration;
    }

    /** The same address, signed with another secret. */
    public StripeSender withSecret(String another) {
        return new StripeSender(rows, integration, url, another);
    }

    public Http.Answer send(StripeEvent event) {
        return send(event.body());
    }

    public Http.Answer send(String body) {
        return send(body.getBytes(StandardCharsets.UTF_8));
    }

    /** Signed now. */
    public Http.Answer send(byte[] body) {
        return send(body, signature(body, Instant.now(), secret));
    }

    public Http.Answer send(byte[] body, String signature) {
        return send(body, Map.of("Stripe-Signature", signature));
    }

    public Http.Answer send(byte[] body, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>();
        all.put("Content-Type", "application/json; charset=utf-8");
        all.put("User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)");
        all.putAll(headers);
        return Http.post(url, body, all);
    }

    /** Sends and requires that it was taken. */
    public void deliver(byte[] body) {
        Http.Answer answer = send(body);
        assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
    }

    public void deliver(String body) {
        deliver(body.getBytes(StandardCharsets.UTF_8));
    }

    public static String signature(byte[] body, Instant at, String secret) {
        return "t=" + at.getEpochSecond() + ",v1=" + v1(body, at, secret);
    }

    public static String v1(byte[] body, Instant at, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((at.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- the inbox ----

    /** How many deliveries of this integration are stored. */
    public long stored() {
        return Rows.number(
                rows,
                "SELECT COUNT(*) FROM webhook_delivery WHERE integration_id = ?",
                integration);
    }

    /** How many were refused and only counted. */
    public long refused() {
        return Rows.number(
                rows,
                "SELECT COALESCE(SUM(refused), 0) FROM webhook_refusal WHERE integration_id = ?",
                integration);
    }

    public long refused(String cause) {
        return Rows.number(
                rows,
                "SELECT COALESCE(SUM(refused), 0) FROM webhook_refusal WHERE integration_id = ?"
                        + " AND LOWER(cause) = ?",
                integration,
                cause);
    }

    /** What is stored of one event, oldest first. */
    public List<Map<String, String>> deliveries(String event) {
        return Rows.of(
                rows,
                "SELECT * FROM webhook_delivery WHERE integration_id = ? AND event_key = ?"
                        + " ORDER BY received_at, id",
                integration,
                event);
    }

    /** Waits until nothing of this integration is being worked off or due now. */
    public void awaitQuiet() {
        awaitQuiet(Duration.ofSeconds(60));
    }

    public void awaitQuiet(Duration atMost) {
        Awaitility.await("quiet inbox")
                .atMost(atMost)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> busy() == 0);
    }

    private long busy() {
        return Rows.number(
                rows,
                "SELECT COUNT(*) FROM webhook_delivery WHERE integration_id = ?"
                        + " AND (owner IS NOT NULL OR next_attempt_at <= UTC_TIMESTAMP(6))",
                integration);
    }

    /** Waits until every delivery has its final status and nothing is due later either. */
    public void awaitDone() {
        Awaitility.await("worked off inbox")
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () ->
                                busy() == 0
                                        && Rows.number(
                                                        rows,
                                                        "SELECT COUNT(*) FROM webhook_delivery"
                                                                + " WHERE integration_id = ? AND"
                                                                + " status = 'received'",
                                                        integration)
                                                == 0);
    }

    // ---- bodies ----

    /** An event of our own making around an object. */
    public static String event(String id, String type, JsonObject object) {
        JsonObject event = new JsonObject();
        event.addProperty("id", id);
        event.addProperty("object", "event");
        event.addProperty("api_version", "2026-07-29.dahlia");
        event.addProperty("created", Instant.now().getEpochSecond());
        event.addProperty("livemode", false);
        event.addProperty("type", type);
        JsonObject data = new JsonObject();
        data.add("object", object);
        event.add("data", data);
        return event.toString();
    }

    /** A charge in minor units that bears our payment's id. */
    public static JsonObject charge(String payment, long amount, String currency, String suffix) {
        JsonObject charge = new JsonObject();
        charge.addProperty("id", "ch_" + suffix);
        charge.addProperty("object", "charge");
        charge.addProperty("amount", amount);
        charge.addProperty("amount_captured", amount);
        charge.addProperty("amount_refunded", 0);
        charge.addProperty("currency", currency);
        charge.addProperty("status", "succeeded");
        charge.addProperty("paid", true);
        charge.addProperty("captured", true);
        charge.addProperty("refunded", false);
        charge.addProperty("payment_intent", "pi_" + suffix);
        charge.addProperty("created", Instant.now().getEpochSecond());
        JsonObject metadata = new JsonObject();
        if (payment != null) {
            metadata.addProperty("payhub_payment", payment);
        }
        charge.add("metadata", metadata);
        return charge;
    }

    /** A fresh ending for ids. */
    public static String fresh() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
