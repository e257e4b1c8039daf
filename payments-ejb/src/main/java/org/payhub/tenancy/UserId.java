package org.payhub.tenancy;

import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;
import org.payhub.platform.Ids;

/** Which user; outside it reads {@code usr_…}. */
public record UserId(UUID value) implements Serializable {

    private static final String PREFIX = "usr";

    public UserId {
        Objects.requireNonNull(value, "value");
    }

    public static UserId next() {
        return new UserId(Ids.next());
    }

    /** Reads the outside text; anything else is "no such user". */
    public static UserId parse(String text) {
        return new UserId(Ids.require(PREFIX, text, "user"));
    }

    @Override
    public String toString() {
        return Ids.text(PREFIX, value);
    }
}
