package org.payhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.Map;
import java.util.UUID;
import org.payhub.simulator.tropipay.TropipayAccount;
import org.payhub.simulator.tropipay.TropipaySimulator;

/** A merchant of one test with an account of its own at the imitated Tropipay. */
final class TropipayMerchant {

    static final String VISA = "4900490000000501";
    static final String DECLINED = "4000000000000002";

    private final TestMerchant merchant;
    private final TropipayAccount account;
    private String integration = "";

    private TropipayMerchant(TestMerchant merchant, TropipayAccount account) {
        this.merchant = merchant;
        this.account = account;
    }

    /** A business in Madrid whose account nobody has connected yet. */
    static TropipayMerchant unconnected() {
        TestMerchant merchant = TestMerchant.make();
        return new TropipayMerchant(
                merchant, simulator().addAccount("Casa " + merchant.id().substring(20), "EUR"));
    }

    static TropipayMerchant connected() {
        return unconnected().connect("");
    }

    TropipayMerchant connect(String moreFields) {
        Http.Answer answer = tryToConnect(moreFields, true);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        integration = answer.text("id");
        return this;
    }

    Http.Answer tryToConnect(String moreFields, boolean noticeConfirmed) {
        return merchant.post(
                "/integrations",
                "{\"provider\":\"tropipay\",\"confirmNotice\":"
                        + noticeConfirmed
                        + ",\"credentials\":{\"environment\":\"sandbox\",\"client_id\":\""
                        + account.clientId()
                        + "\",\"client_secret\":\""
                        + account.clientSecret()
                        + "\""
                        + moreFields
                        + "}}");
    }

    static TropipaySimulator simulator() {
        return TestWorld.simulator().provider(TropipaySimulator.class);
    }

    TestMerchant hub() {
        return merchant;
    }

    TropipayAccount account() {
        return account;
    }

    String integration() {
        return integration;
    }

    UUID integrationId() {
        return Rows.id(integration);
    }

    String webhookUrl() {
        return merchant.get("/integrations/" + integration).text("webhookUrl");
    }

    /** A visit with a page opened for it; {@code card} is the last part of its short address. */
    record Page(String visit, String payment, String card) {}

    Page page(String price) {
        String visit = merchant.visit(price);
        String link = merchant.link(visit).get("id").getAsString();
        Http.Answer opened =
                merchant.post(
                        "/payment-links/" + link + "/checkout", "{\"provider\":\"tropipay\"}");
        assertThat(opened.status()).as(opened.body()).isEqualTo(201);
        String url = opened.text("redirectUrl");
        return new Page(visit, opened.text("paymentId"), url.substring(url.lastIndexOf('/') + 1));
    }

    Page paid(String price) {
        Page page = page(price);
        assertThat(simulator().pay(page.card(), VISA)).isEqualTo("succeeded");
        merchant.awaitPayment(page.payment(), "paid");
        return page;
    }

    /** The code of the last order that was tried on a page. */
    static String order(Page page) {
        var all = simulator().movements(page.card());
        return all.get(all.size() - 1).get("bankOrderCode").getAsString();
    }

    JsonObject payment(Page page) {
        return merchant.payment(page.payment());
    }

    Http.Answer refund(Page page, String amount, String code, String key) {
        return merchant.post(
                "/payments/" + page.payment() + "/refunds",
                "{\"amount\":{\"amount\":\""
                        + amount
                        + "\",\"currency\":\"EUR\"},\"reason\":\"client_cancelled\""
                        + (code == null ? "" : ",\"secondFactorCode\":\"" + code + "\"")
                        + "}",
                Map.of("Idempotency-Key", key));
    }

    /** Posts a body to the integration's own address. */
    Http.Answer tell(byte[] body) {
        return Http.post(webhookUrl(), body, Map.of("Content-Type", "application/json"));
    }

    Http.Answer tell(String body) {
        return tell(body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** Waits until nothing that arrived is still to be worked off. */
    void awaitQuiet() {
        TestMerchant.await(
                "deliveries of " + integration,
                () ->
                        Rows.number(
                                "SELECT COUNT(*) FROM webhook_delivery WHERE integration_id = ?"
                                        + " AND next_attempt_at IS NOT NULL",
                                integrationId()),
                n -> n == 0);
    }
}
