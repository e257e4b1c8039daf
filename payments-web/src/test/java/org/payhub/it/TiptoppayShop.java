package org.payhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.payhub.simulator.tiptoppay.TiptoppaySimulator;
import org.payhub.simulator.tiptoppay.TiptoppaySite;

/**
 * A merchant in Almaty with a TipTop Pay site of its own. Signs notifications by itself, apart from
 * the hub's and from the simulator's code.
 */
final class TiptoppayShop {

    static final String VISA = "4000000000003055";
    static final String FORM = "application/x-www-form-urlencoded";

    private final TestMerchant merchant;
    private final TiptoppaySite site;
    private String test = "";
    private String live = "";

    private TiptoppayShop(TestMerchant merchant, TiptoppaySite site) {
        this.merchant = merchant;
        this.site = site;
    }

    static TiptoppaySimulator simulator() {
        return TestWorld.simulator().provider(TiptoppaySimulator.class);
    }

    /** Connected in test mode; Check is set by hand at the address that the hub names. */
    static TiptoppayShop open() {
        TestMerchant merchant = TestMerchant.make("KZT", "Asia/Almaty");
        TiptoppayShop shop =
                new TiptoppayShop(
                        merchant,
                        simulator().addSite("Shop " + merchant.id().substring(20), "KZT"));
        shop.test = shop.connect("test").text("id");
        shop.setCheckByHand();
        return shop;
    }

    Http.Answer connect(String mode) {
        Http.Answer connected =
                merchant.post(
                        "/integrations",
                        "{\"provider\":\"tiptoppay\",\"confirmLive\":true,\"credentials\":{"
                                + "\"region\":\"kazakhstan\",\"mode\":\""
                                + mode
                                + "\",\"public_id\":\""
                                + site.publicId()
                                + "\",\"api_secret\":\""
                                + site.apiSecret()
                                + "\"}}");
        assertThat(connected.status()).as(connected.body()).isEqualTo(201);
        if (mode.equals("live")) {
            live = connected.text("id");
        }
        return connected;
    }

    void setCheckByHand() {
        simulator().notify(site.publicId(), "check", bare() + "?type=check");
    }

    TestMerchant merchant() {
        return merchant;
    }

    TiptoppaySite site() {
        return site;
    }

    String test() {
        return test;
    }

    String live() {
        return live;
    }

    JsonObject integration(String id) {
        return merchant.get("/integrations/" + id).json();
    }

    String keyed(String id) {
        return Http.text(integration(id), "webhookUrl");
    }

    String keyed() {
        return keyed(test);
    }

    String bare() {
        return TestWorld.baseUri().resolve("/payments/prepaid/tiptoppay").toString();
    }

    // ---- paying ----

    TestMerchant.Prepared prepare(String price) {
        return prepare(price, false);
    }

    TestMerchant.Prepared prepare(String price, boolean hold) {
        String visit = merchant.visit(price);
        String link = merchant.link(visit).get("id").getAsString();
        Http.Answer opened =
                merchant.post(
                        "/payment-links/" + link + "/checkout",
                        "{\"provider\":\"tiptoppay\",\"holdOnly\":" + hold + "}");
        assertThat(opened.status()).as(opened.body()).isEqualTo(201);
        return new TestMerchant.Prepared(
                visit, link, opened.text("paymentId"), TestMerchant.session(opened.json()));
    }

    String pay(TestMerchant.Prepared page) {
        return simulator().pay(page.session(), VISA);
    }

    /** The last operation of the site. */
    long lastOperation() {
        List<JsonObject> all = simulator().operations(site.publicId());
        return all.get(all.size() - 1).get("TransactionId").getAsLong();
    }

    JsonObject status(TestMerchant.Prepared page) {
        return merchant.payment(page.payment());
    }

    // ---- notifications of our own making ----

    /** A question about a payment as the provider asks it. */
    Map<String, String> check(TestMerchant.Prepared page, String amount) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(
                "TransactionId", Long.toString(7_000_000_000L + System.nanoTime() % 1_000_000_000));
        fields.put("Amount", amount);
        fields.put("Currency", "KZT");
        fields.put("OperationType", "Payment");
        fields.put("InvoiceId", page.payment());
        fields.put("AccountId", page.visit());
        fields.put("DateTime", "2026-11-20 10:00:00");
        fields.put("CardFirstSix", "400000");
        fields.put("CardLastFour", "3055");
        fields.put("TestMode", "1");
        fields.put("Status", "Completed");
        return fields;
    }

    static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(
                        e ->
                                e.getKey()
                                        + "="
                                        + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    String hmac(byte[] message) {
        return hmac(site.apiSecret(), message);
    }

    static String hmac(String secret, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(message));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    Http.Answer send(String url, Map<String, String> fields) {
        return send(url, form(fields).getBytes(StandardCharsets.UTF_8));
    }

    Http.Answer send(String url, byte[] body) {
        return send(url, body, FORM, Map.of("Content-HMAC", hmac(body)));
    }

    static Http.Answer send(
            String url, byte[] body, String contentType, Map<String, String> proofs) {
        Map<String, String> headers = new LinkedHashMap<>(proofs);
        headers.put("Content-Type", contentType);
        return Http.post(url, body, headers);
    }

    /** The same header twice. */
    static Http.Answer sendDoubled(String url, byte[] body, String name, String proof) {
        return Http.send(
                HttpRequest.newBuilder(java.net.URI.create(url))
                        .timeout(Duration.ofSeconds(60))
                        .header("Content-Type", FORM)
                        .header(name, proof)
                        .header(name, proof)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build());
    }

    Http.Answer get(String url, Map<String, String> fields) {
        String query = form(fields);
        String proof = hmac(query.getBytes(StandardCharsets.UTF_8));
        return Http.get(
                url + (url.contains("?") ? "&" : "?") + query, Map.of("Content-HMAC", proof));
    }

    // ---- the inbox ----

    long stored() {
        return Rows.number(
                "SELECT COUNT(*) FROM webhook_delivery WHERE merchant_id = ?",
                Rows.id(merchant.id()));
    }

    List<Map<String, String>> deliveries(String integration, String type) {
        return Rows.of(
                "SELECT * FROM webhook_delivery WHERE integration_id = ? AND event_type = ?"
                        + " ORDER BY received_at, id",
                Rows.id(integration),
                type);
    }

    /** Waits until every delivery of the merchant has its final status. */
    void awaitDone() {
        Awaitility.await("worked off inbox")
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () ->
                                Rows.number(
                                                "SELECT COUNT(*) FROM webhook_delivery WHERE"
                                                        + " merchant_id = ? AND (status ="
                                                        + " 'received' OR owner IS NOT NULL)",
                                                Rows.id(merchant.id()))
                                        == 0);
    }
}
