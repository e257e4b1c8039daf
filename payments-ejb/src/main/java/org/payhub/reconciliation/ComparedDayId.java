package org.payhub.reconciliation;

import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;
import org.payhub.platform.Ids;

/** Which compared day of which integration; outside it reads {@code day_…}. */
public record ComparedDayId(UUID value) implements Serializable {

    private static final String PREFIX = "day";

    public ComparedDayId {
        Objects.requireNonNull(value, "value");
    }

    public static ComparedDayId next() {
        return new ComparedDayId(Ids.next());
    }

    /** Reads the outside text; anything else is "no such day". */
    public static ComparedDayId parse(String text) {
        return new ComparedDayId(Ids.require(PREFIX, text, "compared_day"));
    }

    @Override
    public String toString() {
        return Ids.text(PREFIX, value);
    }
}
