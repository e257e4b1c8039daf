package org.payhub.tenancy;

import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;
import org.payhub.platform.Ids;

/** Which location; outside it reads {@code loc_…}. */
public record LocationId(UUID value) implements Serializable {

    private static final String PREFIX = "loc";

    public LocationId {
        Objects.requireNonNull(value, "value");
    }

    public static LocationId next() {
        return new LocationId(Ids.next());
    }

    /** Reads the outside text; anything else is "no such location". */
    public static LocationId parse(String text) {
        return new LocationId(Ids.require(PREFIX, text, "location"));
    }

    @Override
    public String toString() {
        return Ids.text(PREFIX, value);
    }
}
