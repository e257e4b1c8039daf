package org.payhub.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.payhub.it.Http;
import org.payhub.it.TestMerchant;
import org.payhub.it.TestWorld;
import org.payhub.platform.Ids;
import org.payhub.simulator.stripe.StripeAccount;

/** A merchant who typed a webhook secret, and events signed with it by code of the test's own. */
final class SignedPost {

    private final TestMerchant merchant;
    private final String integration;
    private final String keyedPath;
    private final String secret;

    private SignedPost(TestMerchant merchant, String integration, String keyedPath, String secret) {
        this.merchant = merchant;
        this.integration = integration;
        this.keyedPath = keyedPath;
        this.secret = secret;
    }

    static SignedPost connect() {
        return connect("whsec_" + UUID.randomUUID().toString().replace("-", ""));
    }

    static SignedPost connect(String secret) {
        return connect(
                secret,
                TestWorld.simulator()
                        .stripe()
                        .addAccount("Account of " + UUID.randomUUID(), "ES", "eur"));
    }

    static SignedPost connect(String secret, StripeAccount account) {
        TestMerchant merchant = TestMerchant.make();
        Http.Answer connected =
                merchant.post(
                        "/integrations",
                        "{\"provider\":\"stripe\",\"credentials\":{\"publishable_key\":\""
                                + account.keys(false).publishable()
                                + "\",\"secret_key\":\""
                                + account.keys(false).secret()
                                + "\",\"webhook_secret\":\""
                                + secret
                                + "\"}}");
        if (connected.status() != 201) {
            throw new AssertionError(connected.body());
        }
        String url = connected.text("webhookUrl");
        return new SignedPost(
                merchant,
                connected.text("id"),
                url.substring(url.indexOf("/payments/prepaid")),
                secret);
    }

    TestMerchant merchant() {
        return merchant;
    }

    String integration() {
        return integration;
    }

    String keyedPath() {
        return keyedPath;
    }

    String secret() {
        return secret;
    }

    /** An event of a kind that changes nothing, with a fresh id. */
    static String event(String id, String type, String more) {
        return "{\"id\":\""
                + id
                + "\",\"object\":\"event\",\"api_version\":\"2025-03-31.basil\",\"created\":"
                + Instant.now().getEpochSecond()
                + ",\"livemode\":false,\"type\":\""
                + type
                + "\",\"data\":{\"object\":{\"id\":\"obj_"
                + id
                + "\",\"object\":\"thing\""
                + more
                + "}}}";
    }

    static String freshId() {
        return "evt_" + UUID.randomUUID().toString().replace("-", "");
    }

    /** A right header for the body, by that secret at that time. */
    static String signature(String secret, byte[] body, Instant at) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            String seconds = Long.toString(at.getEpochSecond());
            mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
            return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    Http.Answer send(String body) {
        return send(keyedPath, body.getBytes(StandardCharsets.UTF_8));
    }

    Http.Answer send(String path, byte[] body) {
        return send(path, body, signature(secret, body, Instant.now()));
    }

    static Http.Answer send(String path, byte[] body, String signature) {
        return Http.post(
                path,
                body,
                Map.of(
                        "Stripe-Signature",
                        signature,
                        "Content-Type",
                        "application/json; charset=utf-8"));
    }

    /** The statuses of the stored deliveries of that event at this integration. */
    List<String> stored(String eventKey) {
        return column(
                "SELECT status FROM webhook_delivery WHERE integration_id = ? AND event_key = ?"
                        + " ORDER BY id",
                eventKey);
    }

    long storedInAll() {
        return Long.parseLong(
                column(
                                "SELECT COUNT(*) FROM webhook_delivery WHERE integration_id = ?"
                                        + " AND event_key <> ?",
                                "-")
                        .get(0));
    }

    /** How often webhooks of this integration were refused for that cause. */
    long refused(String cause) {
        List<String> counted =
                column(
                        "SELECT refused FROM webhook_refusal WHERE integration_id = ?"
                                + " AND cause = ?",
                        cause);
        return counted.isEmpty() ? 0 : Long.parseLong(counted.get(0));
    }

    private List<String> column(String sql, String value) {
        try (Connection connection = TestWorld.owner();
                PreparedStatement query = connection.prepareStatement(sql)) {
            query.setBytes(1, TestMerchant.bytes(Ids.require("int", integration, "integration")));
            query.setString(2, value);
            List<String> values = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    values.add(row.getString(1));
                }
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
