package org.payhub.provider;

import java.util.Optional;
import org.payhub.platform.HubConfig;

/** Settings under which every provider's interface is at one address. */
public class MovedConfig extends HubConfig {

    private final String base;

    public MovedConfig(String base) {
        this.base = base;
    }

    @Override
    public Optional<String> apiBase(String providerCode) {
        return Optional.of(base);
    }
}
