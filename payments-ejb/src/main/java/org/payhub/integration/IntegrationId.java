package org.payhub.integration;

import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;
import org.payhub.platform.Ids;

/** Which integration; outside it reads {@code int_…}. */
public record IntegrationId(UUID value) implements Serializable {

    private static final String PREFIX = "int";

    public IntegrationId {
        Objects.requireNonNull(value, "value");
    }

    public static IntegrationId next() {
        return new IntegrationId(Ids.next());
    }

    /** Reads the outside text; anything else is "no such integration". */
    public static IntegrationId parse(String text) {
        return new IntegrationId(Ids.require(PREFIX, text, "integration"));
    }

    @Override
    public String toString() {
        return Ids.text(PREFIX, value);
    }
}
