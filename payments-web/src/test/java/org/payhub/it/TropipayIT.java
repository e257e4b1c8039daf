package org.payhub.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.payhub.it.TropipayMerchant.DECLINED;
import static org.payhub.it.TropipayMerchant.VISA;
import static org.payhub.it.TropipayMerchant.simulator;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.payhub.it.TropipayMerchant.Page;
import org.payhub.simulator.kit.ApiFaults.Failure;

/** Tropipay from connecting to a refund, and what forgers try meanwhile. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class TropipayIT {

    @AfterAll
    static void the_invariants_hold() {
        Invariants.hold();
    }

    // --- the notice ---

    @Test
    void nobody_connects_before_the_notice_is_confirmed_and_the_audit_keeps_it() {
        TropipayMerchant tropipay = TropipayMerchant.unconnected();

        Http.Answer without = tropipay.tryToConnect("", false);
        Http.Answer with = tropipay.tryToConnect("", true);

        assertThat(without.status()).isEqualTo(422);
        assertThat(without.text("code")).isEqualTo("integration.confirm_notice");
        assertThat(without.text("field")).isEqualTo("confirmNotice");
        assertThat(without.text("detail")).contains("anctions");
        assertThat(with.status()).as(with.body()).isEqualTo(201);
        assertThat(
                        Rows.number(
                                "SELECT COUNT(*) FROM audit_entry WHERE chain = ? AND action ="
                                        + " 'integration.notice_confirmed'",
                                Rows.id(tropipay.hub().id())))
                .isEqualTo(1);
        assertThat(provider(tropipay).get("notice").getAsString()).contains("anctions");
    }

    private static JsonObject provider(TropipayMerchant tropipay) {
        JsonArray all = tropipay.hub().get("/providers").json().getAsJsonArray("items");
        for (JsonElement each : all) {
            if (each.getAsJsonObject().get("code").getAsString().equals("tropipay")) {
                return each.getAsJsonObject();
            }
        }
        throw new AssertionError("Tropipay is not in the catalogue");
    }

    @Test
    void wrong_credentials_are_refused_and_store_nothing() {
        TropipayMerchant tropipay = TropipayMerchant.unconnected();

        Http.Answer refused =
                tropipay.hub()
                        .post(
                                "/integrations",
                                "{\"provider\":\"tropipay\",\"confirmNotice\":true,\"credentials\":"
                                        + "{\"environment\":\"sandbox\",\"client_id\":\"nobody\","
                                        + "\"client_secret\":\"nothing\"}}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("code")).isEqualTo("integration.credentials_refused");
        assertThat(tropipay.hub().get("/integrations").json().getAsJsonArray("items")).isEmpty();
    }

    // --- the whole way ---

    @Test
    void a_visit_is_paid_after_the_order_was_read_and_refunded_with_a_second_factor() {
        TropipayMerchant tropipay = TropipayMerchant.connected();
        assertThat(simulator().hooks(tropipay.account().id()))
                .containsEntry("transaction_completed", tropipay.webhookUrl())
                .containsEntry("transaction_failed", tropipay.webhookUrl());

        Page page = tropipay.paid("50.00");

        tropipay.hub().awaitPayment(page.payment(), p -> Http.text(p, "fee.amount").equals("2.25"));
        assertThat(tropipay.hub().visitOf(page.visit()).get("paymentStatus").getAsString())
                .isEqualTo("paid");

        String key = "refund-" + UUID.randomUUID();
        Http.Answer asked = tropipay.refund(page, "20.00", null, key);
        Http.Answer wrong = tropipay.refund(page, "20.00", "000000", key);
        Http.Answer done = tropipay.refund(page, "20.00", "123456", key);
        Http.Answer again = tropipay.refund(page, "20.00", "123456", key);

        assertThat(asked.status()).as(asked.body()).isEqualTo(409);
        assertThat(asked.text("code")).isEqualTo("refund.second_factor_required");
        assertThat(asked.text("field")).isEqualTo("secondFactorCode");
        assertThat(asked.text("detail")).contains("text message");
        assertThat(wrong.status()).isEqualTo(409);
        assertThat(wrong.text("code")).isEqualTo("refund.second_factor_wrong");
        assertThat(done.status()).as(done.body()).isEqualTo(202);
        assertThat(again.text("id")).isEqualTo(done.text("id"));
        tropipay.hub()
                .awaitPayment(page.payment(), p -> Http.text(p, "refunded.amount").equals("20.00"));
        tropipay.awaitQuiet();
        assertThat(simulator().books(tropipay.account().id()).sum("EUR", "refunded"))
                .isEqualTo(2_000);
        assertThat(simulator().codesSent(tropipay.account().id())).isEqualTo(1);
        assertThat(refunds(page, tropipay)).filteredOn(r -> r.equals("succeeded")).hasSize(1);
        assertThat(refunds(page, tropipay)).doesNotContain("pending", "unknown", "requested");
        assertThat(tropipay.hub().balances())
                .containsEntry("prepayments", "-30.00")
                .containsEntry("fees", "2.25");
    }

    private static List<String> refunds(Page page, TropipayMerchant tropipay) {
        return tropipay
                .hub()
                .get("/refunds?payment=" + page.payment())
                .json()
                .getAsJsonArray("items")
                .asList()
                .stream()
                .map(r -> r.getAsJsonObject().get("status").getAsString())
                .toList();
    }

    @Test
    void a_refund_whose_answer_was_lost_is_found_and_returned_once() {
        TropipayMerchant tropipay = TropipayMerchant.connected();
        Page page = tropipay.paid("40.00");
        simulator().hook(tropipay.account().id(), "transaction_completed", "");
        simulator()
                .api()
                .failNext(
                        1,
                        Failure.status(502)
                                .on("POST /tropipay/movements/in/refund")
                                .afterTheEffect());

        Http.Answer unknown = tropipay.refund(page, "15.00", "123456", "r-" + UUID.randomUUID());
        Http.Answer blocked = tropipay.refund(page, "5.00", "123456", "r-" + UUID.randomUUID());

        assertThat(unknown.status()).as(unknown.body()).isEqualTo(202);
        assertThat(unknown.text("status")).isEqualTo("unknown");
        assertThat(blocked.text("code")).isEqualTo("refund.earlier_one_unknown");
        askNow(page);
        tropipay.hub()
                .awaitPayment(page.payment(), p -> Http.text(p, "refunded.amount").equals("15.00"));
        assertThat(refunds(page, tropipay)).containsExactly("succeeded");
        assertThat(simulator().books(tropipay.account().id()).sum("EUR", "refunded"))
                .isEqualTo(1_500);
    }

    /** Asking begins half a minute after an order; a test need not wait that long. */
    private static void askNow(Page page) {
        try (Connection connection = TestWorld.owner();
                PreparedStatement update =
                        connection.prepareStatement(
                                "UPDATE refund SET ask_at = ? WHERE payment_id = ?")) {
            update.setTimestamp(1, Timestamp.from(Instant.now().minusSeconds(1)));
            update.setBytes(2, TestMerchant.bytes(Rows.id(page.payment())));
            assertThat(update.executeUpdate()).isEqualTo(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_refund_in_tropipays_own_cabinet_is_heard_of() {
        TropipayMerchant tropipay = TropipayMerchant.connected();
        Page page = tropipay.paid("30.00");

        simulator().refundInCabinet(TropipayMerchant.order(page), 1_000);

        tropipay.hub()
                .awaitPayment(page.payment(), p -> Http.text(p, "refunded.amount").equals("10.00"));
        assertThat(refunds(page, tropipay)).containsExactly("succeeded");
    }

    @Test
    void a_declined_try_ends_the_attempt_and_the_same_page_is_paid_then() {
        TropipayMerchant tropipay = TropipayMerchant.connected();
        Page page = tropipay.page("25.00");

        simulator().pay(page.card(), DECLINED);
        tropipay.awaitQuiet();
        String link = tropipay.hub().visitOf(page.visit()).get("paymentStatus").getAsString();
        simulator().pay(page.card(), VISA);

        assertThat(link).isEqualTo("none");
        tropipay.hub().awaitPayment(page.payment(), "paid");
        tropipay.awaitQuiet();
        assertThat(simulator().books(tropipay.account().id()).sum("EUR", "captured"))
                .isEqualTo(2_500);
    }

    @Test
    void a_payment_from_a_balance_after_the_page_was_closed_by_us_is_money_all_the_same() {
        TropipayMerchant tropipay = TropipayMerchant.connected();
        Page page = tropipay.page("22.00");
        Http.Answer replaced =
                tropipay.hub().post("/visits/" + page.visit() + "/payment-links", "{}");
        assertThat(replaced.status()).as(replaced.body()).isEqualTo(201);

        simulator().payFromBalance(page.card());

        tropipay.hub()
                .awaitPayment(page.payment(), p -> !Http.text(p, "captured.amount").equals("0.00"));
    }

    // --- what forgers try ---

    @Test
    void a_refusal_edited_into_a_payment_does_not_pay() {
        TropipayMerchant tropipay = TropipayMerchant.connected();
        Page page = tropipay.page("60.00");
        simulator().pay(page.card(), DECLINED);
        tropipay.awaitQuiet();
        String edited =
                simulator()
                        .notification(TropipayMerchant.order(page), "OK")
                        .replace("\"state\":4", "\"state\":5");

        Http.Answer answer = tropipay.tell(edited);
        tropipay.awaitQuiet();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(tropipay.payment(page).get("status").getAsString()).isNotEqualTo("paid");
        assertThat(tropipay.hub().visitOf(page.visit()).get("paymentStatus").getAsString())
                .isNotEqualTo("paid");
        assertThat(tropipay.hub().balances()).isEmpty();
        simulator().pay(page.card(), VISA);
        tropipay.hub().awaitPayment(page.payment(), "paid");
    }

    @Test
    void an_edited_one_that_came_first_does_not_make_the_genuine_one_a_repeat() {
        TropipayMerchant tropipay = TropipayMerchant.connected();
        Page page = tropipay.page("45.00");
        simulator().act("begin", page.card(), Map.of());
        String order = TropipayMerchant.order(page);
        // Byte for byte what the genuine one says of everything that we tell events apart by.
        String early =
                simulator().notification(order, "OK").replace("\"state\":1,", "\"state\":5,");
        assertThat(tropipay.tell(early).status()).isEqualTo(200);
        tropipay.awaitQuiet();
        assertThat(tropipay.payment(page).get("status").getAsString()).isNotEqualTo("paid");

        simulator().act("complete", order, Map.of());

        tropipay.hub().awaitPayment(page.payment(), "paid");
        tropipay.awaitQuiet();
        assertThat(
                        Rows.number(
                                "SELECT COUNT(*) FROM webhook_delivery WHERE integration_id = ?",
                                tropipay.integrationId()))
                .isEqualTo(1);
    }

    @Test
    void a_genuine_notification_pointed_at_another_card_pays_what_was_really_paid() {
        TropipayMerchant tropipay = TropipayMerchant.connected();
        Page dear = tropipay.page("900.00");
        Page cheap = tropipay.page("5.00");
        simulator().webhooks().hold();
        String body;
        try {
            simulator().pay(cheap.card(), VISA);
            body = simulator().notification(TropipayMerchant.order(cheap), "OK");
        } finally {
            simulator().webhooks().release(1);
        }
        String dearCard = simulator().card(dear.card()).orElseThrow().get("id").getAsString();
        String cheapCard = simulator().card(cheap.card()).orElseThrow().get("id").getAsString();

        assertThat(tropipay.tell(body.replace(cheapCard, dearCard)).status()).isEqualTo(200);

        tropipay.hub().awaitPayment(cheap.payment(), "paid");
        tropipay.awaitQuiet();
        assertThat(tropipay.payment(dear).get("status").getAsString()).isNotEqualTo("paid");
    }

    @Test
    void another_merchants_order_is_nobodys_here() {
        TropipayMerchant one = TropipayMerchant.connected();
        TropipayMerchant other = TropipayMerchant.connected();
        Page page = one.paid("35.00");
        String body = simulator().notification(TropipayMerchant.order(page), "OK");

        Http.Answer answer = other.tell(body);
        other.awaitQuiet();

        assertThat(answer.status()).isEqualTo(401);
        assertThat(other.hub().balances()).isEmpty();
    }

    @Test
    void an_old_body_again_changes_nothing() {
        TropipayMerchant tropipay = TropipayMerchant.connected();
        Page page = tropipay.paid("33.00");
        String body = simulator().notification(TropipayMerchant.order(page), "OK");
        tropipay.awaitQuiet();
        Map<String, String> before = tropipay.hub().balances();

        for (int i = 0; i < 5; i++) {
            assertThat(tropipay.tell(body).status()).isEqualTo(200);
        }
        assertThat(tropipay.tell(body.replace("\"OK\"", "\"KO\"")).status()).isEqualTo(200);
        tropipay.awaitQuiet();

        assertThat(tropipay.hub().balances()).isEqualTo(before);
        assertThat(tropipay.payment(page).get("status").getAsString()).isEqualTo("paid");
    }

    @Test
    void whatever_is_wrong_with_a_body_it_is_refused_counted_and_changes_nothing() {
        TropipayMerchant tropipay = TropipayMerchant.connected();
        Page page = tropipay.page("20.00");
        simulator().act("begin", page.card(), Map.of());
        String good = simulator().notification(TropipayMerchant.order(page), "OK");
        String digest = good.replaceFirst("(?s).*\"signaturev3\":\"([0-9a-f]{64})\".*", "$1");

        List<String> bad =
                List.of(
                        "",
                        "null",
                        "[]",
                        "{}",
                        "{\"status\":\"OK\"}",
                        "{\"status\":\"OK\",\"data\":[]}",
                        good.substring(0, good.length() / 2),
                        good.replace(digest, "0".repeat(64)),
                        good.replace(digest, "n".repeat(64)),
                        good.replace(digest, ""),
                        good.replace(digest, "XcrLvyo0uXFm1ninn5HbY60wHWMlTTDrsMI98iSCcDNG"),
                        good.replace("signaturev3", "signaturev9"),
                        good.replace("\"signaturev3\"", "\"status\":\"KO\",\"status\""),
                        good.replace("\"originalCurrencyAmount\":\"2000\"", "\"x\":1"),
                        amount(good, "\"2000.0\""),
                        amount(good, "2e3"),
                        amount(good, "\"99999999999999999999999999999999999999999\""),
                        amount(good, "9".repeat(60)),
                        amount(good, "\"-\""),
                        "{\"status\":\"OK\",\"data\":"
                                + "[".repeat(2_000)
                                + "]".repeat(2_000)
                                + "}");
        for (String body : bad) {
            assertThat(tropipay.tell(body).status()).as(body).isBetween(400, 499);
        }
        byte[] broken = good.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        broken[broken.length / 2] = (byte) 0xff;
        assertThat(tropipay.tell(broken).status()).isBetween(400, 499);
        assertThat(tropipay.tell(new byte[10 << 20]).status()).isBetween(400, 499);
        assertThat(tropipay.tell(currency(good)).status()).isEqualTo(200);

        tropipay.awaitQuiet();
        assertThat(tropipay.payment(page).get("status").getAsString()).isNotEqualTo("paid");
        TestMerchant.await(
                "every refusal counted",
                () ->
                        Rows.number(
                                "SELECT COALESCE(SUM(refused), 0) FROM webhook_refusal WHERE"
                                        + " integration_id = ?",
                                tropipay.integrationId()),
                refused -> refused >= bad.size());
    }

    private static String amount(String good, String written) {
        return good.replace(
                "\"originalCurrencyAmount\":\"2000\"", "\"originalCurrencyAmount\":" + written);
    }

    /** Genuinely signed, in a currency that nobody has: read, and found to be otherwise. */
    private static String currency(String good) {
        return good.replace("\"currency\":\"EUR\"", "\"currency\":\"XYZ\"");
    }

    @Test
    void the_second_version_counts_where_it_is_switched_on_and_nowhere_else() {
        TropipayMerchant off = TropipayMerchant.connected();
        TropipayMerchant on = TropipayMerchant.unconnected().connect(",\"signature_v2\":\"on\"");
        for (TropipayMerchant each : List.of(off, on)) {
            simulator().signatures(each.account().id(), true, true, false);
        }
        Page atOff = off.page("12.00");
        Page atOn = on.page("12.00");

        simulator().pay(atOn.card(), VISA);
        simulator().act("begin", atOff.card(), Map.of());
        Http.Answer second =
                off.tell(simulator().notification(TropipayMerchant.order(atOff), "OK"));
        simulator().signatures(off.account().id(), true, false, false);
        Http.Answer first = off.tell(simulator().notification(TropipayMerchant.order(atOff), "OK"));

        on.hub().awaitPayment(atOn.payment(), "paid");
        assertThat(second.status()).isEqualTo(401);
        assertThat(first.status()).isEqualTo(401);
        TestMerchant.await(
                "the counted causes",
                () ->
                        Rows.of(
                                        "SELECT cause FROM webhook_refusal WHERE integration_id = ?"
                                                + " ORDER BY cause",
                                        off.integrationId())
                                .stream()
                                .map(r -> r.get("cause"))
                                .toList(),
                causes ->
                        causes.containsAll(
                                List.of("signature_outdated", "signature_with_password")));
    }

    @Test
    void no_token_no_secret_and_no_code_stands_in_the_record_of_calls() {
        TropipayMerchant tropipay = TropipayMerchant.connected();
        Page page = tropipay.paid("18.00");
        tropipay.refund(page, "18.00", "123456", "r-" + UUID.randomUUID());
        TestMerchant.await(
                "recorded calls",
                () ->
                        Rows.of(
                                "SELECT operation, request_excerpt, response_excerpt FROM"
                                        + " provider_call WHERE integration_id = ? AND operation ="
                                        + " 'refund.order'",
                                tropipay.integrationId()),
                rows -> rows.stream().anyMatch(r -> r.toString().contains("orderCode")));

        String all =
                Rows.of(
                                "SELECT * FROM provider_call WHERE integration_id = ?",
                                tropipay.integrationId())
                        .toString();

        assertThat(all)
                .doesNotContain(tropipay.account().clientSecret())
                .doesNotContain("\"securityCode\":\"123456\"")
                .doesNotContain("eyJ")
                .doesNotContain("Test Payer")
                .doesNotContain("payer@example.test");
    }
}
