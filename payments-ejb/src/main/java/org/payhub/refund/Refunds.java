package org.payhub.refund;

import jakarta.ejb.Stateless;
import java.util.List;
import org.payhub.money.Money;
import org.payhub.payment.PaymentId;
import org.payhub.platform.Page;
import org.payhub.platform.PageRequest;
import org.payhub.tenancy.Scope;

/** The door to refunds. */
@Stateless
public class Refunds {

    /** For the container. */
    public Refunds() {}

    public RefundRow get(Scope scope, RefundId id) {
        throw new UnsupportedOperationException();
    }

    public Page<RefundRow> page(Scope scope, RefundFilter filter, PageRequest request) {
        throw new UnsupportedOperationException();
    }

    public List<RefundRow> ofPayment(Scope scope, PaymentId payment) {
        throw new UnsupportedOperationException();
    }

    /** What may still be returned of a payment. */
    public Money refundable(Scope scope, PaymentId payment) {
        throw new UnsupportedOperationException();
    }
}
