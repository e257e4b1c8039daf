package org.payhub.link;

import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;
import org.payhub.platform.Ids;

/** Which payment link; outside it reads {@code lnk_…}. */
public record LinkId(UUID value) implements Serializable {

    private static final String PREFIX = "lnk";

    public LinkId {
        Objects.requireNonNull(value, "value");
    }

    public static LinkId next() {
        return new LinkId(Ids.next());
    }

    /** Reads the outside text; anything else is "no such payment link". */
    public static LinkId parse(String text) {
        return new LinkId(Ids.require(PREFIX, text, "payment_link"));
    }

    @Override
    public String toString() {
        return Ids.text(PREFIX, value);
    }
}
