package org.payhub.dispute;

import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;
import org.payhub.platform.Ids;

/** Which dispute; outside it reads {@code dsp_…}. */
public record DisputeId(UUID value) implements Serializable {

    private static final String PREFIX = "dsp";

    public DisputeId {
        Objects.requireNonNull(value, "value");
    }

    public static DisputeId next() {
        return new DisputeId(Ids.next());
    }

    /** Reads the outside text; anything else is "no such dispute". */
    public static DisputeId parse(String text) {
        return new DisputeId(Ids.require(PREFIX, text, "dispute"));
    }

    @Override
    public String toString() {
        return Ids.text(PREFIX, value);
    }
}
