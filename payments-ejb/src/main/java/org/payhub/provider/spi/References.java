package org.payhub.provider.spi;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * By what an event can be tied to a payment of ours: the reference that we sent out (a payment id)
 * and every provider key that was seen, most specific first.
 *
 * @param traceOfUs whether the event bears our metadata, session or key, so that it cannot be the
 *     account's other business
 */
public record References(Optional<UUID> ours, List<Reference> keys, boolean traceOfUs) {

    public References {
        keys = List.copyOf(keys);
    }

    public static References of(List<Reference> keys) {
        return new References(Optional.empty(), keys, false);
    }
}
