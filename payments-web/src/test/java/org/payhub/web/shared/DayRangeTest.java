package org.payhub.web.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class DayRangeTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Madrid");

    @Test
    void the_last_day_counts_to_its_end_in_the_zone_of_the_location() {
        DayRange days = new DayRange();

        days.setFrom("2026-11-01");
        days.setTo(" 2026-11-20 ");

        assertThat(days.begin(ZONE)).contains(Instant.parse("2026-10-31T23:00:00Z"));
        assertThat(days.end(ZONE)).contains(Instant.parse("2026-11-20T23:00:00Z"));
    }

    @Test
    void what_is_no_day_bounds_nothing() {
        DayRange days = new DayRange();

        days.setFrom("yesterday");
        days.setTo(null);

        assertThat(days.isChosen()).isTrue();
        assertThat(days.begin(ZONE)).isEmpty();
        assertThat(days.end(ZONE)).isEmpty();
    }
}
