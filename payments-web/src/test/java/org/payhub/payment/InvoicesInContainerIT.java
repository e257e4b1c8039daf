package org.payhub.payment;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.payhub.finance.ResolveUnmatched;
import org.payhub.ledger.LedgerFilter;
import org.payhub.money.Money;
import org.payhub.platform.Ids;
import org.payhub.provider.spi.ProviderEvent.InvoiceOutcome;
import org.payhub.provider.spi.ProviderEvent.InvoiceReported;
import org.payhub.provider.spi.ProviderEvent.InvoiceTransfer;
import org.payhub.provider.spi.Reference;
import org.payhub.provider.spi.References;
import org.payhub.unmatched.UnmatchedRow;
import org.payhub.visit.VisitDetail;
import org.payhub.visit.VisitId;

/**
 * Invoices that are paid in parts, too much, late or under suspicion, on the real database: every
 * order of the same reports ends in the same state with the same balances.
 */
class InvoicesInContainerIT extends BooksInContainer {

    private static final int ORDERS = 25;
    private static final Instant THEN = Instant.parse("2026-11-20T09:00:00Z");
    private static final Part ALL = new Part("t1", "100", 1);
    private static final Part FORTY = new Part("t1", "40", 1);
    private static final Part SEVENTY = new Part("t2", "70", 2);

    @Inject ResolveUnmatched resolve;

    private static Money coins(String text) {
        return Money.parse(text, "USDT:tron");
    }

    /** Coins that came for an invoice in that second. */
    private record Part(String key, String amount, int second) {

        InvoiceTransfer of(String invoice) {
            return new InvoiceTransfer(
                    key + invoice,
                    coins(amount),
                    Optional.of(coins("0.5")),
                    false,
                    false,
                    THEN.plusSeconds(second));
        }
    }

    /** The provider's invoice of a hundred coins for a payment. */
    private record Invoice(PaymentId payment, String id) {

        InvoiceReported told(InvoiceOutcome outcome, int second, Part... parts) {
            List<InvoiceTransfer> came = Arrays.stream(parts).map(part -> part.of(id)).toList();
            return new InvoiceReported(
                    new References(
                            Optional.of(payment.value()),
                            List.of(new Reference("invoice", id)),
                            true),
                    "inv_" + id,
                    outcome,
                    coins("100"),
                    came.stream().map(InvoiceTransfer::amount).reduce(coins("0"), Money::plus),
                    came,
                    THEN.plusSeconds(second),
                    THEN.plusSeconds(second));
        }
    }

    /** An invoice for a payment of 90 euros. */
    private Invoice open() throws SQLException {
        String id = UUID.randomUUID().toString();
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
        return new Invoice(payment, id);
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
        return balances(LedgerFilter.ofPayment(payment.value()));
    }

    private List<UnmatchedRow> waiting(PaymentId payment) {
        return waiting().stream().filter(row -> row.payment().equals(payment.value())).toList();
    }

    /** Answers the last payment that lived so. */
    private PaymentId everyOrder(
            Function<Invoice, List<InvoiceReported>> life,
            String state,
            Map<String, String> golden,
            String... waits)
            throws SQLException {
        Random random = new Random(SEED);
        PaymentId last = null;
        for (int round = 0; round < ORDERS; round++) {
            Invoice invoice = open();
            last = invoice.payment();
            List<InvoiceReported> told = shuffled(life.apply(invoice), random);

            told.forEach(this::tellRead);

            String as = "seed " + SEED + " round " + round + " " + told;
            assertThat(state(last)).as(as).isEqualTo(state);
            assertThat(balances(last)).as(as).isEqualTo(golden);
            assertThat(waiting(last))
                    .as(as)
                    .extracting(piece -> piece.reason() + " " + piece.amount().toDecimal())
                    .containsExactly(waits);
        }
        booksAreSound();
        return last;
    }

    @Test
    void paid_as_asked_for_and_its_fee() throws SQLException {
        everyOrder(
                invoice ->
                        List.of(
                                invoice.told(InvoiceOutcome.PENDING, 1),
                                invoice.told(InvoiceOutcome.CONFIRMING, 2, ALL),
                                invoice.told(InvoiceOutcome.PAID, 3, ALL)),
                "paid captured 100.000000 held 0.000000 visit paid 90.00 EUR",
                Map.of(
                        "clearing", "99.500000",
                        "prepayments", "-100.000000",
                        "fees", "0.500000"));
    }

    @Test
    void part_of_an_open_invoice_shows_without_being_booked() throws SQLException {
        Invoice invoice = open();
        PaymentId payment = invoice.payment();

        tellRead(invoice.told(InvoiceOutcome.PARTIALLY_PAID, 1, FORTY));

        assertThat(state(payment))
                .isEqualTo("part_paid captured 0.000000 held 0.000000 visit pending 0.00 EUR");
        assertThat(balances(payment)).isEmpty();
        assertThat(payments.get(prepared.scope(), payment).received()).contains(coins("40"));
    }

    @Test
    void too_much_in_two_parts_leaves_the_excess_waiting() throws SQLException {
        PaymentId payment =
                everyOrder(
                        invoice ->
                                List.of(
                                        invoice.told(InvoiceOutcome.PARTIALLY_PAID, 1, FORTY),
                                        invoice.told(InvoiceOutcome.CONFIRMING, 2, FORTY, SEVENTY),
                                        invoice.told(InvoiceOutcome.OVERPAID, 3, FORTY, SEVENTY)),
                        "paid captured 110.000000 held 10.000000 visit paid 90.00 EUR",
                        Map.of(
                                "clearing", "109.000000",
                                "prepayments", "-100.000000",
                                "suspense", "-10.000000",
                                "fees", "1.000000"),
                        "overpaid 10.000000");

        UnmatchedRow piece = waiting(payment).get(0);
        VisitId visit = payments.get(prepared.scope(), payment).visit().orElseThrow();
        refusedFor(
                "unmatched.nothing_due", () -> resolve.attach(prepared.scope(), piece.id(), visit));
        resolve.ignore(prepared.scope(), piece.id(), "A tip, says the client");
        assertThat(state(payment))
                .isEqualTo("paid captured 110.000000 held 10.000000 visit paid 90.00 EUR");
        assertThat(waiting(payment)).isEmpty();
    }

    @Test
    void forty_then_seventy_late_waits_and_leaves_ten_when_a_person_says_yes() throws SQLException {
        Part late = new Part("t2", "70", 3);
        PaymentId payment =
                everyOrder(
                        invoice ->
                                List.of(
                                        invoice.told(InvoiceOutcome.PARTIALLY_PAID, 1, FORTY),
                                        invoice.told(InvoiceOutcome.UNDERPAID, 2, FORTY),
                                        invoice.told(InvoiceOutcome.LATE, 3, FORTY, late)),
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
        booksAreSound();
    }

    @Test
    void too_little_counts_in_part_and_a_person_may_take_it_for_all() throws SQLException {
        PaymentId payment =
                everyOrder(
                        invoice ->
                                List.of(
                                        invoice.told(InvoiceOutcome.PARTIALLY_PAID, 1, FORTY),
                                        invoice.told(InvoiceOutcome.UNDERPAID, 2, FORTY)),
                        "part_paid captured 40.000000 held 0.000000 visit part_paid 36.00 EUR",
                        Map.of(
                                "clearing", "39.500000",
                                "prepayments", "-40.000000",
                                "fees", "0.500000"));

        resolve.acceptShortfall(prepared.scope(), payment, "Close enough");

        assertThat(state(payment))
                .isEqualTo("paid captured 40.000000 held 0.000000 visit paid 90.00 EUR");
        booksAreSound();
    }

    @Test
    void what_the_provider_holds_waits_whatever_else_it_says() throws SQLException {
        everyOrder(
                invoice ->
                        List.of(
                                invoice.told(InvoiceOutcome.ON_HOLD, 2, ALL),
                                invoice.told(InvoiceOutcome.PAID, 3, ALL)),
                "review on_hold captured 100.000000 held 100.000000 visit review 0.00 EUR",
                Map.of(
                        "clearing", "99.500000",
                        "suspense", "-100.000000",
                        "fees", "0.500000"),
                "on_hold 100.000000");
    }

    @Test
    void an_invoice_of_ours_that_fits_no_payment_waits_as_found_money() {
        Invoice stray = new Invoice(PaymentId.next(), UUID.randomUUID().toString());

        tellRead(stray.told(InvoiceOutcome.PAID, 0, ALL));
        tellRead(stray.told(InvoiceOutcome.PAID, 0, ALL));

        assertThat(waiting())
                .singleElement()
                .satisfies(
                        piece -> {
                            assertThat(piece.reason()).isEqualTo("no_payment");
                            assertThat(piece.amount()).isEqualTo(coins("100"));
                        });
        booksAreSound();
    }
}
