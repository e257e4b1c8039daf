package org.payhub.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.payhub.it.Http;
import org.payhub.it.TestMerchant;
import org.payhub.it.TestWorld;
import org.payhub.simulator.alppay.AlppayAccount;
import org.payhub.simulator.alppay.AlppaySimulator;

/** A merchant who takes coins at the imitated ALPPAY. */
final class Coins {

    /** Well spelled, and nobody's. */
    static final String ADDRESS = "TPSMckmxoQBQWfUcasbUs2cRUdh2EMQu4n";

    private final TestMerchant merchant;
    private final String integration;

    private Coins(TestMerchant merchant, String integration) {
        this.merchant = merchant;
        this.integration = integration;
    }

    static AlppaySimulator alppay() {
        return TestWorld.simulator().provider(AlppaySimulator.class);
    }

    /** One who has connected it already. */
    static Coins at(TestMerchant merchant, String integration) {
        return new Coins(merchant, integration);
    }

    /** Connects an account of its own, to which webhooks of both kinds come. */
    static Coins connect(TestMerchant merchant) {
        AlppayAccount account = alppay().addAccount("Coins " + merchant.id(), "o@salon.example");
        Http.Answer connected =
                merchant.post(
                        "/integrations",
                        "{\"provider\":\"alppay\",\"credentials\":{\"api_key\":\""
                                + account.apiKey()
                                + "\",\"hmac_key\":\""
                                + account.hmacKey()
                                + "\",\"account_email\":\"o@salon.example\","
                                + "\"assets\":\"USDT:tron, USDC:tron\"}}");
        assertThat(connected.status()).as(connected.body()).isEqualTo(201);
        String url = connected.text("webhookUrl");
        alppay().webhookUrls(account.id(), url + "/payment", url + "/withdrawal");
        return new Coins(merchant, connected.text("id"));
    }

    /** One euro is so many of that coin, until tomorrow. */
    Coins rate(String coin, String rate) {
        Http.Answer entered =
                merchant.post(
                        "/rates",
                        "{\"from\":\"EUR\",\"to\":\""
                                + coin
                                + "\",\"rate\":\""
                                + rate
                                + "\",\"source\":\"The bank's page, 10:00\",\"validUntil\":\""
                                + Instant.now().plus(Duration.ofDays(1))
                                + "\"}");
        assertThat(entered.status()).as(entered.body()).isEqualTo(201);
        return this;
    }

    /** Opens an invoice of a new visit of that price; answers the payment. */
    String invoice(String price) {
        String link = Http.text(merchant.link(merchant.visit(price)), "id");
        Http.Answer opened =
                merchant.post(
                        "/payment-links/" + link + "/checkout",
                        "{\"provider\":\"alppay\",\"asset\":\"USDT:tron\"}");
        assertThat(opened.status()).as(opened.body()).isEqualTo(201);
        return opened.text("paymentId");
    }

    /** The invoice behind a payment, as ALPPAY names it. */
    String key(String payment) {
        return Http.text(merchant.payment(payment), "providerPaymentId");
    }

    /** Asks for a withdrawal with the merchant's key; answers its id. */
    String withdrawal(String amount) {
        Http.Answer asked =
                merchant.post(
                        "/withdrawals",
                        "{\"integrationId\":\""
                                + integration
                                + "\",\"amount\":{\"amount\":\""
                                + amount
                                + "\",\"currency\":\"USDT:tron\"},\"address\":\""
                                + ADDRESS
                                + "\",\"reason\":\"To our wallet\"}");
        assertThat(asked.status()).as(asked.body()).isEqualTo(202);
        return asked.text("id");
    }
}
