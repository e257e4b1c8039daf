package org.payhub.withdrawal;

import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;
import org.payhub.platform.Ids;

/** Which address of the list; outside it reads {@code adr_…}. */
public record AddressId(UUID value) implements Serializable {

    private static final String PREFIX = "adr";

    public AddressId {
        Objects.requireNonNull(value, "value");
    }

    public static AddressId next() {
        return new AddressId(Ids.next());
    }

    /** Reads the outside text; anything else is "no such withdrawal address". */
    public static AddressId parse(String text) {
        return new AddressId(Ids.require(PREFIX, text, "withdrawal_address"));
    }

    @Override
    public String toString() {
        return Ids.text(PREFIX, value);
    }
}
