package org.payhub.simulator.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.rig.Await;

class RefundTest {

    private Rig rig;

    @BeforeEach
    void start() {
        rig = new Rig();
        rig.stripe.timing(Map.of("refundReferenceMillis", 50, "refundFailsMillis", 50));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private Rig.Reply refund(String charge, String more) {
        return rig.post("/v1/refunds", "charge=" + charge + more);
    }

    @Test
    void parts_add_up_and_the_last_cent_ends_it() {
        String charge = Json.need(rig.charge(5000, "4242424242424242", ""), "id");

        var first = refund(charge, "&amount=1999&reason=requested_by_customer&metadata[r]=1");
        var second = refund(charge, "&amount=3000");
        var tooMuch = refund(charge, "&amount=2");
        var rest = refund(charge, "");
        var over = refund(charge, "&amount=1");
        JsonObject shown = rig.get("/v1/charges/" + charge + "?expand[]=refunds").json();

        assertThat(first.text("status")).isEqualTo("succeeded");
        assertThat(Json.child(first.json(), "metadata")).isEqualTo(Json.of("r", "1"));
        assertThat(second.status()).isEqualTo(200);
        assertThat(tooMuch.status()).isEqualTo(400);
        assertThat(tooMuch.errorMessage())
                .isEqualTo(
                        "Refund amount (0.02 EUR) is greater than unrefunded amount on charge"
                                + " (0.01 EUR)");
        assertThat(rest.number("amount")).isEqualTo(1);
        assertThat(over.errorCode()).isEqualTo("charge_already_refunded");
        assertThat(Json.number(shown, "amount_refunded")).isEqualTo(5000);
        assertThat(Json.flag(shown, "refunded")).isTrue();
        assertThat(Json.child(shown, "refunds").getAsJsonArray("data")).hasSize(3);
        assertThat(rig.books().sum("eur", "refunded")).isEqualTo(5000);
        assertThat(rig.books().sum("eur", "net")).isEqualTo(-100);
    }

    @Test
    void a_hold_is_not_refundable() {
        JsonObject charge =
                rig.charge(5000, "4242424242424242", "payment_intent_data[capture_method]=manual");

        var refused = refund(Json.need(charge, "id"), "");

        assertThat(Json.flag(charge, "captured")).isFalse();
        assertThat(refused.errorCode()).isEqualTo("charge_not_refundable");
    }

    @Test
    void a_refund_that_fails_later_gives_the_money_back_to_the_balance() {
        String charge = Json.need(rig.charge(5000, "4000000000005126", ""), "id");
        var refund = refund(charge, "&amount=2000");
        String id = refund.text("id");

        Await.until(
                () -> rig.get("/v1/refunds/" + id).text("status").equals("failed"),
                () -> "the refund stands");
        JsonObject failed = rig.get("/v1/refunds/" + id).json();
        var events = rig.stripe.events(rig.stripe.account().id(), false);

        assertThat(refund.text("status")).isEqualTo("succeeded");
        assertThat(Json.need(failed, "failure_reason")).isEqualTo("lost_or_stolen_card");
        assertThat(Json.need(failed, "failure_balance_transaction")).startsWith("txn_");
        assertThat(rig.get("/v1/charges/" + charge).number("amount_refunded")).isZero();
        assertThat(rig.books().sum("eur", "net")).isEqualTo(4900);
        assertThat(events.stream().map(StripeEvent::type))
                .containsSubsequence(
                        "refund.created",
                        "charge.refunded",
                        "refund.failed",
                        "refund.updated",
                        "charge.refund.updated");
        StripeEvent update =
                events.stream()
                        .filter(e -> e.type().equals("charge.refund.updated"))
                        .findFirst()
                        .orElseThrow();
        assertThat(Json.child(Json.parse(update.text()), "data").get("previous_attributes"))
                .isEqualTo(
                        Json.parse(
                                "{\"failure_balance_transaction\":null,\"status\":\"succeeded\","
                                        + "\"failure_reason\":null}"));
    }

    @Test
    void the_total_on_the_charge_can_be_told_to_stay_after_a_failure() {
        rig.stripe.timing(Map.of("refundedTotalStays", true));
        String charge = Json.need(rig.charge(5000, "4000000000005126", ""), "id");
        String id = refund(charge, "&amount=2000").text("id");

        Await.until(
                () -> rig.get("/v1/refunds/" + id).text("status").equals("failed"),
                () -> "the refund stands");

        assertThat(rig.get("/v1/charges/" + charge).number("amount_refunded")).isEqualTo(2000);
    }

    @Test
    void a_refund_waits_for_no_settlement_and_its_reference_comes_later() {
        rig.stripe.timing(Map.of("settleMillis", 60_000));
        String charge = Json.need(rig.charge(5000, "4242424242424242", ""), "id");

        String id = refund(charge, "&amount=2000").text("id");

        assertThat(rig.get("/v1/charges/" + charge).text("balance_transaction")).startsWith("txn_");
        Await.until(
                () ->
                        Json.text(
                                        Json.child(
                                                Json.child(
                                                        rig.get("/v1/refunds/" + id).json(),
                                                        "destination_details"),
                                                "card"),
                                        "reference")
                                .isPresent(),
                () -> "no reference");
        assertThat(rig.get("/v1/refunds/" + id).text("status")).isEqualTo("succeeded");
    }

    @Test
    void wrong_input_is_named() {
        String charge = Json.need(rig.charge(5000, "4242424242424242", ""), "id");

        assertThat(rig.post("/v1/refunds", "").errorCode()).isEqualTo("parameter_missing");
        assertThat(refund(charge, "&amount=0").errorCode()).isEqualTo("parameter_invalid_integer");
        assertThat(refund(charge, "&amount=-5").errorCode()).isEqualTo("parameter_invalid_integer");
        assertThat(refund(charge, "&reason=because").errorMessage()).contains("reason");
        assertThat(refund(charge, "&foo=1").errorCode()).isEqualTo("parameter_unknown");
        assertThat(refund("ch_nothing", "").errorCode()).isEqualTo("resource_missing");
        assertThat(rig.books().refunds()).isEmpty();
    }

    @Test
    void many_at_once_never_give_back_more_than_was_taken() {
        String charge = Json.need(rig.charge(5000, "4242424242424242", ""), "id");

        java.util.stream.IntStream.range(0, 32)
                .parallel()
                .forEach(i -> refund(charge, "&amount=" + (300 + i)));

        assertThat(rig.books().sum("eur", "refunded")).isLessThanOrEqualTo(5000);
        assertThat(rig.get("/v1/charges/" + charge).number("amount_refunded"))
                .isEqualTo(rig.books().sum("eur", "refunded"));
    }
}
