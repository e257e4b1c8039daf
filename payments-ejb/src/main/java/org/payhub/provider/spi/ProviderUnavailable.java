package org.payhub.provider.spi;

import org.payhub.platform.HubException;
import org.payhub.platform.Problem;

/**
 * The provider did not answer, or not in a way that says what happened. A money move that ends with
 * this is UNKNOWN, never failed: it is resolved by asking.
 */
public class ProviderUnavailable extends HubException {

    private static final long serialVersionUID = 1L;

    private final boolean sent;

    /**
     * @param sent whether the request may have had an effect at the provider; false only where that
     *     is certain: the connection was never made, or the provider said that it was too busy
     */
    public ProviderUnavailable(String message, boolean sent, Throwable cause) {
        super(Problem.UNAVAILABLE, "provider.unavailable", message, cause);
        this.sent = sent;
    }

    public boolean mayHaveReachedProvider() {
        return sent;
    }
}
