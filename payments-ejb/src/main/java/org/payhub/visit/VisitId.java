package org.payhub.visit;

import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;
import org.payhub.platform.Ids;

/** Which visit; outside it reads {@code vis_…}. */
public record VisitId(UUID value) implements Serializable {

    private static final String PREFIX = "vis";

    public VisitId {
        Objects.requireNonNull(value, "value");
    }

    public static VisitId next() {
        return new VisitId(Ids.next());
    }

    /** Reads the outside text; anything else is "no such visit". */
    public static VisitId parse(String text) {
        return new VisitId(Ids.require(PREFIX, text, "visit"));
    }

    @Override
    public String toString() {
        return Ids.text(PREFIX, value);
    }
}
