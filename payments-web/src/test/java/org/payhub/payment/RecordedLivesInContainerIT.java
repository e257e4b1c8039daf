package org.payhub.payment;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.payhub.finance.DeliveryOutcome;
import org.payhub.finance.RecordingResult;
import org.payhub.finance.ResolveUnmatched;
import org.payhub.integration.IntegrationId;
import org.payhub.ledger.LedgerFilter;
import org.payhub.link.CreateLink;
import org.payhub.link.LinkRow;
import org.payhub.money.Money;
import org.payhub.platform.PageRequest;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.provider.spi.ProviderEvent.BookingCategory;
import org.payhub.provider.spi.ProviderEvent.CheckoutOutcome;
import org.payhub.provider.spi.ProviderEvent.CheckoutReported;
import org.payhub.provider.spi.ProviderEvent.DisputeMovement;
import org.payhub.provider.spi.ProviderEvent.DisputeOutcome;
import org.payhub.provider.spi.ProviderEvent.DisputeReported;
import org.payhub.provider.spi.ProviderEvent.FeeReported;
import org.payhub.provider.spi.ProviderEvent.PaymentDetails;
import org.payhub.provider.spi.ProviderEvent.PaymentOutcome;
import org.payhub.provider.spi.ProviderEvent.PaymentReported;
import org.payhub.provider.spi.ProviderEvent.RefundOutcome;
import org.payhub.provider.spi.ProviderEvent.RefundReported;
import org.payhub.provider.spi.Reference;
import org.payhub.provider.spi.References;
import org.payhub.report.ReportFacts;
import org.payhub.report.ReportKind;
import org.payhub.report.ReportQuery;
import org.payhub.report.Reports;
import org.payhub.unmatched.UnmatchedRow;
import org.payhub.unmatched.UnmatchedStatus;
import org.payhub.visit.VisitDetail;
import org.payhub.visit.VisitId;
import org.payhub.visit.VisitPaymentStatus;

/**
 * What providers report, recorded on the real database: every order of the same reports ends in the
 * same state with the same balances.
 */
class RecordedLivesInContainerIT extends BooksInContainer {

    private static final int ORDERS = 50;
    private static final Instant THEN = Instant.parse("2026-11-20T09:00:00Z");

    @Inject ResolveUnmatched resolve;
    @Inject Reports reports;

    private static Money eur(long cents) {
        return Money.ofMinor(cents, "EUR");
    }

    private static References of(PaymentId payment, String id) {
        return new References(
                Optional.of(payment.value()),
                List.of(new Reference("charge", "ch_" + id), new Reference("intent", "pi_" + id)),
                true);
    }

    /** Refunds, disputes and bookings bear the charge's keys and no trace of us. */
    private static References child(String id) {
        return References.of(
                List.of(new Reference("charge", "ch_" + id), new Reference("intent", "pi_" + id)));
    }

    private static PaymentReported money(
            PaymentId payment, String id, PaymentOutcome outcome, Money amount) {
        return new PaymentReported(
                of(payment, id), "ch_" + id, outcome, amount, THEN, PaymentDetails.none());
    }

    private static FeeReported booking(
            String id,
            String key,
            BookingCategory category,
            String source,
            Money gross,
            Money fee) {
        return new FeeReported(
                child(id),
                key + id,
                category,
                source + id,
                gross,
                fee,
                gross.asset().code().equals("EUR")
                        ? Optional.empty()
                        : Optional.of(new BigDecimal("1.08")),
                Optional.of(THEN.plus(2, ChronoUnit.DAYS)),
                THEN);
    }

    private static RefundReported refund(
            String id, String key, RefundOutcome outcome, Money amount) {
        return new RefundReported(
                child(id),
                Optional.empty(),
                key + id,
                outcome,
                amount,
                Optional.empty(),
                THEN.plusSeconds(60));
    }

    private static DisputeReported dispute(
            String id, DisputeOutcome outcome, int second, DisputeMovement... movements) {
        return new DisputeReported(
                child(id),
                "dp_" + id,
                outcome,
                eur(8_000),
                "fraudulent",
                Optional.empty(),
                List.of(movements),
                THEN.plusSeconds(second));
    }

    private static DisputeMovement moved(String id, String key, long cents, long fee) {
        return new DisputeMovement(key + id, eur(cents), eur(fee), THEN.plusSeconds(200));
    }

    /** Tells each by itself; what has to wait is told again after everything that was recorded. */
    private void tellAll(List<ProviderEvent> told) {
        List<ProviderEvent> waiting = new ArrayList<>();
        for (ProviderEvent event : told) {
            waiting.add(event);
            boolean moved = true;
            while (moved) {
                moved = false;
                for (ProviderEvent each : List.copyOf(waiting)) {
                    if (tell(each).outcome() != DeliveryOutcome.WAITING) {
                        waiting.remove(each);
                        moved = true;
                    }
                }
            }
        }
        assertThat(waiting).isEmpty();
    }

    private Map<String, String> balances(PaymentId payment) {
        return balances(
                LedgerFilter.ofPayment(payment.value()),
                balance -> balance.account().word() + " " + balance.amount().asset().code());
    }

    private String state(PaymentId id) {
        PaymentRow row = payments.get(prepared.scope(), id);
        VisitDetail visit = visits.get(prepared.scope(), row.visit().orElseThrow());
        return row.status().word()
                + " captured "
                + row.captured()
                + " refunded "
                + row.refunded()
                + " pending "
                + row.refundPending()
                + " visit "
                + visit.paymentStatus().word()
                + " paid "
                + visit.paid();
    }

    /** Lives the same life in many orders, each thing told once or twice. */
    private void everyOrder(
            Money price, boolean hold, LifeOf life, String state, Map<String, String> golden) {
        Random random = new Random(SEED);
        for (int round = 0; round < ORDERS; round++) {
            String id = UUID.randomUUID().toString();
            VisitId visit = prepared.visit(price);
            LinkRow link = links.create(prepared.scope(), visit, CreateLink.usual());
            PaymentId payment = prepared.open(link, "cs_" + id, hold);
            List<ProviderEvent> told = shuffled(life.of(payment, id), random);

            tellAll(told);

            String as = "seed " + SEED + " round " + round + " " + told;
            assertThat(state(payment)).as(as).isEqualTo(state);
            assertThat(balances(payment)).as(as).isEqualTo(golden);
        }
        booksAreSound();
    }

    private interface LifeOf {
        List<ProviderEvent> of(PaymentId payment, String id);
    }

    @Test
    void pending_succeeded_updated_refunded_in_part_and_the_refund_failed() {
        everyOrder(
                eur(10_000),
                false,
                (payment, id) ->
                        List.of(
                                new CheckoutReported(
                                        of(payment, id), CheckoutOutcome.PENDING, THEN),
                                money(payment, id, PaymentOutcome.PENDING, eur(10_000)),
                                money(payment, id, PaymentOutcome.CAPTURED, eur(10_000)),
                                booking(
                                        id,
                                        "txn_c",
                                        BookingCategory.CHARGE,
                                        "ch_",
                                        eur(10_000),
                                        eur(320)),
                                refund(id, "re_", RefundOutcome.SUCCEEDED, eur(3_000)),
                                refund(id, "re_", RefundOutcome.FAILED, eur(3_000))),
                "paid captured 100.00 EUR refunded 0.00 EUR pending 0.00 EUR visit paid paid"
                        + " 100.00 EUR",
                Map.of("clearing EUR", "96.80", "prepayments EUR", "-100.00", "fees EUR", "3.20"));
    }

    @Test
    void held_captured_disputed_withdrawn_reinstated_and_won() {
        everyOrder(
                eur(8_000),
                true,
                (payment, id) ->
                        List.of(
                                money(payment, id, PaymentOutcome.AUTHORIZED, eur(8_000)),
                                money(payment, id, PaymentOutcome.CAPTURED, eur(8_000)),
                                dispute(id, DisputeOutcome.NEEDS_RESPONSE, 100),
                                dispute(id, DisputeOutcome.UNDER_REVIEW, 150),
                                dispute(
                                        id,
                                        DisputeOutcome.NEEDS_RESPONSE,
                                        110,
                                        moved(id, "txn_w", -8_000, 2_000)),
                                dispute(
                                        id,
                                        DisputeOutcome.UNDER_REVIEW,
                                        300,
                                        moved(id, "txn_w", -8_000, 2_000),
                                        moved(id, "txn_r", 8_000, -2_000)),
                                dispute(id, DisputeOutcome.WON, 310)),
                "paid captured 80.00 EUR refunded 0.00 EUR pending 0.00 EUR visit paid paid"
                        + " 80.00 EUR",
                Map.of("clearing EUR", "80.00", "prepayments EUR", "-80.00"));
    }

    @Test
    void captured_disputed_and_lost_with_a_late_adjustment() {
        everyOrder(
                eur(8_000),
                false,
                (payment, id) ->
                        List.of(
                                money(payment, id, PaymentOutcome.CAPTURED, eur(8_000)),
                                dispute(
                                        id,
                                        DisputeOutcome.NEEDS_RESPONSE,
                                        100,
                                        moved(id, "txn_w", -8_000, 2_000)),
                                dispute(id, DisputeOutcome.LOST, 200),
                                dispute(
                                        id,
                                        DisputeOutcome.LOST,
                                        300,
                                        moved(id, "txn_w", -8_000, 2_000),
                                        moved(id, "txn_a", 50, 0))),
                "paid captured 80.00 EUR refunded 0.00 EUR pending 0.00 EUR visit paid paid"
                        + " 80.00 EUR",
                Map.of(
                        "clearing EUR", "-19.50",
                        "prepayments EUR", "-80.00",
                        "fees EUR", "20.00",
                        "dispute_loss EUR", "79.50"));
    }

    @Test
    void failed_held_and_run_out() {
        everyOrder(
                eur(6_000),
                true,
                (payment, id) ->
                        List.of(
                                new PaymentReported(
                                        of(payment, id),
                                        "ch_first" + id,
                                        PaymentOutcome.DECLINED,
                                        eur(6_000),
                                        THEN,
                                        PaymentDetails.none()),
                                money(payment, id, PaymentOutcome.AUTHORIZED, eur(6_000)),
                                money(payment, id, PaymentOutcome.HOLD_EXPIRED, eur(6_000))),
                "expired captured 0.00 EUR refunded 0.00 EUR pending 0.00 EUR visit none paid"
                        + " 0.00 EUR",
                Map.of());
    }

    @Test
    void settled_in_another_currency_both_sides_go_through_fx() {
        everyOrder(
                eur(10_000),
                false,
                (payment, id) ->
                        List.of(
                                money(payment, id, PaymentOutcome.CAPTURED, eur(10_000)),
                                booking(
                                        id,
                                        "txn_c",
                                        BookingCategory.CHARGE,
                                        "ch_",
                                        Money.ofMinor(10_800, "USD"),
                                        Money.ofMinor(343, "USD")),
                                refund(id, "re_", RefundOutcome.SUCCEEDED, eur(4_000)),
                                booking(
                                        id,
                                        "txn_r",
                                        BookingCategory.REFUND,
                                        "re_",
                                        Money.ofMinor(-4_320, "USD"),
                                        Money.ofMinor(0, "USD"))),
                "paid captured 100.00 EUR refunded 40.00 EUR pending 0.00 EUR visit part_refunded"
                        + " paid 60.00 EUR",
                Map.of(
                        "clearing USD", "61.37",
                        "fees USD", "3.43",
                        "fx EUR", "60.00",
                        "fx USD", "-64.80",
                        "prepayments EUR", "-60.00"));
    }

    @Test
    void another_amount_is_held_and_given_back_through_the_provider_closes_it() {
        everyOrder(
                eur(10_000),
                false,
                (payment, id) ->
                        List.of(
                                money(payment, id, PaymentOutcome.CAPTURED, eur(9_999)),
                                new CheckoutReported(
                                        of(payment, id), CheckoutOutcome.COMPLETED, THEN),
                                refund(id, "re_", RefundOutcome.PENDING, eur(9_999)),
                                refund(id, "re_", RefundOutcome.SUCCEEDED, eur(9_999))),
                "paid captured 99.99 EUR refunded 99.99 EUR pending 0.00 EUR visit none paid"
                        + " 0.00 EUR",
                Map.of());
    }

    @Test
    void the_worked_example_of_the_accountants_adds_up() {
        long[][] charges = {{10_000, 320}, {8_000, 262}, {6_000, 204}};
        String disputed = "";
        for (long[] charge : charges) {
            String id = UUID.randomUUID().toString();
            PaymentId payment = prepared.open(prepared.visit(eur(charge[0])), "cs_" + id);
            tell(money(payment, id, PaymentOutcome.CAPTURED, eur(charge[0])));
            tell(
                    booking(
                            id,
                            "txn_c",
                            BookingCategory.CHARGE,
                            "ch_",
                            eur(charge[0]),
                            eur(charge[1])));
            if (charge[0] == 10_000) {
                tell(refund(id, "re_", RefundOutcome.SUCCEEDED, eur(3_000)));
                tell(booking(id, "txn_r", BookingCategory.REFUND, "re_", eur(-3_000), eur(0)));
            }
            disputed = charge[0] == 8_000 ? id : disputed;
        }
        tell(
                dispute(
                        disputed,
                        DisputeOutcome.NEEDS_RESPONSE,
                        100,
                        moved(disputed, "txn_w", -8_000, 2_000)));

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ReportFacts facts =
                reports.write(
                        new ReportQuery(
                                prepared.scope(),
                                ReportKind.BALANCE_ITEMISED,
                                THEN,
                                THEN.plus(1, ChronoUnit.DAYS),
                                Optional.empty()),
                        out);

        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(facts.rows()).isEqualTo(5);
        assertThat(lines.stream().filter(l -> l.contains(",charge,100.00,3.20,96.80,EUR,")))
                .hasSize(1);
        assertThat(lines.stream().filter(l -> l.contains(",refund,-30.00,0.00,-30.00,EUR,")))
                .hasSize(1);
        assertThat(lines.stream().filter(l -> l.contains(",dispute,-80.00,20.00,-100.00,EUR,")))
                .hasSize(1);
        assertThat(lines.get(1)).contains("'=HYPERLINK(1)").contains("\"Haircut; =1+1\"");
        assertThat(
                        ledger.balances(prepared.scope(), LedgerFilter.all()).stream()
                                .filter(b -> b.account().word().equals("clearing"))
                                .map(b -> b.amount().toDecimal()))
                .containsExactly("102.14");
    }

    @Test
    void without_its_booking_a_movement_has_no_fee_and_says_so() {
        String id = UUID.randomUUID().toString();
        PaymentId payment = prepared.open(prepared.visit(eur(2_000)), "cs_" + id);
        tell(money(payment, id, PaymentOutcome.CAPTURED, eur(2_000)));

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        reports.write(
                new ReportQuery(
                        prepared.scope(),
                        ReportKind.BALANCE_ITEMISED,
                        THEN,
                        THEN.plusSeconds(1),
                        Optional.empty()),
                out);

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(",charge,20.00,,,EUR,20.00,EUR,")
                .contains(",fee_pending,");
    }

    @Test
    void of_two_payments_for_one_visit_the_second_is_held_and_can_be_attached_elsewhere()
            throws InterruptedException, ExecutionException {
        String first = UUID.randomUUID().toString();
        String second = UUID.randomUUID().toString();
        VisitId visit = prepared.visit(eur(5_000));
        PaymentId one = prepared.open(visit, "cs_" + first);
        records.closed(one, CheckoutOutcome.EXPIRED);
        PaymentId two = prepared.open(visit, "cs_" + second);

        both(
                () -> tell(money(one, first, PaymentOutcome.CAPTURED, eur(5_000))),
                () -> tell(money(two, second, PaymentOutcome.CAPTURED, eur(5_000))));

        List<UnmatchedRow> waiting = waiting();
        assertThat(waiting).hasSize(1);
        assertThat(waiting.get(0).reason()).isEqualTo("nothing_due");
        assertThat(visits.get(prepared.scope(), visit).paymentStatus())
                .isEqualTo(VisitPaymentStatus.REVIEW);
        VisitId other = prepared.visit(eur(5_000));
        resolve.attach(prepared.scope(), waiting.get(0).id(), other);
        assertThat(visits.get(prepared.scope(), visit).paymentStatus())
                .isEqualTo(VisitPaymentStatus.PAID);
        assertThat(visits.get(prepared.scope(), other).paymentStatus())
                .isEqualTo(VisitPaymentStatus.PAID);
        assertThat(unmatched.get(prepared.scope(), waiting.get(0).id()).status())
                .isEqualTo(UnmatchedStatus.ATTACHED);
        booksAreSound();
    }

    private static void both(Callable<?> one, Callable<?> two)
            throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (Future<?> done : List.of(threads.submit(one), threads.submit(two))) {
                done.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void money_with_our_mark_and_no_payment_is_found_money_and_its_refund_finds_it() {
        String id = UUID.randomUUID().toString();
        PaymentId nobody = PaymentId.next();

        RecordingResult result = tell(money(nobody, id, PaymentOutcome.CAPTURED, eur(700)));
        RecordingResult again = tell(money(nobody, id, PaymentOutcome.CAPTURED, eur(700)));
        RecordingResult back = tell(refund(id, "re_", RefundOutcome.SUCCEEDED, eur(700)));

        assertThat(result.outcome()).isEqualTo(DeliveryOutcome.UNMATCHED);
        assertThat(again.outcome()).isEqualTo(DeliveryOutcome.UNMATCHED);
        assertThat(again.changes()).isEmpty();
        assertThat(back.outcome()).isEqualTo(DeliveryOutcome.APPLIED);
        PaymentRow found = payments.get(prepared.scope(), result.payment().orElseThrow());
        assertThat(found.purpose()).isEqualTo(PaymentPurpose.FOUND);
        assertThat(balances(found.id())).isEmpty();
        booksAreSound();
    }

    @Test
    void a_second_capture_in_another_currency_is_found_money_once() {
        String id = UUID.randomUUID().toString();
        PaymentId payment = prepared.open(prepared.visit(eur(1_000)), "cs_" + id);
        PaymentReported other =
                new PaymentReported(
                        of(payment, id),
                        "ch_other" + id,
                        PaymentOutcome.CAPTURED,
                        Money.ofMinor(1_000, "USD"),
                        THEN,
                        PaymentDetails.none());
        tell(money(payment, id, PaymentOutcome.CAPTURED, eur(1_000)));

        tell(other);
        tell(other);

        assertThat(payments.get(prepared.scope(), payment).status()).isEqualTo(PaymentStatus.PAID);
        assertThat(payments.page(prepared.scope(), PaymentFilter.all(), PageRequest.first(9)))
                .satisfies(page -> assertThat(page.items()).hasSize(2));
        assertThat(unmatched.countOpen(prepared.scope())).isEqualTo(1);
        booksAreSound();
    }

    @Test
    void an_account_that_was_connected_anew_still_tells_of_earlier_payments() throws SQLException {
        String id = UUID.randomUUID().toString();
        PaymentId payment = prepared.open(prepared.visit(eur(1_000)), "cs_" + id);
        tell(money(payment, id, PaymentOutcome.CAPTURED, eur(1_000)));
        IntegrationId anew = prepared.connectAnew(dataSource);

        RecordingResult repeat =
                tell(anew, false, money(payment, id, PaymentOutcome.CAPTURED, eur(1_000)));
        RecordingResult refunded =
                tell(anew, false, refund(id, "re_", RefundOutcome.SUCCEEDED, eur(400)));

        assertThat(repeat.changes()).isEmpty();
        assertThat(refunded.outcome()).isEqualTo(DeliveryOutcome.APPLIED);
        assertThat(balances(payment))
                .isEqualTo(Map.of("clearing EUR", "6.00", "prepayments EUR", "-6.00"));
    }

    @Test
    void the_accounts_other_business_leaves_nothing_in_the_books() {
        String id = UUID.randomUUID().toString();
        PaymentReported sale =
                new PaymentReported(
                        child(id),
                        "ch_" + id,
                        PaymentOutcome.CAPTURED,
                        eur(900),
                        THEN,
                        PaymentDetails.none());
        RefundReported back = refund(id, "re_", RefundOutcome.SUCCEEDED, eur(900));

        RecordingResult told = tell(sale);
        RecordingResult waits = tell(back);
        RecordingResult read = tellRead(sale, back);

        assertThat(told.outcome()).isEqualTo(DeliveryOutcome.NOT_OURS);
        assertThat(waits.outcome()).isEqualTo(DeliveryOutcome.WAITING);
        assertThat(waits.waitsFor()).contains(new Reference("charge", "ch_" + id));
        assertThat(read.outcome()).isEqualTo(DeliveryOutcome.NOT_OURS);
        assertThat(ledger.balances(prepared.scope(), LedgerFilter.all())).isEmpty();
    }

    @Test
    void lists_and_totals_find_payments_by_what_people_type() {
        String id = UUID.randomUUID().toString();
        PaymentId payment = prepared.open(prepared.visit(eur(1_250)), "cs_" + id);
        tell(money(payment, id, PaymentOutcome.CAPTURED, eur(1_250)));

        for (String typed : List.of(payment.toString(), "ch_" + id, "hyperlink", "12.50", "12,5")) {
            PaymentFilter filter =
                    new PaymentFilter(
                            Optional.empty(),
                            Optional.of("stripe"),
                            java.util.Set.of(PaymentStatus.PAID),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(typed));
            assertThat(payments.page(prepared.scope(), filter, PageRequest.first(5)).items())
                    .as(typed)
                    .extracting(PaymentRow::id)
                    .containsExactly(payment);
            assertThat(payments.totals(prepared.scope(), filter))
                    .extracting(PaymentTotals::captured)
                    .containsExactly(eur(1_250));
        }
        assertThat(
                        payments.page(
                                        prepared.scope().withLivemode(true),
                                        PaymentFilter.all(),
                                        PageRequest.first(5))
                                .items())
                .isEmpty();
    }
}
