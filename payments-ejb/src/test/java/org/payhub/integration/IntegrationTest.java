package org.payhub.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.payhub.integration.ChecklistItem.State;
import org.payhub.money.Asset;
import org.payhub.provider.spi.ConnectionFacts;
import org.payhub.tenancy.MerchantId;

class IntegrationTest {

    private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");

    private static final String UNREACHED =
            CallbackAddress.problem(
                    "https://pay.example.com/payments/prepaid/alppay", "no answer came.");

    private static ConnectionFacts facts(List<String> missingRights) {
        return new ConnectionFacts(
                Optional.of(false),
                Optional.of("acct_1"),
                Optional.of("Estudio Alba"),
                Set.of(Asset.of("EUR"), Asset.of("USD")),
                missingRights,
                List.of());
    }

    private static Integration connected(List<String> missingRights) {
        return new Integration(
                IntegrationId.next(),
                MerchantId.next(),
                new ConnectCommand(
                        "stripe", new TypedCredentials(Map.of()), Set.of(), false, false, false),
                facts(missingRights),
                false,
                "key",
                0,
                T0);
    }

    private static ProofState noProof() {
        return new ProofState(
                Set.of(), Optional.empty(), false, false, false, false, false, Optional.empty());
    }

    private static State state(Integration integration, String key) {
        return new Checklist("Stripe", integration, true, 1, List.of(), noProof())
                .items().stream()
                        .filter(i -> i.key().equals(key))
                        .findFirst()
                        .orElseThrow()
                        .state();
    }

    @Test
    void a_new_integration_waits_for_its_first_event() {
        Integration integration = connected(List.of());

        assertThat(integration.status()).isEqualTo(IntegrationStatus.ACTION_NEEDED);
        assertThat(integration.need()).hasValueSatisfying(n -> assertThat(n).contains("first"));
        assertThat(state(integration, "first_event")).isEqualTo(State.WAITING);
        assertThat(state(integration, "credentials")).isEqualTo(State.DONE);
    }

    @Test
    void the_first_event_makes_it_green_and_stays_the_first() {
        Integration integration = connected(List.of());

        integration.eventArrived(T0.plusSeconds(5), T0.plusSeconds(9));
        integration.eventArrived(T0.plusSeconds(2), T0.plusSeconds(3));

        assertThat(integration.status()).isEqualTo(IntegrationStatus.TEST);
        assertThat(integration.need()).isEmpty();
        assertThat(integration.firstEventAt()).contains(T0.plusSeconds(5));
        assertThat(integration.lastEventAt()).contains(T0.plusSeconds(9));
    }

    @Test
    void refused_webhooks_never_change_the_status() {
        Integration integration = connected(List.of());
        integration.eventArrived(T0, T0);

        integration.eventsRefused("signature_wrong", 5_000, T0.plusSeconds(60));

        assertThat(integration.status()).isEqualTo(IntegrationStatus.TEST);
        assertThat(state(integration, "refusals")).isEqualTo(State.HINT);
    }

    @Test
    void a_genuine_event_ends_the_row_of_refusals() {
        Integration integration = connected(List.of());
        integration.eventsRefused("stale", 4, T0);
        assertThat(state(integration, "clock")).isEqualTo(State.PROBLEM);

        integration.eventArrived(T0.plusSeconds(1), T0.plusSeconds(1));

        assertThat(integration.refusalsInARow()).isZero();
        assertThat(integration.lastRefusal()).contains("stale");
    }

    @Test
    void a_failed_call_is_an_error_until_a_later_one_works() {
        Integration integration = connected(List.of());
        integration.eventArrived(T0, T0);

        integration.callFailed(T0.plusSeconds(10), "The key was revoked.");
        assertThat(integration.status()).isEqualTo(IntegrationStatus.ERROR);
        assertThat(state(integration, "credentials")).isEqualTo(State.PROBLEM);

        integration.callSucceeded(T0.plusSeconds(5));
        assertThat(integration.status()).isEqualTo(IntegrationStatus.ERROR);

        integration.callSucceeded(T0.plusSeconds(11));
        assertThat(integration.status()).isEqualTo(IntegrationStatus.TEST);
    }

    @Test
    void a_missing_right_is_named_and_asks_for_action() {
        Integration integration = connected(List.of("Refunds: write"));
        integration.eventArrived(T0, T0);

        assertThat(integration.status()).isEqualTo(IntegrationStatus.ACTION_NEEDED);
        assertThat(integration.need())
                .hasValueSatisfying(n -> assertThat(n).contains("Refunds: write"));
        assertThat(state(integration, "rights")).isEqualTo(State.PROBLEM);

        integration.checked(facts(List.of()), T0.plusSeconds(1));
        assertThat(integration.status()).isEqualTo(IntegrationStatus.TEST);
    }

    @Test
    void a_wrong_setting_at_the_provider_asks_for_action_until_it_is_right() {
        Integration integration = connected(List.of());
        integration.eventArrived(T0, T0);

        integration.webhookLooked(Optional.of("Our address is switched off at the provider."));
        assertThat(integration.status()).isEqualTo(IntegrationStatus.ACTION_NEEDED);

        integration.webhookLooked(Optional.empty());
        assertThat(integration.status()).isEqualTo(IntegrationStatus.TEST);
    }

    @Test
    void a_payment_heard_of_by_asking_alone_asks_for_action_until_a_webhook_comes() {
        Integration integration = connected(List.of());
        integration.eventArrived(T0, T0);

        integration.heardByAsking();
        IntegrationStatus between = integration.status();
        integration.eventArrived(T0.plusSeconds(9), T0.plusSeconds(9));

        assertThat(between).isEqualTo(IntegrationStatus.ACTION_NEEDED);
        assertThat(integration.status()).isEqualTo(IntegrationStatus.TEST);
    }

    @Test
    void an_address_that_is_not_reached_asks_for_action_until_it_is() {
        Integration integration = connected(List.of());
        integration.eventArrived(T0, T0);

        integration.addressCalled(Optional.of(UNREACHED));
        IntegrationStatus unreached = integration.status();
        State shown = state(integration, "webhook_settings");
        integration.addressCalled(Optional.empty());

        assertThat(unreached).isEqualTo(IntegrationStatus.ACTION_NEEDED);
        assertThat(shown).isEqualTo(State.PROBLEM);
        assertThat(integration.status()).isEqualTo(IntegrationStatus.TEST);
    }

    @Test
    void a_genuine_event_proves_that_the_address_is_reached() {
        Integration integration = connected(List.of());
        integration.addressCalled(Optional.of(UNREACHED));

        integration.eventArrived(T0, T0);

        assertThat(integration.webhookProblem()).isEmpty();
        assertThat(integration.status()).isEqualTo(IntegrationStatus.TEST);
    }

    @Test
    void an_address_that_is_reached_does_not_undo_another_problem() {
        Integration integration = connected(List.of());
        integration.heardByAsking();

        integration.addressCalled(Optional.empty());

        assertThat(integration.webhookProblem()).contains(Integration.HEARD_BY_ASKING);
    }

    @Test
    void an_old_key_is_a_hint_on_the_checklist_and_changes_no_status() {
        Integration integration = connected(List.of());
        integration.eventArrived(T0, T0);

        List<ChecklistItem> items =
                new Checklist(
                                "ALPPAY",
                                integration,
                                true,
                                1,
                                List.of("The key is 90 days old."),
                                noProof())
                        .items();

        assertThat(items)
                .filteredOn(i -> i.key().equals("key_age"))
                .singleElement()
                .satisfies(i -> assertThat(i.state()).isEqualTo(State.HINT))
                .satisfies(i -> assertThat(i.evidence()).isEqualTo("The key is 90 days old."));
        assertThat(integration.status()).isEqualTo(IntegrationStatus.TEST);
    }

    @Test
    void pausing_and_resuming_lose_nothing() {
        Integration integration = connected(List.of());
        integration.eventArrived(T0, T0);

        integration.pause();
        assertThat(integration.status()).isEqualTo(IntegrationStatus.PAUSED);

        integration.resume();
        assertThat(integration.status()).isEqualTo(IntegrationStatus.TEST);
    }

    @Test
    void leaving_is_for_good_and_keeps_its_first_moment() {
        Integration integration = connected(List.of());

        integration.disconnect(T0.plusSeconds(1));
        integration.disconnect(T0.plusSeconds(2));

        assertThat(integration.status()).isEqualTo(IntegrationStatus.NOT_CONNECTED);
        assertThat(integration.disconnectedAt()).contains(T0.plusSeconds(1));
    }

    @Test
    void what_does_not_fit_a_column_is_cut_between_items() {
        List<String> many =
                java.util.stream.IntStream.range(0, 100)
                        .mapToObj(i -> "a right with a rather long name number " + i)
                        .toList();

        Integration integration = connected(many);

        assertThat(integration.missingRights()).isNotEmpty().allMatch(many::contains);
        assertThat(integration.settlementAssets())
                .containsExactlyInAnyOrder(Asset.of("EUR"), Asset.of("USD"));
    }

    @Test
    void without_a_webhook_secret_the_checklist_says_so() {
        Integration integration = connected(List.of());

        List<ChecklistItem> items =
                new Checklist("Stripe", integration, true, 0, List.of(), noProof()).items();

        assertThat(items)
                .anySatisfy(
                        i -> {
                            assertThat(i.key()).isEqualTo("webhook_secret");
                            assertThat(i.state()).isEqualTo(State.PROBLEM);
                        });
    }
}
