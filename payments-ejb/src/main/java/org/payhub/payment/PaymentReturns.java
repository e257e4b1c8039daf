package org.payhub.payment;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Optional;
import org.payhub.money.Money;
import org.payhub.transaction.Reporting;
import org.payhub.unmatched.UnmatchedMoney;
import org.payhub.unmatched.UnmatchedStatus;

/**
 * What refunds and disputes do to a payment's amounts, within the caller's transaction and under
 * the payment's lock.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class PaymentReturns {

    @Inject PaymentLocks locks;
    @Inject UnmatchedMoney unmatched;

    /** For the container. */
    public PaymentReturns() {}

    /** Sets an amount aside, so that no second order can take it. */
    public void reserve(PaymentId id, Money amount) {
        locks.lock(id).reserve(amount);
    }

    /** Lets an amount that was set aside go. */
    public void release(PaymentId id, Money amount) {
        locks.lock(id).release(amount);
    }

    /** Takes as much as there is, up to the amount, out of suspense; says how much that was. */
    public Money takeFromSuspense(PaymentId id, Money amount) {
        Payment payment = locks.lock(id);
        Money none = Money.zero(amount.asset());
        return payment.held().asset().equals(amount.asset())
                ? payment.takeFromSuspense(amount)
                : none;
    }

    /** Puts what was taken from suspense back. */
    public void putBackIntoSuspense(PaymentId id, Money amount) {
        if (!amount.isZero()) {
            locks.lock(id).putBackIntoSuspense(amount);
        }
    }

    /** The amount has left; so much of it was in suspense. */
    public void refunded(PaymentId id, Money amount, Money fromSuspense) {
        locks.lock(id).refunded(amount, fromSuspense);
    }

    /** The amount had left and came back. */
    public void refundCameBack(PaymentId id, Money amount, Money fromSuspense) {
        locks.lock(id).refundCameBack(amount, fromSuspense);
    }

    /** Whether a dispute is under way. */
    public void disputed(PaymentId id, boolean open) {
        locks.lock(id).disputed(open);
    }

    /** Sums visit and link up anew; the list of what waits follows what left suspense. */
    public void restate(Reporting report, PaymentId id) {
        Payment payment = locks.lock(id);
        PaymentStatus before = payment.status();
        if (payment.returnedInFull()) {
            unmatched.resolve(
                    payment.id(),
                    UnmatchedStatus.RETURNED,
                    "refund",
                    Optional.empty(),
                    Optional.empty());
        } else if (payment.cameBackToSuspense()) {
            unmatched.reopen(payment.id());
        }
        report.changed("payment", id.toString(), "status", before.word(), payment.status().word());
        locks.restate(payment);
    }
}
