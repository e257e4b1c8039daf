package org.payhub.unmatched;

import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;
import org.payhub.platform.Ids;

/** Which unmatched money; outside it reads {@code unm_…}. */
public record UnmatchedId(UUID value) implements Serializable {

    private static final String PREFIX = "unm";

    public UnmatchedId {
        Objects.requireNonNull(value, "value");
    }

    public static UnmatchedId next() {
        return new UnmatchedId(Ids.next());
    }

    /** Reads the outside text; anything else is "no such unmatched money". */
    public static UnmatchedId parse(String text) {
        return new UnmatchedId(Ids.require(PREFIX, text, "unmatched"));
    }

    @Override
    public String toString() {
        return Ids.text(PREFIX, value);
    }
}
