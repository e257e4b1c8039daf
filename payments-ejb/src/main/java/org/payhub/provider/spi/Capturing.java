package org.payhub.provider.spi;

import java.util.List;
import org.payhub.money.Money;

/** A hold can be taken, in whole or in part, or given back. */
public interface Capturing {

    /**
     * Takes so much of a hold; the rest is given back.
     *
     * <p><b>Errors</b>: {@link ProviderRefused}, {@link ProviderUnavailable} (unknown).
     */
    List<ProviderEvent> capture(
            Credentials credentials,
            List<Reference> references,
            Money amount,
            String idempotencyKey);

    /** Gives a hold back. */
    List<ProviderEvent> voidHold(
            Credentials credentials, List<Reference> references, String idempotencyKey);
}
