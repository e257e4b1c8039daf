package org.payhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.payhub.simulator.stripe.StripeSimulator;

/** Two at the same moment: one wins, nothing is done twice, nothing is lost. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class RacesIT {

    private static final String VISA = "4242424242424242";

    private static TestMerchant merchant;
    private static StripeSender sender;
    private static StripeSimulator stripe;

    @BeforeAll
    static void connect() {
        merchant = TestMerchant.make().connectStripe();
        sender = StripeSender.to(merchant);
        stripe = TestWorld.simulator().stripe();
    }

    @AfterAll
    static void the_invariants_hold() {
        sender.awaitQuiet();
        Invariants.hold();
        Invariants.balancesAreSums(merchant);
    }

    /** The refunds of a payment as the provider has them, in cents. */
    private static List<Long> atProvider(String payment) {
        String charge = key(payment, "charge");
        List<Long> amounts = new ArrayList<>();
        stripe.events(merchant.account().id(), false).stream()
                .filter(e -> e.type().equals("refund.created") && e.text().contains(charge))
                .map(e -> stripe.find(e.objectId()).orElseThrow())
                .forEach(r -> amounts.add(r.get("amount").getAsLong()));
        return amounts;
    }

    private static String key(String payment, String kind) {
        return Rows.one(
                "SELECT reference_key FROM payment_reference WHERE payment_id = ? AND kind = ?",
                Rows.id(payment),
                kind);
    }

    private static void awaitRefunded(String payment, String amount) {
        merchant.awaitPayment(payment, p -> Http.text(p, "refunded.amount").equals(amount));
    }

    @Test
    void sixty_four_presses_of_one_button_are_one_refund() {
        String payment = merchant.paid("40.00").payment();

        List<Http.Answer> answers =
                Together.run(
                        64,
                        i ->
                                merchant.refund(
                                        payment, "15.00", Map.of("Idempotency-Key", "press-1")));

        List<Http.Answer> taken = answers.stream().filter(a -> a.status() == 202).toList();
        Set<String> ids = taken.stream().map(a -> a.text("id")).collect(Collectors.toSet());
        assertThat(answers)
                .extracting(Http.Answer::status)
                .allMatch(status -> status == 202 || status == 409);
        assertThat(ids).hasSize(1);
        awaitRefunded(payment, "15.00");
        assertThat(atProvider(payment)).containsExactly(1500L);
        // Pressed again later: the same answer, no more money.
        Http.Answer later = merchant.refund(payment, "15.00", Map.of("Idempotency-Key", "press-1"));
        assertThat(later.status()).isEqualTo(202);
        assertThat(later.text("id")).isEqualTo(ids.iterator().next());
        assertThat(atProvider(payment)).hasSize(1);
    }

    @Test
    void with_money_left_for_one_only_one_of_many_refunds_is_ordered() {
        String payment = merchant.paid("40.00").payment();
        merchant.refund(payment, "15.00");
        awaitRefunded(payment, "15.00");

        List<Http.Answer> answers =
                Together.run(
                        32,
                        i ->
                                merchant.refund(
                                        payment, "25.00", Map.of("Idempotency-Key", "admin-" + i)));

        assertThat(answers.stream().filter(a -> a.status() == 202)).hasSize(1);
        answers.stream()
                .filter(a -> a.status() != 202)
                .forEach(
                        a -> {
                            assertThat(a.status()).as(a.body()).isIn(409, 422);
                            assertThat(a.text("code")).startsWith("refund.");
                        });
        awaitRefunded(payment, "40.00");
        assertThat(atProvider(payment)).containsExactlyInAnyOrder(1500L, 2500L);
        assertThat(merchant.payment(payment).get("status").getAsString()).isEqualTo("paid");
    }

    @Test
    void sixteen_people_who_refund_parts_never_return_more_than_was_taken() {
        String payment = merchant.paid("50.00").payment();

        List<Long> accepted =
                Together.run(
                        16,
                        i -> {
                            Random random = new Random(27 + i);
                            long sum = 0;
                            for (int n = 0; n < 3; n++) {
                                long cents = 100 + random.nextInt(900);
                                Http.Answer answer =
                                        merchant.refund(payment, merchant.major(cents));
                                assertThat(answer.status()).as(answer.body()).isIn(202, 409, 422);
                                sum += answer.status() == 202 ? cents : 0;
                            }
                            return sum;
                        });

        long total = accepted.stream().mapToLong(Long::longValue).sum();
        assertThat(total).isBetween(2_000L, 5_000L);
        awaitRefunded(payment, merchant.major(total));
        assertThat(atProvider(payment).stream().mapToLong(Long::longValue).sum()).isEqualTo(total);
        JsonObject now = merchant.payment(payment);
        assertThat(new BigDecimal(Http.text(now, "refundable.amount")))
                .isEqualByComparingTo(merchant.major(5_000 - total));
    }

    @Test
    void a_refund_by_us_and_one_in_the_cabinet_are_both_booked_once() {
        String payment = merchant.paid("40.00").payment();
        String charge = key(payment, "charge");

        Together.run(
                2,
                i ->
                        i == 0
                                ? merchant.refund(payment, "10.00").status()
                                : stripe.act("refund", charge, Map.of("amount", 500)).size());

        awaitRefunded(payment, "15.00");
        sender.awaitQuiet();
        assertThat(
                        Rows.of(
                                "SELECT amount_minor, made_at_provider FROM refund WHERE"
                                        + " payment_id = ? ORDER BY amount_minor",
                                Rows.id(payment)))
                .extracting(r -> r.get("amount_minor"))
                .containsExactly("500", "1000");
        assertThat(Invariants.books(payment).get("prepayments")).isEqualTo(-2_500);
    }

    @Test
    void of_many_captures_of_one_hold_one_wins() {
        for (int round = 0; round < 8; round++) {
            String payment = merchant.held("30.00").payment();

            List<Http.Answer> answers =
                    Together.run(
                            8,
                            i ->
                                    merchant.post(
                                            "/payments/" + payment + "/capture",
                                            "{\"amount\":{\"amount\":\""
                                                    + (10 + i)
                                                    + ".00\",\"currency\":\"EUR\"}}"));

            List<Integer> won = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                if (answers.get(i).status() == 200) {
                    won.add(i);
                } else {
                    assertThat(answers.get(i).status()).as(answers.get(i).body()).isEqualTo(409);
                }
            }
            assertThat(won).as("round " + round).hasSize(1);
            String taken = (10 + won.get(0)) + ".00";
            JsonObject now = merchant.awaitPayment(payment, "paid");
            assertThat(Http.text(now, "captured.amount")).isEqualTo(taken);
            assertThat(
                            stripe.find(key(payment, "charge"))
                                    .orElseThrow()
                                    .get("amount_captured")
                                    .getAsLong())
                    .isEqualTo((10 + won.get(0)) * 100L);
        }
    }

    @Test
    void of_taking_and_giving_back_a_hold_one_wins() {
        for (int round = 0; round < 8; round++) {
            String payment = merchant.held("30.00").payment();

            List<Integer> answers =
                    Together.run(
                            2,
                            i ->
                                    merchant.post(
                                                    "/payments/"
                                                            + payment
                                                            + (i == 0 ? "/capture" : "/void"),
                                                    "{}")
                                            .status());

            assertThat(answers).as("round " + round).containsExactlyInAnyOrder(200, 409);
            String end = answers.get(0) == 200 ? "paid" : "cancelled";
            merchant.awaitPayment(payment, end);
            String intent =
                    stripe.find(key(payment, "intent")).orElseThrow().get("status").getAsString();
            assertThat(intent).isEqualTo(end.equals("paid") ? "succeeded" : "canceled");
            Http.Answer late = merchant.post("/payments/" + payment + "/capture", "{}");
            assertThat(late.status()).isEqualTo(409);
            assertThat(late.text("code")).isEqualTo("payment.not_held");
        }
    }

    @Test
    void a_link_paid_twice_keeps_the_second_payment_for_a_person() {
        TestMerchant.Prepared first = merchant.prepare("40.00");
        // The page that the hub believes closed, and that the client still has open elsewhere.
        Rows.change(
                "UPDATE payment SET checkout_open = FALSE WHERE id = ?", Rows.id(first.payment()));
        JsonObject again = merchant.checkout(first.link());
        String second = again.get("paymentId").getAsString();
        String session = TestMerchant.session(again);
        assertThat(second).isNotEqualTo(first.payment());

        Together.run(2, i -> stripe.pay(i == 0 ? first.session() : session, VISA));

        List<String> both = List.of(first.payment(), second);
        TestMerchant.await(
                "both payments",
                () ->
                        both.stream()
                                .map(p -> merchant.payment(p).get("status").getAsString())
                                .sorted()
                                .toList(),
                List.of("paid", "review")::equals);
        sender.awaitQuiet();
        String held =
                both.stream()
                        .filter(
                                p ->
                                        merchant.payment(p)
                                                .get("status")
                                                .getAsString()
                                                .equals("review"))
                        .findFirst()
                        .orElseThrow();
        assertThat(Http.text(merchant.payment(held), "reviewReason")).isEqualTo("nothing_due");
        assertThat(Invariants.books(held)).containsEntry("suspense", -4_000L);
        assertThat(Invariants.books(held)).doesNotContainKey("prepayments");
        JsonArray unmatched = merchant.get("/unmatched").json().getAsJsonArray("items");
        assertThat(unmatched)
                .filteredOn(u -> Http.text(u.getAsJsonObject(), "payment").equals(held))
                .hasSize(1)
                .allSatisfy(
                        u ->
                                assertThat(Http.text(u.getAsJsonObject(), "amount.amount"))
                                        .isEqualTo("40.00"));
        JsonObject visit = merchant.visitOf(first.visit());
        assertThat(Http.text(visit, "captured.amount")).isEqualTo("40.00");
        assertThat(Http.text(visit, "paymentStatus")).isEqualTo("review");
        // Returning it answers the question, and the visit is simply paid.
        merchant.refund(held, "40.00");
        TestMerchant.await(
                "visit",
                () -> Http.text(merchant.visitOf(first.visit()), "paymentStatus"),
                "paid"::equals);
        assertThat(Invariants.books(held)).doesNotContainKeys("suspense", "prepayments");
    }

    @Test
    void a_new_link_closes_the_page_that_the_old_one_opened() {
        TestMerchant.Prepared first = merchant.prepare("40.00");
        String link = merchant.link(first.visit()).get("id").getAsString();

        JsonObject second = merchant.checkout(link);

        assertThat(second.get("paymentId").getAsString()).isNotEqualTo(first.payment());
        assertThat(stripe.find(first.session()).orElseThrow().get("status").getAsString())
                .isEqualTo("expired");
        merchant.awaitPayment(first.payment(), "expired");
        stripe.pay(TestMerchant.session(second), VISA);
        merchant.awaitPayment(second.get("paymentId").getAsString(), "paid");
    }

    @Test
    void a_delivery_that_meets_a_held_lock_waits_and_is_not_lost() throws SQLException {
        String payment = merchant.prepare("6.00").payment();
        String event = "evt_" + StripeSender.fresh();
        JsonObject charge = StripeSender.charge(payment, 600, "eur", StripeSender.fresh());
        Http.Answer answer;
        try (Connection locker = TestWorld.owner()) {
            locker.setAutoCommit(false);
            try (PreparedStatement lock =
                    Rows.prepare(
                            locker,
                            "SELECT id FROM payment WHERE id = ? FOR UPDATE",
                            Rows.id(payment))) {
                lock.executeQuery();
            }
            CompletableFuture<Http.Answer> sent =
                    CompletableFuture.supplyAsync(
                            () ->
                                    sender.send(
                                            StripeSender.event(event, "charge.succeeded", charge)));
            // Stored and answered, whatever the worker has to wait for.
            answer = sent.orTimeout(10, java.util.concurrent.TimeUnit.SECONDS).join();
            TestMerchant.await(
                    "claim",
                    () -> sender.deliveries(event),
                    d -> d.size() == 1 && !d.get(0).get("owner").isEmpty());
            assertThat(merchant.payment(payment).get("status").getAsString()).isEqualTo("created");
            locker.rollback();
        }

        assertThat(answer.status()).isEqualTo(200);
        merchant.awaitPayment(payment, "paid");
        sender.awaitQuiet();
        assertThat(sender.deliveries(event)).hasSize(1);
        assertThat(Invariants.books(payment))
                .isEqualTo(Map.of("clearing", 600L, "prepayments", -600L));
    }
}
