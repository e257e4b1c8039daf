package org.payhub.payment;

import java.io.Serializable;
import java.util.Optional;
import org.payhub.integration.ActiveIntegration;
import org.payhub.money.Money;
import org.payhub.rate.RateRow;

/**
 * One way in which an amount can be paid now.
 *
 * @param asked the amount in the visit's currency
 * @param charged what the provider would take for it
 * @param rate by which the one became the other, where they are not one currency
 */
public record CheckoutChoice(
        ActiveIntegration at, Money asked, Money charged, Optional<RateRow> rate)
        implements Serializable {

    public String provider() {
        return at.provider();
    }

    /** How a form names it: the provider, and the asset where that is to be chosen. */
    public String key() {
        return rate.isPresent() ? provider() + "/" + charged.asset().code() : provider();
    }

    /** Whether it is paid in another asset than asked. */
    public boolean converted() {
        return rate.isPresent();
    }
}
