package org.payhub.integration;

/**
 * What a card says about an integration, the same word everywhere. Green ({@link #TEST}, {@link
 * #LIVE}) only after a genuine signed event arrived; {@link #ERROR} only by our own failed calls
 * and looks at the provider, never by what somebody sends us.
 */
public enum IntegrationStatus {
    /** No credentials stored. */
    NOT_CONNECTED,
    /** One item of the checklist is open; the card names it. */
    ACTION_NEEDED,
    /** Works with test money. */
    TEST,
    /** Works with real money. */
    LIVE,
    /** No new payments; refunds and webhooks go on. */
    PAUSED,
    /** The provider refused or did not answer our last call. */
    ERROR;

    /** Whether everything is proven to work. */
    public boolean isGreen() {
        return this == TEST || this == LIVE;
    }
}
