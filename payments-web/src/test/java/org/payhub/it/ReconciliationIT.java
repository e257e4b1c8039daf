package org.payhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.payhub.simulator.kit.ApiFaults;
import org.payhub.simulator.stripe.StripeSimulator;

/** A provider's own list of a day against ours. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ReconciliationIT {

    private static final String VISA = "4242424242424242";

    private final StripeSimulator stripe = TestWorld.simulator().stripe();

    @AfterEach
    void everything_answers_again() {
        stripe.webhooks().dropAll(false);
        stripe.api().reset();
        stripe.unfreeze();
    }

    private static int count(JsonObject day, String name) {
        return day.get(name).getAsInt();
    }

    private static List<String> kinds(JsonObject day) {
        return StreamSupport.stream(day.getAsJsonArray("differences").spliterator(), false)
                .map(d -> Http.text(d.getAsJsonObject(), "kind"))
                .toList();
    }

    private String charge(String payment) {
        return Rows.one(
                "SELECT reference_key FROM payment_reference WHERE payment_id = ? AND kind ="
                        + " 'charge'",
                Rows.id(payment));
    }

    @Test
    void what_no_webhook_told_is_fetched_from_the_list_and_booked_once() {
        TestMerchant merchant = TestMerchant.make().connectStripe();
        ComparedDays days = ComparedDays.of(merchant);
        TestMerchant.Prepared known = merchant.prepare("20.00");
        stripe.pay(known.session(), VISA);
        merchant.awaitPayment(known.payment(), p -> Http.text(p, "feeState").equals("known"));
        stripe.webhooks().dropAll(true);
        TestMerchant.Prepared lost = merchant.prepare("40.00");
        stripe.pay(lost.session(), VISA);
        stripe.act("refund", charge(known.payment()), Map.of("amount", 500));
        stripe.act("sell", merchant.account().id(), Map.of("amount", 900));

        JsonObject first = days.compareToday();
        // The provider books a moment later; then nothing is new any more.
        JsonObject second =
                TestMerchant.await(
                        "nothing new", days::compareToday, day -> count(day, "fetched") == 0);

        assertThat(Http.text(first, "status")).as(first.toString()).isEqualTo("done");
        assertThat(count(first, "fetched")).as(first.toString()).isEqualTo(2);
        assertThat(count(first, "matched")).as(first.toString()).isEqualTo(1);
        assertThat(count(first, "different")).as(first.toString()).isZero();
        assertThat(kinds(first)).containsExactly("not_ours");
        assertThat(count(second, "matched")).as(second.toString()).isEqualTo(3);
        JsonObject payment = merchant.payment(lost.payment());
        assertThat(Http.text(payment, "status")).isEqualTo("paid");
        assertThat(Http.text(payment, "feeState")).isEqualTo("known");
        assertThat(Http.text(merchant.payment(known.payment()), "refunded.amount"))
                .isEqualTo("5.00");
        assertThat(merchant.balances()).containsEntry("prepayments", "-55.00");
        assertThat(merchant.balances()).doesNotContainKey("suspense");
        Invariants.hold();
        Invariants.balancesAreSums(merchant);
    }

    @Test
    void a_hold_that_was_taken_and_a_dispute_that_was_lost_are_found_without_webhooks() {
        TestMerchant merchant = TestMerchant.make().connectStripe();
        ComparedDays days = ComparedDays.of(merchant);
        TestMerchant.Prepared held = merchant.held("30.00");
        TestMerchant.Prepared paid = merchant.prepare("25.00");
        stripe.pay(paid.session(), VISA);
        merchant.awaitPayment(paid.payment(), p -> Http.text(p, "feeState").equals("known"));
        stripe.webhooks().dropAll(true);
        stripe.act("capture", charge(held.payment()), Map.of());
        JsonObject dispute = stripe.act("dispute", charge(paid.payment()), Map.of());
        stripe.act("dispute_lost", dispute.get("id").getAsString(), Map.of());

        JsonObject day = days.compareToday();

        assertThat(count(day, "different")).as(day.toString()).isZero();
        assertThat(Http.text(merchant.payment(held.payment()), "status")).isEqualTo("paid");
        assertThat(
                        Rows.one(
                                "SELECT status FROM dispute WHERE payment_id = ?",
                                Rows.id(paid.payment())))
                .isEqualTo("lost");
        Invariants.hold();
    }

    @Test
    void amounts_that_differ_and_what_only_we_know_are_shown_with_their_payments() {
        TestMerchant merchant = TestMerchant.make().connectStripe();
        ComparedDays days = ComparedDays.of(merchant);
        StripeSender sender = StripeSender.to(merchant);
        TestMerchant.Prepared differs = merchant.prepare("40.00");
        stripe.webhooks().dropAll(true);
        stripe.pay(differs.session(), VISA);
        JsonObject session = stripe.find(differs.session()).orElseThrow();
        JsonObject intent = stripe.find(Http.text(session, "payment_intent")).orElseThrow();
        String charge = Http.text(intent, "latest_charge");
        JsonObject wrong =
                StripeSender.charge(differs.payment(), 3_900, "eur", charge.substring(3));
        TestMerchant.Prepared ours = merchant.prepare("10.00");
        JsonObject invented =
                StripeSender.charge(ours.payment(), 1_000, "eur", StripeSender.fresh());
        sender.deliver(
                StripeSender.event("evt_" + StripeSender.fresh(), "charge.succeeded", wrong));
        sender.deliver(
                StripeSender.event("evt_" + StripeSender.fresh(), "charge.succeeded", invented));
        sender.awaitDone();

        JsonObject day = days.compareToday();

        assertThat(kinds(day))
                .as(day.toString())
                .containsExactlyInAnyOrder("amount_differs", "only_ours");
        assertThat(count(day, "different")).isEqualTo(2);
        String page = days.owner().get("/admin/reconciliation?show=" + Http.text(day, "id")).body();
        assertThat(page)
                .contains("payments?selected=" + differs.payment())
                .contains("payments?selected=" + ours.payment())
                .contains("39.00")
                .contains("40.00")
                .contains("asked again, does not know it");
    }

    @Test
    void a_provider_that_is_away_fails_the_day_and_the_next_comparison_mends_it() {
        TestMerchant merchant = TestMerchant.make().connectStripe();
        ComparedDays days = ComparedDays.of(merchant);
        stripe.webhooks().dropAll(true);
        TestMerchant.Prepared lost = merchant.prepare("40.00");
        stripe.pay(lost.session(), VISA);
        stripe.api().failNext(3, ApiFaults.Failure.status(500).on("GET /v1/refunds"));

        JsonObject failed = days.compareToday();
        JsonObject mended = days.compareToday();

        assertThat(Http.text(failed, "status")).as(failed.toString()).isEqualTo("failed");
        assertThat(Http.text(failed, "problem")).isNotEmpty();
        assertThat(Http.text(mended, "status")).as(mended.toString()).isEqualTo("done");
        assertThat(Http.text(merchant.payment(lost.payment()), "status")).isEqualTo("paid");
    }

    @Test
    void one_run_at_a_time_and_only_days_that_can_be_compared() {
        TestMerchant merchant = TestMerchant.make().connectStripe();
        ComparedDays days = ComparedDays.of(merchant);
        String today = ComparedDays.today().toString();
        stripe.api().hang("GET /v1/charges");

        days.press(merchant.integration(), today);
        TestMerchant.await("held call", () -> stripe.api().held(), held -> held >= 1);
        String running = days.press(merchant.integration(), today).body();
        String future =
                days.press(merchant.integration(), ComparedDays.today().plusDays(1).toString())
                        .body();
        String nonsense = days.press(merchant.integration(), "yesterday").body();
        stripe.api().release();
        stripe.api().reset();

        assertThat(running).contains("This day is being compared already.");
        assertThat(future).contains("Choose a day of the past year");
        assertThat(nonsense).contains("Write the day as");
        TestMerchant.await(
                "the first run",
                () ->
                        Http.text(
                                days.latest(merchant.integration(), ComparedDays.today()),
                                "status"),
                status -> !status.equals("running"));
        TestMerchant other = TestMerchant.make().connectStripe();
        assertThat(other.get("/reconciliations").json().getAsJsonArray("items")).isEmpty();
        String foreign = Http.text(days.latest(merchant.integration(), ComparedDays.today()), "id");
        assertThat(other.get("/reconciliations/" + foreign).status()).isEqualTo(404);
    }
}
