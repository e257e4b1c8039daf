package org.payhub.web.shared;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Days as people choose them, in a location's zone. "1 to 20 November" means from the first moment
 * of the 1st to the first moment of the 21st. A bound that is no day bounds nothing.
 */
public final class DayRange implements Serializable {

    private static final long serialVersionUID = 1L;

    private String from = "";
    private String to = "";

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

    /** The first moment of the first day. */
    public Optional<Instant> begin(ZoneId zone) {
        return day(from).map(d -> d.atStartOfDay(zone).toInstant());
    }

    /** The first moment after the last day. */
    public Optional<Instant> end(ZoneId zone) {
        return day(to).map(d -> d.plusDays(1).atStartOfDay(zone).toInstant());
    }

    /** Whether anything was typed. */
    public boolean isChosen() {
        return !from.isEmpty() || !to.isEmpty();
    }

    public String getFrom() {
        return from;
    }

    public void setFrom(String from) {
        this.from = from == null ? "" : from.strip();
    }

    public String getTo() {
        return to;
    }

    public void setTo(String to) {
        this.to = to == null ? "" : to.strip();
    }
}
