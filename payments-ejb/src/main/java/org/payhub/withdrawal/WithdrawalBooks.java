package org.payhub.withdrawal;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.Optional;
import org.payhub.ledger.Books;
import org.payhub.ledger.Fact;
import org.payhub.ledger.Ledger;
import org.payhub.ledger.LedgerAccount;
import org.payhub.ledger.Posting;
import org.payhub.merchant.Merchants;
import org.payhub.money.Money;
import org.payhub.payment.PaymentId;
import org.payhub.payment.PaymentLocks;
import org.payhub.payment.PaymentView;
import org.payhub.provider.spi.ProviderEvent.RefundOutcome;
import org.payhub.provider.spi.ProviderEvent.RefundReported;
import org.payhub.provider.spi.ProviderEvent.WithdrawalReported;
import org.payhub.provider.spi.References;
import org.payhub.refund.RefundBooks;
import org.payhub.transaction.NewTransaction;
import org.payhub.transaction.ProviderTransactions;
import org.payhub.transaction.Reporting;
import org.payhub.transaction.TransactionKind;

/**
 * Applies what providers report of withdrawals, whether a webhook, an answer to our own order or a
 * reading said it, within the caller's transaction. Money of a payment that goes back to whoever
 * paid it is a refund, and booked as one.
 *
 * <p><b>Guarantee</b>: what left is posted once; every order of the same reports ends in the same
 * balances.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class WithdrawalBooks {

    private static final System.Logger LOG = System.getLogger(WithdrawalBooks.class.getName());

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Inject Clock clock;
    @Inject PaymentLocks locks;
    @Inject RefundBooks refunds;
    @Inject ProviderTransactions transactions;
    @Inject Ledger ledger;
    @Inject Merchants merchants;

    /** For the container. */
    public WithdrawalBooks() {}

    /** The withdrawal that a report concerns: by the provider's key, then by our own id. */
    public Optional<WithdrawalId> find(Reporting report, WithdrawalReported told) {
        Optional<Withdrawal> byKey =
                em.createQuery(
                                "select w from Withdrawal w where w.integration = :integration"
                                        + " and w.withdrawalKey = :key",
                                Withdrawal.class)
                        .setParameter("integration", report.integration().value())
                        .setParameter("key", told.withdrawalKey())
                        .getResultStream()
                        .findFirst();
        return byKey.or(
                        () ->
                                told.ours()
                                        .map(id -> em.find(Withdrawal.class, id))
                                        .filter(w -> w.merchant().equals(report.merchant()))
                                        .filter(w -> w.integration().equals(report.integration()))
                                        .filter(w -> w.withdrawalKey().isEmpty()))
                .map(Withdrawal::key);
    }

    /**
     * Applies a report.
     *
     * @return the payment whose money it returns, where it returns one's
     */
    public Optional<PaymentId> apply(Reporting report, WithdrawalId id, WithdrawalReported told) {
        Optional<PaymentId> returns = em.find(Withdrawal.class, id.value()).payment();
        // Visit and payment before what hangs on them, in one order for everybody.
        Optional<PaymentView> payment = returns.map(locks::view);
        Withdrawal withdrawal = em.find(Withdrawal.class, id.value());
        em.flush();
        em.refresh(withdrawal, LockModeType.PESSIMISTIC_WRITE);
        if (!withdrawal.isSame(told)) {
            withdrawal.contradicted(told);
            LOG.log(System.Logger.Level.WARNING, "withdrawal contradicted withdrawal=" + id);
            return returns;
        }
        Withdrawal.Step step = withdrawal.report(told, clock.instant());
        if (payment.isPresent()) {
            bookReturn(report, payment.get(), withdrawal, step, told);
        } else {
            book(report, withdrawal, step, told);
        }
        report.changed(
                "withdrawal", id.toString(), "status", step.before().word(), step.after().word());
        return returns;
    }

    private void bookReturn(
            Reporting report,
            PaymentView payment,
            Withdrawal withdrawal,
            Withdrawal.Step step,
            WithdrawalReported told) {
        Optional<RefundOutcome> outcome = outcome(step);
        if (outcome.isEmpty()) {
            return;
        }
        boolean booked =
                refunds.apply(
                        report,
                        payment.id(),
                        new RefundReported(
                                References.of(payment.references()),
                                Optional.empty(),
                                told.withdrawalKey(),
                                outcome.get(),
                                withdrawal.amount(),
                                told.failureReason(),
                                told.occurredAt()));
        if (!booked) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "withdrawal without its money withdrawal=" + withdrawal.key());
        }
    }

    private static Optional<RefundOutcome> outcome(Withdrawal.Step step) {
        boolean wasTaken = step.before() == WithdrawalStatus.PENDING;
        if (step.becomes(WithdrawalStatus.PENDING)) {
            return Optional.of(RefundOutcome.PENDING);
        } else if (step.becomes(WithdrawalStatus.SUCCEEDED)) {
            return Optional.of(RefundOutcome.SUCCEEDED);
        } else if (wasTaken && step.becomes(WithdrawalStatus.FAILED)) {
            return Optional.of(RefundOutcome.FAILED);
        } else if (wasTaken && step.becomes(WithdrawalStatus.CANCELLED)) {
            return Optional.of(RefundOutcome.CANCELLED);
        }
        return Optional.empty();
    }

    private void book(
            Reporting report,
            Withdrawal withdrawal,
            Withdrawal.Step step,
            WithdrawalReported told) {
        Books books =
                new Books(
                        withdrawal.merchant(),
                        withdrawal.integration(),
                        withdrawal.livemode(),
                        merchants.defaultLocation(withdrawal.merchant()).zone());
        String key = withdrawal.withdrawalKey().orElseThrow();
        Money amount = withdrawal.amount();
        if (step.becomes(WithdrawalStatus.PENDING)) {
            post(books, Fact.WITHDRAWN, key, told, LedgerAccount.IN_TRANSIT, amount);
        } else if (step.becomes(WithdrawalStatus.SUCCEEDED)) {
            boolean underWay =
                    ledger.isPosted(books, Fact.WITHDRAWN, key)
                            && !ledger.isPosted(books, Fact.WITHDRAWN_REVERSED, key);
            LedgerAccount from = underWay ? LedgerAccount.IN_TRANSIT : LedgerAccount.CLEARING;
            Posting.of(
                            books,
                            Fact.WITHDRAWAL_ARRIVED,
                            key,
                            told.occurredAt(),
                            Posting.About.nothing())
                    .debit(LedgerAccount.BANK, amount)
                    .credit(from, amount)
                    .build()
                    .ifPresent(ledger::post);
        } else if (step.before() != step.after() && !step.after().isOpen()) {
            ledger.reverse(books, Fact.WITHDRAWN, key, told.occurredAt(), Posting.About.nothing());
        }
        if (step.newlyArrived()) {
            bookFee(report, books, withdrawal, key, told);
        }
    }

    private void post(
            Books books,
            Fact fact,
            String key,
            WithdrawalReported told,
            LedgerAccount to,
            Money amount) {
        Posting.of(books, fact, key, told.occurredAt(), Posting.About.nothing())
                .debit(to, amount)
                .credit(LedgerAccount.CLEARING, amount)
                .build()
                .ifPresent(ledger::post);
    }

    /** What did not arrive was kept by the network or the provider. */
    private void bookFee(
            Reporting report,
            Books books,
            Withdrawal withdrawal,
            String key,
            WithdrawalReported told) {
        Money arrived = withdrawal.arrived();
        Money fee = withdrawal.amount().minus(arrived);
        transactions.record(
                report,
                null,
                new NewTransaction(
                        withdrawal.integration(),
                        TransactionKind.BOOKING,
                        key,
                        arrived.negated(),
                        Optional.of(
                                new NewTransaction.Booked(fee, Optional.empty(), Optional.empty())),
                        Optional.of(key),
                        told.occurredAt()));
        Posting.of(books, Fact.FEE, key, told.occurredAt(), Posting.About.nothing())
                .debit(LedgerAccount.FEES, fee)
                .credit(LedgerAccount.BANK, fee)
                .build()
                .ifPresent(ledger::post);
    }
}
