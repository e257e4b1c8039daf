package org.payhub.webhook;

import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;
import org.payhub.platform.Ids;

/** Which webhook delivery; outside it reads {@code whd_…}. */
public record DeliveryId(UUID value) implements Serializable {

    private static final String PREFIX = "whd";

    public DeliveryId {
        Objects.requireNonNull(value, "value");
    }

    public static DeliveryId next() {
        return new DeliveryId(Ids.next());
    }

    /** Reads the outside text; anything else is "no such webhook delivery". */
    public static DeliveryId parse(String text) {
        return new DeliveryId(Ids.require(PREFIX, text, "webhook_delivery"));
    }

    @Override
    public String toString() {
        return Ids.text(PREFIX, value);
    }
}
