package org.payhub.payment;

import jakarta.ejb.Stateless;
import java.util.List;
import java.util.Optional;
import org.payhub.integration.IntegrationId;
import org.payhub.platform.Page;
import org.payhub.platform.PageRequest;
import org.payhub.provider.spi.Reference;
import org.payhub.tenancy.Scope;
import org.payhub.visit.VisitId;

/** The door to payments. */
@Stateless
public class Payments {

    /** For the container. */
    public Payments() {}

    public PaymentRow get(Scope scope, PaymentId id) {
        throw new UnsupportedOperationException();
    }

    /** Newest first, by the time they were made. */
    public Page<PaymentRow> page(Scope scope, PaymentFilter filter, PageRequest request) {
        throw new UnsupportedOperationException();
    }

    /** One line for each asset. */
    public List<PaymentTotals> totals(Scope scope, PaymentFilter filter) {
        throw new UnsupportedOperationException();
    }

    public List<PaymentRow> ofVisit(Scope scope, VisitId visit) {
        throw new UnsupportedOperationException();
    }

    public Optional<PaymentId> findByReference(IntegrationId integration, Reference reference) {
        throw new UnsupportedOperationException();
    }
}
