package org.payhub.withdrawal;

import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;
import org.payhub.platform.Ids;

/** Which withdrawal; outside it reads {@code wdr_…}. */
public record WithdrawalId(UUID value) implements Serializable {

    private static final String PREFIX = "wdr";

    public WithdrawalId {
        Objects.requireNonNull(value, "value");
    }

    public static WithdrawalId next() {
        return new WithdrawalId(Ids.next());
    }

    /** Reads the outside text; anything else is "no such withdrawal". */
    public static WithdrawalId parse(String text) {
        return new WithdrawalId(Ids.require(PREFIX, text, "withdrawal"));
    }

    @Override
    public String toString() {
        return Ids.text(PREFIX, value);
    }
}
