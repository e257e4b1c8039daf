package org.payhub.client;

import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;
import org.payhub.platform.Ids;

/** Which client; outside it reads {@code cli_…}. */
public record ClientId(UUID value) implements Serializable {

    private static final String PREFIX = "cli";

    public ClientId {
        Objects.requireNonNull(value, "value");
    }

    public static ClientId next() {
        return new ClientId(Ids.next());
    }

    /** Reads the outside text; anything else is "no such client". */
    public static ClientId parse(String text) {
        return new ClientId(Ids.require(PREFIX, text, "client"));
    }

    @Override
    public String toString() {
        return Ids.text(PREFIX, value);
    }
}
