package org.payhub.provider.spi;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Untrusted pointers to whose webhook it may be: our own reference and the provider's keys in the
 * body. They choose which secret is tried first, nothing else.
 */
public record WebhookHints(Optional<UUID> ours, List<Reference> keys) {

    public WebhookHints {
        keys = List.copyOf(keys);
    }

    public static WebhookHints none() {
        return new WebhookHints(Optional.empty(), List.of());
    }
}
