package org.payhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.payhub.simulator.stripe.StripeSimulator;

/**
 * The server is killed three times in the middle of its work, each time with other work half done.
 * What was acknowledged is there, what was half done is done once, what a provider was asked for is
 * found out by asking.
 */
class CrashIT {

    private static final long SEED = Long.getLong("payhub.crash.seed", 20_261_121L);
    private static final String VISA = "4242424242424242";
    private static final int CONNECTIONS = 32;

    private final Random random = new Random(SEED);
    private final StripeSimulator stripe = TestWorld.simulator().stripe();
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final ExecutorService calls = Executors.newCachedThreadPool();
    private TestMerchant merchant;
    private StripeSender sender;
    private List<String> targets;

    @Test
    void killed_three_times_in_the_middle_it_loses_nothing_and_does_nothing_twice()
            throws Exception {
        Path directory = Files.createDirectories(TestWorld.data().resolve("crash"));
        try (OwnServer server = OwnServer.start(directory)) {
            merchant = TestMerchant.make(server.hub(), "EUR", "Europe/Madrid").connectStripe();
            sender = StripeSender.to(merchant);
            targets = Together.inPool(6, 20, i -> merchant.prepare("9.00").payment());

            halfBooked(server);
            halfRefunded(server);
            halfOpenedAndHalfCaptured(server);

            sender.awaitQuiet(Duration.ofSeconds(60));
            targets.forEach(
                    p ->
                            assertThat(Invariants.books(server.hub().owner(), p))
                                    .isIn(
                                            Map.of(),
                                            Map.of("clearing", 900L, "prepayments", -900L)));
            sound(server);
            // A fee may still come between the two readings that are compared.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> Invariants.balancesAreSums(merchant));
        } finally {
            stripe.api().reset();
            stripe.webhooks().drop(Set.of());
            calls.shutdownNow();
        }
    }

    private void sound(OwnServer server) {
        Invariants.acknowledgedIsStored(server.hub().owner(), sender.integration(), acknowledged);
        assertThat(Invariants.breaches(server.hub().owner())).as("seed " + SEED).isEmpty();
    }

    // ---- a worker dies after its effects and before its mark ----

    private void halfBooked(OwnServer server) throws Exception {
        TestMerchant.Prepared prepared = merchant.prepare("40.00");
        String event = "evt_" + StripeSender.fresh();
        JsonObject charge =
                StripeSender.charge(prepared.payment(), 4_000, "eur", StripeSender.fresh());
        try (Connection beginning = server.hub().owner().open();
                Connection mark = server.hub().owner().open()) {
            lock(beginning, "SELECT id FROM visit WHERE id = ?", Rows.id(prepared.visit()));
            sender.deliver(StripeSender.event(event, "charge.succeeded", charge));
            acknowledged.add(event);
            // The worker waits for the visit; its mark is locked before it may go on.
            lock(
                    mark,
                    "SELECT id FROM webhook_delivery WHERE integration_id = ? AND event_key = ?",
                    sender.integration(),
                    event);
            beginning.rollback();
            loadThenKill(server);
        }
        assertThat(Invariants.books(server.hub().owner(), prepared.payment()))
                .as("what was not committed is not there")
                .isEmpty();
        server.start();
        sound(server);
        merchantAwait(prepared.payment(), "paid");
        assertThat(Invariants.books(server.hub().owner(), prepared.payment()))
                .isEqualTo(Map.of("clearing", 4_000L, "prepayments", -4_000L));
        assertThat(sender.deliveries(event)).hasSize(1);
    }

    private static void lock(Connection connection, String rows, Object... values)
            throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement query = Rows.prepare(connection, rows + " FOR UPDATE", values)) {
            query.executeQuery();
        }
    }

    // ---- between our call and its answer ----

    private void halfRefunded(OwnServer server) throws Exception {
        TestMerchant.Prepared prepared = merchant.prepare("40.00");
        stripe.pay(prepared.session(), VISA);
        merchantAwait(prepared.payment(), "paid");
        stripe.webhooks()
                .drop(
                        Set.of(
                                "charge.refunded",
                                "refund.created",
                                "refund.updated",
                                "charge.refund.updated"));
        stripe.api().hang("POST /v1/refunds");
        calls.submit(() -> merchant.refund(prepared.payment(), "15.00"));
        awaitHeld(1);
        loadThenKill(server);
        stripe.api().release();

        // The provider stays silent, so that what blocks meanwhile is seen however slow the start.
        stripe.api().readsFail(true);
        server.start();
        sound(server);
        Http.Answer second = merchant.refund(prepared.payment(), "5.00");
        assertThat(second.status()).as(second.body()).isEqualTo(409);
        assertThat(second.text("code")).isEqualTo("refund.earlier_one_unknown");
        stripe.api().readsFail(false);
        awaitAsked("refund found", () -> refundedAmount(prepared.payment()).equals("15.00"));
        assertThat(refundsAtProvider(server, prepared.payment())).isEqualTo(1);
        assertThat(Invariants.books(server.hub().owner(), prepared.payment()))
                .containsEntry("prepayments", -2_500L);
        stripe.webhooks().drop(Set.of());
    }

    private String refundedAmount(String payment) {
        return Http.text(merchant.payment(payment), "refunded.amount");
    }

    private long refundsAtProvider(OwnServer server, String payment) {
        String charge =
                Rows.one(
                        server.hub().owner(),
                        "SELECT reference_key FROM payment_reference WHERE payment_id = ? AND"
                                + " kind = 'charge'",
                        Rows.id(payment));
        return stripe.events(merchant.account().id(), false).stream()
                .filter(e -> e.type().equals("refund.created") && e.text().contains(charge))
                .count();
    }

    private void halfOpenedAndHalfCaptured(OwnServer server) throws Exception {
        TestMerchant.Prepared held = merchant.prepare("30.00", true);
        stripe.pay(held.session(), VISA);
        merchantAwait(held.payment(), "authorized");
        String visit = merchant.visit("25.00");
        String link = merchant.link(visit).get("id").getAsString();
        stripe.webhooks().drop(Set.of("charge.captured", "charge.updated"));
        long sessions = stripe.requests("POST", "/v1/checkout/sessions");
        stripe.api().hang("POST /v1/");
        String checkout = "/payment-links/" + link + "/checkout";
        calls.submit(() -> merchant.post(checkout, "{\"provider\":\"stripe\"}"));
        calls.submit(() -> merchant.post("/payments/" + held.payment() + "/capture", "{}"));
        awaitHeld(2);
        loadThenKill(server);
        stripe.api().release();

        // The provider stays silent, so that what blocks meanwhile is seen however slow the start.
        stripe.api().readsFail(true);
        server.start();
        sound(server);
        Http.Answer again = merchant.post("/payments/" + held.payment() + "/capture", "{}");
        Http.Answer back = merchant.post("/payments/" + held.payment() + "/void", "{}");
        Http.Answer reopened = merchant.post(checkout, "{\"provider\":\"stripe\"}");
        assertThat(List.of(again.status(), back.status())).containsOnly(409);
        assertThat(again.text("code")).isEqualTo("payment.order_unanswered");
        assertThat(reopened.text("code"))
                .as(reopened.body())
                .isIn("checkout.unknown", "checkout.being_opened");
        assertThat(stripe.requests("POST", "/v1/checkout/sessions") - sessions).isEqualTo(1);
        stripe.api().readsFail(false);
        awaitAsked(
                "capture and page found",
                () ->
                        Http.text(merchant.payment(held.payment()), "status").equals("paid")
                                && merchant.post(checkout, "{\"provider\":\"stripe\"}").status()
                                        == 201);
        assertThat(Invariants.books(server.hub().owner(), held.payment()))
                .containsEntry("prepayments", -3_000L);
        JsonObject open = merchant.post(checkout, "{\"provider\":\"stripe\"}").json();
        stripe.pay(TestMerchant.session(open), VISA);
        merchantAwait(Http.text(open, "paymentId"), "paid");
        assertThat(Http.text(merchant.visitOf(visit), "paid.amount")).isEqualTo("25.00");
        stripe.webhooks().drop(Set.of());
    }

    private void awaitHeld(int held) {
        TestMerchant.await("calls held", () -> stripe.api().held(), n -> n >= held);
    }

    private void merchantAwait(String payment, String status) {
        Awaitility.await(payment + " " + status)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> Http.text(merchant.payment(payment), "status").equals(status));
    }

    /** The time for asking was committed with the order: nobody has to help. */
    private void awaitAsked(String what, BooleanSupplier reached) {
        Awaitility.await(what + ", seed " + SEED)
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(500))
                .until(reached::getAsBoolean);
    }

    // ---- load ----

    /** Sends from many connections and kills the server somewhere within one to five seconds. */
    private void loadThenKill(OwnServer server) throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService senders = Executors.newFixedThreadPool(CONNECTIONS);
        int before = acknowledged.size();
        for (int i = 0; i < CONNECTIONS; i++) {
            long seed = random.nextLong();
            senders.submit(() -> send(new Random(seed), stop));
        }
        TimeUnit.MILLISECONDS.sleep(1_000 + random.nextInt(4_000));
        server.kill();
        stop.set(true);
        senders.shutdown();
        assertThat(senders.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(acknowledged.size() - before).as("acknowledged in this round").isPositive();
    }

    private void send(Random choice, AtomicBoolean stop) {
        while (!stop.get()) {
            String event = "evt_" + StripeSender.fresh();
            boolean ours = choice.nextInt(5) == 0;
            String payment = ours ? targets.get(choice.nextInt(targets.size())) : null;
            String suffix = ours ? payment : StripeSender.fresh();
            String body =
                    StripeSender.event(
                            event,
                            "charge.succeeded",
                            StripeSender.charge(payment, 900, "eur", suffix));
            try {
                int status = sender.send(body).status();
                if (status >= 200 && status < 300) {
                    acknowledged.add(event);
                }
            } catch (RuntimeException cut) {
                // The answer never came whole: whether it was stored is nobody's promise.
                stop.compareAndSet(false, !isConnectionFailure(cut));
            }
        }
    }

    private static boolean isConnectionFailure(RuntimeException thrown) {
        return thrown instanceof java.io.UncheckedIOException;
    }
}
