package org.payhub.refund;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.payhub.audit.AuditDetails;
import org.payhub.audit.AuditLog;
import org.payhub.money.Money;
import org.payhub.payment.MoneyLimit;
import org.payhub.payment.PaymentId;
import org.payhub.payment.PaymentLocks;
import org.payhub.payment.PaymentReturns;
import org.payhub.payment.PaymentRow;
import org.payhub.payment.PaymentView;
import org.payhub.payment.Payments;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;
import org.payhub.provider.spi.ProviderEvent.RefundReported;
import org.payhub.tenancy.Scope;
import org.payhub.transaction.Reporting;

/**
 * The transactions between which a refund is ordered. The amount is set aside under the payment's
 * lock and committed before the provider is asked.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class RefundRecords {

    /** Providers answer sooner; what takes longer may have died together with who sent it. */
    private static final Duration USUAL_ANSWER = Duration.ofSeconds(10);

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Inject Clock clock;
    @Inject Payments payments;
    @Inject PaymentLocks locks;
    @Inject PaymentReturns returns;
    @Inject RefundBooks books;
    @Inject AuditLog audit;

    /** For the container. */
    public RefundRecords() {}

    /**
     * A refund as it was committed.
     *
     * @param toSend whether the provider is now to be asked
     */
    public record Ordered(RefundRow refund, PaymentView payment, boolean toSend) {}

    /** Writes the refund down, or finds the one that the same press made. */
    public Ordered order(Scope scope, IssueRefundCommand command) {
        MoneyLimit.requireMover(scope);
        requireWords(command);
        PaymentRow row = payments.get(scope, command.payment());
        PaymentView payment = locks.view(row.id());
        Optional<Refund> same = command.requestKey().flatMap(k -> byRequest(row.id(), k));
        if (same.isPresent()) {
            requireSame(command, same.get());
            return new Ordered(same.get().row(), payment, false);
        }
        requireAnswered(payment);
        Money amount = amount(payment, command.amount());
        boolean alone = MoneyLimit.mayAlone(scope, amount);
        Refund refund =
                Refund.ordered(payment, amount, command, !alone, scope.actor(), clock.instant());
        em.persist(refund);
        returns.reserve(row.id(), amount);
        note(scope, alone ? "refund.ordered" : "refund.requested", refund);
        return new Ordered(refund.row(), payment, alone);
    }

    private static void requireWords(IssueRefundCommand command) {
        if (command.reason() == null || command.reason().isBlank()) {
            throw HubException.ofField(
                    "reason", "refund.reason_missing", "Say why the money is returned.");
        }
        if (command.reason().length() > 64) {
            throw HubException.ofField(
                    "reason",
                    "refund.reason_too_long",
                    "The reason is a short word of at most 64 characters; put the rest into the"
                            + " note.");
        }
        if (command.note().filter(n -> n.length() > 1000).isPresent()) {
            throw HubException.ofField(
                    "note", "refund.note_too_long", "The note has at most 1000 characters.");
        }
        if (command.requestKey().filter(k -> k.isEmpty() || k.length() > 255).isPresent()) {
            throw HubException.ofField(
                    "requestKey",
                    "refund.request_key_invalid",
                    "The key of the request has 1 to 255 characters.");
        }
    }

    private Optional<Refund> byRequest(PaymentId payment, String key) {
        return em.createQuery(
                        "select r from Refund r where r.payment = :payment"
                                + " and r.requestKey = :key",
                        Refund.class)
                .setParameter("payment", payment.value())
                .setParameter("key", key)
                .getResultStream()
                .findFirst();
    }

    private static void requireSame(IssueRefundCommand command, Refund first) {
        if (command.amount().isPresent() && !command.amount().get().equals(first.amount())) {
            throw new HubException(
                    Problem.CONFLICT,
                    "refund.request_key_reused",
                    "This key was used for a refund of " + first.amount() + ".");
        }
    }

    /** UNKNOWN blocks: whether the money already left has to be known first. */
    private void requireAnswered(PaymentView payment) {
        boolean refundUnknown =
                !em.createQuery(
                                "select r.id from Refund r where r.payment = :payment"
                                        + " and (r.status = :unknown or r.status = :requested"
                                        + " and r.unknownSince < :answeredSince)",
                                java.util.UUID.class)
                        .setParameter("payment", payment.uuid())
                        .setParameter("unknown", RefundStatus.UNKNOWN)
                        .setParameter("requested", RefundStatus.REQUESTED)
                        .setParameter("answeredSince", clock.instant().minus(USUAL_ANSWER))
                        .setMaxResults(1)
                        .getResultList()
                        .isEmpty();
        if (refundUnknown || payment.asking()) {
            throw new HubException(
                    Problem.CONFLICT,
                    "refund.earlier_one_unknown",
                    "The provider has not answered an earlier order for this payment. Its answer"
                            + " is being sought; until then nothing more can be returned.");
        }
    }

    private static Money amount(PaymentView payment, Optional<Money> wanted) {
        Money left = payment.returnable();
        if (!left.isPositive()) {
            throw new HubException(
                    Problem.CONFLICT,
                    "refund.nothing_left",
                    payment.captured().isZero()
                            ? "No money was taken for this payment, so none can be returned."
                            : "All of it was returned, or is on its way back.");
        }
        Money amount = wanted.orElse(left);
        if (!amount.asset().equals(left.asset())) {
            throw HubException.ofField(
                    "amount",
                    "refund.currency_differs",
                    "The payment was in " + left.asset().code() + ".");
        }
        if (!amount.isPositive()) {
            throw HubException.ofField(
                    "amount", "refund.amount_not_positive", "Return more than nothing.");
        }
        if (amount.compareTo(left) > 0) {
            throw HubException.ofField(
                    "amount", "refund.more_than_captured", "At most " + left + " can be returned.");
        }
        return amount;
    }

    /** A second person agrees. */
    public Ordered approve(Scope scope, RefundId id) {
        MoneyLimit.requireMover(scope);
        Refund refund = mine(scope, id);
        refund.approve(scope.actor(), clock.instant());
        note(scope, "refund.approved", refund);
        return new Ordered(refund.row(), locks.view(refund.payment()), true);
    }

    /** A request that nobody agreed to is taken back. */
    public RefundRow withdraw(Scope scope, RefundId id) {
        MoneyLimit.requireMover(scope);
        Refund refund = mine(scope, id);
        refund.withdraw(clock.instant());
        returns.release(refund.payment(), refund.amount());
        note(scope, "refund.withdrawn", refund);
        return refund.row();
    }

    private Refund mine(Scope scope, RefundId id) {
        Refund refund = em.find(Refund.class, id.value());
        if (refund == null || !refund.merchant().equals(scope.merchant().value())) {
            throw HubException.notFound("refund");
        }
        payments.get(scope, refund.payment());
        return locked(id);
    }

    /** The payment's lock first, as everywhere. */
    private Refund locked(RefundId id) {
        Refund refund = em.find(Refund.class, id.value());
        if (refund == null) {
            throw HubException.notFound("refund");
        }
        locks.view(refund.payment());
        em.refresh(refund, LockModeType.PESSIMISTIC_WRITE);
        return refund;
    }

    private void note(Scope scope, String action, Refund refund) {
        audit.record(
                scope,
                action,
                "refund",
                refund.key().toString(),
                AuditDetails.of(
                        "amount", refund.amount().toString(),
                        "payment", refund.payment().toString(),
                        "reason", refund.reason()));
    }

    /** The provider said what became of it: the same as if its webhook had said so. */
    public void answered(PaymentView payment, RefundId id, RefundReported told) {
        RefundReported ours =
                new RefundReported(
                        told.references(),
                        Optional.of(id.value()),
                        told.refundKey(),
                        told.outcome(),
                        told.amount(),
                        told.failureReason(),
                        told.occurredAt());
        Reporting report =
                new Reporting(
                        payment.integration(),
                        payment.merchant(),
                        payment.livemode(),
                        Optional.empty());
        if (!books.apply(report, payment.id(), ours)) {
            throw new IllegalStateException("A refund was carried out that was not covered: " + id);
        }
    }

    /** The provider said no, or never got the order. */
    public void refused(RefundId id, String why, boolean mayBeRepeated) {
        Refund refund = locked(id);
        if (refund.refused(why, mayBeRepeated, clock.instant())) {
            returns.release(refund.payment(), refund.amount());
        }
    }

    /**
     * The provider wants a code first: nothing was ordered, and no refund stays behind that never
     * was one. That somebody tried stands in the audit.
     */
    public void codeWanted(Scope scope, RefundId id, String why) {
        Refund refund = locked(id);
        if (refund.codeWanted()) {
            returns.release(refund.payment(), refund.amount());
            em.remove(refund);
        }
        audit.record(
                scope,
                "refund.code_wanted",
                "refund",
                id.toString(),
                AuditDetails.of(
                        "amount", refund.amount().toString(),
                        "payment", refund.payment().toString(),
                        "why", why));
    }

    /** The provider did not answer. */
    public void unanswered(RefundId id) {
        locked(id).unanswered(clock.instant());
    }

    /** What is known before asking; an order that nobody answered is called unknown by now. */
    public PaymentView begin(RefundId id) {
        Refund refund = locked(id);
        refund.nobodyAnswered();
        return locks.view(refund.payment());
    }

    /**
     * The provider was asked about it once more.
     *
     * @param unheardOf it answered and knows no such refund
     */
    public void asked(RefundId id, boolean unheardOf) {
        Refund refund = locked(id);
        refund.asked(clock.instant());
        if (unheardOf && refund.isSurelyUnheardOf(clock.instant())) {
            refused(id, "The provider never got the order.", false);
        }
    }
}
