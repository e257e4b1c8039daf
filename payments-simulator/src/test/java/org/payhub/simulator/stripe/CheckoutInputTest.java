package org.payhub.simulator.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.payhub.simulator.kit.Json;

class CheckoutInputTest {

    private Rig rig;

    @BeforeEach
    void start() {
        rig = new Rig();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private static String param(Rig.Reply reply) {
        return Json.text(Json.child(reply.json(), "error"), "param").orElse("");
    }

    @Test
    void what_is_missing_is_named() {
        String path = "/v1/checkout/sessions";
        String line =
                "&line_items[0][quantity]=1&line_items[0][price_data][currency]=eur"
                        + "&line_items[0][price_data][product_data][name]=V";

        assertThat(param(rig.post(path, "mode=payment"))).isEqualTo("success_url");
        assertThat(param(rig.post(path, "success_url=https://a.example"))).isEqualTo("line_items");
        assertThat(param(rig.post(path, "success_url=https://a.example" + line)))
                .isEqualTo("line_items[0][price_data][unit_amount]");
        assertThat(
                        param(
                                rig.post(
                                        path,
                                        "success_url=https://a.example"
                                                + line
                                                + "&line_items[0][price_data][unit_amount]=1.5")))
                .isEqualTo("line_items[0][price_data][unit_amount]");
        assertThat(param(rig.session(5000, "surprise=1"))).isEqualTo("surprise");
        assertThat(param(rig.session(5000, "cancel_url=elsewhere"))).isEqualTo("cancel_url");
    }

    @Test
    void limits_of_texts_metadata_and_time_are_kept() {
        long now = Instant.now().getEpochSecond();

        assertThat(param(rig.session(5000, "client_reference_id=" + "x".repeat(201))))
                .isEqualTo("client_reference_id");
        assertThat(rig.session(5000, "client_reference_id=" + "x".repeat(200)).status())
                .isEqualTo(200);
        assertThat(rig.session(5000, "metadata[" + "k".repeat(41) + "]=v").status()).isEqualTo(400);
        assertThat(rig.session(5000, "metadata[k]=" + "v".repeat(501)).status()).isEqualTo(400);
        assertThat(param(rig.session(5000, "expires_at=" + (now + 60)))).isEqualTo("expires_at");
        assertThat(param(rig.session(5000, "expires_at=" + (now + 90_000))))
                .isEqualTo("expires_at");
        assertThat(rig.session(5000, "expires_at=" + (now + 1800)).status()).isEqualTo(200);
        assertThat(param(rig.session(5000, "payment_intent_data[capture_method]=later")))
                .isEqualTo("payment_intent_data[capture_method]");
    }

    @Test
    void metadata_of_the_intent_reaches_the_charge_and_that_of_the_session_does_not() {
        var charge =
                rig.charge(
                        5000,
                        "4242424242424242",
                        "metadata[s]=1&payment_intent_data[metadata][p]=2"
                                + "&payment_intent_data[description]=Visit&customer_email=a@b.example");

        assertThat(Json.child(charge, "metadata")).isEqualTo(Json.of("p", "2"));
        assertThat(Json.need(charge, "description")).isEqualTo("Visit");
        assertThat(Json.need(Json.child(charge, "billing_details"), "email"))
                .isEqualTo("a@b.example");
    }

    @Test
    void sessions_are_found_by_their_intent() {
        var charge = rig.charge(5000, "4242424242424242", "client_reference_id=pay_9");
        rig.session(6000, "");

        var found =
                rig.get(
                        "/v1/checkout/sessions?payment_intent="
                                + Json.need(charge, "payment_intent"));

        assertThat(Rig.data(found)).hasSize(1);
        assertThat(Json.need(Rig.first(found), "client_reference_id")).isEqualTo("pay_9");
    }

    @Test
    void an_intent_is_cancelled_once_and_for_a_known_reason() {
        var charge =
                rig.charge(5000, "4242424242424242", "payment_intent_data[capture_method]=manual");
        String path = "/v1/payment_intents/" + Json.need(charge, "payment_intent") + "/cancel";

        var odd = rig.post(path, "cancellation_reason=mood");
        var done = rig.post(path, "cancellation_reason=requested_by_customer");
        var twice = rig.post(path, "");

        assertThat(param(odd)).isEqualTo("cancellation_reason");
        assertThat(done.text("status")).isEqualTo("canceled");
        assertThat(twice.errorCode()).isEqualTo("payment_intent_unexpected_state");
        assertThat(rig.books().sum("eur", "held")).isZero();
    }

    @Test
    void unknown_things_are_unknown() {
        assertThat(rig.get("/v1/charges/ch_nothing").status()).isEqualTo(404);
        assertThat(rig.get("/v1/charges/ch_nothing").errorMessage())
                .isEqualTo("No such charge: 'ch_nothing'");
        assertThat(rig.get("/v1/unicorns").errorMessage())
                .startsWith("Unrecognized request URL (GET: /v1/unicorns)");
        assertThat(rig.get("/v1/balance_transactions?payout=po_x").errorCode())
                .isEqualTo("resource_missing");
        assertThat(rig.get("/nothing").status()).isEqualTo(404);
        assertThat(
                        rig.send(
                                        "GET",
                                        "/v1/balance",
                                        null,
                                        rig.secretKey(),
                                        Map.of("Stripe-Version", "soon"))
                                .status())
                .isEqualTo(400);
    }

    @Test
    void a_sale_outside_the_hub_is_made_through_the_api_too() {
        var sold =
                rig.post(
                        "/v1/payment_intents",
                        "amount=1900&currency=eur&confirm=true&payment_method=pm_card_visa");
        var declined =
                rig.post(
                        "/v1/payment_intents",
                        "amount=1900&currency=eur&confirm=true"
                                + "&payment_method=pm_card_visa_chargeDeclined");

        assertThat(sold.text("status")).isEqualTo("succeeded");
        assertThat(declined.status()).isEqualTo(402);
        assertThat(declined.errorCode()).isEqualTo("card_declined");
    }
}
