package org.payhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.payhub.simulator.kit.Scrambler;
import org.payhub.simulator.stripe.StripeEvent;
import org.payhub.simulator.stripe.StripeHistory;
import org.payhub.simulator.stripe.StripeSimulator;

/**
 * Three whole lives of a payment, each told in many orders with repeats: whatever the order, the
 * same state and the same books.
 *
 * <p>While an event is worked off, the provider answers as things stood right after it. All
 * payments of a life take each step together, so that one frozen moment is right for all of them.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class LivesIT {

    private static final long SEED = Long.getLong("payhub.lives.seed", 20_261_121L);
    private static final int ORDERS = 50;
    private static final int ORDERS_WITHOUT_READS = 6;

    /** The events that a merchant who follows the guide has switched on. */
    private static final List<String> GUIDE =
            List.of(
                    "charge.captured",
                    "charge.expired",
                    "charge.failed",
                    "charge.pending",
                    "charge.refunded",
                    "charge.succeeded",
                    "charge.updated",
                    "charge.dispute.closed",
                    "charge.dispute.created",
                    "charge.dispute.funds_reinstated",
                    "charge.dispute.funds_withdrawn",
                    "charge.dispute.updated",
                    "charge.refund.updated");

    private static final List<String> MORE =
            List.of(
                    "refund.created",
                    "refund.updated",
                    "refund.failed",
                    "checkout.session.completed",
                    "checkout.session.expired",
                    "checkout.session.async_payment_succeeded",
                    "checkout.session.async_payment_failed");

    private TestMerchant merchant;
    private StripeSender sender;
    private StripeSimulator simulator;

    /** A life: its steps, and how it ends with and without the provider's answers. */
    private record Life(
            boolean holdOnly,
            List<Consumer<StripeHistory>> steps,
            End end,
            Map<String, Long> booksWithoutReads) {}

    /** Where everything stands at the end. */
    private record End(
            String payment,
            String captured,
            String refunded,
            String refunds,
            String disputes,
            String visit,
            String visitPaid,
            String link,
            Map<String, Long> books) {}

    /** Pending, succeeded, updated, refunded in part, and the refund comes back. */
    private static final Life DEBIT =
            new Life(
                    false,
                    List.of(
                            StripeHistory::debit,
                            StripeHistory::debitSucceeds,
                            StripeHistory::settle,
                            h -> h.refund(1500),
                            h -> h.failRefund(0)),
                    new End(
                            "paid",
                            "40.00",
                            "0.00",
                            "failed",
                            "",
                            "paid",
                            "40.00",
                            "paid",
                            books("clearing", 3965, "prepayments", -4000, "fees", 35)),
                    books("clearing", 4000, "prepayments", -4000));

    /** Held, captured, disputed: created, updated, withdrawn, reinstated, closed. */
    private static final Life DISPUTE =
            new Life(
                    true,
                    List.of(
                            StripeHistory::hold,
                            StripeHistory::captureAll,
                            h -> h.dispute(false, false),
                            StripeHistory::evidence,
                            StripeHistory::withdraw,
                            StripeHistory::reinstate,
                            StripeHistory::won),
                    new End(
                            "paid",
                            "40.00",
                            "0.00",
                            "",
                            "won",
                            "paid",
                            "40.00",
                            "paid",
                            books("clearing", 1915, "prepayments", -4000, "fees", 2085)),
                    // The dispute's own fee is told by its events.
                    books("clearing", 2000, "prepayments", -4000, "fees", 2000));

    /** Declined, held with another card, and nobody took it. */
    private static final Life EXPIRY =
            new Life(
                    true,
                    List.of(StripeHistory::decline, StripeHistory::hold, StripeHistory::expireHold),
                    new End("expired", "0.00", "0.00", "", "", "none", "0.00", "opened", books()),
                    books());

    private static Map<String, Long> books(Object... pairs) {
        Map<String, Long> books = new TreeMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            books.put((String) pairs[i], ((Number) pairs[i + 1]).longValue());
        }
        return books;
    }

    /** Each life at a merchant of its own: a provider that was silent is not called for a while. */
    @BeforeEach
    void connect() {
        merchant = TestMerchant.make().connectStripe();
        sender = StripeSender.to(merchant);
        simulator = TestWorld.simulator().stripe();
    }

    @AfterEach
    void the_invariants_hold() {
        simulator.unfreeze();
        simulator.api().readsFail(false);
        Invariants.hold();
        Invariants.balancesAreSums(merchant);
    }

    @Test
    void a_debit_whose_refund_comes_back_ends_alike_in_every_order() {
        inEveryOrder(DEBIT);
    }

    @Test
    void a_dispute_that_is_won_ends_alike_in_every_order() {
        inEveryOrder(DISPUTE);
    }

    @Test
    void a_hold_that_runs_out_ends_alike_in_every_order() {
        inEveryOrder(EXPIRY);
    }

    @Test
    void the_same_lives_end_alike_while_no_reading_works() {
        Map<Life, List<Told>> lives = new HashMap<>();
        for (Life life : List.of(DEBIT, DISPUTE, EXPIRY)) {
            lives.put(life, tell(life, ORDERS_WITHOUT_READS));
        }
        simulator.api().readsFail(true);
        List<Told> all = lives.values().stream().flatMap(List::stream).toList();

        Together.inPool(
                all.size(),
                all.size(),
                i -> {
                    all.get(i).order.forEach(e -> send(all.get(i), e));
                    return i;
                });

        lives.forEach(
                (life, told) ->
                        told.forEach(
                                one -> requireEnd(one, life, life.booksWithoutReads, () -> {})));
        for (Told one : all) {
            JsonObject payment = merchant.payment(one.prepared.payment());
            boolean captured = !Http.text(payment, "captured.amount").equals("0.00");
            assertThat(Http.text(payment, "feeState")).isEqualTo(captured ? "fee_pending" : "");
        }

        // The provider answers again: what was missing comes, and nothing else changes.
        simulator.api().readsFail(false);
        lives.forEach(
                (life, told) ->
                        told.forEach(
                                one -> requireEnd(one, life, life.end.books, this::tryAgainNow)));
    }

    /** What waits for the provider is tried again at once. */
    private void tryAgainNow() {
        Rows.change(
                "UPDATE webhook_delivery SET next_attempt_at = UTC_TIMESTAMP(6) WHERE"
                        + " integration_id = ? AND next_attempt_at IS NOT NULL AND owner IS NULL",
                sender.integration());
    }

    // ---- telling ----

    /** One payment, all its events, and the order in which they are to arrive. */
    private static final class Told {
        private final TestMerchant.Prepared prepared;
        private final List<StripeEvent> events;
        private final List<Integer> order;
        private final long seed;
        private int next;

        private Told(
                TestMerchant.Prepared prepared,
                List<StripeEvent> events,
                List<Integer> order,
                long seed) {
            this.prepared = prepared;
            this.events = events;
            this.order = order;
            this.seed = seed;
        }

        @Override
        public String toString() {
            return "seed "
                    + seed
                    + ", payment "
                    + prepared.payment()
                    + ", order "
                    + order.stream().map(e -> events.get(e).type()).toList();
        }
    }

    private List<Told> tell(Life life, int orders) {
        List<TestMerchant.Prepared> prepared =
                Together.inPool(6, orders, i -> merchant.prepare("40.00", life.holdOnly));
        List<StripeHistory> histories = new ArrayList<>();
        for (TestMerchant.Prepared one : prepared) {
            histories.add(
                    simulator.history(merchant.account().id(), false).onSession(one.session()));
        }
        life.steps.forEach(step -> histories.forEach(step));
        List<Told> told = new ArrayList<>();
        for (int i = 0; i < orders; i++) {
            List<String> wanted = new ArrayList<>(GUIDE);
            wanted.addAll(MORE);
            List<StripeEvent> events = histories.get(i).events(wanted);
            // Every other merchant has switched on only what the guide names.
            List<Integer> indices =
                    IntStream.range(0, events.size())
                            .filter(
                                    e ->
                                            told.size() % 2 == 0
                                                    || GUIDE.contains(events.get(e).type()))
                            .boxed()
                            .toList();
            long seed = SEED + i;
            told.add(
                    new Told(
                            prepared.get(i),
                            events,
                            new Scrambler(seed).repeat(indices, 30),
                            seed));
        }
        return told;
    }

    private void send(Told told, int event) {
        sender.deliver(told.events.get(event).body());
    }

    private void inEveryOrder(Life life) {
        List<Told> told = tell(life, ORDERS);
        int events = told.get(0).events.size();
        for (int event = busiest(told, events); event >= 0; event = busiest(told, events)) {
            int now = event;
            List<Told> due =
                    told.stream()
                            .filter(t -> t.next < t.order.size() && t.order.get(t.next) == now)
                            .toList();
            // The moment after the last payment's event is right for the others too.
            simulator.freezeAt(told.get(told.size() - 1).events.get(now).id());
            Together.inPool(
                    Math.min(8, due.size()),
                    due.size(),
                    i -> {
                        send(due.get(i), now);
                        return i;
                    });
            due.forEach(t -> t.next++);
            sender.awaitQuiet();
        }
        told.forEach(one -> requireEnd(one, life, life.end.books, () -> {}));
    }

    /** The event that most payments are to get next; -1 when all is told. */
    private static int busiest(List<Told> told, int events) {
        int[] wanted = new int[events];
        told.stream()
                .filter(t -> t.next < t.order.size())
                .forEach(t -> wanted[t.order.get(t.next)]++);
        int most =
                IntStream.range(0, events).boxed().max((a, b) -> wanted[a] - wanted[b]).orElse(-1);
        return Arrays.stream(wanted).sum() == 0 ? -1 : most;
    }

    // ---- the end ----

    private void requireEnd(Told told, Life life, Map<String, Long> books, Runnable meanwhile) {
        End e = life.end;
        End wanted =
                new End(
                        e.payment,
                        e.captured,
                        e.refunded,
                        e.refunds,
                        e.disputes,
                        e.visit,
                        e.visitPaid,
                        e.link,
                        books);
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(90))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(500))
                    .until(
                            () -> {
                                meanwhile.run();
                                return end(told).equals(wanted);
                            });
        } catch (ConditionTimeoutException late) {
            assertThat(end(told)).as(told.toString()).isEqualTo(wanted);
        }
    }

    private End end(Told told) {
        JsonObject payment = merchant.payment(told.prepared.payment());
        JsonObject visit = merchant.visitOf(told.prepared.visit());
        return new End(
                Http.text(payment, "status"),
                Http.text(payment, "captured.amount"),
                Http.text(payment, "refunded.amount"),
                statuses("refund", told.prepared.payment()),
                statuses("dispute", told.prepared.payment()),
                Http.text(visit, "paymentStatus"),
                Http.text(visit, "paid.amount"),
                Http.text(visit.getAsJsonArray("paymentLinks").get(0).getAsJsonObject(), "status"),
                Invariants.books(told.prepared.payment()));
    }

    private static String statuses(String table, String payment) {
        return String.join(
                ",",
                Rows.of("SELECT status FROM " + table + " WHERE payment_id = ?", Rows.id(payment))
                        .stream()
                        .map(row -> row.get("status"))
                        .toList());
    }
}
