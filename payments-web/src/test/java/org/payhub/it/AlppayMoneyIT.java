package org.payhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.payhub.it.AlppayMerchant.Invoice;
import org.payhub.simulator.kit.ApiFaults.Failure;
import org.payhub.simulator.kit.ApiFaults.Kind;

/** Visits in euros that are paid in coins: in parts, too much, too late, or not to be believed. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class AlppayMoneyIT {

    private AlppayMerchant alppay;

    @BeforeEach
    void connect() {
        alppay = AlppayMerchant.connect(TestMerchant.make()).rate("1.2");
    }

    @AfterEach
    void everythingAnswersAgain() {
        alppay.simulator().api().reset();
        alppay.simulator().confirmByHand(false);
    }

    private JsonObject awaitStatus(Invoice invoice, String status) {
        return alppay.merchant().awaitPayment(invoice.payment(), status);
    }

    /** The signed webhook is accepted, whatever comes of it. */
    private void takes(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        assertThat(alppay.send("payment", bytes).status()).isEqualTo(200);
    }

    private BigDecimal balance(String account) {
        return new BigDecimal(alppay.merchant().balances().getOrDefault(account, "0"));
    }

    private static BigDecimal coins(String text) {
        return new BigDecimal(text);
    }

    private void seesTheSameAsTheSimulator() {
        Map<String, String> sums =
                alppay.simulator()
                        .books(alppay.account())
                        .sums()
                        .getOrDefault("USDT_tron", Map.of());
        BigDecimal received = coins(sums.getOrDefault("received", "0"));
        BigDecimal fees = coins(sums.getOrDefault("fees", "0"));
        assertThat(balance("clearing")).isEqualByComparingTo(received.subtract(fees));
        assertThat(balance("fees")).isEqualByComparingTo(fees);
    }

    private JsonArray unmatched() {
        return alppay.merchant().get("/unmatched").json().getAsJsonArray("items");
    }

    // ---- in time ----

    @Test
    void a_visit_is_paid_in_two_parts_and_booked_once_it_is_whole() {
        Invoice invoice = alppay.invoice("100.00");
        JsonObject opened = alppay.merchant().payment(invoice.payment());
        TestMerchant.await("the first webhook", alppay::status, "TEST"::equals);

        alppay.simulator().send(invoice.id(), "48");
        JsonObject part = awaitStatus(invoice, "part_paid");
        BigDecimal meanwhile = balance("clearing");
        alppay.simulator().sendRest(invoice.id());
        JsonObject paid = awaitStatus(invoice, "paid");

        assertThat(Http.text(opened, "amount.amount")).isEqualTo("120.000000");
        assertThat(Http.text(opened, "asked.amount")).isEqualTo("100.00");
        assertThat(Http.text(opened, "quote.source")).isEqualTo("the test");
        assertThat(Http.text(part, "captured.amount")).isEqualTo("0.000000");
        assertThat(Http.text(part, "received.amount")).isEqualTo("48.000000");
        assertThat(meanwhile).isEqualByComparingTo("0");
        assertThat(Http.text(paid, "captured.amount")).isEqualTo("120.000000");
        JsonObject visit = alppay.merchant().visitOf(invoice.visit());
        assertThat(Http.text(visit, "paymentStatus")).isEqualTo("paid");
        assertThat(Http.text(visit, "due.amount")).isEqualTo("0.00");
        assertThat(balance("prepayments")).isEqualByComparingTo("-120");
        seesTheSameAsTheSimulator();
        assertThat(unmatched()).isEmpty();
    }

    @Test
    void what_came_too_much_waits_for_a_person_and_the_visit_is_paid() {
        Invoice invoice = alppay.invoice("100.00");

        alppay.simulator().send(invoice.id(), "125");
        JsonObject paid = awaitStatus(invoice, "paid");

        assertThat(Http.text(paid, "suspense.amount")).isEqualTo("5.000000");
        assertThat(Http.text(alppay.merchant().visitOf(invoice.visit()), "paymentStatus"))
                .isEqualTo("paid");
        assertThat(balance("suspense")).isEqualByComparingTo("-5");
        assertThat(balance("prepayments")).isEqualByComparingTo("-120");
        assertThat(unmatched()).hasSize(1);
        seesTheSameAsTheSimulator();
    }

    @Test
    void a_payment_waits_for_the_network_before_it_counts() {
        alppay.simulator().confirmByHand(true);
        Invoice invoice = alppay.invoice("100.00");

        alppay.simulator().send(invoice.id(), "120");
        awaitStatus(invoice, "pending");
        BigDecimal meanwhile = balance("clearing");
        alppay.simulator().confirm(invoice.id());

        awaitStatus(invoice, "paid");
        assertThat(meanwhile).isEqualByComparingTo("0");
    }

    // ---- not as it should be ----

    @Test
    void enough_that_comes_too_late_is_a_persons() {
        Invoice invoice = alppay.invoice("100.00");

        alppay.simulator().send(invoice.id(), "48");
        alppay.simulator().expire(invoice.id());
        awaitStatus(invoice, "part_paid");
        alppay.simulator().send(invoice.id(), "84");
        JsonObject late = awaitStatus(invoice, "review");

        assertThat(Http.text(late, "reviewReason")).isEqualTo("late");
        assertThat(balance("suspense").add(balance("prepayments"))).isEqualByComparingTo("-132");
        seesTheSameAsTheSimulator();
    }

    @Test
    void money_of_bad_origin_pays_nothing() {
        Invoice invoice = alppay.invoice("100.00");

        alppay.simulator().sendSuspicious(invoice.id(), "120");
        JsonObject held = awaitStatus(invoice, "review");

        assertThat(Http.text(held, "reviewReason")).isEqualTo("on_hold");
        assertThat(balance("suspense")).isEqualByComparingTo("-120");
        assertThat(balance("prepayments")).isEqualByComparingTo("0");
        assertThat(Http.text(alppay.merchant().visitOf(invoice.visit()), "paymentStatus"))
                .isEqualTo("review");
        seesTheSameAsTheSimulator();
    }

    @Test
    void an_invoice_that_nobody_paid_ends_and_the_link_can_be_paid_by_another() {
        Invoice first = alppay.invoice("100.00");
        alppay.simulator().expire(first.id());
        awaitStatus(first, "expired");

        Invoice second = alppay.open(first.visit(), first.link());
        alppay.simulator().sendRest(second.id());

        awaitStatus(second, "paid");
        assertThat(second.id()).isNotEqualTo(first.id());
    }

    @Test
    void a_completed_webhook_that_the_provider_does_not_confirm_pays_nothing() {
        Invoice invoice = alppay.invoice("100.00");
        alppay.awaitQuiet();
        String body =
                alppay.simulator()
                        .find(invoice.id())
                        .orElseThrow()
                        .toString()
                        .replace("\"OPEN\"", "\"COMPLETED\"")
                        .replace("\"NEW\"", "\"COMPLETED\"")
                        .replace(
                                "\"totalReceivedAmount\":\"0\"",
                                "\"totalReceivedAmount\":\"120.00\"");

        takes(body);
        alppay.awaitQuiet();

        assertThat(Http.text(alppay.merchant().payment(invoice.payment()), "status"))
                .isNotEqualTo("paid");
        assertThat(alppay.merchant().balances()).isEmpty();
    }

    @Test
    void last_years_webhook_again_changes_nothing() {
        Invoice invoice = alppay.invoice("100.00");
        alppay.simulator().send(invoice.id(), "48");
        awaitStatus(invoice, "part_paid");
        alppay.simulator().sendRest(invoice.id());
        awaitStatus(invoice, "paid");
        alppay.awaitQuiet();
        Map<String, String> before = alppay.merchant().balances();

        for (String body : alppay.simulator().events(alppay.account())) {
            takes(body);
        }
        alppay.awaitQuiet();

        assertThat(Http.text(alppay.merchant().payment(invoice.payment()), "status"))
                .isEqualTo("paid");
        assertThat(alppay.merchant().balances()).isEqualTo(before);
    }

    // ---- lost ----

    @Test
    void with_every_webhook_lost_asking_brings_the_payment_and_asks_for_action() {
        alppay.listens(false);
        Invoice invoice = alppay.invoice("100.00");
        alppay.simulator().send(invoice.id(), "125");

        askUntil(() -> statusOf(invoice).equals("paid"));
        JsonObject detail = alppay.detail();

        assertThat(balance("suspense")).isEqualByComparingTo("-5");
        seesTheSameAsTheSimulator();
        assertThat(Http.text(detail, "status")).isEqualTo("ACTION_NEEDED");
        assertThat(Http.text(detail, "need")).contains("only because we asked");
        alppay.listens(true);
        alppay.invoice("10.00");
        TestMerchant.await("green again", alppay::status, "TEST"::equals);
    }

    @Test
    void an_order_without_an_answer_is_found_and_not_made_twice() {
        alppay.simulator()
                .api()
                .failNext(1, Failure.of(Kind.EMPTY).on("POST /alppay/payment").afterTheEffect());

        Invoice invoice = alppay.invoice("100.00");
        alppay.simulator().sendRest(invoice.id());

        awaitStatus(invoice, "paid");
        assertThat(alppay.simulator().payments(alppay.account())).hasSize(1);
    }

    private String statusOf(Invoice invoice) {
        return Http.text(alppay.merchant().payment(invoice.payment()), "status");
    }

    /** The time for asking has come; the server comes by every ten seconds. */
    private void askUntil(BooleanSupplier reached) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(500))
                .until(
                        () -> {
                            Rows.change(
                                    "UPDATE payment SET ask_at = ? WHERE merchant_id = ? AND ask_at"
                                            + " IS NOT NULL",
                                    Instant.now().minusSeconds(1),
                                    Rows.id(alppay.merchant().id()));
                            return reached.getAsBoolean();
                        });
    }
}
