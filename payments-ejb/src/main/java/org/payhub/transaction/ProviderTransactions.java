package org.payhub.transaction;

import jakarta.ejb.Stateless;
import java.util.List;
import java.util.UUID;
import org.payhub.platform.Page;
import org.payhub.platform.PageRequest;
import org.payhub.tenancy.Scope;

/** The door to what providers reported. */
@Stateless
public class ProviderTransactions {

    /** For the container. */
    public ProviderTransactions() {}

    /** Newest first, by the time they were recorded. */
    public Page<TransactionRow> page(Scope scope, TransactionFilter filter, PageRequest request) {
        throw new UnsupportedOperationException();
    }

    /** Oldest first. */
    public List<TransactionRow> ofPayment(Scope scope, UUID payment) {
        throw new UnsupportedOperationException();
    }
}
