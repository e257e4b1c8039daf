package org.payhub.provider.http;

import java.util.Optional;
import java.util.UUID;

/**
 * Which calls are wanted.
 *
 * @param integration one integration's, else all of the merchant's
 * @param onlyFailed only those that the provider refused or did not answer
 */
public record ProviderCallFilter(Optional<UUID> integration, boolean onlyFailed) {

    public static ProviderCallFilter all() {
        return new ProviderCallFilter(Optional.empty(), false);
    }

    public static ProviderCallFilter of(UUID integration) {
        return new ProviderCallFilter(Optional.of(integration), false);
    }
}
