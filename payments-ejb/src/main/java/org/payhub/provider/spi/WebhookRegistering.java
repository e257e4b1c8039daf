package org.payhub.provider.spi;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Where webhooks go can be read, and set, through the provider's interface. */
public interface WebhookRegistering {

    /**
     * Registers our address for every event we want. An earlier registration of the same address is
     * replaced.
     *
     * <p><b>Errors</b>: {@link ProviderRefused} {@code integration.webhook_right_missing} where the
     * key may not; the merchant then does it by hand.
     */
    RegisteredWebhook register(Credentials credentials, String url);

    /** What is registered at the provider for that address, or for that registration's key. */
    WebhookSettings inspect(Credentials credentials, String url, Optional<String> registrationKey);

    /** Takes a registration of ours back; absent is fine. */
    void unregister(Credentials credentials, String registrationKey);

    /** The events a merchant must switch on when registering by hand. */
    List<String> requiredEvents();

    /** Further events that make things better and can be missing. */
    List<String> usefulEvents();

    /** Those of the required events that only a person can switch on, in the provider's cabinet. */
    default List<String> eventsByHand() {
        return List.of();
    }

    /**
     * A registration that we made.
     *
     * @param secret what the provider proves its webhooks with from now on, where that is a secret
     *     of the registration alone, told once
     */
    record RegisteredWebhook(String registrationKey, Optional<WebhookSecret> secret) {

        public RegisteredWebhook(String registrationKey, String field, Secret secret) {
            this(registrationKey, Optional.of(new WebhookSecret(field, secret)));
        }
    }

    /** A secret and the key of the credential field that keeps it. */
    record WebhookSecret(String field, Secret secret) {}

    /**
     * What stands at the provider.
     *
     * @param readable whether the key may look; false: nothing is known
     */
    record WebhookSettings(
            boolean readable,
            boolean found,
            boolean enabled,
            List<String> missingRequired,
            List<String> missingUseful) {

        /** Nothing is known: the key may not look. */
        public static WebhookSettings unreadable() {
            return new WebhookSettings(false, false, false, List.of(), List.of());
        }

        /** Those of {@code wanted} that are not {@code sent}, in their order. */
        public static List<String> missing(List<String> wanted, Collection<String> sent) {
            return wanted.stream().filter(event -> !sent.contains(event)).toList();
        }
    }
}
