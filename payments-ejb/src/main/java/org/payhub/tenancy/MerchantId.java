package org.payhub.tenancy;

import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;
import org.payhub.platform.Ids;

/** Which merchant; outside it reads {@code mer_…}. */
public record MerchantId(UUID value) implements Serializable {

    private static final String PREFIX = "mer";

    public MerchantId {
        Objects.requireNonNull(value, "value");
    }

    public static MerchantId next() {
        return new MerchantId(Ids.next());
    }

    /** Reads the outside text; anything else is "no such merchant". */
    public static MerchantId parse(String text) {
        return new MerchantId(Ids.require(PREFIX, text, "merchant"));
    }

    @Override
    public String toString() {
        return Ids.text(PREFIX, value);
    }
}
