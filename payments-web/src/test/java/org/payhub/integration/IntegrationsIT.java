package org.payhub.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.payhub.it.Http;
import org.payhub.it.TestMerchant;
import org.payhub.it.TestWorld;
import org.payhub.simulator.stripe.StripeAccount;

/** Connecting, replacing, looking and leaving, against the simulated provider. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class IntegrationsIT {

    private static StripeAccount account() {
        return TestWorld.simulator()
                .stripe()
                .addAccount("Account of " + UUID.randomUUID(), "ES", "eur");
    }

    private static Http.Answer connect(
            TestMerchant merchant, String publishable, String secret, String more) {
        return merchant.post(
                "/integrations",
                "{\"provider\":\"stripe\",\"credentials\":{\"publishable_key\":\""
                        + publishable
                        + "\",\"secret_key\":\""
                        + secret
                        + "\"}"
                        + more
                        + "}");
    }

    private static Http.Answer connectTest(TestMerchant merchant, StripeAccount account) {
        return connect(
                merchant, account.keys(false).publishable(), account.keys(false).secret(), "");
    }

    private static String status(TestMerchant merchant, String integration) {
        return merchant.get("/integrations/" + integration).text("status");
    }

    @Test
    void credentials_that_work_are_stored_and_never_shown_again() {
        TestMerchant merchant = TestMerchant.make();
        StripeAccount account = account();

        Http.Answer connected = connectTest(merchant, account);

        assertThat(connected.status()).as(connected.body()).isEqualTo(201);
        assertThat(connected.text("status")).isEqualTo("ACTION_NEEDED");
        assertThat(connected.body()).doesNotContain(account.keys(false).secret());
        assertThat(merchant.get("/integrations/" + connected.text("id")).body())
                .doesNotContain(account.keys(false).secret());
    }

    @Test
    void what_is_wrong_with_a_key_is_said_of_its_field_and_nothing_is_stored() {
        TestMerchant merchant = TestMerchant.make();
        StripeAccount account = account();
        String publishable = account.keys(false).publishable();
        for (String secret :
                List.of(
                        publishable,
                        "sk_test_" + "0".repeat(40),
                        "sk_live_" + "0".repeat(40),
                        "whsec_abc",
                        "nonsense")) {
            Http.Answer refused = connect(merchant, publishable, secret, "");

            assertThat(refused.status()).as(secret).isEqualTo(422);
            assertThat(refused.text("code")).isEqualTo("integration.credentials_refused");
        }
        assertThat(connect(merchant, publishable, "", "").text("code"))
                .isEqualTo("integration.credential_missing");
        assertThat(merchant.get("/integrations").json().getAsJsonArray("items")).isEmpty();
    }

    @Test
    void the_same_key_twice_is_refused_at_one_merchant_and_taken_at_another() {
        StripeAccount account = account();
        TestMerchant one = TestMerchant.make();
        TestMerchant other = TestMerchant.make();
        connectTest(one, account);

        Http.Answer again = connectTest(one, account);
        Http.Answer elsewhere = connectTest(other, account);

        assertThat(again.status()).isEqualTo(422);
        assertThat(again.text("code")).isEqualTo("integration.already_connected");
        assertThat(elsewhere.status()).isEqualTo(201);
    }

    @Test
    void real_money_has_to_be_confirmed() {
        TestMerchant merchant = TestMerchant.make();
        StripeAccount.Keys live = account().keys(true);

        Http.Answer asked = connect(merchant, live.publishable(), live.secret(), "");
        Http.Answer confirmed =
                connect(merchant, live.publishable(), live.secret(), ",\"confirmLive\":true");

        assertThat(asked.status()).isEqualTo(422);
        assertThat(asked.text("code")).isEqualTo("integration.confirm_live");
        assertThat(confirmed.status()).as(confirmed.body()).isEqualTo(201);
        assertThat(confirmed.text("mode")).isEqualTo("live");
    }

    @Test
    void pausing_stops_new_payments_until_it_is_resumed() {
        TestMerchant merchant = TestMerchant.make().connectStripe();
        String link = merchant.link(merchant.visit("20.00")).get("id").getAsString();

        merchant.post("/integrations/" + merchant.integration() + "/pause", "");
        Http.Answer paused =
                merchant.post("/payment-links/" + link + "/checkout", "{\"provider\":\"stripe\"}");
        String status = status(merchant, merchant.integration());
        merchant.post("/integrations/" + merchant.integration() + "/resume", "");
        Http.Answer resumed =
                merchant.post("/payment-links/" + link + "/checkout", "{\"provider\":\"stripe\"}");

        assertThat(status).isEqualTo("PAUSED");
        assertThat(paused.status()).as(paused.body()).isBetween(400, 499);
        assertThat(resumed.status()).as(resumed.body()).isEqualTo(201);
    }

    @Test
    void the_key_of_another_account_cannot_replace_this_ones() {
        TestMerchant merchant = TestMerchant.make().connectStripe();
        StripeAccount other = account();

        Http.Answer refused =
                merchant.post(
                        "/integrations/" + merchant.integration() + "/rotate",
                        "{\"credentials\":{\"secret_key\":\""
                                + other.keys(false).secret()
                                + "\",\"publishable_key\":\""
                                + other.keys(false).publishable()
                                + "\"}}");

        assertThat(refused.status()).as(refused.body()).isEqualTo(422);
    }

    @Test
    void a_key_that_was_replaced_at_the_provider_shows_when_we_look_and_heals_when_rotated() {
        TestMerchant merchant = TestMerchant.make().connectStripe();
        String integration = merchant.integration();
        String next =
                TestWorld.simulator().stripe().rollKey(merchant.account().id(), false, "secret");

        Http.Answer looked = merchant.post("/integrations/" + integration + "/verify", "");
        Http.Answer rotated =
                merchant.post(
                        "/integrations/" + integration + "/rotate",
                        "{\"credentials\":{\"secret_key\":\"" + next + "\"}}");

        assertThat(looked.status()).as(looked.body()).isEqualTo(200);
        assertThat(looked.text("status")).isEqualTo("ERROR");
        assertThat(rotated.status()).as(rotated.body()).isEqualTo(200);
        assertThat(rotated.text("status")).isNotEqualTo("ERROR");
    }

    @Test
    void leaving_erases_the_credentials_once_nothing_is_open() {
        TestMerchant merchant = TestMerchant.make().connectStripe();
        String url = merchant.get("/integrations/" + merchant.integration()).text("webhookUrl");

        Http.Answer left =
                merchant.post("/integrations/" + merchant.integration() + "/disconnect", "");

        assertThat(left.status()).as(left.body()).isEqualTo(200);
        assertThat(left.text("status")).isEqualTo("NOT_CONNECTED");
        assertThat(left.json().getAsJsonArray("credentials")).isEmpty();
        assertThat(merchant.get("/integrations").json().getAsJsonArray("items")).isEmpty();
        assertThat(Http.post(url, "{}", Map.of("Stripe-Signature", "t=1,v1=00")).status())
                .isEqualTo(404);
        assertThat(connectTest(merchant, merchant.account()).status()).isEqualTo(201);
    }

    @Test
    void leaving_with_an_open_page_keeps_what_finishing_it_needs() {
        TestMerchant merchant = TestMerchant.make().connectStripe();
        TestMerchant.Prepared prepared = merchant.prepare("20.00");

        Http.Answer left =
                merchant.post("/integrations/" + merchant.integration() + "/disconnect", "");
        TestWorld.simulator().stripe().pay(prepared.session(), "4242424242424242");

        assertThat(left.text("status")).isEqualTo("NOT_CONNECTED");
        assertThat(left.json().getAsJsonArray("credentials")).isNotEmpty();
        merchant.awaitPayment(prepared.payment(), "paid");
    }

    @Test
    void another_merchants_integration_does_not_exist() {
        TestMerchant merchant = TestMerchant.make().connectStripe();
        TestMerchant other = TestMerchant.make();

        for (String act : List.of("pause", "resume", "disconnect", "verify")) {
            assertThat(
                            other.post("/integrations/" + merchant.integration() + "/" + act, "")
                                    .status())
                    .as(act)
                    .isEqualTo(404);
        }
        assertThat(other.get("/integrations/" + merchant.integration()).status()).isEqualTo(404);
        assertThat(status(merchant, merchant.integration())).isEqualTo("ACTION_NEEDED");
    }
}
