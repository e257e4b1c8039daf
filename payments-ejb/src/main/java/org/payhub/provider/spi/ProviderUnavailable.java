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
     * @param sent whether the request may have reached the provider; false only where the
     *     connection was never made
     */
    public ProviderUnavailable(String message, boolean sent, Throwable cause) {
        super(Problem.UNAVAILABLE, "provider.unavailable", message, cause);
        this.sent = sent;
    }

    public boolean mayHaveReachedProvider() {
        return sent;
    }
}
