package org.payhub.refund;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.payhub.integration.IntegrationId;
import org.payhub.ledger.Fact;
import org.payhub.ledger.Ledger;
import org.payhub.ledger.LedgerAccount;
import org.payhub.ledger.Posting;
import org.payhub.money.Money;
import org.payhub.payment.PaymentBooks;
import org.payhub.payment.PaymentId;
import org.payhub.payment.PaymentLocks;
import org.payhub.payment.PaymentReturns;
import org.payhub.payment.PaymentView;
import org.payhub.provider.spi.ProviderEvent.RefundOutcome;
import org.payhub.provider.spi.ProviderEvent.RefundReported;
import org.payhub.transaction.NewTransaction;
import org.payhub.transaction.ProviderTransactions;
import org.payhub.transaction.Reporting;
import org.payhub.transaction.TransactionKind;

/**
 * Applies what providers report of refunds, whether a webhook, an answer to our own order or a
 * reading said it, within the caller's transaction and under the payment's lock.
 *
 * <p><b>Guarantee</b>: one refund of a provider is one row ({@code uq_refund_key}) and is posted
 * once; a failure takes every posting of it back, and a success that comes after it posts nothing.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class RefundBooks {

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Inject Clock clock;
    @Inject PaymentLocks locks;
    @Inject PaymentBooks payments;
    @Inject PaymentReturns returns;
    @Inject ProviderTransactions transactions;
    @Inject Ledger ledger;

    /** For the container. */
    public RefundBooks() {}

    /**
     * Applies a report.
     *
     * @return false when it has to wait: the money that it returns is not known to be taken yet
     */
    public boolean apply(Reporting report, PaymentId id, RefundReported event) {
        PaymentView payment = locks.view(id);
        Optional<Refund> known = find(payment, event);
        Refund.Turn turn =
                known.map(r -> r.turn(event.outcome())).orElseGet(() -> adoption(event.outcome()));
        boolean takes = turn.accepts() || turn.succeeds();
        if (takes && !isCovered(payment, event.amount())) {
            return false;
        }
        Instant now = clock.instant();
        Refund refund = known.orElseGet(() -> adopt(payment, event, now));
        payments.remember(report, id, event.references());
        record(report, payment, event);
        String before = known.isPresent() ? turn.before().word() : "";
        move(report, payment, refund, event, turn, known.isEmpty());
        refund.report(event, turn, now);
        report.changed("refund", refund.key().toString(), "status", before, refund.status().word());
        returns.restate(report, id);
        return true;
    }

    private Optional<Refund> find(PaymentView payment, RefundReported event) {
        Optional<Refund> byKey =
                em.createQuery(
                                "select r from Refund r where r.integration = :integration"
                                        + " and r.refundKey = :key",
                                Refund.class)
                        .setParameter("integration", payment.integration().value())
                        .setParameter("key", event.refundKey())
                        .getResultStream()
                        .findFirst();
        return byKey.or(
                        () ->
                                event.ours()
                                        .map(ours -> em.find(Refund.class, ours))
                                        .filter(r -> r.payment().equals(payment.id()))
                                        .filter(r -> r.refundKey().isEmpty()))
                .or(() -> event.ours().isPresent() ? Optional.empty() : ordered(payment, event));
    }

    /**
     * A refund of ours whose key is not known yet, for providers that keep no word of ours with it.
     * Of two of one amount it makes no difference which is which.
     */
    private Optional<Refund> ordered(PaymentView payment, RefundReported event) {
        return em.createQuery(
                        "select r from Refund r where r.payment = :payment and r.refundKey is null"
                                + " and r.status in :open order by r.createdAt",
                        Refund.class)
                .setParameter("payment", payment.uuid())
                .setParameter("open", List.of(RefundStatus.REQUESTED, RefundStatus.UNKNOWN))
                .getResultStream()
                .filter(r -> !r.isAwaitingApproval() && r.amount().equals(event.amount()))
                .findFirst();
    }

    private static Refund.Turn adoption(RefundOutcome outcome) {
        RefundStatus after = RefundStatus.REQUESTED.after(outcome);
        boolean alive = after == RefundStatus.PENDING || after == RefundStatus.SUCCEEDED;
        return new Refund.Turn(
                RefundStatus.REQUESTED, false, alive, after == RefundStatus.SUCCEEDED, !alive);
    }

    private static boolean isCovered(PaymentView payment, Money amount) {
        return payment.captured().asset().equals(amount.asset())
                && payment.refunded().plus(amount).compareTo(payment.captured()) <= 0;
    }

    private Refund adopt(PaymentView payment, RefundReported event, Instant now) {
        Refund refund = Refund.adopted(payment, event, now);
        em.persist(refund);
        return refund;
    }

    private void record(Reporting report, PaymentView payment, RefundReported event) {
        boolean failure =
                event.outcome() == RefundOutcome.FAILED
                        || event.outcome() == RefundOutcome.CANCELLED;
        transactions.record(
                report,
                payment.uuid(),
                NewTransaction.of(
                        payment.integration(),
                        failure ? TransactionKind.REFUND_FAILURE : TransactionKind.REFUND,
                        event.refundKey(),
                        event.amount(),
                        event.occurredAt()));
    }

    private void move(
            Reporting report,
            PaymentView payment,
            Refund refund,
            RefundReported event,
            Refund.Turn turn,
            boolean adopted) {
        PaymentId id = payment.id();
        if (turn.anew() || adopted && turn.accepts()) {
            returns.reserve(id, refund.amount());
        }
        if (!refund.amount().equals(event.amount()) && turn.accepts()) {
            returns.release(id, refund.amount());
            refund.correct(event.amount());
            returns.reserve(id, refund.amount());
        }
        if (turn.accepts()) {
            refund.takenFromSuspense(returns.takeFromSuspense(id, refund.amount()));
            postAcceptance(payment, refund, event);
        }
        if (turn.succeeds()) {
            returns.release(id, refund.amount());
            returns.refunded(id, refund.amount(), refund.fromSuspense());
            postSuccess(payment, refund, event);
        }
        if (turn.fails() && !adopted) {
            comeBack(report, payment, refund, event, turn);
        }
    }

    private void comeBack(
            Reporting report,
            PaymentView payment,
            Refund refund,
            RefundReported event,
            Refund.Turn turn) {
        PaymentId id = payment.id();
        if (turn.before() == RefundStatus.SUCCEEDED) {
            returns.refundCameBack(id, refund.amount(), refund.fromSuspense());
        } else {
            returns.release(id, refund.amount());
        }
        if (turn.wasAccepted()) {
            returns.putBackIntoSuspense(id, refund.fromSuspense());
            Posting.About about = Posting.About.refund(payment.uuid(), refund.id());
            for (Fact fact : new Fact[] {Fact.REFUND_SUCCEEDED, Fact.REFUND_ACCEPTED}) {
                ledger.reverse(payment.books(), fact, event.refundKey(), event.occurredAt(), about);
            }
        }
        // What had to wait for money can go on.
        report.appeared(PaymentBooks.moneyOf(id));
    }

    private void postAcceptance(PaymentView payment, Refund refund, RefundReported event) {
        Money fromVisit = refund.amount().minus(refund.fromSuspense());
        draft(payment, refund, event, Fact.REFUND_ACCEPTED)
                .debit(LedgerAccount.PREPAYMENTS, fromVisit)
                .debit(LedgerAccount.SUSPENSE, refund.fromSuspense())
                .credit(LedgerAccount.REFUNDS_PAYABLE, refund.amount())
                .build()
                .ifPresent(ledger::post);
    }

    private void postSuccess(PaymentView payment, Refund refund, RefundReported event) {
        draft(payment, refund, event, Fact.REFUND_SUCCEEDED)
                .debit(LedgerAccount.REFUNDS_PAYABLE, refund.amount())
                .credit(LedgerAccount.CLEARING, refund.amount())
                .build()
                .ifPresent(ledger::post);
    }

    private static Posting.Draft draft(
            PaymentView payment, Refund refund, RefundReported event, Fact fact) {
        return Posting.of(
                payment.books(),
                fact,
                event.refundKey(),
                event.occurredAt(),
                Posting.About.refund(payment.uuid(), refund.id()));
    }

    /** What that refund of the provider returns, where it is known already. */
    public Optional<Money> amountOf(IntegrationId integration, String refundKey) {
        return em.createQuery(
                        "select r from Refund r where r.integration = :integration"
                                + " and r.refundKey = :key",
                        Refund.class)
                .setParameter("integration", integration.value())
                .setParameter("key", refundKey)
                .getResultStream()
                .findFirst()
                .map(Refund::amount);
    }
}
