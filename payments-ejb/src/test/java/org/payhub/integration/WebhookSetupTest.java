package org.payhub.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.payhub.provider.spi.WebhookRegistering.WebhookSettings;

class WebhookSetupTest {

    private static WebhookSettings settings(
            boolean readable, boolean found, boolean enabled, List<String> missing) {
        return new WebhookSettings(readable, found, enabled, missing, List.of("payout.paid"));
    }

    @Test
    void right_settings_are_no_problem_and_a_useful_event_is_a_hint() {
        WebhookSettings right = settings(true, true, true, List.of());

        assertThat(WebhookSetup.problem(right, false)).isEmpty();
        assertThat(WebhookSetup.hints(right, false)).singleElement().asString().contains("payout");
    }

    @Test
    void a_missing_required_event_is_named() {
        assertThat(
                        WebhookSetup.problem(
                                settings(true, true, true, List.of("charge.refunded")), true))
                .hasValueSatisfying(p -> assertThat(p).contains("charge.refunded"));
    }

    @Test
    void an_address_that_is_switched_off_or_absent_is_a_problem() {
        assertThat(WebhookSetup.problem(settings(true, true, false, List.of()), true)).isPresent();
        assertThat(WebhookSetup.problem(settings(true, false, false, List.of()), false))
                .isPresent();
    }

    @Test
    void events_that_arrive_prove_more_than_a_list_without_our_address() {
        WebhookSettings absent = settings(true, false, false, List.of());

        assertThat(WebhookSetup.problem(absent, true)).isEmpty();
        assertThat(WebhookSetup.hints(absent, true)).isNotEmpty();
    }

    @Test
    void settings_that_cannot_be_read_are_not_blamed() {
        WebhookSettings hidden = settings(false, false, false, List.of());

        assertThat(WebhookSetup.problem(hidden, false)).isEmpty();
        assertThat(WebhookSetup.hints(hidden, false)).anyMatch(h -> h.contains("may not read"));
    }

    @Test
    void what_only_a_person_can_switch_on_is_said_with_its_address() {
        String address = "https://hub.example/payments/prepaid/acme?type=check";

        assertThat(
                        WebhookSetup.problem(
                                settings(true, true, true, List.of("check")),
                                true,
                                Map.of("check", address)))
                .hasValueSatisfying(
                        p -> assertThat(p).contains(address).doesNotContain("Press Repair"));
        assertThat(
                        WebhookSetup.problem(
                                settings(true, true, true, List.of("check", "pay")),
                                true,
                                Map.of("check", address)))
                .hasValueSatisfying(p -> assertThat(p).contains("pay. Press Repair. One step"));
    }
}
