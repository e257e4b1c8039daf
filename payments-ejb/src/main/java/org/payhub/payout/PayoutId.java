package org.payhub.payout;

import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;
import org.payhub.platform.Ids;

/** Which payout; outside it reads {@code pyo_…}. */
public record PayoutId(UUID value) implements Serializable {

    private static final String PREFIX = "pyo";

    public PayoutId {
        Objects.requireNonNull(value, "value");
    }

    public static PayoutId next() {
        return new PayoutId(Ids.next());
    }

    /** Reads the outside text; anything else is "no such payout". */
    public static PayoutId parse(String text) {
        return new PayoutId(Ids.require(PREFIX, text, "payout"));
    }

    @Override
    public String toString() {
        return Ids.text(PREFIX, value);
    }
}
