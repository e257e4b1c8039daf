package org.payhub.apikey;

import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;
import org.payhub.platform.Ids;

/** Which API key; outside it reads {@code key_…}. It is not the key itself. */
public record ApiKeyId(UUID value) implements Serializable {

    private static final String PREFIX = "key";

    public ApiKeyId {
        Objects.requireNonNull(value, "value");
    }

    static ApiKeyId next() {
        return new ApiKeyId(Ids.next());
    }

    /** Reads the outside text; anything else is "no such key". */
    public static ApiKeyId parse(String text) {
        return new ApiKeyId(Ids.require(PREFIX, text, "api_key"));
    }

    @Override
    public String toString() {
        return Ids.text(PREFIX, value);
    }
}
