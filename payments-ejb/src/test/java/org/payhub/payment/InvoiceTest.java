package org.payhub.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.payhub.integration.ActiveIntegration;
import org.payhub.integration.IntegrationId;
import org.payhub.link.LinkForCheckout;
import org.payhub.link.LinkId;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.money.Rate;
import org.payhub.platform.HubException;
import org.payhub.provider.spi.ProviderEvent.InvoiceOutcome;
import org.payhub.provider.spi.ProviderEvent.InvoiceReported;
import org.payhub.provider.spi.ProviderEvent.InvoiceTransfer;
import org.payhub.provider.spi.References;
import org.payhub.tenancy.LocationId;
import org.payhub.tenancy.MerchantId;
import org.payhub.visit.VisitId;

/** Invoices that are paid in parts, too much, too late or under suspicion. */
class InvoiceTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Asset COIN = Asset.of("USDT:tron");
    private static final Money ASKED = Money.parse("92.00", "EUR");
    private static final Rate RATE = Rate.parse("1.086956522");

    /** 92 euros are a hundred coins and one millionth: rounded up. */
    private static final Money EXPECTED = RATE.ofRoundedUp(ASKED, COIN);

    private static Payment payment() {
        MerchantId merchant = MerchantId.next();
        LinkForCheckout link =
                new LinkForCheckout(
                        LinkId.next(),
                        merchant,
                        LocationId.next(),
                        VisitId.next(),
                        "token",
                        ASKED,
                        false,
                        List.of(),
                        NOW.plusSeconds(3600));
        Payment payment =
                Payment.forLink(
                        link,
                        new ActiveIntegration(
                                IntegrationId.next(), merchant, "alppay", false, Set.of(), false),
                        new Priced(
                                ASKED,
                                EXPECTED,
                                Optional.of(new Quote(RATE, "bank", NOW, NOW.plusSeconds(3600)))),
                        false,
                        "client",
                        NOW);
        payment.checkoutOpened("inv_1", "https://pay.example/1", NOW.plusSeconds(3600), NOW);
        return payment;
    }

    private static Money coins(String text) {
        return Money.parse(text, COIN);
    }

    private static InvoiceTransfer transfer(String key, Money amount, int second) {
        return new InvoiceTransfer(
                key, amount, Optional.empty(), false, false, NOW.plusSeconds(second));
    }

    private static InvoiceReported told(
            InvoiceOutcome outcome, int second, InvoiceTransfer... transfers) {
        Money received = coins("0");
        for (InvoiceTransfer each : transfers) {
            received = received.plus(each.amount());
        }
        return told(outcome, second, received, List.of(transfers));
    }

    private static InvoiceReported told(
            InvoiceOutcome outcome, int second, Money received, List<InvoiceTransfer> transfers) {
        return new InvoiceReported(
                References.of(List.of()),
                "inv_1",
                outcome,
                EXPECTED,
                received,
                transfers,
                NOW.plusSeconds(second),
                NOW.plusSeconds(second));
    }

    /** The books of one invoice, as the postings would leave them. */
    private static final class Model {

        final Payment payment = payment();
        final Set<String> posted = new HashSet<>();
        final TreeMap<String, Money> balances = new TreeMap<>();

        Model tell(InvoiceReported told) {
            boolean newest = payment.invoiced(told, NOW);
            if (told.outcome().isFinal()) {
                InvoiceSteps.Held now = payment.inBooks();
                List<InvoiceTransfer> fresh =
                        newest
                                ? told.transfers().stream()
                                        .filter(t -> posted.add(t.transferKey()))
                                        .toList()
                                : List.of();
                InvoiceSteps.Held then = payment.settle(true);
                for (InvoiceSteps.Step step : InvoiceSteps.between(now, then, fresh)) {
                    book("clearing", step.all());
                    book("prepayments", step.toVisit().negated());
                    book("suspense", step.toWaiting().negated());
                }
            }
            return this;
        }

        private void book(String account, Money amount) {
            balances.merge(account, amount, Money::plus);
        }

        String balance(String account) {
            return balances.getOrDefault(account, coins("0")).toDecimal();
        }

        String end() {
            return payment.status()
                    + " "
                    + payment.reviewReason()
                    + " captured "
                    + payment.captured()
                    + " held "
                    + payment.held()
                    + " visit "
                    + payment.visitCaptured()
                    + " clearing "
                    + balance("clearing")
                    + " prepayments "
                    + balance("prepayments")
                    + " suspense "
                    + balance("suspense");
        }
    }

    @Test
    void what_was_asked_for_is_paid_and_counts_exactly_as_asked() {
        Model model =
                new Model()
                        .tell(told(InvoiceOutcome.PENDING, 1))
                        .tell(told(InvoiceOutcome.CONFIRMING, 2, transfer("t1", EXPECTED, 2)))
                        .tell(told(InvoiceOutcome.PAID, 3, transfer("t1", EXPECTED, 2)));

        assertThat(model.payment.status()).isEqualTo(PaymentStatus.PAID);
        assertThat(model.payment.visitCaptured()).isEqualTo(ASKED);
        assertThat(model.payment.held().isZero()).isTrue();
        assertThat(model.balance("prepayments")).isEqualTo(EXPECTED.negated().toDecimal());
    }

    @Test
    void part_of_an_open_invoice_shows_and_is_not_booked() {
        Model model =
                new Model()
                        .tell(
                                told(
                                        InvoiceOutcome.PARTIALLY_PAID,
                                        1,
                                        transfer("t1", coins("40"), 1)));

        assertThat(model.payment.status()).isEqualTo(PaymentStatus.PART_PAID);
        assertThat(model.payment.isBegun()).isTrue();
        assertThat(model.payment.captured().isZero()).isTrue();
        assertThat(model.payment.visitCaptured().isZero()).isTrue();
        assertThat(model.balances).isEmpty();
    }

    @Test
    void of_what_came_too_much_only_the_excess_waits_for_a_person() {
        Model model =
                new Model()
                        .tell(
                                told(
                                        InvoiceOutcome.OVERPAID,
                                        2,
                                        transfer("t1", coins("40"), 1),
                                        transfer("t2", coins("70"), 2)));

        assertThat(model.payment.status()).isEqualTo(PaymentStatus.PAID);
        assertThat(model.payment.visitCaptured()).isEqualTo(ASKED);
        assertThat(model.payment.held()).isEqualTo(coins("110").minus(EXPECTED));
        assertThat(model.payment.waitsBecause()).isEqualTo("overpaid");
    }

    @Test
    void too_little_at_the_end_counts_in_proportion_until_a_person_takes_it_for_all() {
        Model model =
                new Model().tell(told(InvoiceOutcome.UNDERPAID, 2, transfer("t1", coins("40"), 1)));
        PaymentStatus before = model.payment.status();
        Money part = model.payment.visitCaptured();

        model.payment.acceptShortfall();

        assertThat(before).isEqualTo(PaymentStatus.PART_PAID);
        assertThat(part).isEqualTo(Money.parse("36.79", "EUR"));
        assertThat(model.payment.status()).isEqualTo(PaymentStatus.PAID);
        assertThat(model.payment.visitCaptured()).isEqualTo(ASKED);
        assertThat(model.payment.captured()).isEqualTo(coins("40"));
        assertThatThrownBy(model.payment::acceptShortfall)
                .isInstanceOfSatisfying(
                        HubException.class,
                        e -> assertThat(e.code()).isEqualTo("payment.not_short"));
    }

    @Test
    void nothing_at_the_end_is_no_money_whatever_it_is_called() {
        assertThat(new Model().tell(told(InvoiceOutcome.UNDERPAID, 1)).payment.status())
                .isEqualTo(PaymentStatus.EXPIRED);
        assertThat(new Model().tell(told(InvoiceOutcome.EXPIRED, 1)).payment.status())
                .isEqualTo(PaymentStatus.EXPIRED);
        assertThat(new Model().tell(told(InvoiceOutcome.CANCELLED, 1)).payment.status())
                .isEqualTo(PaymentStatus.CANCELLED);
        Payment called = new Model().tell(told(InvoiceOutcome.PAID, 1)).payment;
        assertThat(called.status()).isEqualTo(PaymentStatus.REVIEW);
        assertThat(called.reviewReason()).contains(ReviewReason.CONTRADICTORY);
    }

    @Test
    void held_late_or_contradictory_money_waits_as_a_whole() {
        Object[][] rows = {
            {InvoiceOutcome.ON_HOLD, ReviewReason.ON_HOLD},
            {InvoiceOutcome.LATE, ReviewReason.LATE},
            {InvoiceOutcome.REVIEW, ReviewReason.CONTRADICTORY}
        };
        for (Object[] row : rows) {
            Model model =
                    new Model().tell(told((InvoiceOutcome) row[0], 2, transfer("t1", EXPECTED, 1)));

            assertThat(model.payment.status()).isEqualTo(PaymentStatus.REVIEW);
            assertThat(model.payment.reviewReason()).contains((ReviewReason) row[1]);
            assertThat(model.payment.held()).isEqualTo(EXPECTED);
            assertThat(model.payment.visitCaptured().isZero()).isTrue();
            assertThat(model.balance("suspense")).isEqualTo(EXPECTED.negated().toDecimal());
        }
    }

    @Test
    void another_amount_than_was_ordered_or_far_too_little_called_paid_is_looked_at() {
        InvoiceReported other =
                new InvoiceReported(
                        References.of(List.of()),
                        "inv_1",
                        InvoiceOutcome.PAID,
                        coins("1"),
                        coins("1"),
                        List.of(transfer("t1", coins("1"), 1)),
                        NOW,
                        NOW);
        Payment wrongOrder = new Model().tell(other).payment;
        Payment tooLittle =
                new Model()
                        .tell(told(InvoiceOutcome.PAID, 1, transfer("t1", coins("94"), 1)))
                        .payment;
        Payment tolerated =
                new Model()
                        .tell(told(InvoiceOutcome.PAID, 1, transfer("t1", coins("96"), 1)))
                        .payment;

        assertThat(wrongOrder.reviewReason()).contains(ReviewReason.AMOUNT_DIFFERS);
        assertThat(tooLittle.reviewReason()).contains(ReviewReason.AMOUNT_DIFFERS);
        assertThat(tolerated.status()).isEqualTo(PaymentStatus.PAID);
        assertThat(tolerated.visitCaptured()).isEqualTo(ASKED);
    }

    @Test
    void forty_of_a_hundred_and_then_seventy_late_leave_the_right_excess_when_a_person_says_yes() {
        Model model =
                new Model()
                        .tell(
                                told(
                                        InvoiceOutcome.PARTIALLY_PAID,
                                        1,
                                        transfer("t1", coins("40"), 1)))
                        .tell(told(InvoiceOutcome.UNDERPAID, 2, transfer("t1", coins("40"), 1)))
                        .tell(
                                told(
                                        InvoiceOutcome.LATE,
                                        3,
                                        transfer("t1", coins("40"), 1),
                                        transfer("t2", coins("70"), 3)));
        PaymentStatus before = model.payment.status();
        Money waiting = model.payment.held();

        Money given = model.payment.giveToVisit(ASKED);

        assertThat(before).isEqualTo(PaymentStatus.REVIEW);
        assertThat(waiting).isEqualTo(coins("110"));
        assertThat(given).isEqualTo(EXPECTED);
        assertThat(model.payment.status()).isEqualTo(PaymentStatus.PAID);
        assertThat(model.payment.visitCaptured()).isEqualTo(ASKED);
        assertThat(model.payment.held()).isEqualTo(coins("110").minus(EXPECTED));
        assertThat(model.payment.waitsBecause()).isEqualTo("overpaid");
    }

    @Test
    void a_visit_that_wants_less_by_then_takes_less() {
        Model model = new Model().tell(told(InvoiceOutcome.LATE, 3, transfer("t1", EXPECTED, 1)));

        Money given = model.payment.giveToVisit(Money.parse("46.00", "EUR"));

        assertThat(model.payment.visitCaptured()).isEqualTo(Money.parse("46.00", "EUR"));
        assertThat(model.payment.held()).isEqualTo(EXPECTED.minus(given));
        assertThat(model.payment.status()).isEqualTo(PaymentStatus.PART_PAID);
        assertThatThrownBy(() -> model.payment.giveToVisit(Money.parse("0.00", "EUR")))
                .isInstanceOfSatisfying(
                        HubException.class,
                        e -> assertThat(e.code()).isEqualTo("unmatched.nothing_due"));
    }

    @Test
    void what_a_person_released_is_not_held_again_by_the_same_words() {
        Model model =
                new Model().tell(told(InvoiceOutcome.ON_HOLD, 3, transfer("t1", EXPECTED, 1)));
        model.payment.giveToVisit(ASKED);

        model.tell(told(InvoiceOutcome.ON_HOLD, 3, transfer("t1", EXPECTED, 1)));
        model.tell(told(InvoiceOutcome.ON_HOLD, 9, transfer("t1", EXPECTED, 1)));
        PaymentStatus same = model.payment.status();
        model.tell(
                told(
                        InvoiceOutcome.ON_HOLD,
                        12,
                        transfer("t1", EXPECTED, 1),
                        transfer("t2", coins("5"), 11)));

        assertThat(same).isEqualTo(PaymentStatus.PAID);
        assertThat(model.payment.status()).isEqualTo(PaymentStatus.REVIEW);
        assertThat(model.payment.visitCaptured()).isEqualTo(ASKED);
        assertThat(model.payment.held()).isEqualTo(coins("5"));
    }

    @Test
    void a_short_payment_that_was_accepted_and_is_then_held_is_looked_at() {
        Model model =
                new Model().tell(told(InvoiceOutcome.UNDERPAID, 2, transfer("t1", coins("40"), 1)));
        model.payment.acceptShortfall();

        model.tell(told(InvoiceOutcome.ON_HOLD, 5, transfer("t1", coins("40"), 1)));

        assertThat(model.payment.status()).isEqualTo(PaymentStatus.REVIEW);
        assertThat(model.payment.reviewReason()).contains(ReviewReason.ON_HOLD);
    }

    @Test
    void an_older_word_is_passed_over_unless_it_knows_of_more_money() {
        Model older =
                new Model()
                        .tell(told(InvoiceOutcome.PAID, 5, transfer("t1", EXPECTED, 1)))
                        .tell(told(InvoiceOutcome.UNDERPAID, 4, transfer("t1", coins("40"), 1)));
        Model richer =
                new Model()
                        .tell(told(InvoiceOutcome.UNDERPAID, 9, transfer("t1", coins("40"), 1)))
                        .tell(
                                told(
                                        InvoiceOutcome.OVERPAID,
                                        4,
                                        transfer("t1", coins("40"), 1),
                                        transfer("t2", coins("70"), 2)));

        assertThat(older.payment.captured()).isEqualTo(EXPECTED);
        assertThat(older.payment.status()).isEqualTo(PaymentStatus.PAID);
        assertThat(richer.payment.captured()).isEqualTo(coins("110"));
    }

    @Test
    void the_providers_sum_decides_where_it_differs_from_its_transfers() {
        for (String received : new String[] {"99", "101"}) {
            Model model =
                    new Model()
                            .tell(
                                    told(
                                            InvoiceOutcome.UNDERPAID,
                                            2,
                                            coins(received),
                                            List.of(transfer("t1", coins("100"), 1))));

            assertThat(model.balance("clearing")).isEqualTo(coins(received).toDecimal());
            assertThat(model.payment.captured()).isEqualTo(coins(received));
        }
    }

    @Test
    void what_is_not_understood_changes_nothing() {
        Model model =
                new Model()
                        .tell(
                                told(
                                        InvoiceOutcome.PARTIALLY_PAID,
                                        1,
                                        transfer("t1", coins("40"), 1)));
        String before = model.end();

        model.tell(told(InvoiceOutcome.UNKNOWN, 9, transfer("t1", EXPECTED, 1)));

        assertThat(model.end()).isEqualTo(before);
    }

    @Test
    void money_returned_of_the_visit_stays_the_visits_when_more_comes() {
        Model model =
                new Model().tell(told(InvoiceOutcome.UNDERPAID, 2, transfer("t1", coins("40"), 1)));
        model.payment.refunded(coins("40"), coins("0"));

        model.tell(
                told(
                        InvoiceOutcome.LATE,
                        3,
                        transfer("t1", coins("40"), 1),
                        transfer("t2", coins("70"), 3)));

        assertThat(model.payment.held()).isEqualTo(coins("70"));
        assertThat(model.payment.visitRefunded()).isEqualTo(model.payment.visitCaptured());
    }

    @Test
    void all_that_counted_and_went_back_is_all_that_was_asked() {
        Model model = new Model().tell(told(InvoiceOutcome.PAID, 3, transfer("t1", EXPECTED, 2)));

        model.payment.refunded(EXPECTED, coins("0"));

        assertThat(model.payment.visitRefunded()).isEqualTo(ASKED);
    }

    /** A random life of one invoice: the money only grows, the words are whatever they are. */
    private static List<InvoiceReported> life(Random random) {
        List<InvoiceReported> life = new ArrayList<>();
        List<InvoiceTransfer> seen = new ArrayList<>();
        InvoiceOutcome[] words = InvoiceOutcome.values();
        int length = 2 + random.nextInt(5);
        for (int i = 0; i < length; i++) {
            if (random.nextInt(3) > 0) {
                Money amount =
                        random.nextInt(6) == 0 && seen.isEmpty()
                                ? EXPECTED
                                : Money.ofMinor(1 + random.nextInt(80_000_000), COIN.code());
                seen.add(transfer("t" + seen.size(), amount, i));
            }
            Money received = coins("0");
            for (InvoiceTransfer each : seen) {
                received = received.plus(each.amount());
            }
            Money summed =
                    random.nextInt(8) == 0
                            ? received.plus(Money.ofMinor(random.nextInt(1_000), COIN.code()))
                            : received;
            life.add(
                    told(
                            words[random.nextInt(words.length)],
                            random.nextInt(4) == 0 ? Math.max(0, i - 1) : i,
                            summed,
                            List.copyOf(seen)));
        }
        return life;
    }

    @Test
    void every_order_of_the_same_reports_ends_in_the_same_place_and_the_books_balance() {
        long seed = 20_261_121L;
        Random random = new Random(seed);
        for (int round = 0; round < 400; round++) {
            List<InvoiceReported> life = life(random);
            Set<String> ends = new TreeSet<>();
            for (int order = 0; order < 40; order++) {
                List<InvoiceReported> told = new ArrayList<>(life);
                told.add(life.get(random.nextInt(life.size())));
                Collections.shuffle(told, random);
                Model model = new Model();

                told.forEach(model::tell);

                ends.add(model.end());
                Money sum = model.balances.values().stream().reduce(coins("0"), Money::plus);
                assertThat(sum.isZero()).isTrue();
                assertThat(model.balance("clearing"))
                        .isEqualTo(model.payment.captured().toDecimal());
                assertThat(model.balance("suspense"))
                        .isEqualTo(model.payment.held().negated().toDecimal());
            }
            assertThat(ends).as("seed " + seed + " round " + round + " " + life).hasSize(1);
        }
    }
}
