package org.payhub.provider;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.payhub.platform.HubException;
import org.payhub.provider.spi.ProviderConnector;

/**
 * The connectors of this installation, by code. Two connectors with one code, or a code that cannot
 * stand in an address, stop the start.
 */
@ApplicationScoped
public class Providers {

    private Map<String, ProviderConnector> byCode = Map.of();

    /** For the container. */
    public Providers() {}

    @Inject
    Providers(@Any Instance<ProviderConnector> connectors) {
        this(connectors.stream().toList());
    }

    Providers(List<ProviderConnector> connectors) {
        Map<String, ProviderConnector> known = new TreeMap<>();
        for (ProviderConnector connector : connectors) {
            String code = connector.profile().code();
            if (code.isEmpty() || code.chars().anyMatch(c -> c < 'a' || c > 'z')) {
                throw new IllegalStateException(
                        "A provider's code is lower-case letters, not \"" + code + "\"");
            }
            if (known.put(code, connector) != null) {
                throw new IllegalStateException("Two connectors have the code " + code);
            }
        }
        byCode = Map.copyOf(known);
    }

    /** Every connector, by the provider's name. */
    public List<ProviderConnector> all() {
        return byCode.values().stream()
                .sorted(
                        Comparator.comparing(
                                (ProviderConnector c) ->
                                        c.profile().name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    public Optional<ProviderConnector> find(String code) {
        return Optional.ofNullable(code).map(byCode::get);
    }

    /**
     * The connector of that code.
     *
     * <p><b>Errors</b>: {@code provider.not_found}.
     */
    public ProviderConnector get(String code) {
        return find(code).orElseThrow(() -> HubException.notFound("provider"));
    }
}
