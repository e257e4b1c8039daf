package org.payhub.simulator.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.payhub.simulator.kit.ApiFaults;
import org.payhub.simulator.kit.Json;

class IdempotencyTest {

    private Rig rig;
    private String charge;

    @BeforeEach
    void pay() {
        rig = new Rig();
        charge = Json.need(rig.charge(5000, "4242424242424242", ""), "id");
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void the_same_key_gives_the_first_answer_and_one_refund() {
        var first = rig.post("/v1/refunds", "charge=" + charge + "&amount=1000", "k1");
        var again = rig.post("/v1/refunds", "charge=" + charge + "&amount=1000", "k1");
        var other = rig.post("/v1/refunds", "charge=" + charge + "&amount=1000", "k2");

        assertThat(again.json()).isEqualTo(first.json());
        assertThat(again.raw().headers().firstValue("idempotent-replayed")).hasValue("true");
        assertThat(other.text("id")).isNotEqualTo(first.text("id"));
        assertThat(rig.books().refunds()).hasSize(2);
    }

    @Test
    void other_parameters_under_the_same_key_are_refused() {
        rig.post("/v1/refunds", "charge=" + charge + "&amount=1000", "k1");

        var other = rig.post("/v1/refunds", "charge=" + charge + "&amount=1001", "k1");

        assertThat(other.status()).isEqualTo(400);
        assertThat(Json.need(Json.child(other.json(), "error"), "type"))
                .isEqualTo("idempotency_error");
        assertThat(rig.books().refunds()).hasSize(1);
    }

    @Test
    void a_500_is_remembered_but_an_edge_failure_is_not() {
        rig.stripe.api().failNext(1, ApiFaults.Failure.status(500));
        var broken = rig.post("/v1/refunds", "charge=" + charge, "k1");
        var replayed = rig.post("/v1/refunds", "charge=" + charge, "k1");
        rig.stripe.api().failNext(1, ApiFaults.Failure.status(503));
        var away = rig.post("/v1/refunds", "charge=" + charge, "k2");
        var then = rig.post("/v1/refunds", "charge=" + charge, "k2");

        assertThat(broken.status()).isEqualTo(500);
        assertThat(replayed.status()).isEqualTo(500);
        assertThat(away.status()).isEqualTo(503);
        assertThat(then.status()).isEqualTo(200);
        assertThat(rig.books().refunds()).hasSize(1);
    }

    @Test
    void an_answer_lost_after_the_effect_is_found_again_with_the_same_key() {
        rig.stripe
                .api()
                .failNext(
                        1,
                        ApiFaults.Failure.of(ApiFaults.Kind.HTML)
                                .on("POST /v1/refunds")
                                .afterTheEffect());

        var lost = rig.post("/v1/refunds", "charge=" + charge, "k1");
        var found = rig.post("/v1/refunds", "charge=" + charge, "k1");

        assertThat(lost.status()).isEqualTo(502);
        assertThat(found.status()).isEqualTo(200);
        assertThat(rig.books().refunds()).hasSize(1);
        assertThat(rig.stripe.requests("POST", "/v1/refunds")).isEqualTo(2);
    }

    @Test
    void validation_failures_are_not_remembered_but_refusals_by_state_are() {
        var wrong = rig.post("/v1/refunds", "charge=" + charge + "&amount=abc", "k1");
        var right = rig.post("/v1/refunds", "charge=" + charge + "&amount=5000", "k1");
        var refused = rig.post("/v1/refunds", "charge=" + charge, "k2");
        var replayed = rig.post("/v1/refunds", "charge=" + charge, "k2");

        assertThat(wrong.status()).isEqualTo(400);
        assertThat(right.status()).isEqualTo(200);
        assertThat(refused.errorCode()).isEqualTo("charge_already_refunded");
        assertThat(replayed.raw().headers().firstValue("idempotent-replayed")).hasValue("true");
    }

    @Test
    void a_second_call_while_the_first_runs_is_a_conflict() {
        Idempotency idempotency = new Idempotency();
        Space space = new Space("acct_1", false);
        idempotency.begin(space, "k", "same", 0);

        assertThatThrownBy(() -> idempotency.begin(space, "k", "same", 1))
                .isInstanceOfSatisfying(
                        StripeError.class,
                        e -> {
                            assertThat(e.status()).isEqualTo(409);
                            assertThat(e.code()).isEqualTo("idempotency_key_in_use");
                        });
        idempotency.end(space, "k", "same", 2, null, "req_1");
        assertThat(idempotency.begin(space, "k", "same", 3)).isEmpty();
    }

    @Test
    void after_24_hours_a_key_is_new_again() {
        var first = rig.post("/v1/refunds", "charge=" + charge + "&amount=100", "k1");
        rig.stripe.clock().offset(Duration.ofHours(25));

        var later = rig.post("/v1/refunds", "charge=" + charge + "&amount=100", "k1");

        assertThat(later.text("id")).isNotEqualTo(first.text("id"));
    }
}
