package org.payhub.payment;

import java.util.Optional;
import org.payhub.money.Money;

/** What a client is asked for in the visit's currency, and what the provider is told to take. */
record Priced(Money asked, Money expected, Optional<Quote> quote) {

    /** The provider takes the visit's own currency. */
    static Priced plain(Money amount) {
        return new Priced(amount, amount, Optional.empty());
    }
}
