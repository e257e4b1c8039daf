package org.payhub.provider.spi;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.payhub.money.Money;

/** The provider can list what it did in a span of time: the other half of reconciliation. */
public interface DayListing {

    /**
     * One page of what was done from one moment (inclusive) to another (exclusive), each in the
     * state that it now has. Listing a little more than asked is allowed; less is not.
     *
     * @param cursor what the page before answered; empty for the first
     *     <p><b>Errors</b>: {@link ProviderUnavailable}; {@link ProviderRefused} where the key
     *     lacks the right.
     */
    Listing list(Credentials credentials, Instant from, Instant to, Optional<String> cursor);

    /** A page of the list, and where the next one starts. */
    record Listing(List<Listed> items, Optional<String> next) {
        public Listing {
            items = List.copyOf(items);
        }
    }

    /**
     * One thing that the provider lists.
     *
     * @param thing its key, by which {@link StateReading#read} finds it
     * @param kind what it is
     * @param references by what a payment of ours is found
     * @param amount what moved, positive
     * @param moved whether money has moved (taken, returned); false: only tried, held or pending
     * @param livemode real money or not, where the list says
     * @param events the same in our words, to be applied as a webhook's would be; empty: {@code
     *     thing} is to be read first
     */
    record Listed(
            Reference thing,
            Kind kind,
            References references,
            Money amount,
            boolean moved,
            Optional<Boolean> livemode,
            Instant at,
            List<ProviderEvent> events) {
        public Listed {
            events = List.copyOf(events);
        }
    }

    /** What a listed thing is. */
    enum Kind {
        PAYMENT,
        REFUND,
        WITHDRAWAL,
        DISPUTE,
        PAYOUT
    }
}
