package org.payhub.finance;

import jakarta.ejb.Stateless;
import org.payhub.refund.RefundRow;
import org.payhub.tenancy.Scope;
import org.payhub.unmatched.UnmatchedId;
import org.payhub.unmatched.UnmatchedRow;
import org.payhub.visit.VisitId;

/** What a person does with money that waits. */
@Stateless
public class ResolveUnmatched {

    /** For the container. */
    public ResolveUnmatched() {}

    /** It is for that visit. */
    public UnmatchedRow attach(Scope scope, UnmatchedId id, VisitId visit) {
        throw new UnsupportedOperationException();
    }

    /** It stays where it is, and the note says why. */
    public UnmatchedRow ignore(Scope scope, UnmatchedId id, String note) {
        throw new UnsupportedOperationException();
    }

    /** It goes back to whoever paid it. */
    public RefundRow giveBack(Scope scope, UnmatchedId id, String note) {
        throw new UnsupportedOperationException();
    }
}
