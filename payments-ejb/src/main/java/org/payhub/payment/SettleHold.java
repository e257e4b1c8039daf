package org.payhub.payment;

import jakarta.ejb.Stateless;
import java.util.Optional;
import org.payhub.money.Money;
import org.payhub.tenancy.Scope;

/** Takes a hold, in whole or in part, or gives it back. */
@Stateless
public class SettleHold {

    /** For the container. */
    public SettleHold() {}

    public PaymentRow capture(Scope scope, PaymentId id, Optional<Money> amount) {
        throw new UnsupportedOperationException();
    }

    public PaymentRow voidHold(Scope scope, PaymentId id) {
        throw new UnsupportedOperationException();
    }
}
