package org.payhub.provider.spi;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Our code that speaks one provider's language. What more it can do shows in the abilities that it
 * implements ({@link CheckoutOpening}, {@link Refunding}, …): the hub offers an action when {@code
 * connector instanceof} that ability.
 *
 * <p>Connectors are stateless CDI beans; no method is called inside a database transaction.
 */
public interface ProviderConnector {

    /** Code, name, credential fields, assets. */
    ProviderProfile profile();

    /**
     * What proves that an integration works, beyond a page that was opened and a genuine webhook.
     * Where money cannot be given back through the provider, the proof must not take any.
     */
    default Set<ProofStep> proof() {
        return EnumSet.of(ProofStep.PAYMENT, ProofStep.REFUND);
    }

    /**
     * The kinds of webhooks that the provider sends to an address each, as the last part of that
     * address ({@code …/{webhookKey}/payment}); empty: one address takes them all.
     */
    default List<String> webhookKinds() {
        return List.of();
    }

    /**
     * Tries the credentials at the provider, cheaply and without creating anything.
     *
     * <p><b>Errors</b>: {@link ProviderRefused} naming the field and what is wrong with it; {@link
     * ProviderUnavailable}.
     */
    ConnectionFacts check(Credentials credentials);

    /**
     * Where to look for the integration that a webhook on the bare address belongs to. Read from
     * the unverified body: never believed, only used to choose whose secret is tried first.
     */
    default WebhookHints hints(RawWebhook raw) {
        return WebhookHints.none();
    }

    /**
     * Whether test and live have the same keys and the same webhook address, so that only the
     * webhook itself tells for which of the two integrations it is.
     */
    default boolean sharesKeysBetweenModes() {
        return false;
    }

    /**
     * Words that may end a webhook's address and name its kind, on the address for all merchants
     * too: {@code …/acme/refund}.
     */
    default Set<String> kindsInAddress() {
        return Set.of();
    }

    /**
     * Proves that the webhook is genuine, with every active secret, and reads what identifies it.
     *
     * <p><b>Errors</b>: {@link WebhookRejected}, whatever the header or the body holds.
     */
    VerifiedWebhook verify(Credentials credentials, RawWebhook raw);

    /**
     * What the merchant should be reminded of because of the keys' age, a sentence each.
     *
     * @param since when the newest value of each field was entered
     */
    default List<String> reminders(Map<String, Instant> since, Instant now) {
        return List.of();
    }

    /** What the webhook says. Pure: no input or output, equal for equal input. */
    List<ProviderEvent> translate(VerifiedWebhook webhook);

    /** The answer that this provider demands for a stored or repeated webhook. */
    WebhookReply acknowledge(VerifiedWebhook webhook);

    /** The answer for a webhook that was not genuine. */
    default WebhookReply refuse(WebhookRejected rejected) {
        return WebhookReply.empty(401);
    }
}
