package org.payhub.simulator.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.payhub.simulator.Simulator;
import org.payhub.simulator.kit.Json;

class RestartTest {

    @Test
    void keys_money_idempotency_and_owed_webhooks_survive(@TempDir Path data) throws IOException {
        try (Receiver receiver = new Receiver()) {
            StripeAccount before;
            String charge;
            Rig.Reply refund;
            receiver.answer(503);
            try (Rig rig = new Rig(Simulator.start(0, data, null))) {
                before = rig.stripe.account();
                rig.stripe.webhooks().waits(List.of(Duration.ofHours(1)));
                rig.stripe.timing(Map.of("settleMillis", 60_000));
                rig.endpoint(receiver.url(), "charge.succeeded", "charge.updated");
                charge = Json.need(rig.charge(5000, "4242424242424242", ""), "id");
                receiver.await(r -> r.count("charge.succeeded") == 1);
                String second = Json.need(rig.charge(700, "4242424242424242", ""), "id");
                refund = rig.post("/v1/refunds", "amount=200&charge=" + second, "k1");
            }
            receiver.answer(200);
            try (Rig rig = new Rig(Simulator.start(0, data, null))) {
                receiver.await(r -> r.count("charge.succeeded") >= 3);
                rig.stripe.runEverythingDue(Duration.ofMinutes(2));
                receiver.await(r -> r.count("charge.updated") >= 2);
                var replayed =
                        rig.post("/v1/refunds", "amount=200&charge=" + refund.text("charge"), "k1");

                assertThat(rig.stripe.account()).isEqualTo(before);
                assertThat(replayed.json()).isEqualTo(refund.json());
                assertThat(rig.get("/v1/charges/" + charge).text("balance_transaction"))
                        .startsWith("txn_");
                assertThat(rig.books().sum("eur", "captured")).isEqualTo(5700);
                assertThat(rig.books().sum("eur", "refunded")).isEqualTo(200);
            }
        }
    }

    @Test
    void a_reset_makes_everything_new(@TempDir Path data) {
        try (Rig rig = new Rig(Simulator.start(0, data, null))) {
            String old = rig.secretKey();
            rig.charge(5000, "4242424242424242", "");
            rig.stripe.api().readsFail(true);

            rig.simulator.reset();

            assertThat(rig.send("GET", "/v1/balance", null, old, Map.of()).status()).isEqualTo(401);
            assertThat(rig.get("/v1/balance").status()).isEqualTo(200);
            assertThat(rig.books().charges()).isEmpty();
            assertThat(rig.stripe.accounts()).hasSize(2);
        }
    }
}
