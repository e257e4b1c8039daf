package org.payhub.integration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.payhub.platform.HubConfig;
import org.payhub.provider.Providers;
import org.payhub.provider.spi.CredentialField;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.ProviderConnector;
import org.payhub.provider.spi.ProviderProfile;
import org.payhub.provider.spi.ProviderRefused;
import org.payhub.provider.spi.ProviderUnavailable;
import org.payhub.provider.spi.WebhookRegistering;
import org.payhub.provider.spi.WebhookRegistering.RegisteredWebhook;
import org.payhub.provider.spi.WebhookRegistering.WebhookSettings;

/**
 * Sets our address at providers that let us, and looks whether it still stands there. Calls the
 * provider, so it is never inside a transaction.
 */
@ApplicationScoped
class WebhookSetup {

    private static final System.Logger LOG = System.getLogger(WebhookSetup.class.getName());

    @Inject Providers providers;
    @Inject HubConfig config;
    @Inject IntegrationRecords records;
    @Inject IntegrationReading reading;
    @Inject IntegrationDirectory directory;

    /** For the container. */
    WebhookSetup() {}

    /** Whether that provider can reach us: from the Internet, or because it is a simulator. */
    static boolean reachable(HubConfig config, String provider) {
        return config.baseUrlIsPublic() || config.apiBase(provider).isPresent();
    }

    static Set<String> secretFields(ProviderProfile profile) {
        return profile.credentialFields().stream()
                .filter(f -> f.kind() == CredentialField.Kind.WEBHOOK_SECRET)
                .map(CredentialField::key)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Registers our address where that is possible; what hinders it is noted for the checklist. */
    void registerWherePossible(IntegrationId id) {
        String provider = reading.seen(id).integration().provider();
        if (!(providers.get(provider) instanceof WebhookRegistering)
                || !reachable(config, provider)) {
            return;
        }
        try {
            register(id);
        } catch (ProviderRefused | ProviderUnavailable e) {
            note(
                    id,
                    Optional.of(
                            "We could not register our address: "
                                    + e.getMessage()
                                    + " Set it by hand, or press Repair."));
        }
    }

    /**
     * Registers our address, replacing what stands there.
     *
     * <p><b>Errors</b>: the provider's refusal.
     */
    void register(IntegrationId id) {
        IntegrationReading.Seen seen = reading.seen(id);
        WebhookRegistering registering =
                (WebhookRegistering) providers.get(seen.integration().provider());
        Credentials credentials = directory.credentials(id);
        RegisteredWebhook made = registering.register(credentials, seen.urls().keyed());
        boolean stored = false;
        try {
            records.registered(id, made.registrationKey(), made.secret());
            stored = true;
        } finally {
            if (!stored) {
                // Its secret is told once only: without it the registration is worth nothing.
                unregister(id, registering, credentials, made.registrationKey());
            }
            directory.forget(id);
        }
        LOG.log(System.Logger.Level.INFO, "webhook registered integration=" + id);
        if (!registering.eventsByHand().isEmpty()) {
            // What is left to the merchant shows at once.
            inspect(id);
        }
    }

    /** Takes our registration back; that it fails is no reason to keep anything. */
    void unregister(IntegrationId id) {
        IntegrationReading.Seen seen = reading.seen(id);
        ProviderConnector connector = providers.get(seen.integration().provider());
        if (connector instanceof WebhookRegistering registering
                && seen.registration().isPresent()) {
            unregister(id, registering, directory.credentials(id), seen.registration().get());
        }
    }

    private static void unregister(
            IntegrationId id,
            WebhookRegistering registering,
            Credentials credentials,
            String registrationKey) {
        try {
            registering.unregister(credentials, registrationKey);
        } catch (ProviderRefused | ProviderUnavailable e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "webhook registration could not be taken back integration="
                            + id
                            + " registration="
                            + registrationKey
                            + ": "
                            + e.getMessage());
        }
    }

    /**
     * Looks at the provider's webhook settings and notes what is wrong with them.
     *
     * @return what could be better, for people
     */
    List<String> inspect(IntegrationId id) {
        IntegrationReading.Seen seen = reading.seen(id);
        if (!(providers.get(seen.integration().provider())
                instanceof WebhookRegistering registering)) {
            return List.of();
        }
        Credentials credentials = directory.credentials(id);
        WebhookSettings settings =
                registering.inspect(credentials, seen.urls().keyed(), seen.registration());
        if (settings.readable() && !settings.found() && seen.registration().isEmpty()) {
            // Set up by hand, perhaps on the other of the two addresses.
            settings = registering.inspect(credentials, seen.urls().bare(), Optional.empty());
        }
        note(id, problem(settings, seen.eventSeen(), byHand(registering, seen.urls().bare())));
        return hints(settings, seen.eventSeen());
    }

    /** For each event that only a person can switch on, the address to be set there. */
    static Map<String, String> byHand(WebhookRegistering registering, String bare) {
        return registering.eventsByHand().stream()
                .collect(Collectors.toMap(event -> event, event -> bare + "?type=" + event));
    }

    /** What is wrong with the provider's settings so that somebody has to act. */
    static Optional<String> problem(WebhookSettings settings, boolean eventSeen) {
        return problem(settings, eventSeen, Map.of());
    }

    static Optional<String> problem(
            WebhookSettings settings, boolean eventSeen, Map<String, String> byHand) {
        if (!settings.readable()) {
            return Optional.empty();
        }
        if (!settings.found()) {
            // Events that arrive prove more than a list that may not show every address.
            return eventSeen
                    ? Optional.empty()
                    : Optional.of("Our address is not set at the provider. Press Repair.");
        }
        if (!settings.enabled()) {
            return Optional.of("Our address is switched off at the provider. Press Repair.");
        }
        List<String> ours = new ArrayList<>(settings.missingRequired());
        ours.removeAll(byHand.keySet());
        String text =
                ours.isEmpty()
                        ? ""
                        : "These events are not switched on at the provider: "
                                + String.join(", ", ours)
                                + ". Press Repair. ";
        for (String event : settings.missingRequired()) {
            if (byHand.containsKey(event)) {
                text +=
                        "One step is left that only you can take: in the provider's cabinet, in the"
                                + " site's notifications, switch on "
                                + event
                                + " with the address "
                                + byHand.get(event)
                                + ", method POST, encoding UTF-8. Then press Verify.";
            }
        }
        return Optional.of(text.strip()).filter(t -> !t.isEmpty());
    }

    static List<String> hints(WebhookSettings settings, boolean eventSeen) {
        List<String> hints = new ArrayList<>();
        if (!settings.readable()) {
            hints.add("The key may not read the webhook settings, so they were not looked at.");
        } else if (!settings.found() && eventSeen) {
            hints.add("Events arrive, though our address was not found in the settings.");
        }
        if (!settings.missingUseful().isEmpty()) {
            hints.add(
                    "More would be told with these events: "
                            + String.join(", ", settings.missingUseful())
                            + ".");
        }
        return hints;
    }

    private void note(IntegrationId id, Optional<String> problem) {
        records.see(id, i -> i.webhookLooked(problem));
    }
}
