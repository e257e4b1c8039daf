package org.payhub.web.shared;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Days as people choose them, in a location's zone. "1 to 20 November" means from the first moment
 * of the 1st to the first moment of the 21st.
 */
public final class Days {

    private Days() {}

    /** The typed day; nothing when it is none. */
    public static Optional<LocalDate> day(String typed) {
        if (typed == null || typed.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(typed.strip()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The first moment of the day. */
    public static Optional<Instant> from(String typed, ZoneId zone) {
        return day(typed).map(d -> d.atStartOfDay(zone).toInstant());
    }

    /** The first moment after the day. */
    public static Optional<Instant> until(String typed, ZoneId zone) {
        return day(typed).map(d -> d.plusDays(1).atStartOfDay(zone).toInstant());
    }
}
