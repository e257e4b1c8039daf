package org.payhub.simulator.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.payhub.simulator.kit.ApiFaults;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.rig.Await;

class ApiFaultsTest {

    private Rig rig;

    @BeforeEach
    void start() {
        rig = new Rig();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private ApiFaults.Failure kind(ApiFaults.Kind kind) {
        return ApiFaults.Failure.of(kind);
    }

    @Test
    void every_kind_of_wrong_answer_can_be_had_and_then_it_is_over() {
        ApiFaults faults = rig.stripe.api();

        faults.failNext(1, kind(ApiFaults.Kind.HTML));
        var html = rig.get("/v1/balance");
        faults.failNext(1, kind(ApiFaults.Kind.EMPTY));
        var empty = rig.get("/v1/balance");
        faults.failNext(1, kind(ApiFaults.Kind.GARBAGE));
        var garbage = rig.get("/v1/balance");
        faults.failNext(1, ApiFaults.Failure.status(429));
        var limited = rig.get("/v1/balance");
        faults.failNext(2, kind(ApiFaults.Kind.RESET));

        assertThat(html.status()).isEqualTo(502);
        assertThat(html.raw().body()).contains("<html>");
        assertThat(empty.status()).isEqualTo(500);
        assertThat(empty.raw().body()).isEmpty();
        assertThat(garbage.status()).isEqualTo(200);
        assertThat(garbage.json().size()).isZero();
        assertThat(limited.errorCode()).isEqualTo("rate_limit");
        // The client of the JDK repeats a GET once by itself, therefore two.
        assertThatThrownBy(() -> rig.get("/v1/balance")).isInstanceOf(UncheckedIOException.class);
        rig.stripe.api().reset();
        assertThat(rig.get("/v1/balance").status()).isEqualTo(200);
    }

    @Test
    void only_matching_calls_fail() {
        rig.stripe.api().failNext(1, ApiFaults.Failure.status(500).on("POST /v1/refunds"));

        assertThat(rig.get("/v1/balance").status()).isEqualTo(200);
        assertThat(rig.post("/v1/refunds", "").status()).isEqualTo(500);
        assertThat(rig.post("/v1/refunds", "").status()).isEqualTo(400);
    }

    @Test
    void a_held_answer_has_had_its_effect() {
        String charge = Json.need(rig.charge(5000, "4242424242424242", ""), "id");
        rig.stripe.api().hang("POST /v1/refunds");

        var call = CompletableFuture.supplyAsync(() -> rig.post("/v1/refunds", "charge=" + charge));
        Await.until(() -> rig.stripe.api().held() == 1, () -> "not held");

        assertThat(rig.books().refunds()).hasSize(1);
        assertThat(call).isNotDone();
        assertThat(rig.get("/v1/balance").status()).isEqualTo(200);
        rig.stripe.api().release();
        assertThat(call.join().status()).isEqualTo(200);
    }

    @Test
    void a_call_held_before_its_effect_has_none_yet() {
        String charge = Json.need(rig.charge(5000, "4242424242424242", ""), "id");
        rig.stripe.api().hangBeforeEffect("POST /v1/refunds");

        var call = CompletableFuture.supplyAsync(() -> rig.post("/v1/refunds", "charge=" + charge));
        Await.until(() -> rig.stripe.api().held() == 1, () -> "not held");

        assertThat(rig.books().refunds()).isEmpty();
        rig.stripe.api().release();
        assertThat(call.join().status()).isEqualTo(200);
    }

    @Test
    void slow_answers_come_late_and_a_change_of_the_switch_lets_them_go() {
        rig.stripe.api().slow(Duration.ofMillis(300));
        long start = System.nanoTime();
        rig.get("/v1/balance");
        long took = System.nanoTime() - start;
        rig.stripe.api().slow(Duration.ofMinutes(5));
        var waiting = CompletableFuture.supplyAsync(() -> rig.get("/v1/balance"));
        Await.until(() -> rig.stripe.requests("GET", "/v1/balance") == 2, () -> "not there");
        rig.stripe.api().slow(Duration.ZERO);

        assertThat(took).isGreaterThan(300_000_000L);
        assertThat(waiting.join().status()).isEqualTo(200);
    }

    @Test
    void every_read_fails_while_changes_still_work() {
        String charge = Json.need(rig.charge(5000, "4242424242424242", ""), "id");
        rig.stripe.api().readsFail(true);

        assertThat(rig.get("/v1/charges/" + charge).status()).isEqualTo(500);
        assertThat(rig.get("/v1/balance").status()).isEqualTo(500);
        assertThat(rig.post("/v1/refunds", "charge=" + charge).status()).isEqualTo(200);
        rig.stripe.api().readsFail(false);
        assertThat(rig.get("/v1/charges/" + charge).status()).isEqualTo(200);
    }
}
