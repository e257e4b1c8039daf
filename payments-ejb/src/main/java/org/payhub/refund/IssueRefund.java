package org.payhub.refund;

import jakarta.ejb.Stateless;
import org.payhub.tenancy.Scope;

/** Returns money to the client through the provider. */
@Stateless
public class IssueRefund {

    /** For the container. */
    public IssueRefund() {}

    public RefundRow issue(Scope scope, IssueRefundCommand command) {
        throw new UnsupportedOperationException();
    }

    public RefundRow approve(Scope scope, RefundId id) {
        throw new UnsupportedOperationException();
    }

    public RefundRow withdraw(Scope scope, RefundId id) {
        throw new UnsupportedOperationException();
    }
}
