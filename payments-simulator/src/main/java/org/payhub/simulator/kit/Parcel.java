package org.payhub.simulator.kit;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One webhook to deliver to one address. The queue sends it until {@link #accepted} says yes or the
 * tries are used up.
 */
public interface Parcel {

    /** Stable across restarts; one address and one event make one parcel. */
    String id();

    /** Event type, by which deliveries can be lost on purpose. */
    String type();

    URI address();

    byte[] body();

    /** {@code POST}; or {@code GET}, where what is told stands in the address. */
    default String method() {
        return "POST";
    }

    /** Asked anew for every try, because a signature may bear the time. */
    Map<String, String> headers(Instant now);

    /**
     * The same notification with other content, signed by whoever holds the key: what a provider
     * would send that was wrong about its own books. Empty where nobody made that possible.
     */
    default Optional<Parcel> saying(byte[] other) {
        return Optional.empty();
    }

    /** False when the receiver was removed or switched off meanwhile. */
    boolean stillWanted();

    /** Whether the receiver's answer ends the delivery. */
    boolean accepted(int status, String answer);
}
