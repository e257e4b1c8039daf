package org.payhub.withdrawal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.payhub.withdrawal.WithdrawalStatus.APPROVED;
import static org.payhub.withdrawal.WithdrawalStatus.CANCELLED;
import static org.payhub.withdrawal.WithdrawalStatus.FAILED;
import static org.payhub.withdrawal.WithdrawalStatus.PENDING;
import static org.payhub.withdrawal.WithdrawalStatus.REQUESTED;
import static org.payhub.withdrawal.WithdrawalStatus.SUCCEEDED;
import static org.payhub.withdrawal.WithdrawalStatus.UNKNOWN;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.payhub.integration.ActiveIntegration;
import org.payhub.integration.IntegrationId;
import org.payhub.money.Money;
import org.payhub.platform.HubException;
import org.payhub.provider.spi.ProviderEvent.WithdrawalOutcome;
import org.payhub.provider.spi.ProviderEvent.WithdrawalReported;
import org.payhub.provider.spi.References;
import org.payhub.tenancy.Actor;
import org.payhub.tenancy.MerchantId;
import org.payhub.tenancy.Role;
import org.payhub.tenancy.Scope;

class WithdrawalTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Actor ASKS = person("Ada");
    private static final Actor AGREES = person("Ben");

    private static Actor person(String name) {
        return new Actor(Actor.Kind.USER, UUID.randomUUID(), name, "");
    }

    private static Money coins(String text) {
        return Money.parse(text, "USDT:tron");
    }

    private static Withdrawal asked() {
        MerchantId merchant = MerchantId.next();
        IntegrationId integration = IntegrationId.next();
        return new Withdrawal(
                new Scope(merchant, ASKS, Role.ACCOUNTANT, Set.of(), Optional.empty(), false),
                new ActiveIntegration(integration, merchant, "alppay", false, Set.of(), false),
                new AskWithdrawal(
                        integration,
                        Optional.empty(),
                        coins("10"),
                        "T…",
                        Optional.empty(),
                        "To our wallet",
                        Optional.empty()),
                "T…",
                NOW);
    }

    private static Withdrawal approved() {
        Withdrawal withdrawal = asked();
        withdrawal.approve(AGREES, NOW);
        return withdrawal;
    }

    private static WithdrawalReported told(WithdrawalOutcome outcome, Optional<Money> arrived) {
        return new WithdrawalReported(
                References.of(List.of()),
                Optional.empty(),
                "w_1",
                outcome,
                coins("10"),
                arrived,
                "T…",
                Optional.of("0xabc"),
                Optional.empty(),
                NOW);
    }

    private static WithdrawalReported told(WithdrawalOutcome outcome) {
        return told(outcome, Optional.empty());
    }

    @Test
    void every_report_leads_to_its_status_or_changes_nothing() {
        List<WithdrawalStatus> ranks =
                List.of(REQUESTED, APPROVED, UNKNOWN, PENDING, CANCELLED, FAILED, SUCCEEDED);
        Map<WithdrawalOutcome, WithdrawalStatus> meanings = new EnumMap<>(WithdrawalOutcome.class);
        meanings.put(WithdrawalOutcome.PENDING, PENDING);
        meanings.put(WithdrawalOutcome.SUCCEEDED, SUCCEEDED);
        meanings.put(WithdrawalOutcome.FAILED, FAILED);
        meanings.put(WithdrawalOutcome.CANCELLED, CANCELLED);
        assertThat(WithdrawalStatus.values()).containsExactlyElementsOf(ranks);

        for (WithdrawalStatus before : WithdrawalStatus.values()) {
            for (WithdrawalOutcome outcome : WithdrawalOutcome.values()) {
                WithdrawalStatus after = before.after(outcome);

                WithdrawalStatus meaning = meanings.get(outcome);
                boolean further = ranks.indexOf(meaning) > ranks.indexOf(before);
                assertThat(after)
                        .as(before + " after " + outcome)
                        .isEqualTo(further ? meaning : before);
            }
        }
    }

    @Test
    void two_reports_end_in_one_place_whichever_comes_first() {
        for (WithdrawalStatus start : WithdrawalStatus.values()) {
            for (WithdrawalOutcome first : WithdrawalOutcome.values()) {
                for (WithdrawalOutcome second : WithdrawalOutcome.values()) {
                    assertThat(start.after(first).after(second))
                            .isEqualTo(start.after(second).after(first));
                }
            }
        }
    }

    @Test
    void who_asked_cannot_agree_and_neither_can_a_key() {
        Actor key = new Actor(Actor.Kind.API_KEY, UUID.randomUUID(), "Booking", "");

        assertThatThrownBy(() -> asked().approve(ASKS, NOW))
                .isInstanceOfSatisfying(
                        HubException.class,
                        e ->
                                assertThat(e.code())
                                        .isEqualTo("withdrawal.approval_needs_another_person"));
        assertThatThrownBy(() -> asked().approve(key, NOW))
                .isInstanceOfSatisfying(
                        HubException.class,
                        e -> assertThat(e.code()).isEqualTo("withdrawal.approval_needs_a_person"));
    }

    @Test
    void what_was_agreed_to_or_taken_back_cannot_be_agreed_to_again() {
        Withdrawal cancelled = asked();
        cancelled.cancel(NOW);

        for (Withdrawal each : List.of(approved(), cancelled)) {
            assertThatThrownBy(() -> each.approve(AGREES, NOW))
                    .isInstanceOfSatisfying(
                            HubException.class,
                            e ->
                                    assertThat(e.code())
                                            .isEqualTo("withdrawal.not_awaiting_approval"));
        }
        assertThatThrownBy(() -> approved().cancel(NOW)).isInstanceOf(HubException.class);
    }

    @Test
    void an_order_without_an_answer_is_unknown_until_it_is_found_or_surely_lost() {
        Withdrawal withdrawal = approved();
        withdrawal.unanswered(NOW);
        WithdrawalStatus unanswered = withdrawal.status();

        for (int second : new int[] {30, 90, 210, 600}) {
            withdrawal.asked(NOW.plusSeconds(second));
        }
        boolean early = withdrawal.isSurelyUnheardOf(NOW.plusSeconds(600));
        boolean late = withdrawal.isSurelyUnheardOf(NOW.plusSeconds(1_000));

        assertThat(unanswered).isEqualTo(UNKNOWN);
        assertThat(early).isFalse();
        assertThat(late).isTrue();
    }

    @Test
    void an_order_that_was_found_is_never_given_up() {
        Withdrawal withdrawal = approved();
        withdrawal.unanswered(NOW);
        withdrawal.report(told(WithdrawalOutcome.PENDING), NOW);
        for (int i = 0; i < 10; i++) {
            withdrawal.asked(NOW.plusSeconds(3_600));
        }

        withdrawal.refused("The provider never got the order.", NOW.plusSeconds(3_600));

        assertThat(withdrawal.isSurelyUnheardOf(NOW.plusSeconds(7_200))).isFalse();
        assertThat(withdrawal.status()).isEqualTo(PENDING);
    }

    @Test
    void what_arrived_is_told_once_and_the_rest_was_the_fee() {
        Withdrawal withdrawal = approved();

        Withdrawal.Step first = withdrawal.report(told(WithdrawalOutcome.SUCCEEDED), NOW);
        Withdrawal.Step second =
                withdrawal.report(told(WithdrawalOutcome.SUCCEEDED, Optional.of(coins("9"))), NOW);
        Withdrawal.Step third =
                withdrawal.report(told(WithdrawalOutcome.SUCCEEDED, Optional.of(coins("9"))), NOW);

        assertThat(first.becomes(SUCCEEDED)).isTrue();
        assertThat(second.newlyArrived()).isTrue();
        assertThat(third.newlyArrived()).isFalse();
        assertThat(withdrawal.arrived()).isEqualTo(coins("9"));
        assertThat(withdrawal.row().networkKey()).contains("0xabc");
    }
}
