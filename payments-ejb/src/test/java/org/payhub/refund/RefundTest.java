package org.payhub.refund;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.payhub.integration.IntegrationId;
import org.payhub.ledger.Books;
import org.payhub.money.Money;
import org.payhub.payment.PaymentId;
import org.payhub.payment.PaymentPurpose;
import org.payhub.payment.PaymentStatus;
import org.payhub.payment.PaymentView;
import org.payhub.platform.HubException;
import org.payhub.provider.spi.ProviderEvent.RefundOutcome;
import org.payhub.provider.spi.ProviderEvent.RefundReported;
import org.payhub.provider.spi.References;
import org.payhub.tenancy.Actor;
import org.payhub.tenancy.MerchantId;

class RefundTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Money TEN = Money.ofMinor(1_000, "EUR");
    private static final Actor ANNA = person("Anna");
    private static final Actor BORIS = person("Boris");

    private static Actor person(String name) {
        return new Actor(Actor.Kind.USER, UUID.randomUUID(), name, "");
    }

    private static PaymentView payment() {
        MerchantId merchant = MerchantId.next();
        IntegrationId integration = IntegrationId.next();
        return new PaymentView(
                PaymentId.next(),
                merchant,
                integration,
                "stripe",
                Optional.empty(),
                false,
                PaymentPurpose.VISIT,
                PaymentStatus.PAID,
                Money.ofMinor(4_000, "EUR"),
                Money.ofMinor(0, "EUR"),
                Money.ofMinor(4_000, "EUR"),
                Money.ofMinor(0, "EUR"),
                false,
                Optional.empty(),
                List.of(),
                new Books(merchant, integration, false, ZoneId.of("Europe/Madrid")));
    }

    private static Refund ordered(boolean needsApproval) {
        return Refund.ordered(
                payment(),
                TEN,
                new IssueRefundCommand(
                        PaymentId.next(),
                        Optional.of(TEN),
                        "requested_by_customer",
                        Optional.empty(),
                        Optional.of("press-1")),
                needsApproval,
                ANNA,
                NOW);
    }

    private static RefundReported told(RefundOutcome outcome) {
        return new RefundReported(
                References.of(List.of()),
                Optional.empty(),
                "re_1",
                outcome,
                TEN,
                Optional.empty(),
                NOW);
    }

    private static void report(Refund refund, RefundOutcome outcome) {
        refund.report(told(outcome), refund.turn(outcome), NOW);
    }

    @Test
    void the_status_after_every_report_follows_the_ranks() {
        for (RefundStatus before : RefundStatus.values()) {
            for (RefundOutcome outcome : RefundOutcome.values()) {
                RefundStatus meaning = RefundStatus.valueOf(outcome.name());

                RefundStatus after = before.after(outcome);

                assertThat(after)
                        .as(before + " after " + outcome)
                        .isEqualTo(meaning.compareTo(before) > 0 ? meaning : before);
            }
        }
    }

    @Test
    void a_failure_after_a_success_takes_everything_back() {
        Refund refund = ordered(false);
        report(refund, RefundOutcome.SUCCEEDED);

        Refund.Turn turn = refund.turn(RefundOutcome.FAILED);

        assertThat(turn.fails()).isTrue();
        assertThat(turn.wasAccepted()).isTrue();
        assertThat(turn.accepts() || turn.succeeds()).isFalse();
    }

    @Test
    void a_success_after_a_failure_moves_nothing() {
        Refund refund = ordered(false);
        report(refund, RefundOutcome.FAILED);

        Refund.Turn turn = refund.turn(RefundOutcome.SUCCEEDED);
        report(refund, RefundOutcome.SUCCEEDED);

        assertThat(turn.changes()).isFalse();
        assertThat(refund.status()).isEqualTo(RefundStatus.FAILED);
    }

    @Test
    void a_repeated_report_moves_nothing() {
        for (RefundOutcome outcome : RefundOutcome.values()) {
            Refund refund = ordered(false);
            report(refund, outcome);

            assertThat(refund.turn(outcome).changes()).as(outcome.name()).isFalse();
        }
    }

    @Test
    void every_order_of_two_reports_leaves_the_same_amounts() {
        for (RefundOutcome first : RefundOutcome.values()) {
            for (RefundOutcome second : RefundOutcome.values()) {
                assertThat(left(first, second))
                        .as(first + ", " + second)
                        .isEqualTo(left(second, first));
            }
        }
    }

    /** Status, whether the acceptance stands in the books, and whether the success does. */
    private static String left(RefundOutcome... outcomes) {
        Refund refund = ordered(false);
        boolean accepted = false;
        boolean succeeded = false;
        for (RefundOutcome outcome : outcomes) {
            Refund.Turn turn = refund.turn(outcome);
            accepted |= turn.accepts();
            succeeded |= turn.succeeds();
            if (turn.fails()) {
                accepted = false;
                succeeded = false;
            }
            report(refund, outcome);
        }
        return refund.status() + " " + accepted + " " + succeeded;
    }

    @Test
    void what_we_gave_up_is_taken_up_again_when_the_provider_knows_better() {
        Refund refund = ordered(false);
        refund.unanswered(NOW);
        refund.refused("The provider never got the order.", false, NOW);

        Refund.Turn turn = refund.turn(RefundOutcome.SUCCEEDED);
        report(refund, RefundOutcome.SUCCEEDED);

        assertThat(turn.anew()).isTrue();
        assertThat(turn.accepts() && turn.succeeds()).isTrue();
        assertThat(refund.status()).isEqualTo(RefundStatus.SUCCEEDED);
    }

    @Test
    void a_late_refusal_does_not_undo_what_the_provider_reported() {
        Refund refund = ordered(false);
        report(refund, RefundOutcome.SUCCEEDED);

        assertThat(refund.refused("too late", false, NOW)).isFalse();
        assertThat(refund.status()).isEqualTo(RefundStatus.SUCCEEDED);
    }

    @Test
    void whoever_asked_cannot_agree_and_a_machine_never_can() {
        Actor key = new Actor(Actor.Kind.API_KEY, UUID.randomUUID(), "key", "");

        assertCode(() -> ordered(true).approve(ANNA, NOW), "refund.approval_needs_another_person");
        assertCode(() -> ordered(true).approve(key, NOW), "refund.approval_needs_a_person");
        Refund refund = ordered(true);
        refund.approve(BORIS, NOW);
        assertThat(refund.row().approvedBy()).contains("Boris");
        assertCode(() -> refund.approve(person("Carla"), NOW), "refund.not_awaiting_approval");
        assertCode(() -> refund.withdraw(NOW), "refund.not_awaiting_approval");
    }

    private static void assertCode(Runnable act, String code) {
        assertThatThrownBy(act::run)
                .isInstanceOfSatisfying(
                        HubException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void an_unanswered_refund_is_unknown_and_given_up_only_after_asking() {
        Refund refund = ordered(false);
        refund.unanswered(NOW);

        boolean atOnce = refund.isSurelyUnheardOf(NOW.plusSeconds(60));
        refund.asked(NOW.plusSeconds(60));
        refund.asked(NOW.plusSeconds(200));

        assertThat(refund.status()).isEqualTo(RefundStatus.UNKNOWN);
        assertThat(atOnce).isFalse();
        assertThat(refund.isSurelyUnheardOf(NOW.plusSeconds(201))).isTrue();
    }

    @Test
    void only_what_was_sent_becomes_unknown_when_nobody_answered() {
        Refund sent = ordered(false);
        Refund waiting = ordered(true);

        sent.nobodyAnswered();
        waiting.nobodyAnswered();

        assertThat(sent.status()).isEqualTo(RefundStatus.UNKNOWN);
        assertThat(waiting.status()).isEqualTo(RefundStatus.REQUESTED);
    }

    @Test
    void where_a_code_is_wanted_nothing_is_left_of_a_refund_that_one_ordered_alone() {
        Refund refund = ordered(false);
        Refund slow = ordered(false);
        slow.nobodyAnswered();

        assertThat(refund.codeWanted()).isTrue();
        assertThat(slow.codeWanted()).isTrue();
    }

    @Test
    void where_a_code_is_wanted_a_refund_that_two_agree_to_waits_for_the_second_again() {
        Refund refund = ordered(true);
        refund.approve(BORIS, NOW);

        assertThat(refund.codeWanted()).isFalse();

        assertThat(refund.status()).isEqualTo(RefundStatus.REQUESTED);
        assertThat(refund.isAwaitingApproval()).isTrue();
        refund.approve(BORIS, NOW);
    }

    @Test
    void a_refund_that_the_provider_has_taken_is_not_undone_by_asking_for_a_code() {
        Refund refund = ordered(false);
        RefundReported told =
                new RefundReported(
                        References.of(List.of()),
                        Optional.empty(),
                        "re_1",
                        RefundOutcome.PENDING,
                        TEN,
                        Optional.empty(),
                        NOW);
        refund.report(told, refund.turn(RefundOutcome.PENDING), NOW);

        assertThat(refund.codeWanted()).isFalse();
        assertThat(refund.status()).isEqualTo(RefundStatus.PENDING);
    }
}
