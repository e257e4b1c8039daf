package org.payhub.simulator.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.rig.Await;

class DisputeTest {

    private Rig rig;

    @BeforeEach
    void start() {
        rig = new Rig();
        rig.stripe.timing(Map.of("clientDisputesMillis", 30));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private JsonObject disputed(String card) {
        rig.charge(5000, card, "payment_intent_data[metadata][visit]=7");
        Await.until(() -> !rig.books().disputes().isEmpty(), () -> "no dispute");
        return Rig.first(rig.get("/v1/disputes"));
    }

    private List<String> types() {
        return rig.stripe.events(rig.stripe.account().id(), false).stream()
                .map(StripeEvent::type)
                .filter(t -> t.startsWith("charge.dispute"))
                .toList();
    }

    @Test
    void a_chargeback_takes_money_and_fee_and_carries_no_metadata() {
        JsonObject dispute = disputed("4000000000000259");

        assertThat(Json.need(dispute, "status")).isEqualTo("needs_response");
        assertThat(Json.child(dispute, "metadata")).isEqualTo(new JsonObject());
        assertThat(Json.number(Json.child(dispute, "evidence_details"), "due_by")).isPositive();
        assertThat(types())
                .containsExactly("charge.dispute.created", "charge.dispute.funds_withdrawn");
        assertThat(rig.books().sum("eur", "dispute")).isEqualTo(-5000);
        assertThat(rig.books().sum("eur", "net")).isEqualTo(5000 - 100 - 5000 - 2000);
        assertThat(rig.post("/v1/refunds", "charge=" + Json.need(dispute, "charge")).errorCode())
                .isEqualTo("charge_disputed");
    }

    @Test
    void evidence_then_won_brings_the_money_back_without_the_fee() {
        String id = Json.need(disputed("4000000000000259"), "id");

        var kept = rig.post("/v1/disputes/" + id, "submit=false&evidence[service_date]=today");
        var sent = rig.post("/v1/disputes/" + id, "evidence[uncategorized_text]=came");
        rig.stripe.act("dispute_won", id, Map.of());
        var won = rig.get("/v1/disputes/" + id);

        assertThat(kept.text("status")).isEqualTo("needs_response");
        assertThat(sent.text("status")).isEqualTo("under_review");
        assertThat(won.text("status")).isEqualTo("won");
        assertThat(won.json().getAsJsonArray("balance_transactions")).hasSize(2);
        assertThat(types())
                .containsExactly(
                        "charge.dispute.created",
                        "charge.dispute.funds_withdrawn",
                        "charge.dispute.updated",
                        "charge.dispute.updated",
                        "charge.dispute.funds_reinstated",
                        "charge.dispute.closed");
        assertThat(rig.books().sum("eur", "net")).isEqualTo(4900 - 2000);
    }

    @Test
    void the_fee_can_be_told_to_come_back_too() {
        rig.stripe.timing(Map.of("disputeFeeReturned", true));
        String id = Json.need(disputed("4000000000000259"), "id");

        rig.stripe.act("dispute_won", id, Map.of());

        assertThat(rig.books().sum("eur", "net")).isEqualTo(4900);
    }

    @Test
    void accepting_a_dispute_loses_it() {
        String id = Json.need(disputed("4000000000000259"), "id");

        var closed = rig.post("/v1/disputes/" + id + "/close", "");
        var late = rig.post("/v1/disputes/" + id, "evidence[uncategorized_text]=late");

        assertThat(closed.text("status")).isEqualTo("lost");
        assertThat(late.status()).isEqualTo(400);
        assertThat(types()).endsWith("charge.dispute.closed");
        assertThat(rig.books().sum("eur", "net")).isEqualTo(4900 - 7000);
    }

    @Test
    void an_inquiry_moves_no_money_and_leaves_the_charge_refundable() {
        JsonObject inquiry = disputed("4000000000001976");

        assertThat(Json.need(inquiry, "status")).isEqualTo("warning_needs_response");
        assertThat(Json.flag(inquiry, "is_charge_refundable")).isTrue();
        assertThat(rig.books().sum("eur", "dispute")).isZero();
        assertThat(
                        rig.post(
                                        "/v1/refunds",
                                        "amount=1000&charge=" + Json.need(inquiry, "charge"))
                                .status())
                .isEqualTo(200);
        rig.stripe.act("dispute_warning_closed", Json.need(inquiry, "id"), Map.of());
        assertThat(rig.get("/v1/disputes/" + Json.need(inquiry, "id")).text("status"))
                .isEqualTo("warning_closed");
    }

    @Test
    void only_a_part_of_a_partly_refunded_charge_can_be_disputed() {
        String charge = Json.need(rig.charge(5000, "4242424242424242", ""), "id");
        rig.post("/v1/refunds", "amount=4000&charge=" + charge);

        var tooMuch = rig.control("/do/dispute/" + charge, Json.of("amount", 1001));
        var part = rig.control("/do/dispute/" + charge, Json.of("amount", 1000));

        assertThat(tooMuch.status()).isEqualTo(400);
        assertThat(part.number("amount")).isEqualTo(1000);
    }
}
