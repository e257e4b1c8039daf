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
import org.junit.jupiter.api.Test;
import org.payhub.integration.ActiveIntegration;
import org.payhub.integration.IntegrationId;
import org.payhub.link.LinkForCheckout;
import org.payhub.link.LinkId;
import org.payhub.money.Money;
import org.payhub.platform.HubException;
import org.payhub.provider.spi.ProviderEvent.CheckoutOutcome;
import org.payhub.provider.spi.ProviderEvent.PaymentDetails;
import org.payhub.provider.spi.ProviderEvent.PaymentOutcome;
import org.payhub.tenancy.LocationId;
import org.payhub.tenancy.MerchantId;
import org.payhub.visit.VisitId;

class PaymentTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final List<String> ASSETS =
            List.of("USD", "JPY", "BHD", "USDT:tron", "ETH:ethereum");

    private static Payment payment(Money amount, boolean hold) {
        MerchantId merchant = MerchantId.next();
        LinkForCheckout link =
                new LinkForCheckout(
                        LinkId.next(),
                        merchant,
                        LocationId.next(),
                        VisitId.next(),
                        "token",
                        amount,
                        false,
                        List.of(),
                        NOW.plusSeconds(3600));
        Payment payment =
                Payment.forLink(
                        link,
                        new ActiveIntegration(
                                IntegrationId.next(), merchant, "stripe", false, Set.of(), false),
                        Priced.plain(amount),
                        hold,
                        "client",
                        NOW);
        payment.checkoutOpened("cs_1", "https://pay.example/1", NOW.plusSeconds(3600), NOW);
        return payment;
    }

    private static Money money(long minor, String asset) {
        return Money.ofMinor(minor, asset);
    }

    private static void capture(Payment payment, Money amount, boolean wanted) {
        payment.captured(amount, wanted, PaymentDetails.none(), NOW, NOW);
    }

    private static void report(Payment payment, PaymentOutcome outcome, Money amount) {
        payment.report(outcome, amount, PaymentDetails.none(), NOW);
    }

    @Test
    void what_was_ordered_is_paid_and_the_visits() {
        for (String asset : ASSETS) {
            Payment payment = payment(money(4_000, asset), false);

            capture(payment, money(4_000, asset), true);

            assertThat(payment.status()).isEqualTo(PaymentStatus.PAID);
            assertThat(payment.visitCaptured()).isEqualTo(money(4_000, asset));
            assertThat(payment.held().isZero()).isTrue();
        }
    }

    @Test
    void one_unit_more_or_less_or_a_hundredfold_is_held_for_review() {
        for (String asset : ASSETS) {
            for (long came : new long[] {3_999, 4_001, 400_000, 40}) {
                Payment payment = payment(money(4_000, asset), false);

                capture(payment, money(came, asset), true);

                assertThat(payment.status()).isEqualTo(PaymentStatus.REVIEW);
                assertThat(payment.reviewReason()).contains(ReviewReason.AMOUNT_DIFFERS);
                assertThat(payment.held()).isEqualTo(money(came, asset));
                assertThat(payment.visitCaptured().isZero()).isTrue();
            }
        }
    }

    @Test
    void another_currency_is_held_for_review_and_never_converted() {
        Payment payment = payment(money(4_000, "EUR"), false);

        capture(payment, money(4_000, "USD"), true);

        assertThat(payment.status()).isEqualTo(PaymentStatus.REVIEW);
        assertThat(payment.reviewReason()).contains(ReviewReason.CURRENCY_DIFFERS);
        assertThat(payment.held()).isEqualTo(money(4_000, "USD"));
        assertThat(payment.visitCaptured()).isEqualTo(money(0, "EUR"));
    }

    @Test
    void money_for_a_visit_that_wants_none_is_held_for_review() {
        Payment payment = payment(money(4_000, "EUR"), false);

        capture(payment, money(4_000, "EUR"), false);

        assertThat(payment.status()).isEqualTo(PaymentStatus.REVIEW);
        assertThat(payment.reviewReason()).contains(ReviewReason.NOTHING_DUE);
    }

    @Test
    void a_hold_taken_in_part_is_compared_with_what_was_ordered_then() {
        Payment payment = payment(money(3_000, "EUR"), true);
        report(payment, PaymentOutcome.AUTHORIZED, money(3_000, "EUR"));
        payment.orderCapture(money(1_000, "EUR"), NOW);

        capture(payment, money(1_000, "EUR"), true);

        assertThat(payment.status()).isEqualTo(PaymentStatus.PAID);
        assertThat(payment.unknown()).isEmpty();
        assertThat(payment.visitCaptured()).isEqualTo(money(1_000, "EUR"));
    }

    @Test
    void an_unanswered_capture_blocks_the_next_order_and_stays_held() {
        Payment payment = payment(money(3_000, "EUR"), true);
        report(payment, PaymentOutcome.AUTHORIZED, money(3_000, "EUR"));
        payment.orderCapture(money(3_000, "EUR"), NOW);

        payment.unanswered(NOW);

        assertThat(payment.status()).isEqualTo(PaymentStatus.AUTHORIZED);
        assertThatThrownBy(() -> payment.orderVoid(NOW))
                .isInstanceOfSatisfying(
                        HubException.class,
                        e -> assertThat(e.code()).isEqualTo("payment.order_unanswered"));
    }

    @Test
    void a_hold_that_was_given_back_cannot_be_taken() {
        Payment payment = payment(money(3_000, "EUR"), true);
        report(payment, PaymentOutcome.AUTHORIZED, money(3_000, "EUR"));
        report(payment, PaymentOutcome.VOIDED, money(3_000, "EUR"));

        assertThatThrownBy(() -> payment.orderCapture(money(3_000, "EUR"), NOW))
                .isInstanceOfSatisfying(
                        HubException.class,
                        e -> assertThat(e.code()).isEqualTo("payment.not_held"));
    }

    @Test
    void an_unanswered_checkout_is_unknown_until_the_provider_says_more() {
        Payment payment = payment(money(3_000, "EUR"), false);
        Payment fresh =
                Payment.forProof(
                        new ActiveIntegration(
                                IntegrationId.next(),
                                MerchantId.next(),
                                "stripe",
                                false,
                                Set.of(),
                                false),
                        money(100, "EUR"),
                        "owner",
                        NOW);

        fresh.unanswered(NOW);

        assertThat(fresh.status()).isEqualTo(PaymentStatus.UNKNOWN);
        assertThat(fresh.isCheckoutUnknown()).isTrue();
        assertThat(payment.isCheckoutUnknown()).isFalse();
        report(fresh, PaymentOutcome.PENDING, money(100, "EUR"));
        assertThat(fresh.isCheckoutUnknown()).isFalse();
        assertThat(fresh.status()).isEqualTo(PaymentStatus.PENDING);
    }

    @Test
    void an_order_is_given_up_only_after_it_cannot_be_on_its_way_any_more() {
        Payment payment =
                Payment.forProof(
                        new ActiveIntegration(
                                IntegrationId.next(),
                                MerchantId.next(),
                                "stripe",
                                false,
                                Set.of(),
                                false),
                        money(100, "EUR"),
                        "owner",
                        NOW);
        payment.unanswered(NOW);

        payment.asked(NOW.plusSeconds(30));
        boolean early = payment.isSurelyUnheardOf(NOW.plusSeconds(31));
        payment.asked(NOW.plusSeconds(150));

        assertThat(early).isFalse();
        assertThat(payment.isSurelyUnheardOf(NOW.plusSeconds(151))).isTrue();
    }

    @Test
    void money_in_suspense_that_is_attached_becomes_the_visits() {
        Payment payment = payment(money(4_000, "EUR"), false);
        capture(payment, money(5_000, "EUR"), true);
        VisitId visit = VisitId.next();

        Money attached = payment.attach(visit, LocationId.next());

        assertThat(attached).isEqualTo(money(5_000, "EUR"));
        assertThat(payment.status()).isEqualTo(PaymentStatus.PAID);
        assertThat(payment.visit()).contains(visit);
        assertThat(payment.visitCaptured()).isEqualTo(money(5_000, "EUR"));
        assertThat(payment.held().isZero()).isTrue();
    }

    @Test
    void money_in_suspense_that_was_returned_leaves_review_and_comes_back_into_it() {
        Payment payment = payment(money(4_000, "EUR"), false);
        capture(payment, money(5_000, "EUR"), true);
        payment.reserve(money(5_000, "EUR"));
        Money taken = payment.takeFromSuspense(money(5_000, "EUR"));
        payment.release(money(5_000, "EUR"));
        payment.refunded(money(5_000, "EUR"), taken);

        boolean left = payment.returnedInFull();
        PaymentStatus returned = payment.status();
        payment.refundCameBack(money(5_000, "EUR"), taken);
        payment.putBackIntoSuspense(taken);
        boolean back = payment.cameBackToSuspense();

        assertThat(left).isTrue();
        assertThat(returned).isEqualTo(PaymentStatus.PAID);
        assertThat(back).isTrue();
        assertThat(payment.status()).isEqualTo(PaymentStatus.REVIEW);
        assertThat(payment.held()).isEqualTo(money(5_000, "EUR"));
    }

    @Test
    void a_hold_of_another_amount_is_looked_at_and_can_then_be_given_back() {
        Payment payment = payment(money(3_000, "EUR"), true);
        report(payment, PaymentOutcome.AUTHORIZED, money(2_000, "EUR"));
        PaymentStatus before = payment.status();

        payment.leaveReview();
        payment.orderVoid(NOW);

        assertThat(before).isEqualTo(PaymentStatus.REVIEW);
        assertThat(payment.status()).isEqualTo(PaymentStatus.AUTHORIZED);
    }

    @Test
    void what_came_while_a_person_looked_counts_when_they_have() {
        Payment payment = payment(money(3_000, "EUR"), true);
        report(payment, PaymentOutcome.AUTHORIZED, money(2_000, "EUR"));
        report(payment, PaymentOutcome.HOLD_EXPIRED, money(2_000, "EUR"));

        payment.leaveReview();

        assertThat(payment.status()).isEqualTo(PaymentStatus.EXPIRED);
    }

    @Test
    void what_is_set_aside_cannot_be_returned_twice() {
        Payment payment = payment(money(4_000, "EUR"), false);
        capture(payment, money(4_000, "EUR"), true);

        payment.reserve(money(2_500, "EUR"));

        assertThat(payment.returnable()).isEqualTo(money(1_500, "EUR"));
        payment.release(money(2_500, "EUR"));
        assertThat(payment.returnable()).isEqualTo(money(4_000, "EUR"));
    }

    /** One thing that a provider may say. */
    private interface Report {
        void to(Payment payment);
    }

    @Test
    void every_order_of_the_same_reports_ends_in_the_same_place() {
        Money amount = money(3_000, "EUR");
        List<List<Report>> lives =
                List.of(
                        List.of(
                                p -> p.report(CheckoutOutcome.PENDING, NOW),
                                p -> report(p, PaymentOutcome.PENDING, amount),
                                p -> capture(p, amount, true)),
                        List.of(
                                p -> report(p, PaymentOutcome.AUTHORIZED, amount),
                                p -> p.report(CheckoutOutcome.COMPLETED, NOW),
                                p -> capture(p, amount, true)),
                        List.of(
                                p -> report(p, PaymentOutcome.DECLINED, amount),
                                p -> report(p, PaymentOutcome.AUTHORIZED, amount),
                                p -> p.report(CheckoutOutcome.COMPLETED, NOW),
                                p -> report(p, PaymentOutcome.HOLD_EXPIRED, amount)),
                        List.of(
                                p -> report(p, PaymentOutcome.DECLINED, amount),
                                p -> p.report(CheckoutOutcome.EXPIRED, NOW)),
                        List.of(
                                p -> report(p, PaymentOutcome.AUTHORIZED, money(2_000, "EUR")),
                                p -> capture(p, money(2_000, "EUR"), true),
                                p -> p.report(CheckoutOutcome.COMPLETED, NOW)));
        long seed = 20_261_121L;
        Random random = new Random(seed);
        for (List<Report> life : lives) {
            Set<String> ends = new HashSet<>();
            for (int round = 0; round < 200; round++) {
                List<Report> shuffled = new ArrayList<>(life);
                Collections.shuffle(shuffled, random);
                Payment payment = payment(amount, true);

                shuffled.forEach(r -> r.to(payment));

                ends.add(
                        payment.status()
                                + " "
                                + payment.reviewReason()
                                + " "
                                + payment.authorized()
                                + " "
                                + payment.captured()
                                + " "
                                + payment.held()
                                + " "
                                + payment.isCheckoutOpen());
            }
            assertThat(ends).as("seed " + seed).hasSize(1);
        }
    }

    @Test
    void random_histories_keep_the_sums_possible() {
        long seed = 7L;
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            String asset = ASSETS.get(random.nextInt(ASSETS.size()));
            Payment payment = payment(money(1_000, asset), false);
            capture(payment, money(random.nextBoolean() ? 1_000 : 1_200, asset), true);
            for (int step = 0; step < 6; step++) {
                Money part = money(1 + random.nextInt(600), asset);
                if (part.compareTo(payment.returnable()) > 0) {
                    continue;
                }
                payment.reserve(part);
                Money taken = payment.takeFromSuspense(part);
                payment.release(part);
                payment.refunded(part, taken);
                if (random.nextInt(3) == 0) {
                    payment.refundCameBack(part, taken);
                    payment.putBackIntoSuspense(taken);
                }
                assertThat(payment.refunded().compareTo(payment.captured()))
                        .as("seed " + seed)
                        .isNotPositive();
                assertThat(payment.held().isNegative()).isFalse();
                assertThat(payment.visitRefunded().compareTo(payment.visitCaptured()))
                        .isNotPositive();
            }
        }
    }

    @Test
    void a_success_describes_the_payment_whatever_an_earlier_attempt_said() {
        Payment payment = payment(money(3_000, "EUR"), false);
        PaymentDetails good = details("visa", "4242");
        PaymentDetails bad = details("mastercard", "0002");

        payment.captured(money(3_000, "EUR"), true, good, NOW, NOW);
        payment.report(PaymentOutcome.DECLINED, money(3_000, "EUR"), bad, NOW);

        PaymentRow row = payment.row(Optional.empty(), Optional.empty(), null);
        assertThat(row.cardLast4()).contains("4242");
        assertThat(row.status()).isEqualTo(PaymentStatus.PAID);
    }

    private static PaymentDetails details(String brand, String last4) {
        return new PaymentDetails(
                Optional.of("card"),
                Optional.of(brand),
                Optional.of(last4),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void a_page_that_cannot_be_closed_now_is_used_no_more_and_asked_about_soon() {
        Payment payment = payment(money(1_000, "EUR"), false);

        payment.closeLater(NOW);

        assertThat(payment.isCheckoutOpen()).isTrue();
        assertThat(payment.isUnwanted()).isTrue();
        assertThat(payment.isCheckoutUsable(NOW)).isFalse();
        assertThat(payment.askAt())
                .hasValueSatisfying(at -> assertThat(at).isBefore(NOW.plusSeconds(60)));
    }

    @Test
    void a_page_that_was_to_be_closed_and_was_paid_before_is_money_like_any_other() {
        Payment payment = payment(money(1_000, "EUR"), false);
        payment.closeLater(NOW);

        capture(payment, money(1_000, "EUR"), false);

        assertThat(payment.isUnwanted()).isFalse();
        assertThat(payment.status()).isEqualTo(PaymentStatus.REVIEW);
        assertThat(payment.reviewReason()).contains(ReviewReason.NOTHING_DUE);
    }

    @Test
    void what_was_closed_or_paid_is_not_to_be_closed() {
        Payment payment = payment(money(1_000, "EUR"), false);
        payment.report(CheckoutOutcome.EXPIRED, NOW);

        payment.closeLater(NOW);

        assertThat(payment.isUnwanted()).isFalse();
    }
}
