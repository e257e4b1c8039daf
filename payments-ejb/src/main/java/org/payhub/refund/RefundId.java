package org.payhub.refund;

import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;
import org.payhub.platform.Ids;

/** Which refund; outside it reads {@code ref_…}. */
public record RefundId(UUID value) implements Serializable {

    private static final String PREFIX = "ref";

    public RefundId {
        Objects.requireNonNull(value, "value");
    }

    public static RefundId next() {
        return new RefundId(Ids.next());
    }

    /** Reads the outside text; anything else is "no such refund". */
    public static RefundId parse(String text) {
        return new RefundId(Ids.require(PREFIX, text, "refund"));
    }

    @Override
    public String toString() {
        return Ids.text(PREFIX, value);
    }
}
