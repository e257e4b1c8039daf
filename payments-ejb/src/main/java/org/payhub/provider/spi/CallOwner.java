package org.payhub.provider.spi;

import java.util.Optional;
import java.util.UUID;

/** Whose call it is: the merchant, and the integration once it exists. */
public record CallOwner(UUID merchant, Optional<UUID> integration) {

    public static CallOwner of(UUID merchant, UUID integration) {
        return new CallOwner(merchant, Optional.of(integration));
    }
}
