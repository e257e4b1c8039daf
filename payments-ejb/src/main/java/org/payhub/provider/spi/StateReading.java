package org.payhub.provider.spi;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The provider can be asked where things stand. Asking is how UNKNOWN is resolved. */
public interface StateReading {

    /**
     * Everything the provider now says about one thing and what hangs on it (a payment with its
     * charges, refunds, disputes and fees), as events. No such thing at the provider: {@link
     * Reading#found} is false.
     *
     * <p><b>Errors</b>: {@link ProviderUnavailable}; {@link ProviderRefused} where the key lacks
     * the right to read.
     */
    Reading read(Credentials credentials, Reference thing);

    /**
     * Looks for what became of an order whose answer was lost.
     *
     * @param payment our payment's id that the order carried
     * @param refund our refund's id, when the order was a refund
     * @param references what is known of the payment
     */
    Reading find(
            Credentials credentials,
            UUID payment,
            Optional<UUID> refund,
            List<Reference> references);

    /**
     * What reading gave.
     *
     * @param found whether the provider knows the thing, or the order
     * @param openCheckout the page, where it can still be paid: its key and address, which may have
     *     been lost with the answer to the order
     * @param livemode real money or not, where the provider tells with the thing
     */
    record Reading(
            boolean found,
            List<ProviderEvent> events,
            Optional<CheckoutOpening.CheckoutAnswer> openCheckout,
            Optional<Boolean> livemode) {

        public Reading {
            events = List.copyOf(events);
        }

        public Reading(
                boolean found,
                List<ProviderEvent> events,
                Optional<CheckoutOpening.CheckoutAnswer> openCheckout) {
            this(found, events, openCheckout, Optional.empty());
        }

        public Reading(boolean found, List<ProviderEvent> events) {
            this(found, events, Optional.empty());
        }

        /** Whether what was read is known to be of the other mode, and so says nothing here. */
        public boolean isOfOtherMode(boolean ours) {
            return livemode.filter(live -> live != ours).isPresent();
        }

        public static Reading nothing() {
            return new Reading(false, List.of());
        }
    }
}
