package org.payhub.simulator.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.Stripe;
import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.BalanceTransaction;
import com.stripe.model.Charge;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.model.WebhookEndpoint;
import com.stripe.model.checkout.Session;
import com.stripe.net.Webhook;
import com.stripe.param.ChargeRetrieveParams;
import com.stripe.param.PaymentIntentRetrieveParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.WebhookEndpointCreateParams;
import com.stripe.param.checkout.SessionCreateParams;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.payhub.simulator.Simulator;
import org.payhub.simulator.rig.Await;
import org.payhub.simulator.rig.Browser;

/** Stripe's own client library talks to the simulator and understands every answer. */
class StripeClientTest {

    private Simulator simulator;
    private Receiver receiver;
    private StripeClient client;
    private final Browser browser = new Browser();

    @BeforeAll
    static void quiet() {
        Stripe.enableTelemetry = false;
    }

    @BeforeEach
    void start() throws IOException {
        simulator = Simulator.start(0);
        receiver = new Receiver();
        client =
                StripeClient.builder()
                        .setApiKey(simulator.stripe().account().test().secret())
                        .setApiBase(simulator.baseUrl())
                        .build();
    }

    @AfterEach
    void stop() {
        receiver.close();
        simulator.close();
    }

    private Session openSession(long cents) throws StripeException {
        return client.v1()
                .checkout()
                .sessions()
                .create(
                        SessionCreateParams.builder()
                                .setMode(SessionCreateParams.Mode.PAYMENT)
                                .setSuccessUrl("https://hub.example/back?s={CHECKOUT_SESSION_ID}")
                                .setCancelUrl("https://hub.example/cancel")
                                .setClientReferenceId("pay_1")
                                .putMetadata("payment", "pay_1")
                                .setPaymentIntentData(
                                        SessionCreateParams.PaymentIntentData.builder()
                                                .putMetadata("payment", "pay_1")
                                                .build())
                                .addLineItem(
                                        SessionCreateParams.LineItem.builder()
                                                .setQuantity(1L)
                                                .setPriceData(price(cents))
                                                .build())
                                .build());
    }

    private static SessionCreateParams.LineItem.PriceData price(long cents) {
        return SessionCreateParams.LineItem.PriceData.builder()
                .setCurrency("eur")
                .setUnitAmount(cents)
                .setProductData(
                        SessionCreateParams.LineItem.PriceData.ProductData.builder()
                                .setName("Colour and cut")
                                .build())
                .build();
    }

    @Test
    void a_payment_goes_from_session_to_refund_with_genuine_webhooks() throws Exception {
        WebhookEndpoint endpoint =
                client.v1()
                        .webhookEndpoints()
                        .create(
                                WebhookEndpointCreateParams.builder()
                                        .setUrl(receiver.url())
                                        .addEnabledEvent(
                                                WebhookEndpointCreateParams.EnabledEvent.ALL)
                                        .setApiVersion(
                                                WebhookEndpointCreateParams.ApiVersion
                                                        .VERSION_2026_07_29_DAHLIA)
                                        .build());
        Session session = openSession(5000);

        var paid = browser.post(session.getUrl(), Map.of("card", "4242 4242 4242 4242"));
        receiver.await(r -> r.count("charge.updated") == 1);
        Charge charge = client.v1().charges().list().getData().get(0);
        Refund refund =
                client.v1()
                        .refunds()
                        .create(
                                RefundCreateParams.builder()
                                        .setPaymentIntent(charge.getPaymentIntent())
                                        .setAmount(2000L)
                                        .build());
        receiver.await(r -> r.count("charge.refunded") == 1);

        assertThat(session.getStatus()).isEqualTo("open");
        assertThat(session.getPaymentIntent()).isNull();
        assertThat(paid.statusCode()).isEqualTo(303);
        assertThat(paid.headers().firstValue("location"))
                .hasValue("https://hub.example/back?s=" + session.getId());
        assertThat(refund.getStatus()).isEqualTo("succeeded");
        assertThat(receiver.types())
                .contains("payment_intent.succeeded", "checkout.session.completed");
        for (Receiver.Arrived a : receiver.all()) {
            var event = Webhook.constructEvent(a.text(), a.signature(), endpoint.getSecret());
            assertThat(event.getDataObjectDeserializer().getObject()).isPresent();
            assertThat(event.getLivemode()).isFalse();
        }
    }

    @Test
    void everything_that_can_be_read_is_understood() throws Exception {
        Session session = openSession(5000);
        browser.post(session.getUrl(), Map.of("card", "4000000000000259"));
        Await.until(
                () -> simulator.stripe().books(accountId(), false).disputes().size() == 1,
                () -> "no dispute");

        Session done = client.v1().checkout().sessions().retrieve(session.getId());
        PaymentIntent intent =
                client.v1()
                        .paymentIntents()
                        .retrieve(
                                done.getPaymentIntent(),
                                PaymentIntentRetrieveParams.builder()
                                        .addExpand("latest_charge.balance_transaction")
                                        .build());
        Charge charge =
                client.v1()
                        .charges()
                        .retrieve(
                                intent.getLatestCharge(),
                                ChargeRetrieveParams.builder()
                                        .addExpand("balance_transaction")
                                        .addExpand("refunds")
                                        .build());
        BalanceTransaction money = charge.getBalanceTransactionObject();

        assertThat(done.getPaymentStatus()).isEqualTo("paid");
        assertThat(intent.getLatestChargeObject().getBalanceTransactionObject()).isNotNull();
        assertThat(intent.getMetadata()).containsEntry("payment", "pay_1");
        assertThat(charge.getMetadata()).containsEntry("payment", "pay_1");
        assertThat(charge.getRefunds().getData()).isEmpty();
        assertThat(money.getFee()).isEqualTo(100);
        assertThat(money.getNet()).isEqualTo(4900);
        assertThat(client.v1().disputes().list().getData())
                .singleElement()
                .satisfies(
                        d -> {
                            assertThat(d.getCharge()).isEqualTo(charge.getId());
                            assertThat(d.getBalanceTransactions().get(0).getNet()).isEqualTo(-7000);
                        });
        assertThat(client.v1().balance().retrieve().getLivemode()).isFalse();
        assertThat(client.v1().accounts().retrieveCurrent().getDefaultCurrency()).isEqualTo("eur");
        assertThat(client.v1().events().list().getData()).isNotEmpty();
        assertThat(client.v1().balanceTransactions().list().getData()).hasSize(2);
        assertThat(client.v1().payouts().list().getData()).isEmpty();
    }

    private String accountId() {
        return simulator.stripe().account().id();
    }
}
