package org.payhub.refund;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.payhub.payment.PaymentId;
import org.payhub.payment.PaymentPurpose;
import org.payhub.payment.PaymentRow;
import org.payhub.payment.Payments;
import org.payhub.platform.HubException;
import org.payhub.tenancy.Right;
import org.payhub.tenancy.Role;
import org.payhub.tenancy.Scope;

/**
 * The payments by which integrations are proven, for whoever connects integrations: that right does
 * not show clients' money, and a proof is no client's money.
 *
 * <p><b>Errors</b>: {@code payment.not_found} for every payment that is no proof.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class ProofMoney {

    @Inject Payments payments;
    @Inject Refunds refunds;
    @Inject IssueRefund refunding;

    /** For the container. */
    public ProofMoney() {}

    /** The payment. */
    public PaymentRow payment(Scope scope, PaymentId id) {
        PaymentRow row = payments.get(raised(scope), id);
        if (row.purpose() != PaymentPurpose.PROOF) {
            throw HubException.notFound("payment");
        }
        return row;
    }

    /** What was given back of it, oldest first. */
    public List<RefundRow> refunds(Scope scope, PaymentId id) {
        payment(scope, id);
        return refunds.ofPayment(raised(scope), id);
    }

    /** Gives it back in full, once. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public RefundRow giveBack(
            Scope scope, PaymentId id, String note, Optional<String> secondFactorCode) {
        payment(scope, id);
        return refunding.issue(
                raised(scope),
                new IssueRefundCommand(
                        id,
                        Optional.empty(),
                        "proof",
                        Optional.of(note),
                        Optional.of("proof-" + id),
                        secondFactorCode));
    }

    private static Scope raised(Scope scope) {
        scope.require(Right.MANAGE_INTEGRATIONS);
        return new Scope(
                scope.merchant(),
                scope.actor(),
                Role.MANAGER,
                Set.of(),
                Optional.empty(),
                scope.livemode());
    }
}
