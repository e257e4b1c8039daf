package org.payhub.provider;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;
import org.payhub.provider.spi.ProviderConnector;

/**
 * The connectors that exist, by code.
 *
 * <p><b>Guarantee</b>: codes are unique and lower case; otherwise the application does not start.
 *
 * <p>What a connector can do shows in the interfaces it implements: {@code
 * providers.ability("stripe", Refunding.class)}.
 */
@ApplicationScoped
public class Providers {

    private Map<String, ProviderConnector> byCode = Map.of();

    /** For the container. */
    protected Providers() {}

    @Inject
    Providers(@Any Instance<ProviderConnector> connectors) {
        this((Iterable<ProviderConnector>) connectors);
    }

    /** For tests: the connectors given. */
    Providers(Iterable<ProviderConnector> connectors) {
        Map<String, ProviderConnector> found = new TreeMap<>();
        for (ProviderConnector connector : connectors) {
            String code = connector.profile().code();
            if (!code.matches("[a-z][a-z0-9]{1,23}")) {
                throw new IllegalStateException(
                        "A connector's code must be 2 to 24 lower-case letters and digits: "
                                + code);
            }
            if (found.putIfAbsent(code, connector) != null) {
                throw new IllegalStateException("Two connectors have the code " + code);
            }
        }
        byCode = Collections.unmodifiableMap(found);
    }

    /** Looks at every connector at start-up, so that a wrong code stops the start. */
    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        byCode.size();
    }

    /** Every connector, by the provider's name. */
    public List<ProviderConnector> all() {
        return byCode.values().stream()
                .sorted(
                        Comparator.comparing(
                                connector -> connector.profile().name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** The connector of that code, if there is one. */
    public Optional<ProviderConnector> find(String code) {
        return Optional.ofNullable(code == null ? null : byCode.get(code));
    }

    /**
     * The connector of that code.
     *
     * <p><b>Errors</b>: {@code provider.unknown}.
     */
    public ProviderConnector get(String code) {
        return find(code)
                .orElseThrow(
                        () ->
                                new HubException(
                                        Problem.NOT_FOUND,
                                        "provider.unknown",
                                        "There is no such provider. Known are: "
                                                + String.join(", ", byCode.keySet())
                                                + "."));
    }

    /** That ability of the connector of that code, when it has it. */
    public <A> Optional<A> ability(String code, Class<A> ability) {
        return find(code).filter(ability::isInstance).map(ability::cast);
    }
}
