package org.payhub.provider.spi;

import java.util.Optional;

/**
 * A webhook whose signature held.
 *
 * @param eventKey what makes it one event at this integration (unique with the fingerprint)
 * @param eventType the provider's name for the kind of event
 * @param objectKey the id of the thing it is about
 * @param fingerprint type, object, amount and currency in one line: a repeat has the same one,
 *     whatever its bytes
 * @param livemode real money or not, where the event says
 */
public record VerifiedWebhook(
        RawWebhook raw,
        String eventKey,
        String eventType,
        Optional<String> objectKey,
        String fingerprint,
        Optional<Boolean> livemode) {}
