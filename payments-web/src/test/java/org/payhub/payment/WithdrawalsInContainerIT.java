package org.payhub.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.payhub.ledger.LedgerFilter;
import org.payhub.link.CreateLink;
import org.payhub.link.LinkRow;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.money.Rate;
import org.payhub.platform.HubException;
import org.payhub.platform.Ids;
import org.payhub.platform.MasterKey;
import org.payhub.platform.UnitOfWork;
import org.payhub.provider.spi.ProviderEvent.InvoiceOutcome;
import org.payhub.provider.spi.ProviderEvent.InvoiceReported;
import org.payhub.provider.spi.ProviderEvent.InvoiceTransfer;
import org.payhub.provider.spi.ProviderEvent.WithdrawalOutcome;
import org.payhub.provider.spi.ProviderEvent.WithdrawalReported;
import org.payhub.provider.spi.References;
import org.payhub.rate.EnterRate;
import org.payhub.rate.RateRow;
import org.payhub.rate.Rates;
import org.payhub.refund.RefundStatus;
import org.payhub.refund.Refunds;
import org.payhub.tenancy.Role;
import org.payhub.tenancy.Scope;
import org.payhub.visit.VisitId;
import org.payhub.withdrawal.AskWithdrawal;
import org.payhub.withdrawal.SendWithdrawal;
import org.payhub.withdrawal.WithdrawalAddresses;
import org.payhub.withdrawal.WithdrawalRecords;
import org.payhub.withdrawal.WithdrawalRow;
import org.payhub.withdrawal.WithdrawalStatus;
import org.payhub.withdrawal.Withdrawals;

/** Coins on the real database: quoted and locked, and leaving again with two people's consent. */
class WithdrawalsInContainerIT extends BooksInContainer {

    private static final Instant THEN = Instant.parse("2026-11-20T09:00:00Z");
    private static final Asset COIN = Asset.of("USDT:tron");

    /** The address of USDT's own contract on TRON: well spelled, and nobody's. */
    private static final String ADDRESS = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t";

    @Inject CheckoutChoices choices;
    @Inject Rates rates;
    @Inject SendWithdrawal sending;
    @Inject WithdrawalRecords withdrawalRecords;
    @Inject Withdrawals withdrawals;
    @Inject WithdrawalAddresses addresses;
    @Inject Refunds refunds;
    @Inject MasterKey masterKey;

    private Scope owner;
    private Scope accountant;

    @BeforeEach
    @Override
    void prepare() throws SQLException {
        prepared =
                new PreparedInContainer(
                        merchants, visits, links, records, dataSource, "alppay", "USDT:tron");
        owner = prepared.scope();
        accountant = prepared.colleague("Ada Accountant", Role.ACCOUNTANT);
    }

    private static Money coins(String text) {
        return Money.parse(text, COIN);
    }

    /** What the merchant typed into a field of the integration. */
    private void typed(String field, String value) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement(
                                "INSERT INTO integration_credential (id, integration_id, field,"
                                        + " sealed, fingerprint, ending, added_at, version)"
                                        + " VALUES (?, ?, ?, ?, ?, '', UTC_TIMESTAMP(6), 0)")) {
            byte[] plain = value.getBytes(StandardCharsets.UTF_8);
            insert.setBytes(1, Ids.bytes(UUID.randomUUID()));
            insert.setBytes(2, Ids.bytes(prepared.integration().value()));
            insert.setString(3, field);
            insert.setBytes(
                    4,
                    masterKey.seal(
                            plain, "integration:" + prepared.integration().value() + ":" + field));
            insert.setBytes(5, MasterKey.sha256(plain));
            insert.executeUpdate();
        }
    }

    private RateRow rate(String rate) {
        return rates.enter(
                owner,
                new EnterRate(
                        Asset.of("EUR"),
                        COIN,
                        Rate.parse(rate),
                        "The bank's page",
                        Instant.now().plus(Duration.ofHours(1))));
    }

    private List<CheckoutChoice> offered(VisitId visit) {
        return choices.of(
                owner.merchant(),
                visits.get(owner, visit).location(),
                false,
                visits.get(owner, visit).due());
    }

    private Map<String, String> balances() {
        return balances(LedgerFilter.all());
    }

    private AskWithdrawal ask(String amount, Optional<PaymentId> payment) {
        return new AskWithdrawal(
                prepared.integration(),
                payment,
                coins(amount),
                ADDRESS,
                Optional.empty(),
                "To our wallet",
                Optional.empty());
    }

    private WithdrawalRow approved(String amount, Optional<PaymentId> payment) {
        WithdrawalRow asked = sending.request(accountant, ask(amount, payment));
        return UnitOfWork.run(() -> withdrawalRecords.approve(owner, asked.id()));
    }

    private static WithdrawalReported told(
            WithdrawalRow row, WithdrawalOutcome outcome, Optional<Money> arrived) {
        return new WithdrawalReported(
                new References(Optional.empty(), List.of(), true),
                Optional.of(row.id().value()),
                "w_" + row.id(),
                outcome,
                row.amount(),
                arrived,
                row.address(),
                Optional.of("0x" + row.id()),
                Optional.empty(),
                THEN);
    }

    /** A payment of 92 euros by an invoice that came to so much. */
    private PaymentId paid(InvoiceOutcome outcome, String came) {
        rate("1.086956521");
        VisitId visit = prepared.visit(Money.parse("92.00", "EUR"));
        LinkRow link = links.create(owner, visit, CreateLink.usual());
        String id = UUID.randomUUID().toString();
        PaymentId payment = prepared.open(link, id, false);
        Money expected = payments.get(owner, payment).expected();
        tellRead(
                new InvoiceReported(
                        new References(Optional.of(payment.value()), List.of(), true),
                        id,
                        outcome,
                        expected,
                        coins(came),
                        List.of(
                                new InvoiceTransfer(
                                        "t" + id,
                                        coins(came),
                                        Optional.empty(),
                                        false,
                                        false,
                                        THEN)),
                        THEN,
                        THEN));
        return payment;
    }

    // --- rates and quotes ---

    @Test
    void a_coin_is_offered_only_while_its_rate_is_valid_and_the_quote_is_kept() {
        VisitId visit = prepared.visit(Money.parse("92.00", "EUR"));
        List<CheckoutChoice> before = offered(visit);
        RateRow rate = rate("1.086956522");
        List<CheckoutChoice> with = offered(visit);
        LinkRow link = links.create(owner, visit, CreateLink.usual());
        PaymentId payment = prepared.open(link, "inv_" + visit, false);

        rate("2");
        PaymentRow row = payments.get(owner, payment);
        rates.withdraw(owner, rates.list(owner).get(0).id());
        List<CheckoutChoice> after = offered(visit);

        assertThat(before).isEmpty();
        assertThat(with).hasSize(1);
        assertThat(with.get(0).charged().toDecimal()).isEqualTo("100.000001");
        assertThat(row.expected().toDecimal()).isEqualTo("100.000001");
        assertThat(row.asked()).isEqualTo(Money.parse("92.00", "EUR"));
        assertThat(row.quote())
                .hasValueSatisfying(
                        quote -> {
                            assertThat(quote.rate()).isEqualTo(rate.rate().toString());
                            assertThat(quote.source()).isEqualTo("The bank's page");
                            assertThat(quote.validUntil()).isAfter(quote.lockedAt());
                        });
        assertThat(after).isEmpty();
    }

    @Test
    void without_a_rate_the_checkout_says_that_it_is_not_offered() {
        VisitId visit = prepared.visit(Money.parse("92.00", "EUR"));
        LinkRow link = links.create(owner, visit, CreateLink.usual());

        refusedFor(
                "checkout.provider_not_offered",
                () ->
                        records.prepare(
                                OpenCheckoutCommand.byLink(
                                        owner, link.id(), "alppay", Locale.ENGLISH)));
    }

    @Test
    void an_invoice_that_nobody_paid_into_keeps_nobody_from_paying_otherwise() {
        rate("1.086956521");
        VisitId visit = prepared.visit(Money.parse("92.00", "EUR"));
        LinkRow link = links.create(owner, visit, CreateLink.usual());
        PaymentId payment = prepared.open(link, "inv_" + visit, false);
        Money expected = payments.get(owner, payment).expected();
        InvoiceReported open =
                new InvoiceReported(
                        new References(Optional.of(payment.value()), List.of(), true),
                        "inv_" + visit,
                        InvoiceOutcome.PENDING,
                        expected,
                        coins("0"),
                        List.of(),
                        THEN,
                        THEN);

        tellRead(open);
        OpenCheckoutCommand again =
                OpenCheckoutCommand.byLink(owner, link.id(), "alppay", Locale.ENGLISH);
        CheckoutStep same = records.prepare(again);

        assertThat(payments.get(owner, payment).status()).isEqualTo(PaymentStatus.PENDING);
        assertThat(same).isInstanceOf(CheckoutStep.Reuse.class);
    }

    @Test
    void only_who_may_can_enter_a_rate() {
        for (Role role : Role.values()) {
            Scope scope = prepared.colleague("Somebody", role);
            EnterRate command =
                    new EnterRate(
                            Asset.of("EUR"),
                            COIN,
                            Rate.parse("1.1"),
                            "guess",
                            Instant.now().plusSeconds(60));
            if (role == Role.OWNER || role == Role.MANAGER || role == Role.API_KEY) {
                assertThat(rates.enter(scope, command).valid()).isTrue();
            } else {
                refusedFor("access.right_missing", () -> rates.enter(scope, command));
            }
        }
    }

    // --- withdrawals ---

    @Test
    void one_asks_another_agrees_and_it_is_booked_when_it_arrives() {
        WithdrawalRow asked = sending.request(accountant, ask("10", Optional.empty()));
        assertThat(withdrawals.countWaiting(owner)).isEqualTo(1);
        assertThat(withdrawals.countWaiting(accountant)).isZero();
        for (Scope wrong : List.of(accountant, prepared.colleague("Key", Role.API_KEY))) {
            assertThatThrownBy(
                            () ->
                                    UnitOfWork.run(
                                            () -> withdrawalRecords.approve(wrong, asked.id())))
                    .isInstanceOf(HubException.class);
        }
        WithdrawalRow sent = UnitOfWork.run(() -> withdrawalRecords.approve(owner, asked.id()));

        UnitOfWork.run(
                () ->
                        withdrawalRecords.answered(
                                sent, told(sent, WithdrawalOutcome.PENDING, Optional.empty())));
        Map<String, String> underWay = balances();
        tellRead(told(sent, WithdrawalOutcome.SUCCEEDED, Optional.of(coins("9"))));

        WithdrawalRow row = withdrawals.get(owner, sent.id());
        assertThat(underWay).isEqualTo(Map.of("clearing", "-10.000000", "in_transit", "10.000000"));
        assertThat(row.status()).isEqualTo(WithdrawalStatus.SUCCEEDED);
        assertThat(row.arrived()).contains(coins("9"));
        assertThat(balances())
                .isEqualTo(
                        Map.of(
                                "clearing", "-10.000000",
                                "bank", "9.000000",
                                "fees", "1.000000"));
        booksAreSound();
    }

    @Test
    void every_order_of_the_same_words_ends_in_the_same_books() throws SQLException {
        Random random = new Random(SEED);
        for (int round = 0; round < 20; round++) {
            prepare();
            WithdrawalRow sent = approved("10", Optional.empty());
            List<WithdrawalReported> words =
                    new ArrayList<>(
                            List.of(
                                    told(sent, WithdrawalOutcome.PENDING, Optional.empty()),
                                    told(sent, WithdrawalOutcome.PENDING, Optional.empty()),
                                    told(sent, WithdrawalOutcome.SUCCEEDED, Optional.empty()),
                                    told(
                                            sent,
                                            WithdrawalOutcome.SUCCEEDED,
                                            Optional.of(coins("9")))));
            if (round % 2 == 0) {
                words.add(told(sent, WithdrawalOutcome.CANCELLED, Optional.empty()));
            }
            Collections.shuffle(words, random);

            words.forEach(this::tellRead);

            assertThat(balances())
                    .as("round " + round + " " + words)
                    .isEqualTo(
                            Map.of(
                                    "clearing", "-10.000000",
                                    "bank", "9.000000",
                                    "fees", "1.000000"));
        }
    }

    @Test
    void a_cancelled_one_leaves_the_books_as_they_were() {
        WithdrawalRow sent = approved("10", Optional.empty());

        tellRead(told(sent, WithdrawalOutcome.PENDING, Optional.empty()));
        tellRead(told(sent, WithdrawalOutcome.CANCELLED, Optional.empty()));

        assertThat(withdrawals.get(owner, sent.id()).status())
                .isEqualTo(WithdrawalStatus.CANCELLED);
        assertThat(balances()).isEmpty();
    }

    @Test
    void an_unanswered_one_blocks_the_next_until_it_is_found() {
        WithdrawalRow sent = approved("10", Optional.empty());
        UnitOfWork.run(() -> withdrawalRecords.unanswered(sent.id()));
        WithdrawalRow next = sending.request(accountant, ask("5", Optional.empty()));

        refusedFor(
                "withdrawal.earlier_one_unknown",
                () -> UnitOfWork.run(() -> withdrawalRecords.approve(owner, next.id())));
        tellRead(told(sent, WithdrawalOutcome.PENDING, Optional.empty()));
        assertThat(UnitOfWork.run(() -> withdrawalRecords.approve(owner, next.id())).status())
                .isEqualTo(WithdrawalStatus.APPROVED);
    }

    @Test
    void another_amount_in_the_providers_words_is_not_believed() {
        WithdrawalRow sent = approved("10", Optional.empty());
        WithdrawalReported other =
                new WithdrawalReported(
                        References.of(List.of()),
                        Optional.of(sent.id().value()),
                        "w_other",
                        WithdrawalOutcome.SUCCEEDED,
                        coins("11"),
                        Optional.empty(),
                        ADDRESS,
                        Optional.empty(),
                        Optional.empty(),
                        THEN);

        tellRead(other);

        WithdrawalRow row = withdrawals.get(owner, sent.id());
        assertThat(row.status()).isEqualTo(WithdrawalStatus.APPROVED);
        assertThat(row.failureReason()).hasValueSatisfying(r -> assertThat(r).contains("11"));
        assertThat(balances()).isEmpty();
    }

    @Test
    void an_address_is_checked_and_a_list_is_kept_to() {
        assertThatThrownBy(
                        () ->
                                sending.request(
                                        accountant,
                                        new AskWithdrawal(
                                                prepared.integration(),
                                                Optional.empty(),
                                                coins("1"),
                                                "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6u",
                                                Optional.empty(),
                                                "typo",
                                                Optional.empty())))
                .isInstanceOfSatisfying(
                        HubException.class, e -> assertThat(e.field()).contains("address"));

        addresses.add(
                owner,
                prepared.integration(),
                COIN,
                "TPSMckmxoQBQWfUcasbUs2cRUdh2EMQu4n",
                "Cold wallet");

        refusedFor(
                "withdrawal.address_not_listed",
                () -> sending.request(accountant, ask("1", Optional.empty())));
    }

    // --- the merchant's own limits ---

    @Test
    void no_more_leaves_within_a_day_than_the_merchant_allows() throws SQLException {
        typed("daily_withdrawal", "12");
        WithdrawalRow early = sending.request(accountant, ask("3", Optional.empty()));
        refusedFor(
                "withdrawal.daily_limit_exceeded",
                () -> sending.request(accountant, ask("12.000001", Optional.empty())));

        tellRead(
                told(
                        approved("10", Optional.empty()),
                        WithdrawalOutcome.PENDING,
                        Optional.empty()));

        refusedFor(
                "withdrawal.daily_limit_exceeded",
                () -> sending.request(accountant, ask("2.000001", Optional.empty())));
        refusedFor(
                "withdrawal.daily_limit_exceeded",
                () -> UnitOfWork.run(() -> withdrawalRecords.approve(owner, early.id())));
        assertThat(approved("2", Optional.empty()).status()).isEqualTo(WithdrawalStatus.APPROVED);
        assertThat(withdrawals.get(owner, early.id()).status())
                .isEqualTo(WithdrawalStatus.REQUESTED);
    }

    @Test
    void what_did_not_leave_does_not_count_for_the_day() throws SQLException {
        typed("daily_withdrawal", "12");

        tellRead(
                told(
                        approved("10", Optional.empty()),
                        WithdrawalOutcome.CANCELLED,
                        Optional.empty()));

        assertThat(approved("12", Optional.empty()).status()).isEqualTo(WithdrawalStatus.APPROVED);
    }

    @Test
    void a_new_address_waits_before_money_goes_there() throws SQLException {
        typed("address_wait", "24");
        refusedFor(
                "withdrawal.address_not_listed",
                () -> sending.request(accountant, ask("1", Optional.empty())));

        addresses.add(owner, prepared.integration(), COIN, ADDRESS, "Our wallet");
        refusedFor(
                "withdrawal.address_too_new",
                () -> sending.request(accountant, ask("1", Optional.empty())));
        try (Connection connection = dataSource.getConnection();
                PreparedStatement older =
                        connection.prepareStatement(
                                "UPDATE withdrawal_address SET created_at = created_at - INTERVAL"
                                        + " 24 HOUR WHERE merchant_id = ?")) {
            older.setBytes(1, Ids.bytes(owner.merchant().value()));
            older.executeUpdate();
        }

        assertThat(approved("1", Optional.empty()).status()).isEqualTo(WithdrawalStatus.APPROVED);
    }

    @Test
    void no_payment_is_opened_outside_the_merchants_limits() throws SQLException {
        typed("min_payment", "50");
        typed("max_payment", "USDT:tron 100");
        rate("1");

        LinkRow small = links.create(owner, prepared.visit(euros("49.99")), CreateLink.usual());
        LinkRow large = links.create(owner, prepared.visit(euros("100.01")), CreateLink.usual());
        LinkRow least = links.create(owner, prepared.visit(euros("50.00")), CreateLink.usual());
        LinkRow most = links.create(owner, prepared.visit(euros("100.00")), CreateLink.usual());

        refusedFor("checkout.amount_too_small", () -> prepared.open(small, "inv_small", false));
        refusedFor("checkout.amount_too_large", () -> prepared.open(large, "inv_large", false));
        assertThat(
                        payments.get(owner, prepared.open(least, "inv_l" + least.id(), false))
                                .expected())
                .isEqualTo(coins("50"));
        assertThat(payments.get(owner, prepared.open(most, "inv_m" + most.id(), false)).expected())
                .isEqualTo(coins("100"));
    }

    private static Money euros(String text) {
        return Money.parse(text, "EUR");
    }

    @Test
    void the_excess_goes_back_as_a_withdrawal_and_is_no_longer_waiting() {
        PaymentId payment = paid(InvoiceOutcome.OVERPAID, "110");
        Money excess = payments.get(owner, payment).suspense();
        WithdrawalRow sent = approved(excess.toDecimal(), Optional.of(payment));
        refusedFor(
                "withdrawal.payment_being_returned",
                () -> sending.request(accountant, ask(excess.toDecimal(), Optional.of(payment))));

        tellRead(told(sent, WithdrawalOutcome.PENDING, Optional.empty()));
        tellRead(told(sent, WithdrawalOutcome.SUCCEEDED, Optional.of(excess)));

        PaymentRow row = payments.get(owner, payment);
        assertThat(row.status()).isEqualTo(PaymentStatus.PAID);
        assertThat(row.suspense().isZero()).isTrue();
        assertThat(row.refunded()).isEqualTo(excess);
        assertThat(visits.get(owner, row.visit().orElseThrow()).paid())
                .isEqualTo(Money.parse("92.00", "EUR"));
        assertThat(refunds.ofPayment(owner, payment))
                .singleElement()
                .satisfies(r -> assertThat(r.status()).isEqualTo(RefundStatus.SUCCEEDED));
        assertThat(unmatched.countOpen(owner)).isZero();
        booksAreSound();
    }

    @Test
    void too_little_that_goes_back_leaves_the_visit_refunded() {
        PaymentId payment = paid(InvoiceOutcome.UNDERPAID, "40");
        assertThat(waiting()).isEmpty();
        WithdrawalRow sent = approved("40", Optional.of(payment));

        tellRead(told(sent, WithdrawalOutcome.SUCCEEDED, Optional.of(coins("39"))));

        PaymentRow row = payments.get(owner, payment);
        assertThat(row.refunded()).isEqualTo(coins("40"));
        assertThat(visits.get(owner, row.visit().orElseThrow()).paymentStatus().word())
                .isEqualTo("refunded");
        booksAreSound();
    }
}
