package org.payhub.payout;

import jakarta.ejb.Stateless;
import org.payhub.platform.Page;
import org.payhub.platform.PageRequest;
import org.payhub.tenancy.Scope;

/** The door to payouts. */
@Stateless
public class Payouts {

    /** For the container. */
    public Payouts() {}

    public PayoutRow get(Scope scope, PayoutId id) {
        throw new UnsupportedOperationException();
    }

    public Page<PayoutRow> page(Scope scope, PageRequest request) {
        throw new UnsupportedOperationException();
    }
}
