package org.payhub.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusFactsTest {

    /** Every combination of the eight facts. */
    private static List<StatusFacts> all() {
        List<StatusFacts> all = new ArrayList<>();
        for (int bits = 0; bits < 256; bits++) {
            all.add(
                    new StatusFacts(
                            (bits & 1) != 0,
                            (bits & 2) != 0,
                            (bits & 4) != 0,
                            (bits & 8) != 0,
                            (bits & 16) != 0,
                            (bits & 32) != 0,
                            (bits & 64) != 0,
                            (bits & 128) != 0));
        }
        return all;
    }

    @Test
    void it_is_green_exactly_when_an_event_was_seen_and_nothing_stands_against_it() {
        for (StatusFacts facts : all()) {
            boolean fine =
                    facts.eventSeen()
                            && !facts.disconnected()
                            && !facts.paused()
                            && !facts.callFailing()
                            && !facts.webhookWrong()
                            && !facts.rightsMissing()
                            && !facts.realMoneyCame();

            assertThat(facts.status().isGreen()).as(facts.toString()).isEqualTo(fine);
        }
    }

    @Test
    void it_is_never_green_before_a_genuine_event() {
        assertThat(all().stream().filter(f -> !f.eventSeen()).map(StatusFacts::status))
                .noneMatch(IntegrationStatus::isGreen);
    }

    @Test
    void live_and_test_follow_the_mode_and_nothing_else() {
        for (StatusFacts facts : all()) {
            if (facts.status().isGreen()) {
                assertThat(facts.status())
                        .isEqualTo(
                                facts.livemode() ? IntegrationStatus.LIVE : IntegrationStatus.TEST);
            }
        }
    }

    @Test
    void leaving_comes_before_pausing_and_pausing_before_an_error() {
        for (StatusFacts facts : all()) {
            IntegrationStatus status = facts.status();

            if (facts.disconnected()) {
                assertThat(status).isEqualTo(IntegrationStatus.NOT_CONNECTED);
            } else if (facts.paused()) {
                assertThat(status).isEqualTo(IntegrationStatus.PAUSED);
            } else if (facts.callFailing()) {
                assertThat(status).isEqualTo(IntegrationStatus.ERROR);
            } else {
                assertThat(status)
                        .isIn(
                                IntegrationStatus.ACTION_NEEDED,
                                IntegrationStatus.TEST,
                                IntegrationStatus.LIVE);
            }
        }
    }

    @Test
    void only_our_own_failed_calls_make_an_error() {
        assertThat(all().stream().filter(f -> !f.callFailing()).map(StatusFacts::status))
                .doesNotContain(IntegrationStatus.ERROR);
    }
}
