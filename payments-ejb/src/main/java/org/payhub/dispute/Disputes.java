package org.payhub.dispute;

import jakarta.ejb.Stateless;
import java.util.List;
import org.payhub.payment.PaymentId;
import org.payhub.platform.Page;
import org.payhub.platform.PageRequest;
import org.payhub.tenancy.Scope;

/** The door to disputes. */
@Stateless
public class Disputes {

    /** For the container. */
    public Disputes() {}

    public DisputeRow get(Scope scope, DisputeId id) {
        throw new UnsupportedOperationException();
    }

    public Page<DisputeRow> page(Scope scope, DisputeFilter filter, PageRequest request) {
        throw new UnsupportedOperationException();
    }

    public List<DisputeRow> ofPayment(Scope scope, PaymentId payment) {
        throw new UnsupportedOperationException();
    }
}
