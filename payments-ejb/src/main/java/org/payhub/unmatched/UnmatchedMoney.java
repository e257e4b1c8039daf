package org.payhub.unmatched;

import jakarta.ejb.Stateless;
import org.payhub.platform.Page;
import org.payhub.platform.PageRequest;
import org.payhub.tenancy.Scope;

/** The door to money that waits for a person; what a person does with it: {@code finance}. */
@Stateless
public class UnmatchedMoney {

    /** For the container. */
    public UnmatchedMoney() {}

    public UnmatchedRow get(Scope scope, UnmatchedId id) {
        throw new UnsupportedOperationException();
    }

    public Page<UnmatchedRow> page(Scope scope, UnmatchedFilter filter, PageRequest request) {
        throw new UnsupportedOperationException();
    }

    /** How many pieces wait. */
    public long countOpen(Scope scope) {
        throw new UnsupportedOperationException();
    }
}
