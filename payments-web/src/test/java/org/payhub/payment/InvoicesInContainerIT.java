package org.payhub.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.payhub.finance.FinanceRecorder;
import org.payhub.finance.RecordingContext;
import org.payhub.finance.ResolveUnmatched;
import org.payhub.ledger.Ledger;
import org.payhub.ledger.LedgerCheck;
import org.payhub.ledger.LedgerFilter;
import org.payhub.link.PaymentLinks;
import org.payhub.merchant.Merchants;
import org.payhub.money.Money;
import org.payhub.platform.HubDataSource;
import org.payhub.platform.HubException;
import org.payhub.platform.Ids;
import org.payhub.platform.PageRequest;
import org.payhub.platform.UnitOfWork;
import org.payhub.provider.spi.ProviderEvent.InvoiceOutcome;
import org.payhub.provider.spi.ProviderEvent.InvoiceReported;
import org.payhub.provider.spi.ProviderEvent.InvoiceTransfer;
import org.payhub.provider.spi.Reference;
import org.payhub.provider.spi.References;
import org.payhub.tenancy.Actor;
import org.payhub.unmatched.UnmatchedFilter;
import org.payhub.unmatched.UnmatchedMoney;
import org.payhub.unmatched.UnmatchedRow;
import org.payhub.visit.VisitDetail;
import org.payhub.visit.VisitId;
import org.payhub.visit.Visits;

/**
 * Invoices that are paid in parts, too much, late or under suspicion, on the real database: every
 * order of the same reports ends in the same state with the same balances.
 */
@Tag("database")
@ExtendWith(ArquillianExtension.class)
class InvoicesInContainerIT {

    private static final int ORDERS = 25;
    private static final Instant THEN = Instant.parse("2026-11-20T09:00:00Z");

    @Inject Merchants merchants;
    @Inject Visits visits;
    @Inject PaymentLinks links;
    @Inject CheckoutRecords records;
    @Inject Payments payments;
    @Inject FinanceRecorder recorder;
    @Inject ResolveUnmatched resolve;
    @Inject UnmatchedMoney unmatched;
    @Inject Ledger ledger;
    @Inject LedgerCheck check;

    @Resource(lookup = HubDataSource.JNDI)
    DataSource dataSource;

    private PreparedInContainer prepared;

    @BeforeEach
    void prepare() throws SQLException {
        prepared = new PreparedInContainer(merchants, visits, links, records, dataSource);
    }

    private static Money coins(String text) {
        return Money.parse(text, "USDT:tron");
    }

    /** A payment of 90 euros for which a hundred coins are expected. */
    private PaymentId open(String id) throws SQLException {
        VisitId visit = prepared.visit(Money.parse("90.00", "EUR"));
        PaymentId payment = prepared.open(visit, "cs_" + id);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update =
                        connection.prepareStatement(
                                "UPDATE payment SET expected_minor = 100000000, expected_asset ="
                                        + " 'USDT:tron', moved_asset = 'USDT:tron', quote_rate ="
                                        + " '1.111111111' WHERE id = ?")) {
            update.setBytes(1, Ids.bytes(payment.value()));
            update.executeUpdate();
        }
        return payment;
    }

    private static InvoiceTransfer transfer(String id, String key, String amount, int second) {
        return new InvoiceTransfer(
                key + id,
                coins(amount),
                Optional.of(coins("0.5")),
                false,
                false,
                THEN.plusSeconds(second));
    }

    private static InvoiceReported told(
            PaymentId payment,
            String id,
            InvoiceOutcome outcome,
            int second,
            InvoiceTransfer... transfers) {
        Money received = coins("0");
        for (InvoiceTransfer each : transfers) {
            received = received.plus(each.amount());
        }
        return new InvoiceReported(
                new References(
                        Optional.of(payment.value()), List.of(new Reference("invoice", id)), true),
                "inv_" + id,
                outcome,
                coins("100"),
                received,
                List.of(transfers),
                THEN.plusSeconds(second),
                THEN.plusSeconds(second));
    }

    private void tell(InvoiceReported event) {
        UnitOfWork.run(
                () ->
                        recorder.record(
                                new RecordingContext(
                                        prepared.integration(),
                                        prepared.scope().merchant(),
                                        false,
                                        Optional.empty(),
                                        true,
                                        Actor.system("test")),
                                List.of(event)));
    }

    private String state(PaymentId id) {
        PaymentRow row = payments.get(prepared.scope(), id);
        VisitDetail visit = visits.get(prepared.scope(), row.visit().orElseThrow());
        return row.status().word()
                + row.reviewReason().map(r -> " " + r).orElse("")
                + " captured "
                + row.captured().toDecimal()
                + " held "
                + row.suspense().toDecimal()
                + " visit "
                + visit.paymentStatus().word()
                + " "
                + visit.paid();
    }

    private Map<String, String> balances(PaymentId payment) {
        Map<String, String> balances = new TreeMap<>();
        ledger.balances(prepared.scope(), LedgerFilter.ofPayment(payment.value()))
                .forEach(
                        b -> {
                            if (!b.amount().isZero()) {
                                balances.put(b.account().word(), b.amount().toDecimal());
                            }
                        });
        return balances;
    }

    private List<UnmatchedRow> waiting(PaymentId payment) {
        return unmatched
                .page(
                        prepared.scope(),
                        UnmatchedFilter.open(),
                        PageRequest.first(PageRequest.LARGEST))
                .items()
                .stream()
                .filter(row -> row.payment().equals(payment.value()))
                .toList();
    }

    private interface LifeOf {
        List<InvoiceReported> of(PaymentId payment, String id);
    }

    private PaymentId everyOrder(
            LifeOf life, String state, Map<String, String> golden, String waits)
            throws SQLException {
        long seed = 20_261_121L;
        Random random = new Random(seed);
        PaymentId last = null;
        for (int round = 0; round < ORDERS; round++) {
            String id = UUID.randomUUID().toString();
            PaymentId payment = open(id);
            List<InvoiceReported> told = new ArrayList<>(life.of(payment, id));
            told.add(told.get(random.nextInt(told.size())));
            Collections.shuffle(told, random);

            told.forEach(this::tell);

            String as = "seed " + seed + " round " + round + " " + told;
            assertThat(state(payment)).as(as).isEqualTo(state);
            assertThat(balances(payment)).as(as).isEqualTo(new TreeMap<>(golden));
            assertThat(
                            waiting(payment).stream()
                                    .map(w -> w.reason() + " " + w.amount().toDecimal()))
                    .as(as)
                    .containsExactlyElementsOf(waits.isEmpty() ? List.of() : List.of(waits));
            last = payment;
        }
        assertThat(check.drift()).isEmpty();
        return last;
    }

    @Test
    void paid_as_asked_for_and_its_fee() throws SQLException {
        everyOrder(
                (payment, id) ->
                        List.of(
                                told(payment, id, InvoiceOutcome.PENDING, 1),
                                told(
                                        payment,
                                        id,
                                        InvoiceOutcome.CONFIRMING,
                                        2,
                                        transfer(id, "t1", "100", 1)),
                                told(
                                        payment,
                                        id,
                                        InvoiceOutcome.PAID,
                                        3,
                                        transfer(id, "t1", "100", 1))),
                "paid captured 100.000000 held 0.000000 visit paid 90.00 EUR",
                Map.of(
                        "clearing", "99.500000",
                        "prepayments", "-100.000000",
                        "fees", "0.500000"),
                "");
    }

    @Test
    void part_of_an_open_invoice_shows_without_being_booked() throws SQLException {
        String id = UUID.randomUUID().toString();
        PaymentId payment = open(id);

        tell(told(payment, id, InvoiceOutcome.PARTIALLY_PAID, 1, transfer(id, "t1", "40", 1)));

        assertThat(state(payment))
                .isEqualTo("part_paid captured 0.000000 held 0.000000 visit pending 0.00 EUR");
        assertThat(balances(payment)).isEmpty();
        assertThat(payments.get(prepared.scope(), payment).received()).contains(coins("40"));
    }

    @Test
    void too_much_in_two_parts_leaves_the_excess_waiting() throws SQLException {
        PaymentId payment =
                everyOrder(
                        (p, id) ->
                                List.of(
                                        told(
                                                p,
                                                id,
                                                InvoiceOutcome.PARTIALLY_PAID,
                                                1,
                                                transfer(id, "t1", "40", 1)),
                                        told(
                                                p,
                                                id,
                                                InvoiceOutcome.CONFIRMING,
                                                2,
                                                transfer(id, "t1", "40", 1),
                                                transfer(id, "t2", "70", 2)),
                                        told(
                                                p,
                                                id,
                                                InvoiceOutcome.OVERPAID,
                                                3,
                                                transfer(id, "t1", "40", 1),
                                                transfer(id, "t2", "70", 2))),
                        "paid captured 110.000000 held 10.000000 visit paid 90.00 EUR",
                        Map.of(
                                "clearing", "109.000000",
                                "prepayments", "-100.000000",
                                "suspense", "-10.000000",
                                "fees", "1.000000"),
                        "overpaid 10.000000");

        UnmatchedRow piece = waiting(payment).get(0);
        VisitId visit = payments.get(prepared.scope(), payment).visit().orElseThrow();
        assertThatThrownBy(() -> resolve.attach(prepared.scope(), piece.id(), visit))
                .isInstanceOfSatisfying(
                        HubException.class,
                        e -> assertThat(e.code()).isEqualTo("unmatched.nothing_due"));
        resolve.ignore(prepared.scope(), piece.id(), "A tip, says the client");
        assertThat(state(payment))
                .isEqualTo("paid captured 110.000000 held 10.000000 visit paid 90.00 EUR");
        assertThat(waiting(payment)).isEmpty();
    }

    @Test
    void forty_then_seventy_late_waits_and_leaves_ten_when_a_person_says_yes() throws SQLException {
        PaymentId payment =
                everyOrder(
                        (p, id) ->
                                List.of(
                                        told(
                                                p,
                                                id,
                                                InvoiceOutcome.PARTIALLY_PAID,
                                                1,
                                                transfer(id, "t1", "40", 1)),
                                        told(
                                                p,
                                                id,
                                                InvoiceOutcome.UNDERPAID,
                                                2,
                                                transfer(id, "t1", "40", 1)),
                                        told(
                                                p,
                                                id,
                                                InvoiceOutcome.LATE,
                                                3,
                                                transfer(id, "t1", "40", 1),
                                                transfer(id, "t2", "70", 3))),
                        "review late captured 110.000000 held 110.000000 visit review 0.00 EUR",
                        Map.of(
                                "clearing", "109.000000",
                                "suspense", "-110.000000",
                                "fees", "1.000000"),
                        "late 110.000000");

        VisitId visit = payments.get(prepared.scope(), payment).visit().orElseThrow();
        resolve.attach(prepared.scope(), waiting(payment).get(0).id(), visit);

        assertThat(state(payment))
                .isEqualTo("paid captured 110.000000 held 10.000000 visit paid 90.00 EUR");
        assertThat(balances(payment))
                .containsEntry("prepayments", "-100.000000")
                .containsEntry("suspense", "-10.000000");
        assertThat(waiting(payment))
                .singleElement()
                .satisfies(
                        piece -> {
                            assertThat(piece.amount()).isEqualTo(coins("10"));
                            assertThat(piece.reason()).isEqualTo("overpaid");
                        });
        assertThat(check.drift()).isEmpty();
    }

    @Test
    void too_little_counts_in_part_and_a_person_may_take_it_for_all() throws SQLException {
        PaymentId payment =
                everyOrder(
                        (p, id) ->
                                List.of(
                                        told(
                                                p,
                                                id,
                                                InvoiceOutcome.PARTIALLY_PAID,
                                                1,
                                                transfer(id, "t1", "40", 1)),
                                        told(
                                                p,
                                                id,
                                                InvoiceOutcome.UNDERPAID,
                                                2,
                                                transfer(id, "t1", "40", 1))),
                        "part_paid captured 40.000000 held 0.000000 visit part_paid 36.00 EUR",
                        Map.of(
                                "clearing", "39.500000",
                                "prepayments", "-40.000000",
                                "fees", "0.500000"),
                        "");

        resolve.acceptShortfall(prepared.scope(), payment, "Close enough");

        assertThat(state(payment))
                .isEqualTo("paid captured 40.000000 held 0.000000 visit paid 90.00 EUR");
        assertThat(check.drift()).isEmpty();
    }

    @Test
    void what_the_provider_holds_waits_whatever_else_it_says() throws SQLException {
        everyOrder(
                (p, id) ->
                        List.of(
                                told(
                                        p,
                                        id,
                                        InvoiceOutcome.ON_HOLD,
                                        2,
                                        transfer(id, "t1", "100", 1)),
                                told(p, id, InvoiceOutcome.PAID, 3, transfer(id, "t1", "100", 1))),
                "review on_hold captured 100.000000 held 100.000000 visit review 0.00 EUR",
                Map.of(
                        "clearing", "99.500000",
                        "suspense", "-100.000000",
                        "fees", "0.500000"),
                "on_hold 100.000000");
    }

    @Test
    void an_invoice_of_ours_that_fits_no_payment_waits_as_found_money() throws SQLException {
        String id = UUID.randomUUID().toString();
        InvoiceReported stray =
                new InvoiceReported(
                        new References(
                                Optional.of(UUID.randomUUID()),
                                List.of(new Reference("invoice", id)),
                                true),
                        "inv_" + id,
                        InvoiceOutcome.PAID,
                        coins("100"),
                        coins("100"),
                        List.of(transfer(id, "t1", "100", 1)),
                        THEN,
                        THEN);

        tell(stray);
        tell(stray);

        assertThat(
                        unmatched
                                .page(
                                        prepared.scope(),
                                        UnmatchedFilter.open(),
                                        PageRequest.first(10))
                                .items())
                .singleElement()
                .satisfies(
                        piece -> {
                            assertThat(piece.reason()).isEqualTo("no_payment");
                            assertThat(piece.amount()).isEqualTo(coins("100"));
                        });
        assertThat(check.drift()).isEmpty();
    }
}
