package org.payhub.provider.spi;

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

    /**
     * A registration that we made.
     *
     * @param secret field key of the secret → the secret itself, told once
     */
    record RegisteredWebhook(String registrationKey, String secretField, Secret secret) {}

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
            List<String> missingUseful) {}
}
