package org.payhub.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.payhub.integration.IntegrationHealth.Refused;
import org.payhub.integration.IntegrationHealth.Seen;
import org.payhub.provider.spi.WebhookRejected.Cause;

class IntegrationHealthTest {

    private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void what_could_not_be_written_is_added_to_what_came_after() {
        Seen earlier =
                Seen.NOTHING
                        .event(T0)
                        .refused(Cause.STALE, new Refused(3, T0))
                        .callFailed(T0, "away");
        Seen later =
                Seen.NOTHING
                        .event(T0.plusSeconds(9))
                        .refused(Cause.STALE, new Refused(2, T0.plusSeconds(5)))
                        .refused(Cause.SIGNATURE_WRONG, new Refused(1, T0.plusSeconds(6)))
                        .callSucceeded(T0.plusSeconds(7));

        Seen sum = later.after(earlier);

        assertThat(sum.firstEvent()).contains(T0);
        assertThat(sum.lastEvent()).contains(T0.plusSeconds(9));
        assertThat(sum.refused())
                .containsEntry(Cause.STALE, new Refused(5, T0.plusSeconds(5)))
                .containsEntry(Cause.SIGNATURE_WRONG, new Refused(1, T0.plusSeconds(6)));
        assertThat(sum.callOk()).contains(T0.plusSeconds(7));
        assertThat(sum.callProblem()).contains("away");
    }

    @Test
    void events_in_any_order_give_the_first_and_the_last() {
        Seen seen = Seen.NOTHING.event(T0.plusSeconds(5)).event(T0).event(T0.plusSeconds(3));

        assertThat(seen.firstEvent()).contains(T0);
        assertThat(seen.lastEvent()).contains(T0.plusSeconds(5));
    }
}
