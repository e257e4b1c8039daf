package org.payhub.payment;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.payhub.audit.AuditDetails;
import org.payhub.audit.AuditLog;
import org.payhub.money.Money;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.provider.spi.ProviderEvent.PaymentReported;
import org.payhub.tenancy.Scope;
import org.payhub.transaction.Reporting;

/** The transactions between which a hold is taken or given back. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class HoldRecords {

    @Inject Clock clock;
    @Inject PaymentLocks locks;
    @Inject PaymentBooks books;
    @Inject Payments payments;
    @Inject AuditLog audit;

    /** For the container. */
    public HoldRecords() {}

    /** What is to be ordered, as it stands once it is committed. */
    public record Ordered(PaymentView payment, Money amount) {}

    /** Writes down that the hold is to be taken. */
    public Ordered orderCapture(Scope scope, PaymentId id, Optional<Money> wanted) {
        Payment payment = mine(scope, id);
        Money amount = wanted.orElse(payment.authorized());
        requireWithinLimit(scope, amount);
        payment.requireHeld();
        if (!locks.isWanted(payment)) {
            throw new HubException(
                    Problem.CONFLICT,
                    "payment.nothing_due",
                    "Nothing is due for the visit any more; give the hold back instead.");
        }
        payment.orderCapture(amount, clock.instant());
        note(scope, "payment.capture_ordered", payment, amount);
        return new Ordered(locks.view(id), amount);
    }

    /** Writes down that the hold is to be given back. */
    public Ordered orderVoid(Scope scope, PaymentId id) {
        Payment payment = mine(scope, id);
        MoneyLimit.requireMover(scope);
        payment.orderVoid(clock.instant());
        note(scope, "payment.void_ordered", payment, payment.authorized());
        return new Ordered(locks.view(id), payment.authorized());
    }

    private Payment mine(Scope scope, PaymentId id) {
        // The visit's lock comes before the payment's; the look at the row is only about whose it
        // is.
        payments.get(scope, id);
        return locks.lock(id);
    }

    private static void requireWithinLimit(Scope scope, Money amount) {
        MoneyLimit.requireMover(scope);
        if (!MoneyLimit.mayAlone(scope, amount)) {
            throw new HubException(
                    Problem.FORBIDDEN,
                    "access.above_limit",
                    "The amount is above what you may move alone.");
        }
    }

    private void note(Scope scope, String action, Payment payment, Money amount) {
        audit.record(
                scope,
                action,
                "payment",
                payment.key().toString(),
                AuditDetails.of("amount", amount.toString(), "provider", payment.provider()));
    }

    /** The provider said what became of it: the same as if its webhook had said so. */
    public void answered(PaymentView view, List<ProviderEvent> events) {
        Reporting report =
                new Reporting(
                        view.integration(), view.merchant(), view.livemode(), Optional.empty());
        for (ProviderEvent event : events) {
            if (event instanceof PaymentReported reported) {
                books.apply(report, view.id(), reported);
            }
        }
    }

    /** The provider said no. */
    public void refused(PaymentId id) {
        Payment payment = locks.lock(id);
        payment.settlingRefused();
        locks.restate(payment);
    }

    /** The provider did not answer. */
    public void unanswered(PaymentId id) {
        locks.lock(id).unanswered(clock.instant());
    }
}
