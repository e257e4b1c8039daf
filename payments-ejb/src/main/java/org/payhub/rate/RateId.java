package org.payhub.rate;

import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;
import org.payhub.platform.Ids;

/** Which entry of a rate; outside it reads {@code rat_…}. */
public record RateId(UUID value) implements Serializable {

    private static final String PREFIX = "rat";

    public RateId {
        Objects.requireNonNull(value, "value");
    }

    public static RateId next() {
        return new RateId(Ids.next());
    }

    /** Reads the outside text; anything else is "no such rate". */
    public static RateId parse(String text) {
        return new RateId(Ids.require(PREFIX, text, "rate"));
    }

    @Override
    public String toString() {
        return Ids.text(PREFIX, value);
    }
}
