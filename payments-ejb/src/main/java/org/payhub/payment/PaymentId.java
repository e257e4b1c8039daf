package org.payhub.payment;

import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;
import org.payhub.platform.Ids;

/** Which payment; outside it reads {@code pay_…}. */
public record PaymentId(UUID value) implements Serializable {

    private static final String PREFIX = "pay";

    public PaymentId {
        Objects.requireNonNull(value, "value");
    }

    public static PaymentId next() {
        return new PaymentId(Ids.next());
    }

    /** Reads the outside text; anything else is "no such payment". */
    public static PaymentId parse(String text) {
        return new PaymentId(Ids.require(PREFIX, text, "payment"));
    }

    @Override
    public String toString() {
        return Ids.text(PREFIX, value);
    }
}
