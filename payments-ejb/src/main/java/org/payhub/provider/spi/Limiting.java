package org.payhub.provider.spi;

import java.time.Duration;
import java.util.Optional;
import org.payhub.money.Asset;
import org.payhub.money.Money;

/**
 * The merchant sets limits of its own among the fields of an integration; the hub keeps to them.
 */
public interface Limiting {

    /** The limits in that asset. Pure: read from the fields alone. */
    Limits limits(Credentials credentials, Asset asset);

    /**
     * Limits that a merchant set; what is empty or zero limits nothing.
     *
     * @param leastPayment no smaller payment is opened
     * @param largestPayment no larger payment is opened
     * @param withdrawnInADay what may be withdrawn within 24 hours in all
     * @param newAddressWaits how long an address has to stand on the merchant's list before money
     *     is sent there; where it is not zero, nothing is sent to an address that is not listed
     */
    record Limits(
            Optional<Money> leastPayment,
            Optional<Money> largestPayment,
            Optional<Money> withdrawnInADay,
            Duration newAddressWaits) {

        public static final Limits NONE =
                new Limits(Optional.empty(), Optional.empty(), Optional.empty(), Duration.ZERO);
    }
}
