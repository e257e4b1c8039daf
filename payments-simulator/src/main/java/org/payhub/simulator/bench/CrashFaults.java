package org.payhub.simulator.bench;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.payhub.simulator.stripe.StripeSimulator;

/** Programs that die, and what they were in the middle of. */
final class CrashFaults {

    private static final String VISA = "4242424242424242";
    private static final int CONNECTIONS = 32;
    private static final Duration RESUMES_WITHIN = Duration.ofSeconds(10);

    private final FaultGround ground;
    private final FaultedHub hub;
    private final FaultMerchant merchant;
    private final StripeSimulator stripe;

    CrashFaults(FaultGround ground) {
        this.ground = ground;
        this.hub = ground.hub();
        this.merchant = ground.merchant();
        this.stripe = hub.simulator().stripe();
    }

    private void somewhere(int fromMillis, int toMillis) throws InterruptedException {
        FaultedHub.pause(
                Duration.ofMillis(fromMillis + ground.random().nextInt(toMillis - fromMillis)));
    }

    /** Row 1. */
    void applicationKilled(FaultFindings findings)
            throws IOException, SQLException, InterruptedException {
        int rounds = ground.rounds(ground.kills(), 1);
        long events = 0;
        long slowest = 0;
        for (int round = 0; round < rounds; round++) {
            findings.fault();
            FaultLoad load = ground.load();
            FaultLoad.Running running = load.start(CONNECTIONS, ground.random().nextLong());
            somewhere(1_000, ground.brief() ? 2_000 : 5_000);
            hub.killServer();
            long killed = System.nanoTime();
            running.stop();
            hub.recover();
            slowest = Math.max(slowest, System.nanoTime() - killed);
            ground.promises(load, findings);
            events += load.acknowledged().size();
            findings.require(!load.acknowledged().isEmpty(), "nothing was acknowledged");
            findings.over();
        }
        ground.books(findings);
        findings.seen(
                events
                        + " events acknowledged before the kills; ready again after at most "
                        + TimeUnit.NANOSECONDS.toSeconds(slowest)
                        + " s, with no work by hand");
    }

    /** Row 2. */
    void databaseKilled(FaultFindings findings)
            throws IOException, SQLException, InterruptedException {
        int rounds = ground.rounds(3, 1);
        long events = 0;
        long refused = 0;
        long slowest = 0;
        long server = hub.server().pid();
        for (int round = 0; round < rounds; round++) {
            findings.fault();
            FaultLoad load = ground.load();
            FaultLoad.Running running = load.start(CONNECTIONS, ground.random().nextLong());
            somewhere(1_000, 3_000);
            hub.killDatabase();
            FaultedHub.pause(Duration.ofMillis(500));
            load.forgetAnswers();
            FaultedHub.pause(Duration.ofSeconds(ground.brief() ? 4 : 10));
            findings.require(
                    load.successes() == 0,
                    load.successes() + " events were acknowledged without a database");
            findings.require(
                    load.answersOf(503) > 0 && load.withoutRetryAfter() == 0,
                    "without a database the answers were " + load.answers());
            refused += load.answersOf(503);
            hub.startDatabase();
            long back = System.nanoTime();
            long acknowledged = load.acknowledged().size();
            FaultedHub.await(
                    "events are taken again",
                    Duration.ofSeconds(60),
                    () -> load.acknowledged().size() > acknowledged);
            slowest = Math.max(slowest, System.nanoTime() - back);
            running.stop();
            ground.promises(load, findings);
            events += load.acknowledged().size();
            findings.over();
        }
        findings.require(
                slowest <= RESUMES_WITHIN.toNanos(),
                "events were taken again only after "
                        + TimeUnit.NANOSECONDS.toSeconds(slowest)
                        + " s");
        findings.require(hub.server().pid() == server, "the application was started again");
        ground.books(findings);
        findings.seen(
                events
                        + " events acknowledged, "
                        + refused
                        + " answered 503 with Retry-After meanwhile; taken again "
                        + TimeUnit.NANOSECONDS.toMillis(slowest)
                        + " ms after the database answered, same process");
    }

    /** Row 14. */
    void stoppedUnderLoad(FaultFindings findings)
            throws IOException, SQLException, InterruptedException {
        int rounds = ground.rounds(2, 1);
        long events = 0;
        for (int round = 0; round < rounds; round++) {
            findings.fault();
            FaultLoad load = ground.load();
            FaultLoad.Running running = load.start(CONNECTIONS, ground.random().nextLong());
            somewhere(1_000, 3_000);
            // As an operator would; then started again by hand.
            hub.stopLauncher();
            running.stop();
            hub.startLauncher(Map.of());
            ground.promises(load, findings);
            events += load.acknowledged().size();
            findings.over();
        }
        ground.books(findings);
        findings.seen(events + " events acknowledged before SIGTERM, all stored");
    }

    /** Row 15. */
    void everythingKilled(FaultFindings findings)
            throws IOException, SQLException, InterruptedException {
        int rounds = ground.rounds(2, 1);
        long events = 0;
        for (int round = 0; round < rounds; round++) {
            findings.fault();
            FaultLoad load = ground.load();
            FaultLoad.Running running = load.start(CONNECTIONS, ground.random().nextLong());
            somewhere(1_000, 3_000);
            hub.killDatabase();
            hub.killLauncher();
            running.stop();
            hub.startDatabase();
            hub.startLauncher(Map.of());
            ground.promises(load, findings);
            events += load.acknowledged().size();
            findings.over();
        }
        String fsyncs = DatabaseFaults.fsyncs(ground, findings);
        ground.books(findings);
        findings.seen(
                events
                        + " events acknowledged before application, launcher and database were"
                        + " killed together; "
                        + fsyncs
                        + ". The page cache itself cannot be taken away here");
    }

    // ---- row 24 ----

    /** One order of each kind and one event on each side of its effects, all at one moment. */
    private final class Moment {

        private final FaultMerchant.Prepared waiting = merchant.prepare("40.00", false);
        private final FaultMerchant.Prepared marking = merchant.prepare("41.00", false);
        private final FaultMerchant.Prepared refunded = merchant.prepare("42.00", false);
        private final FaultMerchant.Prepared captured = merchant.prepare("43.00", true);
        private final FaultMerchant.Prepared voided = merchant.prepare("44.00", true);
        private final String visit = merchant.visit("45.00");
        private final String link = merchant.link(visit);
        private final ExecutorService orders = Executors.newCachedThreadPool();
        private long sessions;

        private void pay() throws InterruptedException {
            stripe.pay(refunded.session(), VISA);
            stripe.pay(captured.session(), VISA);
            stripe.pay(voided.session(), VISA);
            merchant.awaitStatus(refunded.payment(), "paid");
            merchant.awaitStatus(captured.payment(), "authorized");
            merchant.awaitStatus(voided.payment(), "authorized");
            sessions = stripe.requests("POST", "/v1/checkout/sessions");
        }

        private void order() {
            orders.submit(() -> merchant.refund(refunded.payment(), "15.00"));
            orders.submit(
                    () ->
                            merchant.post(
                                    "/payments/" + captured.payment() + "/capture",
                                    new JsonObject()));
            orders.submit(
                    () ->
                            merchant.post(
                                    "/payments/" + voided.payment() + "/void", new JsonObject()));
            orders.submit(() -> merchant.checkout(link, false));
        }

        /** All four are committed and on their way. */
        private boolean isOrdered(Connection connection) throws SQLException {
            byte[] refundRow = merchant.row(connection, refunded.session());
            byte[] capturedRow = merchant.row(connection, captured.session());
            byte[] voidedRow = merchant.row(connection, voided.session());
            return FaultMerchant.text(
                                    connection,
                                    "SELECT COUNT(*) FROM refund WHERE payment_id = ?",
                                    refundRow)
                            .equals("1")
                    && FaultMerchant.text(
                                    connection,
                                    "SELECT COUNT(*) FROM payment WHERE id IN (?, ?) AND"
                                            + " unknown_what IS NOT NULL",
                                    capturedRow,
                                    voidedRow)
                            .equals("2")
                    && Long.parseLong(
                                    FaultMerchant.text(
                                            connection,
                                            "SELECT COUNT(*) FROM payment WHERE LOWER(unknown_what) ="
                                                    + " 'checkout' AND asked_minor = 4500"))
                            >= 1;
        }
    }

    /** Row 24. */
    void killedBetween(FaultFindings findings)
            throws IOException, SQLException, InterruptedException {
        if (ground.brief()) {
            answersLost(findings, false);
        } else {
            // What never arrived takes minutes to be believed; meanwhile the others happen.
            Moment never = neverArrived();
            answersLost(findings, false);
            answersLost(findings, true);
            orderedAgain(findings, never);
        }
        ground.books(findings);
        findings.seen(
                "killed with the worker before its effects and before its mark, and with refund,"
                        + " capture, void and checkout each "
                        + (ground.brief() ? "" : "committed but not sent, and each ")
                        + "done but not answered; each was found out by asking, blocked another"
                        + " one until then, and was done once");
    }

    /** The provider did what was ordered; nobody heard. */
    private void answersLost(FaultFindings findings, boolean databaseToo)
            throws IOException, SQLException, InterruptedException {
        Moment moment = new Moment();
        moment.pay();
        stripe.webhooks().dropAll(true);
        stripe.api().hang("POST /v1/");
        moment.order();
        FaultedHub.await(
                "four calls are held", Duration.ofSeconds(60), () -> stripe.api().held() >= 4);
        FaultLoad load = ground.load();
        workersHeld(moment, load, databaseToo);
        moment.orders.shutdownNow();
        // The provider stays silent, so that what blocks meanwhile is seen.
        stripe.api().release();
        stripe.api().readsFail(true);
        if (databaseToo) {
            hub.startDatabase();
        }
        hub.recover();
        ground.promises(load, findings);
        blocked(moment, findings);
        findings.require(
                stripe.requests("POST", "/v1/checkout/sessions") - moment.sessions == 1,
                "a second page was opened");
        stripe.api().readsFail(false);

        point(findings, "worker before its effects", moment.waiting.payment(), "paid");
        point(findings, "worker before its mark", moment.marking.payment(), "paid");
        point(findings, "capture", moment.captured.payment(), "paid");
        point(findings, "void", moment.voided.payment(), "cancelled");
        findings.fault();
        FaultedHub.await(
                "the refund is found",
                Duration.ofMinutes(5),
                () ->
                        merchant.get("/payments/" + moment.refunded.payment())
                                .text("refunded", "amount")
                                .equals("15.00"));
        long refunds = refundsAtProvider(moment.refunded);
        findings.require(refunds == 1, refunds + " refunds at the provider");
        findings.over();
        stripe.webhooks().dropAll(false);
        paidAtLast(findings, moment);
    }

    /** Both orders wait for an answer: neither may be given again. */
    private void blocked(Moment moment, FaultFindings findings) {
        FaultedHub.Answer refund = merchant.refund(moment.refunded.payment(), "5.00");
        FaultedHub.Answer capture =
                merchant.post(
                        "/payments/" + moment.captured.payment() + "/capture", new JsonObject());
        FaultedHub.Answer back =
                merchant.post("/payments/" + moment.voided.payment() + "/void", new JsonObject());
        FaultedHub.Answer page = merchant.checkout(moment.link, false);
        for (FaultedHub.Answer answer : List.of(refund, capture, back, page)) {
            findings.require(
                    answer.status() == 409 || answer.status() == 503,
                    "an unanswered order did not block the next: "
                            + answer.status()
                            + " "
                            + answer.body());
        }
    }

    private void point(FaultFindings findings, String what, String payment, String status)
            throws InterruptedException {
        findings.fault();
        FaultedHub.await(
                what + ": payment is " + status,
                Duration.ofMinutes(6),
                () -> merchant.statusOf(payment).equals(status));
        findings.over();
    }

    private void paidAtLast(FaultFindings findings, Moment moment) throws InterruptedException {
        findings.fault();
        FaultedHub.await(
                "the page can be opened",
                Duration.ofMinutes(6),
                () -> merchant.checkout(moment.link, false).status() == 201);
        FaultedHub.Answer open = merchant.checkout(moment.link, false);
        stripe.pay(FaultMerchant.session(open), VISA);
        merchant.awaitStatus(open.text("paymentId"), "paid");
        findings.over();
    }

    private long refundsAtProvider(FaultMerchant.Prepared of) throws SQLException {
        try (Connection connection = hub.owner()) {
            String charge =
                    FaultMerchant.text(
                            connection,
                            "SELECT reference_key FROM payment_reference WHERE kind = 'charge' AND"
                                    + " payment_id = ?",
                            merchant.row(connection, of.session()));
            return stripe.events(merchant.account().id(), false).stream()
                    .filter(e -> e.type().equals("refund.created") && e.text().contains(charge))
                    .count();
        }
    }

    /** Two workers are held by locks of ours, on each side of their effects, when all dies. */
    private void workersHeld(Moment moment, FaultLoad load, boolean databaseToo)
            throws IOException, SQLException, InterruptedException {
        try (Connection before = hub.owner();
                Connection beginning = hub.owner();
                Connection mark = hub.owner()) {
            lockVisit(before, moment.waiting);
            lockVisit(beginning, moment.marking);
            String waiting = load.prefix() + "before";
            String marking = load.prefix() + "mark";
            load.deliver(
                    waiting,
                    FaultMerchant.charge(waiting, moment.waiting.payment(), 4_000, waiting));
            load.deliver(
                    marking,
                    FaultMerchant.charge(marking, moment.marking.payment(), 4_100, marking));
            lock(
                    mark,
                    "SELECT id FROM webhook_delivery WHERE integration_id = ? AND event_key = ?",
                    merchant.integration(),
                    marking);
            beginning.rollback();
            FaultLoad.Running running = load.start(8, ground.random().nextLong());
            somewhere(1_000, 2_000);
            if (databaseToo) {
                hub.killDatabase();
                hub.killLauncher();
            } else {
                hub.killServer();
            }
            running.stop();
        } catch (SQLException gone) {
            if (!databaseToo) {
                throw gone;
            }
        }
    }

    private void lockVisit(Connection connection, FaultMerchant.Prepared of) throws SQLException {
        lock(
                connection,
                "SELECT v.id FROM visit v JOIN payment p ON p.visit_id = v.id WHERE p.id = ?",
                (Object) merchant.row(connection, of.session()));
    }

    private static void lock(Connection connection, String rows, Object... values)
            throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement query = connection.prepareStatement(rows + " FOR UPDATE")) {
            for (int i = 0; i < values.length; i++) {
                query.setObject(i + 1, values[i]);
            }
            query.executeQuery();
        }
    }

    /** What was ordered was committed here and never got to the provider. */
    private Moment neverArrived() throws IOException, SQLException, InterruptedException {
        Moment moment = new Moment();
        moment.pay();
        hub.provider().reset();
        hub.provider().halfOpen();
        moment.order();
        FaultedHub.await(
                "four orders are committed",
                Duration.ofSeconds(60),
                () -> {
                    try (Connection connection = hub.owner()) {
                        return moment.isOrdered(connection);
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                });
        hub.killServer();
        moment.orders.shutdownNow();
        hub.provider().reset();
        hub.provider().heal();
        hub.recover();
        return moment;
    }

    /** It is believed at last that they never arrived, and all can be ordered again. */
    private void orderedAgain(FaultFindings findings, Moment moment) throws InterruptedException {
        findings.fault();
        FaultedHub.await(
                "a refund that never arrived may be ordered again",
                Duration.ofMinutes(8),
                () -> merchant.refund(moment.refunded.payment(), "42.00").status() / 100 == 2);
        FaultedHub.await(
                "it is returned",
                Duration.ofMinutes(2),
                () ->
                        merchant.get("/payments/" + moment.refunded.payment())
                                .text("refunded", "amount")
                                .equals("42.00"));
        findings.over();
        again(findings, moment.captured, "capture", "paid");
        again(findings, moment.voided, "void", "cancelled");
        paidAtLast(findings, moment);
    }

    private void again(
            FaultFindings findings, FaultMerchant.Prepared of, String order, String status)
            throws InterruptedException {
        findings.fault();
        FaultedHub.await(
                "a " + order + " that never arrived may be ordered again",
                Duration.ofMinutes(8),
                () -> isOrderedAgain(of, order));
        merchant.awaitStatus(of.payment(), status);
        findings.over();
    }

    private boolean isOrderedAgain(FaultMerchant.Prepared of, String order) {
        return merchant.post("/payments/" + of.payment() + "/" + order, new JsonObject()).status()
                        / 100
                == 2;
    }
}
