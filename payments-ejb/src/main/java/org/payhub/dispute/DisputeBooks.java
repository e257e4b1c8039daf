package org.payhub.dispute;

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
import org.payhub.provider.spi.ProviderEvent.BookingCategory;
import org.payhub.provider.spi.ProviderEvent.DisputeMovement;
import org.payhub.provider.spi.ProviderEvent.DisputeReported;
import org.payhub.provider.spi.ProviderEvent.FeeReported;
import org.payhub.transaction.NewTransaction;
import org.payhub.transaction.ProviderTransactions;
import org.payhub.transaction.Reporting;
import org.payhub.transaction.TransactionKind;
import org.payhub.transaction.TransactionRow;

/**
 * Applies what providers report of disputes, within the caller's transaction and under the
 * payment's lock.
 *
 * <p><b>Guarantee</b>: a movement is posted once, by the provider's booking key; of a lost dispute
 * each movement is a loss, whether it came before the loss was known or after.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class DisputeBooks {

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Inject Clock clock;
    @Inject PaymentLocks locks;
    @Inject PaymentBooks payments;
    @Inject PaymentReturns returns;
    @Inject ProviderTransactions transactions;
    @Inject Ledger ledger;

    /** For the container. */
    public DisputeBooks() {}

    /**
     * Applies a report.
     *
     * @return false when it has to wait: the money that is contested is not known to be taken yet
     */
    public boolean apply(Reporting report, PaymentId id, DisputeReported event) {
        PaymentView payment = locks.view(id);
        Optional<Dispute> known = find(payment.integration(), event.disputeKey());
        if (known.isEmpty() && payment.captured().isZero()) {
            return false;
        }
        payments.remember(report, id, event.references());
        Instant now = clock.instant();
        String before = known.map(d -> d.status().word()).orElse("");
        Dispute dispute = known.orElseGet(() -> open(payment, event, now));
        dispute.report(event);
        for (DisputeMovement movement : event.movements()) {
            move(report, payment, dispute, movement);
        }
        settle(payment, dispute);
        report.changed(
                "dispute", dispute.key().toString(), "status", before, dispute.status().word());
        returns.disputed(id, isAnyOpen(id));
        returns.restate(report, id);
        return true;
    }

    private Dispute open(PaymentView payment, DisputeReported event, Instant now) {
        Dispute dispute = new Dispute(payment, event, now);
        em.persist(dispute);
        return dispute;
    }

    /**
     * A booking of a dispute's movement that was read by itself.
     *
     * @return false when it has to wait for the dispute
     */
    public boolean apply(Reporting report, PaymentId id, FeeReported event) {
        PaymentView payment = locks.view(id);
        Optional<Dispute> dispute = find(payment.integration(), event.sourceKey());
        if (dispute.isEmpty()) {
            return false;
        }
        move(
                report,
                payment,
                dispute.get(),
                new DisputeMovement(
                        event.bookingKey(), event.gross(), event.fee(), event.occurredAt()));
        settle(payment, dispute.get());
        returns.restate(report, id);
        return true;
    }

    /** Whether that booking is a dispute's. */
    public static boolean books(BookingCategory category) {
        return category == BookingCategory.DISPUTE || category == BookingCategory.DISPUTE_REVERSAL;
    }

    private void move(
            Reporting report, PaymentView payment, Dispute dispute, DisputeMovement movement) {
        Optional<TransactionRow> earlier =
                transactions.record(
                        report,
                        payment.uuid(),
                        new NewTransaction(
                                payment.integration(),
                                TransactionKind.DISPUTE,
                                movement.bookingKey(),
                                movement.amount(),
                                Optional.of(
                                        new NewTransaction.Booked(
                                                movement.fee(),
                                                Optional.empty(),
                                                Optional.empty())),
                                Optional.of(dispute.disputeKey()),
                                movement.occurredAt()));
        if (earlier.isPresent()) {
            return;
        }
        Posting.of(
                        payment.books(),
                        Fact.DISPUTE,
                        movement.bookingKey(),
                        movement.occurredAt(),
                        about(payment, dispute))
                .credit(LedgerAccount.DISPUTES_RECEIVABLE, movement.amount())
                .debit(LedgerAccount.CLEARING, movement.amount())
                .build()
                .ifPresent(ledger::post);
        payments.postFee(
                payment.id(), movement.bookingKey(), movement.fee(), movement.occurredAt());
        report.changed(
                "dispute", dispute.key().toString(), "moved", "", movement.amount().toString());
    }

    /**
     * Once a dispute is lost, whatever its receivable holds is a loss, movement by movement; a win
     * that comes later takes the losses back.
     */
    private void settle(PaymentView payment, Dispute dispute) {
        boolean lost = dispute.status() == DisputeStatus.LOST;
        boolean won = dispute.status() == DisputeStatus.WON;
        if (!lost && !won) {
            return;
        }
        for (TransactionRow movement :
                transactions.ofSource(
                        payment.integration(), TransactionKind.DISPUTE, dispute.disputeKey())) {
            if (lost) {
                lose(payment, dispute, movement);
            } else {
                takeBack(payment, dispute, movement);
            }
        }
    }

    private void lose(PaymentView payment, Dispute dispute, TransactionRow movement) {
        if (ledger.isPosted(payment.books(), Fact.DISPUTE_LOST, movement.key())) {
            return;
        }
        Money lost = movement.amount().negated();
        Money fromSuspense =
                lost.isPositive()
                        ? returns.takeFromSuspense(payment.id(), lost)
                        : putBack(payment, dispute, lost.negated());
        Posting.of(
                        payment.books(),
                        Fact.DISPUTE_LOST,
                        movement.key(),
                        movement.occurredAt(),
                        about(payment, dispute))
                .debit(LedgerAccount.DISPUTE_LOSS, lost.minus(fromSuspense))
                .debit(LedgerAccount.SUSPENSE, fromSuspense)
                .credit(LedgerAccount.DISPUTES_RECEIVABLE, lost)
                .build()
                .ifPresent(ledger::post);
    }

    /** Money of a lost dispute that comes back goes where the loss was taken from. */
    private Money putBack(PaymentView payment, Dispute dispute, Money back) {
        Money taken = takenFromSuspense(payment, dispute, back);
        returns.putBackIntoSuspense(payment.id(), taken);
        return taken.negated();
    }

    private Money takenFromSuspense(PaymentView payment, Dispute dispute, Money atMost) {
        Money taken = Money.zero(atMost.asset());
        for (TransactionRow movement :
                transactions.ofSource(
                        payment.integration(), TransactionKind.DISPUTE, dispute.disputeKey())) {
            for (Posting.Line line :
                    ledger.lines(payment.books(), Fact.DISPUTE_LOST, movement.key())) {
                if (line.account() == LedgerAccount.SUSPENSE
                        && line.amount().asset().equals(taken.asset())) {
                    taken = taken.plus(line.amount());
                }
            }
        }
        return taken.min(atMost).max(Money.zero(atMost.asset()));
    }

    private void takeBack(PaymentView payment, Dispute dispute, TransactionRow movement) {
        for (Posting.Line line : ledger.lines(payment.books(), Fact.DISPUTE_LOST, movement.key())) {
            boolean wasSuspense = line.account() == LedgerAccount.SUSPENSE;
            if (wasSuspense
                    && !ledger.isPosted(
                            payment.books(), Fact.DISPUTE_LOST_REVERSED, movement.key())) {
                if (line.amount().isPositive()) {
                    returns.putBackIntoSuspense(payment.id(), line.amount());
                } else {
                    returns.takeFromSuspense(payment.id(), line.amount().negated());
                }
            }
        }
        ledger.reverse(
                payment.books(),
                Fact.DISPUTE_LOST,
                movement.key(),
                movement.occurredAt(),
                about(payment, dispute));
    }

    private static Posting.About about(PaymentView payment, Dispute dispute) {
        return Posting.About.dispute(payment.uuid(), dispute.id());
    }

    private boolean isAnyOpen(PaymentId id) {
        List<Dispute> all =
                em.createQuery("select d from Dispute d where d.payment = :payment", Dispute.class)
                        .setParameter("payment", id.value())
                        .getResultList();
        return all.stream().anyMatch(d -> !d.status().isOver() || d.status() == DisputeStatus.LOST);
    }

    private Optional<Dispute> find(IntegrationId integration, String key) {
        return em.createQuery(
                        "select d from Dispute d where d.integration = :integration"
                                + " and d.disputeKey = :key",
                        Dispute.class)
                .setParameter("integration", integration.value())
                .setParameter("key", key)
                .getResultStream()
                .findFirst();
    }
}
