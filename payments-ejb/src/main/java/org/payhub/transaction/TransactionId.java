package org.payhub.transaction;

import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;
import org.payhub.platform.Ids;

/** Which transaction; outside it reads {@code txn_…}. */
public record TransactionId(UUID value) implements Serializable {

    private static final String PREFIX = "txn";

    public TransactionId {
        Objects.requireNonNull(value, "value");
    }

    public static TransactionId next() {
        return new TransactionId(Ids.next());
    }

    /** Reads the outside text; anything else is "no such transaction". */
    public static TransactionId parse(String text) {
        return new TransactionId(Ids.require(PREFIX, text, "transaction"));
    }

    @Override
    public String toString() {
        return Ids.text(PREFIX, value);
    }
}
