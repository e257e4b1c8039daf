package org.payhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.payhub.simulator.tiptoppay.TiptoppayBooks;

/**
 * TipTop Pay end to end: the question before a charge, the money after it, and what is no proof.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class TiptoppayIT {

    private static final String GENUINE_CARD = "4929000000006";

    @AfterAll
    static void the_invariants_hold() {
        Invariants.hold();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    // ---- the main job ----

    @Test
    void a_visit_is_asked_about_paid_refunded_in_part_and_the_books_agree() {
        TiptoppayShop shop = TiptoppayShop.open();
        TestMerchant merchant = shop.merchant();
        TestMerchant.Prepared page = shop.prepare("5000.00");

        String outcome = shop.pay(page);
        merchant.awaitPayment(page.payment(), "paid");
        merchant.awaitPayment(page.payment(), p -> Http.text(p, "feeState").equals("known"));
        Http.Answer asked =
                merchant.post(
                        "/payments/" + page.payment() + "/refunds",
                        "{\"amount\":{\"amount\":\"1500.00\",\"currency\":\"KZT\"},"
                                + "\"reason\":\"requested_by_customer\"}");
        JsonObject paid =
                merchant.awaitPayment(
                        page.payment(), p -> Http.text(p, "refunded.amount").equals("1500.00"));
        shop.awaitDone();

        assertThat(outcome).isEqualTo("succeeded");
        assertThat(asked.status()).as(asked.body()).isEqualTo(202);
        assertThat(Http.text(paid, "cardLast4")).isEqualTo("3055");
        assertThat(shop.deliveries(shop.test(), "check"))
                .extracting(d -> d.get("status"))
                .containsExactly("ignored");
        assertThat(shop.deliveries(shop.test(), "pay"))
                .extracting(d -> d.get("status"))
                .containsExactly("applied");
        assertThat(shop.deliveries(shop.test(), "refund"))
                .extracting(d -> d.get("status"))
                .containsExactly("applied");
        TiptoppayBooks books = TiptoppayShop.simulator().books(shop.site().publicId(), false);
        long net =
                books.captured().get("KZT") - books.refunded().get("KZT") - books.fees().get("KZT");
        assertThat(merchant.balances().get("clearing")).isEqualTo(merchant.major(net));
        assertThat(merchant.balances().get("prepayments")).isEqualTo("-3500.00");
        assertThat(Http.text(merchant.visitOf(page.visit()), "paymentStatus"))
                .isEqualTo("part_refunded");
    }

    @Test
    void connecting_sets_what_can_be_set_and_names_the_one_step_that_is_left() {
        TiptoppayShop shop = TiptoppayShop.open();
        TiptoppayShop.simulator().notify(shop.site().publicId(), "check", "");
        String verify = "/integrations/" + shop.test() + "/verify";

        String before = shop.merchant().post(verify, "").body();
        shop.setCheckByHand();
        String after = shop.merchant().post(verify, "").body();

        assertThat(TiptoppayShop.simulator().address(shop.site().publicId(), "pay"))
                .contains(shop.keyed() + "/pay");
        assertThat(TiptoppayShop.simulator().address(shop.site().publicId(), "refund"))
                .contains(shop.keyed() + "/refund");
        assertThat(before)
                .contains("One step is left that only you can take")
                .contains("/payments/prepaid/tiptoppay?type=check");
        assertThat(after).doesNotContain("One step is left");
    }

    @Test
    void a_hold_is_taken_in_part() {
        TiptoppayShop shop = TiptoppayShop.open();
        TestMerchant.Prepared page = shop.prepare("3000.00", true);

        shop.pay(page);
        shop.merchant().awaitPayment(page.payment(), "authorized");
        Http.Answer captured =
                shop.merchant()
                        .post(
                                "/payments/" + page.payment() + "/capture",
                                "{\"amount\":{\"amount\":\"1000.00\",\"currency\":\"KZT\"}}");
        JsonObject payment =
                shop.merchant()
                        .awaitPayment(
                                page.payment(),
                                p -> Http.text(p, "captured.amount").equals("1000.00"));
        shop.awaitDone();

        assertThat(captured.status()).as(captured.body()).isEqualTo(200);
        assertThat(Http.text(payment, "status")).isEqualTo("paid");
        assertThat(shop.merchant().balances().get("prepayments")).isEqualTo("-1000.00");
    }

    @Test
    void a_hold_that_the_cabinet_gives_back_and_a_refund_made_there_arrive() {
        TiptoppayShop shop = TiptoppayShop.open();
        TestMerchant.Prepared held = shop.prepare("3000.00", true);
        shop.pay(held);
        long hold = shop.lastOperation();
        shop.merchant().awaitPayment(held.payment(), "authorized");
        TestMerchant.Prepared paid = shop.prepare("200.00");
        shop.pay(paid);
        long charge = shop.lastOperation();

        TiptoppayShop.simulator().release(shop.site().publicId(), hold);
        TiptoppayShop.simulator().refund(shop.site().publicId(), charge, "200.00");

        shop.merchant().awaitPayment(held.payment(), "cancelled");
        shop.merchant()
                .awaitPayment(
                        paid.payment(), p -> Http.text(p, "refunded.amount").equals("200.00"));
    }

    @Test
    void lost_doubled_and_shuffled_notifications_end_in_the_providers_own_books() {
        TiptoppayShop shop = TiptoppayShop.open();
        TiptoppayShop.simulator().webhooks().copies(2);
        TiptoppayShop.simulator().webhooks().hold();
        List<TestMerchant.Prepared> pages = new java.util.ArrayList<>();
        try {
            for (int i = 0; i < 6; i++) {
                TestMerchant.Prepared page = shop.prepare("100.00");
                pages.add(page);
                TiptoppayShop.simulator().pay(page.session(), "4000056655665556");
                shop.pay(page);
                if (i % 2 == 0) {
                    TiptoppayShop.simulator()
                            .refund(shop.site().publicId(), shop.lastOperation(), "30.00");
                }
            }
        } finally {
            TiptoppayShop.simulator().webhooks().copies(1);
            TiptoppayShop.simulator().webhooks().release(7);
        }

        pages.forEach(page -> shop.merchant().awaitPayment(page.payment(), "paid"));
        for (int i = 0; i < pages.size(); i++) {
            String refunded = i % 2 == 0 ? "30.00" : "0.00";
            shop.merchant()
                    .awaitPayment(
                            pages.get(i).payment(),
                            p -> Http.text(p, "refunded.amount").equals(refunded));
        }
        shop.awaitDone();
        TiptoppayBooks books = TiptoppayShop.simulator().books(shop.site().publicId(), false);
        long net =
                books.captured().get("KZT") - books.refunded().get("KZT") - books.fees().get("KZT");
        assertThat(shop.merchant().balances().get("clearing"))
                .isEqualTo(shop.merchant().major(net));
    }

    // ---- the question ----

    private static String code(Http.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.text("code");
    }

    @Test
    void the_question_is_answered_from_the_payments_real_state() {
        TiptoppayShop shop = TiptoppayShop.open();
        TestMerchant.Prepared open = shop.prepare("5000.00");
        TestMerchant.Prepared late = shop.prepare("70.00");
        TestMerchant.Prepared gone = shop.prepare("80.00");
        Rows.change(
                "UPDATE payment SET checkout_expires_at = ? WHERE id = ?",
                Instant.now().minusSeconds(60),
                Rows.id(late.payment()));
        Http.Answer cancelled =
                shop.merchant().post("/visits/" + gone.visit() + "/cancel", "{\"reason\":\"ill\"}");
        Map<String, String> wrongAccount = shop.check(open, "5000.00");
        wrongAccount.put("AccountId", "vis_of_someone_else");
        Map<String, String> wrongCurrency = shop.check(open, "5000.00");
        wrongCurrency.put("Currency", "USD");
        Map<String, String> strange = shop.check(open, "5000.001");
        Map<String, String> unknown = shop.check(open, "5000.00");
        unknown.put("InvoiceId", "pay_" + "0".repeat(26));
        Map<String, String> real = shop.check(open, "5000.00");
        real.put("TestMode", "0");
        String url = shop.keyed() + "/check";

        SoftAssertions all = new SoftAssertions();
        all.assertThat(code(shop.send(url, shop.check(open, "5000.00")))).isEqualTo("0");
        all.assertThat(code(shop.send(url, shop.check(open, "5000")))).isEqualTo("0");
        all.assertThat(code(shop.send(url, unknown))).isEqualTo("10");
        all.assertThat(code(shop.send(url, wrongAccount))).isEqualTo("11");
        all.assertThat(code(shop.send(url, shop.check(open, "4999.99")))).isEqualTo("12");
        all.assertThat(code(shop.send(url, wrongCurrency))).isEqualTo("12");
        all.assertThat(code(shop.send(url, strange))).isEqualTo("12");
        all.assertThat(code(shop.send(url, real))).isEqualTo("13");
        all.assertThat(code(shop.send(url, shop.check(late, "70.00")))).isEqualTo("20");
        all.assertThat(cancelled.status()).as(cancelled.body()).isBetween(200, 204);
        all.assertThat(code(shop.send(url, shop.check(gone, "80.00")))).isEqualTo("13");
        shop.pay(open);
        shop.merchant().awaitPayment(open.payment(), "paid");
        all.assertThat(code(shop.send(url, shop.check(open, "5000.00")))).isEqualTo("13");
        all.assertAll();
    }

    @Test
    void another_merchants_payment_is_unknown_here() {
        TiptoppayShop shop = TiptoppayShop.open();
        TiptoppayShop other = TiptoppayShop.open();
        TestMerchant.Prepared theirs = other.prepare("90.00");

        assertThat(code(shop.send(shop.keyed() + "/check", shop.check(theirs, "90.00"))))
                .isEqualTo("10");
        assertThat(shop.send(other.keyed() + "/check", shop.check(theirs, "90.00")).status())
                .isEqualTo(401);
    }

    @Test
    void the_question_works_at_every_address_and_in_every_spelling() {
        TiptoppayShop shop = TiptoppayShop.open();
        TestMerchant.Prepared page = shop.prepare("5000.00");
        byte[] json =
                bytes(
                        "{\"TransactionId\":7123456789,\"Amount\":5000.00,\"Currency\":\"KZT\","
                                + "\"OperationType\":\"Payment\",\"Status\":\"Completed\","
                                + "\"TestMode\":true,\"InvoiceId\":\""
                                + page.payment()
                                + "\"}");

        SoftAssertions all = new SoftAssertions();
        for (String url :
                List.of(
                        shop.keyed(),
                        shop.keyed() + "/check",
                        shop.keyed() + "?type=check",
                        shop.bare(),
                        shop.bare() + "?type=check",
                        shop.bare() + "/check")) {
            all.assertThat(code(shop.send(url, shop.check(page, "5000.00"))))
                    .as(url)
                    .isEqualTo("0");
            all.assertThat(code(shop.get(url, shop.check(page, "5000.00"))))
                    .as("GET " + url)
                    .isEqualTo("0");
        }
        for (String header : List.of("Content-HMAC", "X-Content-HMAC")) {
            Map<String, String> signed = Map.of(header, shop.hmac(json));
            all.assertThat(code(TiptoppayShop.send(shop.keyed(), json, "application/json", signed)))
                    .as(header)
                    .isEqualTo("0");
        }
        all.assertAll();
    }

    @Test
    void a_question_that_is_refused_ends_the_payment_at_the_provider() {
        TiptoppayShop shop = TiptoppayShop.open();
        TestMerchant.Prepared page = shop.prepare("60.00");
        Rows.change(
                "UPDATE payment SET checkout_expires_at = ? WHERE id = ?",
                Instant.now().minusSeconds(60),
                Rows.id(page.payment()));

        String outcome = shop.pay(page);

        assertThat(outcome).isEqualTo("refused");
        assertThat(TiptoppayShop.simulator().books(shop.site().publicId(), false).captured())
                .isEmpty();
    }

    // ---- what never pays ----

    @Test
    void a_question_never_pays_whatever_the_address_says() {
        TiptoppayShop shop = TiptoppayShop.open();
        TestMerchant.Prepared page = shop.prepare("5000.00");

        for (String url :
                List.of(
                        shop.keyed(),
                        shop.keyed() + "/check",
                        shop.keyed() + "/pay",
                        shop.keyed() + "?type=pay",
                        shop.bare() + "?type=confirm")) {
            assertThat(shop.send(url, shop.check(page, "5000.00")).status()).isEqualTo(200);
        }
        shop.awaitDone();

        assertThat(Http.text(shop.status(page), "status")).isEqualTo("created");
        assertThat(shop.merchant().balances()).isEmpty();
    }

    @Test
    void a_signed_claim_that_the_provider_does_not_confirm_pays_nothing() {
        TiptoppayShop shop = TiptoppayShop.open();
        TestMerchant.Prepared page = shop.prepare("5000.00");
        TiptoppayShop.simulator().pay(page.session(), "4000056655665556");
        Map<String, String> forged = shop.check(page, "5000.00");
        forged.put("TransactionId", Long.toString(shop.lastOperation()));
        forged.put("GatewayName", "Test");
        forged.put("AuthCode", "A1B2C3");
        Map<String, String> invented = new LinkedHashMap<>(forged);
        invented.put("TransactionId", "7999999999");

        Http.Answer first = shop.send(shop.keyed() + "/pay", forged);
        Http.Answer second = shop.send(shop.keyed() + "/pay", invented);
        shop.awaitDone();

        assertThat(first.text("code")).isEqualTo("0");
        assertThat(second.text("code")).isEqualTo("0");
        assertThat(Http.text(shop.status(page), "status")).isEqualTo("failed");
        assertThat(shop.merchant().balances()).isEmpty();
    }

    @Test
    void what_is_not_genuine_is_refused_and_leaves_nothing() {
        TiptoppayShop shop = TiptoppayShop.open();
        TestMerchant.Prepared page = shop.prepare("5000.00");
        Map<String, String> fields = shop.check(page, "5000.00");
        fields.put("GatewayName", "Test");
        fields.put("Description", "a b");
        byte[] body = bytes(TiptoppayShop.form(fields));
        byte[] decoded =
                bytes(
                        java.net.URLDecoder.decode(
                                TiptoppayShop.form(fields), StandardCharsets.UTF_8));
        String raw = shop.hmac(body);
        String plain = shop.hmac(decoded);
        String hex = HexFormat.of().formatHex(Base64.getDecoder().decode(raw));
        String url = shop.keyed() + "/pay";
        Map<String, Map<String, String>> proofs = new LinkedHashMap<>();
        proofs.put("none", Map.of());
        proofs.put("empty", Map.of("Content-HMAC", "", "X-Content-HMAC", plain));
        proofs.put("wrong", Map.of("Content-HMAC", shop.hmac(bytes("other"))));
        proofs.put("swapped", Map.of("Content-HMAC", plain, "X-Content-HMAC", raw));
        proofs.put("in the other header", Map.of("X-Content-HMAC", raw));
        proofs.put("hexadecimal", Map.of("Content-HMAC", hex));
        proofs.put(
                "in small letters", Map.of("Content-HMAC", raw.toLowerCase(java.util.Locale.ROOT)));
        proofs.put("of another key", Map.of("Content-HMAC", TiptoppayShop.hmac("other", body)));

        SoftAssertions all = new SoftAssertions();
        proofs.forEach(
                (what, headers) ->
                        all.assertThat(
                                        TiptoppayShop.send(url, body, TiptoppayShop.FORM, headers)
                                                .status())
                                .as(what)
                                .isEqualTo(401));
        all.assertThat(TiptoppayShop.sendDoubled(url, body, "Content-HMAC", raw).status())
                .as("doubled")
                .isEqualTo(401);
        all.assertAll();

        assertThat(shop.stored()).isZero();
        assertThat(Http.text(shop.status(page), "status")).isEqualTo("created");
    }

    @Test
    void what_is_signed_and_broken_is_refused_or_harmless() {
        TiptoppayShop shop = TiptoppayShop.open();
        TestMerchant.Prepared page = shop.prepare("5000.00");
        String good = TiptoppayShop.form(shop.check(page, "5000.00"));
        String deep =
                "{\"TransactionId\":1,\"Data\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}";
        byte[] huge = bytes(good + "&Data=" + "x".repeat(10 * 1024 * 1024));
        SoftAssertions all = new SoftAssertions();

        for (String body :
                List.of(
                        "",
                        "Status=Completed&Amount=1.00",
                        good + "&Amount=1.00",
                        good + "&amount=1.00",
                        good + "&Name=%ff%fe",
                        good + "&Name=%q",
                        "TransactionId=" + "9".repeat(40),
                        "TransactionId=1&" + "a=1&b=2&c=3".repeat(1))) {
            all.assertThat(shop.send(shop.keyed(), bytes(body)).status()).as(body).isIn(200, 401);
        }
        all.assertThat(shop.send(shop.keyed(), bytes("TransactionId=1&x=1&X=2")).status())
                .isEqualTo(401);
        all.assertThat(
                        TiptoppayShop.send(
                                        shop.keyed(),
                                        bytes(deep),
                                        "application/json",
                                        Map.of("Content-HMAC", shop.hmac(bytes(deep))))
                                .status())
                .as("deep")
                .isEqualTo(401);
        all.assertThat(statusOfHuge(shop, huge)).as("10 MB").isIn(413, 0);
        Map<String, String> digits = shop.check(page, "5000." + "0".repeat(50) + "1");
        digits.put("GatewayName", "Test");
        all.assertThat(shop.send(shop.keyed() + "/pay", digits).status()).isEqualTo(200);
        Map<String, String> many = shop.check(page, "9".repeat(60));
        many.put("GatewayName", "Test");
        all.assertThat(shop.send(shop.keyed() + "/pay", many).status()).isEqualTo(200);
        all.assertAll();
        shop.awaitDone();

        assertThat(Http.text(shop.status(page), "status")).isEqualTo("created");
        assertThat(shop.merchant().balances()).isEmpty();
    }

    /** The connection may be closed before all of it was sent; then there is no status. */
    private static int statusOfHuge(TiptoppayShop shop, byte[] huge) {
        try {
            return shop.send(shop.keyed(), huge).status();
        } catch (java.io.UncheckedIOException closed) {
            return 0;
        }
    }

    @Test
    void an_old_body_sent_again_changes_nothing() {
        TiptoppayShop shop = TiptoppayShop.open();
        TestMerchant.Prepared page = shop.prepare("5000.00");
        shop.pay(page);
        shop.merchant().awaitPayment(page.payment(), "paid");
        TiptoppayShop.simulator().refund(shop.site().publicId(), shop.lastOperation(), "5000.00");
        shop.merchant()
                .awaitPayment(
                        page.payment(), p -> Http.text(p, "refunded.amount").equals("5000.00"));
        shop.awaitDone();
        Map<String, String> before = shop.merchant().balances();
        long stored = shop.stored();

        for (var notice : TiptoppayShop.simulator().notices(shop.site().publicId())) {
            for (String url : List.of(shop.keyed(), shop.keyed() + "/" + notice.type())) {
                assertThat(shop.send(url, bytes(notice.form())).status()).isEqualTo(200);
            }
        }
        shop.awaitDone();

        assertThat(shop.merchant().balances()).isEqualTo(before);
        assertThat(shop.stored()).isEqualTo(stored);
    }

    // ---- test and live with the same keys ----

    @Test
    void the_test_flag_routes_between_two_integrations_with_the_same_keys() {
        TiptoppayShop shop = TiptoppayShop.open();
        TestMerchant.Prepared test = shop.prepare("400.00");
        shop.connect("live");
        assertThat(TiptoppayShop.simulator().address(shop.site().publicId(), "pay"))
                .contains(shop.keyed(shop.live()) + "/pay");

        shop.pay(test);
        long charge = shop.lastOperation();
        shop.merchant().awaitPayment(test.payment(), "paid");
        TiptoppayShop.simulator().refund(shop.site().publicId(), charge, "100.00");
        shop.merchant()
                .awaitPayment(
                        test.payment(), p -> Http.text(p, "refunded.amount").equals("100.00"));
        TestMerchant.Prepared live = shop.prepare("700.00");
        TiptoppayShop.simulator().live(shop.site().publicId(), true);
        String outcome = TiptoppayShop.simulator().pay(live.session(), GENUINE_CARD);
        shop.merchant().awaitPayment(live.payment(), "paid");
        shop.awaitDone();

        assertThat(outcome).isEqualTo("succeeded");
        assertThat(Http.text(shop.status(live), "livemode")).isEqualTo("true");
        assertThat(shop.deliveries(shop.test(), "pay")).hasSize(1);
        assertThat(shop.deliveries(shop.test(), "refund")).hasSize(1);
        assertThat(shop.deliveries(shop.live(), "pay")).hasSize(1);
        assertThat(shop.deliveries(shop.live(), "refund")).isEmpty();
    }

    @Test
    void a_real_card_is_not_charged_for_a_test_payment() {
        TiptoppayShop shop = TiptoppayShop.open();
        TestMerchant.Prepared page = shop.prepare("400.00");
        TiptoppayShop.simulator().live(shop.site().publicId(), true);

        assertThat(TiptoppayShop.simulator().pay(page.session(), GENUINE_CARD))
                .isEqualTo("refused");
        shop.awaitDone();
        assertThat(Http.text(shop.status(page), "status")).isEqualTo("created");
    }

    @Test
    void real_money_without_a_live_integration_is_held_and_somebody_has_to_act() {
        TiptoppayShop shop = TiptoppayShop.open();
        TestMerchant.Prepared warm = shop.prepare("10.00");
        shop.pay(warm);
        shop.merchant().awaitPayment(warm.payment(), "paid");
        TestMerchant.Prepared page = shop.prepare("400.00");
        TiptoppayShop.simulator().notify(shop.site().publicId(), "check", "");
        TiptoppayShop.simulator().live(shop.site().publicId(), true);

        TiptoppayShop.simulator().pay(page.session(), GENUINE_CARD);

        TestMerchant.await(
                "status",
                () -> shop.integration(shop.test()),
                i -> i.toString().contains("Real money"));
        assertThat(Http.text(shop.integration(shop.test()), "status")).isEqualTo("ACTION_NEEDED");
        assertThat(Http.text(shop.status(page), "status")).isEqualTo("created");
        assertThat(
                        Rows.of(
                                "SELECT livemode, amount_minor FROM unmatched_money WHERE"
                                        + " merchant_id = ?",
                                Rows.id(shop.merchant().id())))
                .hasSize(1);
        shop.connect("live");
        assertThat(shop.integration(shop.test()).toString()).doesNotContain("Real money");
    }
}
