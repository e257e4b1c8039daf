package org.payhub.ledger;

import jakarta.ejb.Stateless;
import java.util.List;
import org.payhub.platform.Page;
import org.payhub.platform.PageRequest;
import org.payhub.tenancy.Scope;

/** The door to the books. */
@Stateless
public class Ledger {

    /** For the container. */
    public Ledger() {}

    /** Newest first, by the time they were recorded. */
    public Page<LedgerRow> entries(Scope scope, LedgerFilter filter, PageRequest request) {
        throw new UnsupportedOperationException();
    }

    /** One line for each account and asset that ever moved. */
    public List<Balance> balances(Scope scope, LedgerFilter filter) {
        throw new UnsupportedOperationException();
    }
}
