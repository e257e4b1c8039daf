package org.payhub.simulator.alppay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.payhub.simulator.alppay.AlppayRig.Reply;
import org.payhub.simulator.kit.ApiFaults.Failure;
import org.payhub.simulator.kit.ApiFaults.Kind;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.rig.Hook;

class AlppayApiTest {

    private AlppayRig rig;

    @BeforeEach
    void start() {
        rig = new AlppayRig();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private JsonObject payment(String id) {
        return Json.child(rig.get("/payment/" + id).json(), "data");
    }

    private String states(String id) {
        JsonObject payment = payment(id);
        return Json.need(payment, "status") + "/" + Json.need(payment, "displayStatus");
    }

    // ---- the gate ----

    @Test
    void without_a_key_with_a_wrong_one_and_from_an_unlisted_address_nothing_is_answered() {
        String body = AlppayRig.order("10", "x");
        String right =
                Delivery.sign(rig.account().hmacKey(), body.getBytes(StandardCharsets.UTF_8));
        String key = rig.account().apiKey();

        assertThat(rig.send("GET", "/payment", null, null, null).status()).isEqualTo(401);
        assertThat(rig.send("GET", "/payment", null, "ak_other", null).status()).isEqualTo(401);
        assertThat(rig.send("POST", "/payment", body, key, null).status()).isEqualTo(401);
        assertThat(rig.send("POST", "/payment", body + " ", key, right).status()).isEqualTo(401);
        assertThat(rig.send("POST", "/payment", body, key, right).status()).isEqualTo(200);
        rig.alppay.listed(rig.account().id(), false);
        assertThat(rig.get("/payment").status()).isEqualTo(403);
    }

    @Test
    void the_documented_signature_comes_out() {
        byte[] body =
                "{\"amount\":\"250.00\",\"asset\":{\"short\":\"USDT\",\"network\":\"tron\"}}"
                        .getBytes(StandardCharsets.UTF_8);

        assertThat(Delivery.sign("hub-test-hmac-key-0001", body))
                .isEqualTo("fb296e35213402de204ffc453519eee9f7fc284e38997f0eec77066086b4159a");
    }

    @Test
    void both_hmac_keys_are_taken_while_one_is_replaced_and_the_new_one_signs() {
        String old = rig.account().hmacKey();
        String body = AlppayRig.order("10", "x");
        rig.hooksHere();

        String fresh = rig.alppay.rollHmacKey(rig.account().id());

        for (String key : List.of(old, fresh)) {
            assertThat(
                            rig.send(
                                            "POST",
                                            "/payment",
                                            body,
                                            rig.account().apiKey(),
                                            Delivery.sign(
                                                    key, body.getBytes(StandardCharsets.UTF_8)))
                                    .status())
                    .isEqualTo(200);
        }
        rig.hook.await(a -> a.size() == 2);
        assertThat(rig.hook.arrived().get(0).header("X-HMAC"))
                .isEqualTo(Delivery.sign(fresh, rig.hook.arrived().get(0).body()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"amount\":\"10\"",
                "{\"asset\":{\"short\":\"USDT\",\"network\":\"tron\"},\"amount\":\"10\"}",
                "{\"amount\":\"10\",\"colour\":\"red\"}",
                "{\"amount\":10}",
                "{\"amount\":\"-1\",\"asset\":{\"short\":\"USDT\",\"network\":\"tron\"}}",
                "{\"amount\":\"0.123456789\",\"asset\":{\"short\":\"USDT\",\"network\":\"tron\"}}",
                "{\"amount\":\"1\",\"asset\":{\"short\":\"DOGE\",\"network\":\"tron\"}}",
                "{\"amount\":\"1\",\"asset\":{\"short\":\"USDT\",\"network\":\"tron\"},"
                        + "\"customer\":{\"id\":\"7\",\"name\":\"C\",\"email\":\"c@x.org\"}}"
            })
    void an_order_that_is_wrong_is_refused_and_makes_nothing(String body) {
        Reply reply = rig.post("/payment", body);

        assertThat(reply.status()).isIn(400, 422);
        assertThat(Json.text(reply.json(), "message")).isPresent();
        assertThat(rig.alppay.payments(rig.account().id())).isEmpty();
    }

    @Test
    void another_merchants_payment_is_not_there() {
        String id = rig.ordered("10", "x");
        String other = rig.alppay.accounts().get(1).apiKey();

        assertThat(rig.send("GET", "/payment/" + id, null, other, null).status()).isEqualTo(404);
        assertThat(rig.send("GET", "/payment", null, other, null).json().getAsJsonArray("results"))
                .isEmpty();
    }

    // ---- invoices ----

    @Test
    void an_invoice_paid_in_two_parts_is_completed() {
        String id = rig.ordered("120.00", "visit-42");
        rig.hooksHere();

        rig.alppay.send(id, "48");
        String between = states(id);
        rig.alppay.sendRest(id);

        assertThat(between).isEqualTo("OPEN/OPEN");
        assertThat(states(id)).isEqualTo("COMPLETED/COMPLETED");
        assertThat(Json.need(payment(id), "totalReceivedAmount")).isEqualTo("120.00");
        assertThat(payment(id).getAsJsonArray("transactions")).hasSize(2);
        rig.hook.await(
                a -> a.stream().anyMatch(w -> AlppayRig.states(w).equals("COMPLETED/COMPLETED")));
        assertThat(rig.hook.arrived()).allMatch(a -> a.path().equals("/p"));
        assertThat(rig.hook.arrived())
                .allMatch(
                        a ->
                                a.header("X-HMAC")
                                        .equals(Delivery.sign(rig.account().hmacKey(), a.body())));
    }

    @Test
    void too_much_too_late_too_little_and_of_bad_origin_are_told_apart() {
        String much = rig.ordered("100", "much");
        String late = rig.ordered("100", "late");
        String little = rig.ordered("100", "little");
        String bad = rig.ordered("100", "bad");
        String none = rig.ordered("100", "none");

        rig.alppay.send(much, "100.5");
        rig.alppay.send(late, "40");
        rig.alppay.expire(late);
        String expired = states(late);
        rig.alppay.send(late, "70");
        rig.alppay.send(little, "40");
        rig.alppay.expire(little);
        rig.alppay.sendSuspicious(bad, "100");
        rig.alppay.expire(none);

        assertThat(states(much)).isEqualTo("COMPLETED/OVERPAID");
        assertThat(expired).isEqualTo("EXPIRED/UNDERPAID");
        assertThat(states(late)).isEqualTo("EXPIRED/EXPIRED");
        assertThat(states(little)).isEqualTo("EXPIRED/UNDERPAID");
        assertThat(states(bad)).isEqualTo("COMPLETED/AML_CHECK_DANGER");
        assertThat(states(none)).isEqualTo("EXPIRED/EXPIRED");
        rig.alppay.release(bad);
        assertThat(states(bad)).isEqualTo("COMPLETED/COMPLETED");
    }

    @Test
    void an_invoice_ends_by_itself_when_its_time_is_over() {
        rig.alppay.timeout(Duration.ofSeconds(60));
        String id = rig.ordered("10", "x");
        rig.hooksHere();

        rig.alppay.clock().advance(Duration.ofSeconds(61));

        rig.hook.await(
                a -> a.stream().anyMatch(w -> AlppayRig.states(w).equals("EXPIRED/EXPIRED")));
        assertThat(states(id)).isEqualTo("EXPIRED/EXPIRED");
    }

    @Test
    void lists_find_by_invoice_address_and_transfer_page_by_page() {
        String id = rig.ordered("10", "pay_a");
        rig.ordered("11", "pay_b");
        rig.ordered("12", "pay_c");
        rig.alppay.sendRest(id);
        String address = Json.need(payment(id), "addressTo");
        String transfer =
                Json.need(
                        payment(id).getAsJsonArray("transactions").get(0).getAsJsonObject(),
                        "txnId");

        for (String query :
                List.of(
                        "?invoices=pay_a",
                        "?search=" + address,
                        "?txnIds=" + transfer,
                        "?ids=" + id,
                        "?statuses=COMPLETED",
                        "?page=3&limit=1")) {
            assertThat(rig.get("/payment" + query).json().getAsJsonArray("results"))
                    .as(query)
                    .extracting(e -> Json.need(e.getAsJsonObject(), "id"))
                    .containsExactly(id);
        }
        assertThat(rig.get("/payment?page=0").status()).isEqualTo(422);
    }

    // ---- withdrawals ----

    @Test
    void a_withdrawal_is_sent_after_somebody_approved_it() {
        rig.hooksHere();
        String id =
                Json.need(rig.post("/withdrawal", AlppayRig.withdrawal("10", "wd_1")).json(), "id");

        rig.alppay.approve(id);
        rig.alppay.complete(id);

        JsonObject sent = rig.get("/withdrawal/" + id).json();
        assertThat(Json.need(sent, "status")).isEqualTo("COMPLETE");
        assertThat(Json.need(sent, "receivedAmount")).isEqualTo("9");
        rig.hook.await(a -> a.size() == 3);
        assertThat(rig.hook.arrived()).extracting(Hook.Arrived::path).containsOnly("/w");
        assertThat(rig.alppay.books(rig.account().id()).sum("USDT_tron", "withdrawn"))
                .isEqualTo("10");
        assertThat(rig.alppay.books(rig.account().id()).balances())
                .containsEntry("USDT_tron", "490");
    }

    @Test
    void more_than_there_is_cannot_be_withdrawn() {
        assertThat(rig.post("/withdrawal", AlppayRig.withdrawal("500.01", "wd_1")).status())
                .isEqualTo(422);
    }

    // ---- faults ----

    @Test
    void an_answer_can_be_lost_after_its_effect() {
        rig.alppay
                .api()
                .failNext(1, Failure.of(Kind.EMPTY).on("POST /alppay/payment").afterTheEffect());

        Reply reply = rig.post("/payment", AlppayRig.order("10", "pay_x"));

        assertThat(reply.status()).isEqualTo(500);
        assertThat(rig.alppay.byInvoice(rig.account().id(), "pay_x")).isPresent();
    }

    @Test
    void a_webhook_that_was_not_accepted_comes_again() {
        rig.hooksHere();
        rig.hook.answer(503);
        rig.ordered("10", "x");
        rig.hook.await(a -> a.size() == 1);
        rig.hook.answer(200);

        rig.hook.await(a -> a.size() == 2);

        assertThat(rig.hook.arrived().get(1).body()).isEqualTo(rig.hook.arrived().get(0).body());
    }

    @Test
    void a_restart_keeps_accounts_payments_and_withdrawals(@TempDir Path data) {
        String id;
        AlppayAccount before;
        try (AlppayRig first = new AlppayRig(data)) {
            id = first.ordered("10", "x");
            first.alppay.sendRest(id);
            before = first.account();
        }

        try (AlppayRig second = new AlppayRig(data)) {
            assertThat(second.account()).isEqualTo(before);
            assertThat(second.alppay.find(id)).isPresent();
            assertThat(second.alppay.books(before.id()).sum("USDT_tron", "received"))
                    .isEqualTo("10");
        }
    }

    // ---- pages ----

    @Test
    void the_page_of_an_invoice_sends_part_and_rest_without_scripts() {
        String id = rig.ordered("120.00", "x");
        String path = "/pay/alppay/" + id;

        String before = rig.page(path).text();
        Reply part = rig.press(path, Map.of("action", "send", "percent", "40"));
        String between = rig.page(path).text();
        rig.press(path, Map.of("action", "send_rest"));

        assertThat(before).contains("Waiting for the transfer", "Send 40 %", "data-send=\"all\"");
        assertThat(part.status()).isEqualTo(303);
        assertThat(between).contains("Still missing: 72.00 USDT", "Send the rest");
        assertThat(rig.page(path).text()).contains("<b>Paid.</b>", "https://hub.example/back");
    }

    @Test
    void the_page_refuses_what_it_has_no_button_for() {
        String path = "/pay/alppay/" + rig.ordered("120.00", "x");

        assertThat(rig.press(path, Map.of("action", "release")).status()).isEqualTo(422);
        assertThat(rig.press(path, Map.of("action", "send", "amount", "-5")).status())
                .isEqualTo(422);
        assertThat(rig.page("/pay/alppay/nothing").status()).isEqualTo(404);
    }

    @Test
    void the_cabinet_shows_keys_and_sets_addresses_as_support_would() {
        String path = "/cabinet/alppay/" + rig.account().id();

        rig.press(
                path + "/webhooks",
                Map.of("payment", rig.hookUrl("/p"), "withdrawal", rig.hookUrl("/w")));
        rig.ordered("10", "<b>x</b>");

        assertThat(rig.page(path).text())
                .contains(rig.account().apiKey(), rig.account().hmacKey(), "&lt;b&gt;x&lt;/b&gt;")
                .doesNotContain("<b>x</b>");
        rig.hook.await(a -> a.size() == 1);
        assertThat(rig.press(path + "/webhooks", Map.of("payment", "nonsense")).status())
                .isEqualTo(303);
        assertThat(rig.account().paymentUrl()).isEqualTo(rig.hookUrl("/p"));
    }
}
