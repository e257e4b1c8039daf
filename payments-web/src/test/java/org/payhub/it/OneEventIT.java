package org.payhub.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.SoftAssertions;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One event has one effect: however often, from whoever and in whatever shape it comes. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class OneEventIT {

    private TestMerchant merchant;
    private StripeSender stripe;

    @BeforeEach
    void connect() {
        merchant = TestMerchant.make().connectStripe();
        stripe = StripeSender.to(merchant);
    }

    @AfterAll
    static void the_invariants_hold() {
        Invariants.hold();
    }

    private static String id() {
        return "evt_" + StripeSender.fresh();
    }

    private static String succeeded(String event, String payment, long cents) {
        return StripeSender.event(
                event,
                "charge.succeeded",
                StripeSender.charge(
                        payment, cents, "eur", payment.substring(payment.length() - 12)));
    }

    @Test
    void two_hundred_copies_at_once_are_one_posting() {
        String payment = merchant.prepare("40.00").payment();
        String event = id();
        String body = succeeded(event, payment, 4000);

        List<Integer> answers = Together.run(200, i -> stripe.send(body).status());

        assertThat(answers).hasSize(200).containsOnly(200);
        merchant.awaitPayment(payment, "paid");
        stripe.awaitQuiet();
        assertThat(stripe.deliveries(event)).hasSize(1);
        isBookedOnce(payment);
        assertThat(Invariants.books(payment))
                .isEqualTo(Map.of("clearing", 4000L, "prepayments", -4000L));
        Invariants.balancesAreSums(merchant);
    }

    /** One capture, and one posting of two lines. */
    private static void isBookedOnce(String payment) {
        Map<String, String> row =
                Rows.of(
                                "SELECT (SELECT COUNT(*) FROM provider_transaction t WHERE"
                                        + " t.payment_id = p.id AND t.kind = 'capture') AS"
                                        + " captures, COUNT(DISTINCT e.posting_id) AS postings,"
                                        + " COUNT(e.id) AS entries"
                                        + " FROM payment p LEFT JOIN ledger_entry e ON"
                                        + " e.payment_id = p.id WHERE p.id = ? GROUP BY p.id",
                                Rows.id(payment))
                        .get(0);
        assertThat(row)
                .as(payment)
                .containsOnly(
                        entry("captures", "1"), entry("postings", "1"), entry("entries", "2"));
    }

    private String status(String payment) {
        return Http.text(merchant.payment(payment), "status");
    }

    private List<String> stored(String event) {
        return stripe.deliveries(event).stream().map(delivery -> delivery.get("status")).toList();
    }

    @Test
    void sixty_four_senders_with_twenty_events_each_leave_twenty_effects() {
        List<String> payments = Together.inPool(6, 20, i -> merchant.prepare("9.00").payment());
        List<String> bodies = payments.stream().map(p -> succeeded(id(), p, 900)).toList();

        List<List<Integer>> answers =
                Together.run(
                        64,
                        i -> {
                            List<String> order = new ArrayList<>(bodies);
                            Collections.shuffle(order, new Random(i));
                            return order.stream().map(b -> stripe.send(b).status()).toList();
                        });

        assertThat(answers.stream().flatMap(List::stream).toList()).hasSize(1280).containsOnly(200);
        payments.forEach(p -> merchant.awaitPayment(p, "paid"));
        stripe.awaitQuiet();
        assertThat(stripe.stored()).isEqualTo(20);
        payments.forEach(OneEventIT::isBookedOnce);
        assertThat(merchant.balances())
                .isEqualTo(Map.of("clearing", "180.00", "prepayments", "-180.00"));
    }

    @Test
    void five_repeats_one_after_the_other_change_nothing_more() {
        String payment = merchant.prepare("5.00").payment();
        String event = id();

        for (int i = 0; i < 5; i++) {
            stripe.deliver(succeeded(event, payment, 500));
            merchant.awaitPayment(payment, "paid");
            stripe.awaitQuiet();
        }

        assertThat(stripe.deliveries(event)).hasSize(1);
        isBookedOnce(payment);
    }

    @Test
    void the_same_charge_under_many_events_is_booked_once() {
        String payment = merchant.prepare("5.00").payment();

        List<Integer> answers =
                Together.run(16, i -> stripe.send(succeeded(id(), payment, 500)).status());

        assertThat(answers).containsOnly(200);
        stripe.awaitDone();
        assertThat(status(payment)).isEqualTo("paid");
        isBookedOnce(payment);
    }

    @Test
    void the_same_event_with_another_amount_is_kept_as_a_conflict_and_changes_nothing() {
        String payment = merchant.prepare("40.00").payment();
        String event = id();
        stripe.deliver(succeeded(event, payment, 4000));
        merchant.awaitPayment(payment, "paid");

        stripe.deliver(succeeded(event, payment, 4_000_000));
        stripe.deliver(succeeded(event, payment, 4_000_000));
        stripe.awaitQuiet();

        assertThat(stored(event)).containsExactly("applied", "conflict");
        assertThat(stripe.deliveries(event).get(1).get("reason")).isNotEmpty();
        assertThat(status(payment)).isEqualTo("paid");
        assertThat(Invariants.books(payment))
                .isEqualTo(Map.of("clearing", 4000L, "prepayments", -4000L));
        assertThat(Http.text(merchant.payment(payment), "captured.amount")).isEqualTo("40.00");
    }

    @Test
    void of_two_meanings_of_one_event_at_once_only_one_counts() {
        String payment = merchant.prepare("40.00").payment();
        String event = id();

        List<Integer> answers =
                Together.run(
                        16,
                        i ->
                                stripe.send(succeeded(event, payment, i % 2 == 0 ? 4000 : 4001))
                                        .status());

        assertThat(answers).containsOnly(200);
        stripe.awaitDone();
        assertThat(stored(event)).containsExactlyInAnyOrder("applied", "conflict");
        isBookedOnce(payment);
    }

    @Test
    void an_old_signature_is_refused_and_counted_and_a_young_one_is_a_repeat() {
        String payment = merchant.prepare("5.00").payment();
        String event = id();
        byte[] body = succeeded(event, payment, 500).getBytes(StandardCharsets.UTF_8);
        Instant now = Instant.now();

        int stale = send(body, now.minus(Duration.ofSeconds(303)));
        int future = send(body, now.plus(Duration.ofSeconds(320)));
        long storedOfRefused = stripe.stored();
        int young = send(body, now.minus(Duration.ofSeconds(280)));
        int again = send(body, now);

        assertThat(List.of(stale, future, young, again)).containsExactly(400, 400, 200, 200);
        assertThat(storedOfRefused).isZero();
        assertThat(stripe.deliveries(event)).hasSize(1);
        TestMerchant.await("stale", () -> stripe.refused("stale"), n -> n == 1);
        merchant.awaitPayment(payment, "paid");
    }

    private int send(byte[] body, Instant at) {
        return stripe.send(body, StripeSender.signature(body, at, stripe.secret())).status();
    }

    @Test
    void the_signature_of_one_merchant_opens_no_other_merchants_address() {
        List<StripeSender> senders = new ArrayList<>(List.of(stripe));
        for (int i = 1; i < 3; i++) {
            senders.add(StripeSender.to(TestMerchant.make().connectStripe()));
        }
        String payment = merchant.prepare("40.00").payment();
        SoftAssertions all = new SoftAssertions();

        for (int address = 0; address < 3; address++) {
            for (int secret = 0; secret < 3; secret++) {
                int status =
                        senders.get(address)
                                .withSecret(senders.get(secret).secret())
                                .send(succeeded(id(), payment, 4000))
                                .status();
                all.assertThat(status)
                        .as("secret of " + secret + " on the address of " + address)
                        .isEqualTo(address == secret ? 200 : 400);
            }
        }
        all.assertAll();
        merchant.awaitPayment(payment, "paid");
        senders.forEach(StripeSender::awaitQuiet);

        // Genuine at another merchant, with our payment's id: it must not reach over.
        isBookedOnce(payment);
        assertThat(senders).extracting(StripeSender::stored).containsOnly(1L);
        assertThat(merchant.balances())
                .isEqualTo(Map.of("clearing", "40.00", "prepayments", "-40.00"));
    }

    @Test
    void an_event_of_the_other_mode_is_stored_and_changes_nothing() {
        String payment = merchant.prepare("40.00").payment();
        String event = id();

        stripe.deliver(
                succeeded(event, payment, 4000).replace("\"livemode\":false", "\"livemode\":true"));
        stripe.awaitDone();

        assertThat(stored(event)).containsExactly("ignored");
        assertThat(status(payment)).isEqualTo("created");
        assertThat(merchant.balances()).isEmpty();
    }
}
