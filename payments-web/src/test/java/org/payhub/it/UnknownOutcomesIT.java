package org.payhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.payhub.simulator.kit.ApiFaults.Failure;
import org.payhub.simulator.kit.ApiFaults.Kind;
import org.payhub.simulator.stripe.StripeSimulator;

/**
 * A provider that does not answer, or whose webhooks are lost: nothing is guessed, nothing is done
 * twice, and asking the provider brings the truth.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class UnknownOutcomesIT {

    private static final String VISA = "4242424242424242";
    private static final String SESSIONS = "POST /v1/checkout/sessions";
    private static final String REFUNDS = "POST /v1/refunds";
    private static final String INTENTS = "POST /v1/payment_intents";

    /** The first call and its two repeats. */
    private static final int WHOLE_CALL = 3;

    private static TestMerchant merchant;
    private static StripeSender sender;
    private static StripeSimulator stripe;

    @BeforeAll
    static void connect() {
        merchant = TestMerchant.make().connectStripe();
        sender = StripeSender.to(merchant);
        stripe = TestWorld.simulator().stripe();
    }

    @AfterEach
    void everything_answers_again() {
        stripe.api().reset();
        stripe.webhooks().dropAll(false);
        stripe.webhooks().drop(Set.of());
    }

    @AfterAll
    static void the_invariants_hold() {
        sender.awaitQuiet();
        Invariants.hold();
        Invariants.balancesAreSums(merchant);
    }

    /** The time for asking has come; the server comes by every ten seconds. */
    private static void askUntil(String what, BooleanSupplier reached) {
        UUID id = Rows.id(merchant.id());
        Awaitility.await(what)
                .atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(500))
                .until(
                        () -> {
                            Instant past = Instant.now().minusSeconds(1);
                            for (String table : List.of("payment", "refund")) {
                                Rows.change(
                                        "UPDATE "
                                                + table
                                                + " SET ask_at = ? WHERE merchant_id = ? AND ask_at"
                                                + " IS NOT NULL",
                                        past,
                                        id);
                            }
                            return reached.getAsBoolean();
                        });
    }

    /** As if the order had been made ten minutes ago. */
    private static void longAgo(String table, String id) {
        Rows.change(
                "UPDATE " + table + " SET unknown_since = ? WHERE id = ?",
                Instant.now().minusSeconds(600),
                Rows.id(id));
    }

    private static String status(String payment) {
        return Http.text(merchant.payment(payment), "status");
    }

    private static String key(String payment, String kind) {
        return Rows.one(
                "SELECT reference_key FROM payment_reference WHERE payment_id = ? AND kind = ?",
                Rows.id(payment),
                kind);
    }

    private static Http.Answer checkout(String link, boolean holdOnly) {
        return merchant.post(
                "/payment-links/" + link + "/checkout",
                "{\"provider\":\"stripe\",\"holdOnly\":" + holdOnly + "}");
    }

    private static String paid(String price) {
        TestMerchant.Prepared prepared = merchant.paid(price);
        merchant.awaitPayment(prepared.payment(), p -> Http.text(p, "feeState").equals("known"));
        return prepared.payment();
    }

    // ---- checkout ----

    @Test
    void a_page_whose_answer_was_lost_is_found_and_paid_once() {
        String visit = merchant.visit("40.00");
        String link = merchant.link(visit).get("id").getAsString();
        long before = stripe.requests("POST", "/v1/checkout/sessions");
        stripe.api().failNext(WHOLE_CALL, Failure.of(Kind.RESET).on(SESSIONS).afterTheEffect());

        Http.Answer lost = checkout(link, false);
        Http.Answer blocked = checkout(link, false);

        assertThat(lost.status()).as(lost.body()).isEqualTo(503);
        assertThat(lost.text("code")).isEqualTo("checkout.unknown");
        assertThat(blocked.text("code")).as(blocked.body()).isEqualTo("checkout.unknown");
        assertThat(stripe.requests("POST", "/v1/checkout/sessions") - before).isEqualTo(WHOLE_CALL);
        JsonObject payment = only(visit);
        String id = Http.text(payment, "id");
        assertThat(Http.text(payment, "status")).isEqualTo("unknown");
        assertThat(Http.text(payment, "unknown")).isEqualTo("checkout");

        askUntil("page found", () -> Http.text(merchant.payment(id), "unknown").isEmpty());
        Http.Answer again = checkout(link, false);
        assertThat(again.status()).as(again.body()).isEqualTo(201);
        // The page that was lost is used again, or is closed: the client cannot pay twice.
        assertThat(openSessions(visit)).hasSize(1);
        stripe.pay(TestMerchant.session(again.json()), VISA);
        merchant.awaitPayment(again.text("paymentId"), "paid");
        assertThat(Http.text(merchant.visitOf(visit), "paid.amount")).isEqualTo("40.00");
    }

    private static JsonObject only(String visit) {
        var payments = merchant.visitOf(visit).getAsJsonArray("payments");
        assertThat(payments).hasSize(1);
        return payments.get(0).getAsJsonObject();
    }

    private static List<String> openSessions(String visit) {
        return Rows.of(
                        "SELECT r.reference_key FROM payment_reference r JOIN payment p ON p.id ="
                                + " r.payment_id WHERE p.visit_id = ? AND r.kind = 'session'",
                        Rows.id(visit))
                .stream()
                .map(r -> r.get("reference_key"))
                .filter(
                        s ->
                                stripe.find(s)
                                        .map(o -> o.get("status").getAsString())
                                        .filter("open"::equals)
                                        .isPresent())
                .toList();
    }

    @Test
    void a_page_that_was_never_ordered_frees_the_link_again() {
        String visit = merchant.visit("41.00");
        String link = merchant.link(visit).get("id").getAsString();
        stripe.api().failNext(WHOLE_CALL, Failure.of(Kind.RESET).on(SESSIONS));

        Http.Answer lost = checkout(link, false);

        assertThat(lost.text("code")).as(lost.body()).isEqualTo("checkout.unknown");
        String id = Http.text(only(visit), "id");
        longAgo("payment", id);
        askUntil("nothing found", () -> status(id).equals("failed"));
        Http.Answer again = checkout(link, false);
        assertThat(again.status()).as(again.body()).isEqualTo(201);
        assertThat(openSessions(visit)).hasSize(1);
    }

    // ---- refunds ----

    @Test
    void a_refund_whose_answer_was_lost_blocks_another_and_is_made_once() {
        String payment = paid("40.00");
        stripe.webhooks().dropAll(true);
        stripe.api().failNext(WHOLE_CALL, Failure.of(Kind.HTML).on(REFUNDS).afterTheEffect());

        Http.Answer lost = merchant.refund(payment, "15.00");
        Http.Answer blocked = merchant.refund(payment, "5.00");

        assertThat(lost.status()).as(lost.body()).isEqualTo(202);
        assertThat(lost.text("status")).isEqualTo("unknown");
        assertThat(blocked.status()).as(blocked.body()).isEqualTo(409);
        assertThat(blocked.text("code")).isEqualTo("refund.earlier_one_unknown");
        assertThat(Invariants.books(payment)).containsEntry("prepayments", -4_000L);

        askUntil("refund found", () -> refundStatus(lost.text("id")).equals("succeeded"));
        assertThat(Http.text(merchant.payment(payment), "refunded.amount")).isEqualTo("15.00");
        assertThat(refundsAtProvider(payment)).containsExactly(1_500L);
        assertThat(Invariants.books(payment)).containsEntry("prepayments", -2_500L);
        assertThat(merchant.refund(payment, "5.00").status()).isEqualTo(202);
    }

    private static String refundStatus(String refund) {
        return merchant.get("/refunds/" + refund).text("status");
    }

    private static List<Long> refundsAtProvider(String payment) {
        String charge = key(payment, "charge");
        return stripe.events(merchant.account().id(), false).stream()
                .filter(e -> e.type().equals("refund.created") && e.text().contains(charge))
                .map(e -> stripe.find(e.objectId()).orElseThrow().get("amount").getAsLong())
                .toList();
    }

    @Test
    void a_refund_that_never_arrived_is_failed_and_may_be_ordered_again() {
        String payment = paid("40.00");
        stripe.api().failNext(WHOLE_CALL, Failure.of(Kind.RESET).on(REFUNDS));

        Http.Answer lost = merchant.refund(payment, "15.00");

        assertThat(lost.text("status")).as(lost.body()).isEqualTo("unknown");
        longAgo("refund", lost.text("id"));
        askUntil("refund unheard of", () -> refundStatus(lost.text("id")).equals("failed"));
        assertThat(refundsAtProvider(payment)).isEmpty();
        assertThat(Invariants.books(payment)).containsEntry("prepayments", -4_000L);
        assertThat(merchant.refund(payment, "40.00").status()).isEqualTo(202);
        merchant.awaitPayment(payment, p -> Http.text(p, "refunded.amount").equals("40.00"));
        assertThat(refundsAtProvider(payment)).containsExactly(4_000L);
    }

    @Test
    void whatever_comes_instead_of_an_answer_the_refund_is_made_exactly_once() {
        for (Kind kind : Kind.values()) {
            String payment = paid("40.00");
            stripe.api().failNext(WHOLE_CALL, Failure.of(kind).on(REFUNDS).afterTheEffect());

            Http.Answer answer = merchant.refund(payment, "10.00");

            assertThat(answer.status()).as(kind + ": " + answer.body()).isEqualTo(202);
            assertThat(answer.text("status")).as(kind.toString()).isIn("unknown", "succeeded");
            stripe.api().reset();
            askUntil(
                    kind.toString(),
                    () -> Http.text(merchant.payment(payment), "refunded.amount").equals("10.00"));
            assertThat(refundsAtProvider(payment)).as(kind.toString()).containsExactly(1_000L);
        }
    }

    // ---- holds ----

    @Test
    void a_capture_whose_answer_was_lost_blocks_everything_and_is_made_once() {
        String payment = merchant.held("30.00").payment();
        stripe.webhooks().dropAll(true);
        stripe.api().failNext(WHOLE_CALL, Failure.of(Kind.RESET).on(INTENTS).afterTheEffect());

        Http.Answer lost =
                merchant.post(
                        "/payments/" + payment + "/capture",
                        "{\"amount\":{\"amount\":\"12.00\",\"currency\":\"EUR\"}}");
        Http.Answer again = merchant.post("/payments/" + payment + "/capture", "{}");
        Http.Answer back = merchant.post("/payments/" + payment + "/void", "{}");
        Http.Answer refund = merchant.refund(payment, "1.00");

        assertThat(lost.status()).as(lost.body()).isEqualTo(200);
        assertThat(lost.text("unknown")).isEqualTo("capture");
        assertThat(List.of(again.status(), back.status(), refund.status())).containsOnly(409);
        assertThat(again.text("code")).isEqualTo("payment.order_unanswered");

        askUntil("capture found", () -> status(payment).equals("paid"));
        assertThat(Http.text(merchant.payment(payment), "captured.amount")).isEqualTo("12.00");
        assertThat(Http.text(merchant.payment(payment), "unknown")).isEmpty();
        assertThat(Invariants.books(payment)).containsEntry("prepayments", -1_200L);
    }

    @Test
    void a_capture_that_never_arrived_leaves_the_hold_to_be_taken() {
        String payment = merchant.held("30.00").payment();
        stripe.api().failNext(WHOLE_CALL, Failure.of(Kind.RESET).on(INTENTS));

        Http.Answer lost = merchant.post("/payments/" + payment + "/capture", "{}");

        assertThat(lost.text("unknown")).as(lost.body()).isEqualTo("capture");
        longAgo("payment", payment);
        askUntil(
                "hold still there",
                () -> Http.text(merchant.payment(payment), "unknown").isEmpty());
        assertThat(status(payment)).isEqualTo("authorized");
        assertThat(merchant.post("/payments/" + payment + "/capture", "{}").status())
                .isEqualTo(200);
        merchant.awaitPayment(payment, "paid");
        assertThat(Invariants.books(payment)).containsEntry("prepayments", -3_000L);
    }

    // ---- nothing waits inside a transaction ----

    @Test
    void while_a_provider_is_silent_no_row_is_locked() {
        String payment = paid("40.00");
        stripe.api().hang(REFUNDS);

        CompletableFuture<Http.Answer> refund =
                CompletableFuture.supplyAsync(() -> merchant.refund(payment, "15.00"));
        TestMerchant.await("held call", () -> stripe.api().held(), held -> held >= 1);
        for (String table : List.of("payment", "visit", "payment_link", "refund", "audit_chain")) {
            // Other work may hold it for a moment; only a wait for the provider would go on.
            Awaitility.await(table + " unlocked")
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> isUnlocked(table, payment));
        }
        Http.Answer meanwhile = merchant.get("/payments/" + payment);
        stripe.api().release();

        assertThat(meanwhile.status()).isEqualTo(200);
        assertThat(refund.orTimeout(30, TimeUnit.SECONDS).join().status()).isEqualTo(202);
        merchant.awaitPayment(payment, p -> Http.text(p, "refunded.amount").equals("15.00"));
        assertThat(refundsAtProvider(payment)).containsExactly(1_500L);
    }

    private static boolean isUnlocked(String table, String payment) {
        String rows =
                switch (table) {
                    case "payment" -> "SELECT id FROM payment WHERE id = ?";
                    case "visit" ->
                            "SELECT v.id FROM visit v JOIN payment p ON p.visit_id = v.id WHERE"
                                    + " p.id = ?";
                    case "payment_link" ->
                            "SELECT l.id FROM payment_link l JOIN payment p ON p.link_id = l.id"
                                    + " WHERE p.id = ?";
                    case "refund" -> "SELECT id FROM refund WHERE payment_id = ?";
                    default ->
                            "SELECT c.chain FROM audit_chain c JOIN payment p ON p.merchant_id ="
                                    + " c.chain WHERE p.id = ?";
                };
        try (Connection connection = TestWorld.owner();
                PreparedStatement query =
                        Rows.prepare(connection, rows + " FOR UPDATE NOWAIT", Rows.id(payment))) {
            connection.setAutoCommit(false);
            query.executeQuery();
            connection.rollback();
            return true;
        } catch (SQLException locked) {
            return false;
        }
    }

    // ---- every webhook lost ----

    @Test
    void with_every_webhook_lost_asking_alone_brings_the_same_end() {
        stripe.webhooks().dropAll(true);
        TestMerchant.Prepared taken = merchant.prepare("40.00");
        TestMerchant.Prepared partlyTaken = merchant.prepare("30.00", true);
        TestMerchant.Prepared givenBack = merchant.prepare("30.00", true);
        TestMerchant.Prepared declined = merchant.prepare("20.00");
        TestMerchant.Prepared abandoned = merchant.prepare("10.00");
        stripe.pay(taken.session(), VISA);
        stripe.pay(partlyTaken.session(), VISA);
        stripe.pay(givenBack.session(), VISA);
        stripe.pay(declined.session(), "4000000000000002");
        stripe.act("session_expires", abandoned.session(), Map.of());

        askUntil(
                "first answers",
                () ->
                        status(taken.payment()).equals("paid")
                                && status(partlyTaken.payment()).equals("authorized")
                                && status(givenBack.payment()).equals("authorized")
                                && status(declined.payment()).equals("failed")
                                && status(abandoned.payment()).equals("expired"));
        stripe.act("settle", key(taken.payment(), "charge"), Map.of());
        merchant.post(
                "/payments/" + partlyTaken.payment() + "/capture",
                "{\"amount\":{\"amount\":\"12.00\",\"currency\":\"EUR\"}}");
        merchant.post("/payments/" + givenBack.payment() + "/void", "{}");
        merchant.refund(taken.payment(), "15.00");
        askUntil(
                "last answers",
                () ->
                        status(partlyTaken.payment()).equals("paid")
                                && status(givenBack.payment()).equals("cancelled")
                                && Http.text(merchant.payment(taken.payment()), "refunded.amount")
                                        .equals("15.00")
                                && Http.text(merchant.payment(taken.payment()), "feeState")
                                        .equals("known")
                                && Http.text(merchant.payment(partlyTaken.payment()), "feeState")
                                        .equals("known"));

        // 1.5 % and 25 cents are the provider's.
        assertThat(Invariants.books(taken.payment()))
                .isEqualTo(Map.of("clearing", 2_415L, "prepayments", -2_500L, "fees", 85L));
        assertThat(Invariants.books(partlyTaken.payment()))
                .isEqualTo(Map.of("clearing", 1_157L, "prepayments", -1_200L, "fees", 43L));
        assertThat(Invariants.books(givenBack.payment())).isEmpty();
        assertThat(Invariants.books(declined.payment())).isEmpty();
        assertThat(Http.text(merchant.visitOf(taken.visit()), "paymentStatus"))
                .isEqualTo("part_refunded");
    }
}
