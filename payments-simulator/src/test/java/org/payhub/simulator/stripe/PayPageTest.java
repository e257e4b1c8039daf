package org.payhub.simulator.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.rig.Await;

class PayPageTest {

    private Rig rig;

    @BeforeEach
    void start() {
        rig = new Rig();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private HttpResponse<String> press(Rig.Reply session, String card) {
        return rig.browser.post(
                rig.simulator.baseUrl() + "/pay/c/" + session.text("id"), Map.of("card", card));
    }

    private List<String> types() {
        return rig.stripe.events(rig.stripe.account().id(), false).stream()
                .map(StripeEvent::type)
                .toList();
    }

    @Test
    void the_page_shows_who_what_and_how_much_and_escapes_it() {
        var session =
                rig.post(
                        "/v1/checkout/sessions",
                        "success_url=https://hub.example&cancel_url=https://hub.example/c"
                                + "&line_items[0][quantity]=2"
                                + "&line_items[0][price_data][currency]=eur"
                                + "&line_items[0][price_data][unit_amount]=1250"
                                + "&line_items[0][price_data][product_data][name]="
                                + Rig.encode("<b>Cut & \"go\"</b>"));

        var page = rig.browser.get(session.text("url"));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains(
                        "Estudio Alba",
                        "25.00 EUR",
                        "&lt;b&gt;Cut &amp; &quot;go&quot;&lt;/b&gt;",
                        "Simulator",
                        "https://hub.example/c");
        assertThat(page.body()).doesNotContain("<b>Cut");
    }

    @Test
    void a_decline_leaves_the_page_open_and_the_next_card_pays() {
        var session = rig.session(5000, "");

        var declined = press(session, "4000 0000 0000 0002");
        var poor = press(session, "4000000000009995");
        var paid = press(session, "4242424242424242");

        assertThat(declined.statusCode()).isEqualTo(402);
        assertThat(declined.body()).contains("Your card was declined.");
        assertThat(poor.body()).contains("insufficient funds");
        assertThat(paid.statusCode()).isEqualTo(303);
        assertThat(paid.headers().firstValue("location"))
                .hasValue("https://hub.example/back?s=" + session.text("id"));
        assertThat(types())
                .containsSubsequence(
                        "payment_intent.created",
                        "charge.failed",
                        "payment_intent.payment_failed",
                        "charge.failed",
                        "charge.succeeded",
                        "payment_intent.succeeded",
                        "checkout.session.completed");
        assertThat(rig.books().charges()).hasSize(3);
        assertThat(rig.books().sum("eur", "captured")).isEqualTo(5000);
    }

    @Test
    void three_d_secure_can_be_failed_and_then_completed() {
        var session = rig.session(5000, "");
        String confirm = rig.simulator.baseUrl() + "/pay/c/" + session.text("id") + "/confirm";

        var asked = press(session, "4000002500003155");
        var page = rig.browser.get(confirm);
        var failed = rig.browser.post(confirm, Map.of("answer", "fail"));
        press(session, "4000002500003155");
        var completed = rig.browser.post(confirm, Map.of("answer", "complete"));

        assertThat(asked.statusCode()).isEqualTo(303);
        assertThat(asked.headers().firstValue("location").orElseThrow()).endsWith("/confirm");
        assertThat(page.body()).contains("Complete", "Fail");
        assertThat(failed.body()).contains("unable to authenticate");
        assertThat(completed.statusCode()).isEqualTo(303);
        var details = Json.child(rig.chargeOf(session.text("id")), "payment_method_details");
        assertThat(Json.need(Json.child(Json.child(details, "card"), "three_d_secure"), "result"))
                .isEqualTo("authenticated");
    }

    @Test
    void a_finished_page_cannot_be_paid_again() {
        var session = rig.session(5000, "");
        press(session, "4242424242424242");

        var again = press(session, "4242424242424242");

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).contains("finished");
        assertThat(rig.books().charges()).hasSize(1);
    }

    @Test
    void two_presses_at_once_take_the_money_once() {
        var session = rig.session(5000, "");

        java.util.stream.IntStream.range(0, 16)
                .parallel()
                .forEach(i -> press(session, "4242424242424242"));

        assertThat(rig.books().sum("eur", "captured")).isEqualTo(5000);
    }

    @Test
    void an_expired_session_takes_no_money() {
        var session = rig.session(5000, "");
        String expire = "/v1/checkout/sessions/" + session.text("id") + "/expire";

        var expired = rig.post(expire, "");
        var twice = rig.post(expire, "");
        var pressed = press(session, "4242424242424242");

        assertThat(expired.text("status")).isEqualTo("expired");
        assertThat(twice.status()).isEqualTo(400);
        assertThat(pressed.statusCode()).isEqualTo(410);
        assertThat(rig.books().charges()).isEmpty();
        assertThat(types()).containsExactly("checkout.session.expired");
    }

    @Test
    void a_session_expires_by_the_clock() {
        var session = rig.session(5000, "");

        rig.stripe.clock().offset(Duration.ofHours(25));

        Await.until(
                () ->
                        rig.get("/v1/checkout/sessions/" + session.text("id"))
                                .text("status")
                                .equals("expired"),
                () -> "still open");
        assertThat(types()).containsExactly("checkout.session.expired");
    }

    @Test
    void a_bank_debit_is_pending_until_the_bank_has_spoken() {
        rig.stripe.timing(Map.of("debitMillis", 60_000));
        var good = rig.session(5000, "");
        var bad = rig.session(6000, "");

        var pressed = press(good, "debit_succeeds");
        press(bad, "debit_fails");
        var pending = rig.chargeOf(good.text("id"));
        var waiting = rig.get("/v1/checkout/sessions/" + good.text("id"));
        rig.stripe.runEverythingDue(Duration.ofMinutes(2));

        assertThat(pressed.statusCode()).isEqualTo(303);
        assertThat(Json.need(pending, "status")).isEqualTo("pending");
        assertThat(Json.need(pending, "id")).startsWith("py_");
        assertThat(waiting.text("payment_status")).isEqualTo("unpaid");
        assertThat(rig.get("/v1/checkout/sessions/" + good.text("id")).text("payment_status"))
                .isEqualTo("paid");
        assertThat(types())
                .contains(
                        "charge.pending",
                        "payment_intent.processing",
                        "checkout.session.async_payment_succeeded",
                        "checkout.session.async_payment_failed",
                        "charge.failed",
                        "charge.succeeded");
        assertThat(rig.books().sum("eur", "captured")).isEqualTo(5000);
    }

    @Test
    void a_session_for_cards_offers_no_debit() {
        var session = rig.session(5000, "payment_method_types[]=card");

        assertThat(rig.browser.get(session.text("url")).body()).doesNotContain("Bank debit");
        assertThat(press(session, "debit_succeeds").body()).contains("does not take bank debits");
    }

    @Test
    void a_hold_is_captured_in_part_or_expires() {
        String manual = "payment_intent_data[capture_method]=manual";
        var first = rig.charge(5000, "4242424242424242", manual);
        String intent = Json.need(first, "payment_intent");

        var tooMuch =
                rig.post("/v1/payment_intents/" + intent + "/capture", "amount_to_capture=5001");
        var captured =
                rig.post("/v1/payment_intents/" + intent + "/capture", "amount_to_capture=3000");
        var twice = rig.post("/v1/payment_intents/" + intent + "/capture", "");
        var second = rig.charge(4000, "4242424242424242", manual);
        rig.stripe.clock().offset(Duration.ofDays(8));
        Await.until(() -> types().contains("charge.expired"), () -> "still held");

        assertThat(tooMuch.errorCode()).isEqualTo("amount_too_large");
        assertThat(captured.number("amount_received")).isEqualTo(3000);
        assertThat(twice.errorCode()).isEqualTo("payment_intent_unexpected_state");
        assertThat(
                        Json.number(
                                Json.child(Json.child(first, "payment_method_details"), "card"),
                                "capture_before"))
                .isEqualTo(Json.number(first, "created") + 7 * 86_400);
        assertThat(rig.get("/v1/charges/" + Json.need(first, "id")).number("amount_captured"))
                .isEqualTo(3000);
        var expired = rig.get("/v1/payment_intents/" + Json.need(second, "payment_intent"));
        assertThat(expired.text("status")).isEqualTo("canceled");
        assertThat(expired.text("cancellation_reason")).isEqualTo("expired");
        assertThat(rig.get("/v1/charges/" + Json.need(second, "id")).json())
                .satisfies(
                        c -> {
                            assertThat(Json.flag(c, "refunded")).isFalse();
                            assertThat(Json.flag(c, "captured")).isFalse();
                        });
        assertThat(rig.books().sum("eur", "captured")).isEqualTo(3000);
        assertThat(rig.books().sum("eur", "held")).isZero();
    }

    @Test
    void cards_of_the_wrong_mode_and_nonsense_are_refused() {
        var session = rig.session(5000, "");

        assertThat(press(session, "4539578763621486").body()).contains("test mode");
        assertThat(press(session, "1234").body()).contains("not a valid");
        assertThat(press(session, "").body()).contains("not a valid");
        assertThat(rig.books().charges()).isEmpty();
    }

    @Test
    void an_unknown_page_says_so() {
        var page = rig.browser.get(rig.simulator.baseUrl() + "/pay/c/cs_test_nothing");

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("No such payment page");
    }
}
