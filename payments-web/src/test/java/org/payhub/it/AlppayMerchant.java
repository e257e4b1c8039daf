package org.payhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.payhub.simulator.alppay.AlppayAccount;
import org.payhub.simulator.alppay.AlppaySimulator;

/**
 * A merchant with an ALPPAY account of its own at the simulator, and the sender of its webhooks.
 */
public final class AlppayMerchant {

    private final TestMerchant merchant;
    private final AlppaySimulator alppay;
    private final String account;
    private final String integration;
    private final String webhookUrl;

    private AlppayMerchant(
            TestMerchant merchant,
            AlppaySimulator alppay,
            String account,
            String integration,
            String webhookUrl) {
        this.merchant = merchant;
        this.alppay = alppay;
        this.account = account;
        this.integration = integration;
        this.webhookUrl = webhookUrl;
    }

    /** Connects; "support" sets both addresses. */
    public static AlppayMerchant connect(TestMerchant merchant) {
        AlppaySimulator alppay = TestWorld.simulator().provider(AlppaySimulator.class);
        AlppayAccount account =
                alppay.addAccount(
                        "Account of " + merchant.id().substring(20), "owner@salon.example");
        Http.Answer connected =
                merchant.post("/integrations", credentials(account.apiKey(), account.hmacKey()));
        assertThat(connected.status()).as(connected.body()).isEqualTo(201);
        AlppayMerchant made =
                new AlppayMerchant(
                        merchant,
                        alppay,
                        account.id(),
                        connected.text("id"),
                        connected.text("webhookUrl"));
        made.listens(true);
        return made;
    }

    static String credentials(String apiKey, String hmacKey) {
        return "{\"provider\":\"alppay\",\"credentials\":{\"api_key\":\""
                + apiKey
                + "\",\"hmac_key\":\""
                + hmacKey
                + "\",\"account_email\":\"owner@salon.example\",\"assets\":\"USDT:tron\"}}";
    }

    public TestMerchant merchant() {
        return merchant;
    }

    public AlppaySimulator simulator() {
        return alppay;
    }

    public String account() {
        return account;
    }

    public String integration() {
        return integration;
    }

    public UUID integrationId() {
        return Rows.id(integration);
    }

    /** Off: every webhook is lost, because no address is set for it. */
    public void listens(boolean on) {
        alppay.webhookUrls(
                account, on ? webhookUrl + "/payment" : "", on ? webhookUrl + "/withdrawal" : "");
    }

    /** One euro is so many dollar coins, until tomorrow. */
    public AlppayMerchant rate(String rate) {
        Http.Answer entered =
                merchant.post(
                        "/rates",
                        "{\"from\":\"EUR\",\"to\":\"USDT:tron\",\"rate\":\""
                                + rate
                                + "\",\"source\":\"the test\",\"validUntil\":\""
                                + Instant.now().plus(Duration.ofDays(1))
                                + "\"}");
        assertThat(entered.status()).as(entered.body()).isEqualTo(201);
        return this;
    }

    /** What a client has before any transfer. */
    public record Invoice(String visit, String link, String payment, String id, String url) {}

    /** A visit of that price in euros, with an invoice opened for it. */
    public Invoice invoice(String price) {
        String visit = merchant.visit(price);
        String link = Http.text(merchant.link(visit), "id");
        return open(visit, link);
    }

    /** Opens the invoice of a link. */
    public Invoice open(String visit, String link) {
        Http.Answer opened =
                merchant.post("/payment-links/" + link + "/checkout", "{\"provider\":\"alppay\"}");
        assertThat(opened.status()).as(opened.body()).isEqualTo(201);
        String url = opened.text("redirectUrl");
        return new Invoice(
                visit,
                link,
                opened.text("paymentId"),
                url.substring(url.lastIndexOf('/') + 1),
                url);
    }

    public String status() {
        return merchant.get("/integrations/" + integration).text("status");
    }

    public JsonObject detail() {
        return merchant.get("/integrations/" + integration).json();
    }

    // ---- sending by hand ----

    public String url(String kind) {
        return kind.isEmpty() ? webhookUrl : webhookUrl + "/" + kind;
    }

    public String sign(byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(
                    new SecretKeySpec(
                            alppay.account(account).hmacKey().getBytes(StandardCharsets.UTF_8),
                            "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends a genuine webhook. */
    public Http.Answer send(String kind, byte[] body) {
        return send(kind, body, sign(body));
    }

    public Http.Answer send(String kind, byte[] body, String signature) {
        return Http.post(
                url(kind), body, Map.of("Content-Type", "application/json", "X-HMAC", signature));
    }

    public long stored() {
        return Rows.number(
                "SELECT COUNT(*) FROM webhook_delivery WHERE integration_id = ?", integrationId());
    }

    public long refused(String cause) {
        return Rows.number(
                "SELECT COALESCE(SUM(refused), 0) FROM webhook_refusal WHERE integration_id = ?"
                        + " AND cause = ?",
                integrationId(),
                cause);
    }

    /** How the deliveries stand, with how many of each. */
    public Map<String, String> deliveries() {
        Map<String, String> counts = new java.util.TreeMap<>();
        Rows.of(
                        "SELECT status, COUNT(*) AS n FROM webhook_delivery WHERE integration_id = ?"
                                + " GROUP BY status",
                        integrationId())
                .forEach(row -> counts.put(row.get("status"), row.get("n")));
        return counts;
    }

    /** Waits until nothing is being worked off or due. */
    public void awaitQuiet() {
        TestMerchant.await(
                "quiet inbox",
                () ->
                        Rows.number(
                                "SELECT COUNT(*) FROM webhook_delivery WHERE integration_id = ? AND"
                                        + " (owner IS NOT NULL OR next_attempt_at <="
                                        + " UTC_TIMESTAMP(6))",
                                integrationId()),
                busy -> busy == 0);
    }
}
