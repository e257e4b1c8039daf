package org.payhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.payhub.simulator.stripe.StripeBooks;

/** The main job end to end, as a booking system does it. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class MainJobIT {

    private static final String VISA = "4242424242424242";

    @Test
    void a_visit_is_paid_refunded_in_part_and_the_books_show_both() {
        TestMerchant merchant = TestMerchant.make().connectStripe();
        TestMerchant.Prepared prepared = merchant.prepare("40.00");

        TestWorld.simulator().stripe().pay(prepared.session(), VISA);
        JsonObject paid = merchant.awaitPayment(prepared.payment(), "paid");
        merchant.awaitPayment(prepared.payment(), p -> Http.text(p, "feeState").equals("known"));
        Http.Answer asked = merchant.refund(prepared.payment(), "15.00");
        merchant.awaitPayment(
                prepared.payment(), p -> Http.text(p, "refunded.amount").equals("15.00"));

        assertThat(Http.text(paid, "captured.amount")).isEqualTo("40.00");
        assertThat(asked.status()).as(asked.body()).isEqualTo(202);
        JsonObject visit = merchant.visitOf(prepared.visit());
        assertThat(Http.text(visit, "paymentStatus")).isEqualTo("part_refunded");
        assertThat(Http.text(visit, "paid.amount")).isEqualTo("25.00");
        assertThat(Http.text(visit, "due.amount")).isEqualTo("0.00");
        StripeBooks books = TestWorld.simulator().stripe().books(merchant.account().id(), false);
        assertThat(merchant.balances().get("clearing")).isEqualTo(euros(books.sum("eur", "net")));
        assertThat(merchant.balances().get("prepayments")).isEqualTo("-25.00");
        List<String> csv = csv(merchant);
        assertThat(csv.get(0)).startsWith("row_id,balance_transaction_id,created_utc");
        assertThat(csv).hasSize(3);
        assertThat(csv.stream().filter(l -> l.contains(",charge,40.00,"))).hasSize(1);
        assertThat(csv.stream().filter(l -> l.contains(",refund,-15.00,"))).hasSize(1);
    }

    private static String euros(long cents) {
        return java.math.BigDecimal.valueOf(cents, 2).toPlainString();
    }

    private static List<String> csv(TestMerchant merchant) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        Http.Answer report =
                merchant.get(
                        "/reports/balance_itemised.v1?from="
                                + today.minusDays(1)
                                + "&to="
                                + today.plusDays(2)
                                + "&format=csv");
        assertThat(report.status()).as(report.body()).isEqualTo(200);
        return report.body().lines().toList();
    }

    @Test
    void an_integration_turns_green_only_after_a_genuine_signed_event() {
        TestMerchant merchant = TestMerchant.make().connectStripe();

        String before = merchant.get("/integrations/" + merchant.integration()).text("status");
        TestMerchant.Prepared prepared = merchant.paid("12.00");

        assertThat(before).isEqualTo("ACTION_NEEDED");
        TestMerchant.await(
                "status",
                () -> merchant.get("/integrations/" + merchant.integration()).text("status"),
                "TEST"::equals);
    }

    @Test
    void a_declined_card_leaves_the_link_open_and_the_next_card_pays() {
        TestMerchant merchant = TestMerchant.make().connectStripe();
        TestMerchant.Prepared prepared = merchant.prepare("20.00");

        TestWorld.simulator().stripe().pay(prepared.session(), "4000000000000002");
        merchant.awaitPayment(prepared.payment(), "failed");
        TestWorld.simulator().stripe().pay(prepared.session(), VISA);

        merchant.awaitPayment(prepared.payment(), "paid");
    }

    @Test
    void a_hold_is_captured_in_part_and_the_rest_is_released() {
        TestMerchant merchant = TestMerchant.make().connectStripe();
        TestMerchant.Prepared prepared = merchant.held("30.00");
        Http.Answer captured =
                merchant.post(
                        "/payments/" + prepared.payment() + "/capture",
                        "{\"amount\":{\"amount\":\"10.00\",\"currency\":\"EUR\"}}");
        JsonObject payment =
                merchant.awaitPayment(
                        prepared.payment(), p -> Http.text(p, "captured.amount").equals("10.00"));

        assertThat(captured.status()).as(captured.body()).isEqualTo(200);
        assertThat(Http.text(payment, "status")).isEqualTo("paid");
        assertThat(merchant.balances().get("prepayments")).isEqualTo("-10.00");
    }
}
