package org.payhub.payment;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.payhub.ledger.Fact;
import org.payhub.ledger.Ledger;
import org.payhub.ledger.LedgerAccount;
import org.payhub.ledger.Posting;
import org.payhub.money.Money;
import org.payhub.provider.spi.ProviderEvent.InvoiceReported;
import org.payhub.provider.spi.ProviderEvent.InvoiceTransfer;
import org.payhub.transaction.NewTransaction;
import org.payhub.transaction.ProviderTransactions;
import org.payhub.transaction.Reporting;
import org.payhub.transaction.TransactionKind;
import org.payhub.transaction.TransactionRow;
import org.payhub.unmatched.HoldMoney;
import org.payhub.unmatched.UnmatchedMoney;

/**
 * Brings the books to what an invoice came to, under the payment's lock and in the caller's
 * transaction: each transfer by its own key, once the invoice is final, and what has to be put
 * right by new lines. No EJB, because it takes entities.
 */
@Dependent
public class InvoiceBooks {

    @Inject PaymentLocks locks;
    @Inject ProviderTransactions transactions;
    @Inject Ledger ledger;
    @Inject UnmatchedMoney unmatched;

    /** For the container. */
    public InvoiceBooks() {}

    /**
     * Books what a report says.
     *
     * @param newest whether it is the one by which money is booked from now on
     */
    void book(Reporting report, Payment payment, InvoiceReported told, boolean newest) {
        if (!told.outcome().isFinal()) {
            told.transfers().stream()
                    .filter(t -> t.amount().isPositive())
                    .forEach(t -> record(report, payment, TransactionKind.PENDING, t));
            return;
        }
        boolean wanted = locks.isWanted(payment);
        InvoiceSteps.Held now = payment.inBooks();
        List<InvoiceTransfer> fresh =
                newest
                        ? told.transfers().stream()
                                .filter(t -> t.amount().isPositive())
                                .filter(t -> record(report, payment, TransactionKind.CAPTURE, t))
                                .toList()
                        : List.of();
        InvoiceSteps.Held then = payment.settle(wanted);
        for (InvoiceSteps.Step step : InvoiceSteps.between(zeroLike(now, then), then, fresh)) {
            post(report, payment, told, step);
        }
        bookFees(report, payment, told);
        waits(report, payment, told);
        if (!now.all().minor().equals(then.all().minor())) {
            report.changed(
                    "payment",
                    payment.key().toString(),
                    "captured",
                    now.all().isZero() ? "" : now.all().toString(),
                    then.all().toString());
            report.appeared(PaymentBooks.moneyOf(payment.key()));
        }
    }

    /** Before the first money nothing is held, in whatever asset it then comes. */
    private static InvoiceSteps.Held zeroLike(InvoiceSteps.Held now, InvoiceSteps.Held then) {
        Money none = Money.zero(then.visit().asset());
        return now.all().isZero() ? new InvoiceSteps.Held(none, none) : now;
    }

    /** Writes a transfer down; says whether it is new. */
    private boolean record(
            Reporting report, Payment payment, TransactionKind kind, InvoiceTransfer transfer) {
        return transactions
                .record(
                        report,
                        payment.id(),
                        NewTransaction.of(
                                payment.integration(),
                                kind,
                                transfer.transferKey(),
                                transfer.amount(),
                                transfer.occurredAt()))
                .isEmpty();
    }

    private void post(
            Reporting report, Payment payment, InvoiceReported told, InvoiceSteps.Step step) {
        boolean moves = !step.all().isZero();
        String key =
                step.transfer()
                        .map(InvoiceTransfer::transferKey)
                        .orElseGet(payment::nextPostingKey);
        if (step.transfer().isEmpty() && moves) {
            transactions.record(
                    report,
                    payment.id(),
                    NewTransaction.of(
                            payment.integration(),
                            TransactionKind.CAPTURE,
                            key,
                            step.all(),
                            told.changedAt()));
        }
        Posting.of(
                        locks.books(payment),
                        moves ? Fact.CAPTURED : Fact.RECLASSIFIED,
                        key,
                        step.transfer().map(InvoiceTransfer::occurredAt).orElse(told.changedAt()),
                        Posting.About.payment(payment.id()))
                .debit(LedgerAccount.CLEARING, step.all())
                .credit(LedgerAccount.PREPAYMENTS, step.toVisit())
                .credit(LedgerAccount.SUSPENSE, step.toWaiting())
                .build()
                .ifPresent(ledger::post);
    }

    /** A fee is booked once the provider tells it, for a transfer that is booked. */
    private void bookFees(Reporting report, Payment payment, InvoiceReported told) {
        for (InvoiceTransfer transfer : told.transfers()) {
            Optional<Money> fee = transfer.toldFee().filter(Money::isPositive);
            if (fee.isPresent() && isBooked(payment, transfer)) {
                bookFee(report, payment, transfer, fee.get());
            }
        }
    }

    private boolean isBooked(Payment payment, InvoiceTransfer transfer) {
        return transactions
                .find(payment.integration(), TransactionKind.CAPTURE, transfer.transferKey())
                .flatMap(TransactionRow::payment)
                .filter(payment.id()::equals)
                .isPresent();
    }

    private void bookFee(Reporting report, Payment payment, InvoiceTransfer transfer, Money fee) {
        NewTransaction booking =
                new NewTransaction(
                        payment.integration(),
                        TransactionKind.BOOKING,
                        transfer.transferKey(),
                        transfer.amount(),
                        Optional.of(
                                new NewTransaction.Booked(fee, Optional.empty(), Optional.empty())),
                        Optional.of(transfer.transferKey()),
                        transfer.occurredAt());
        if (transactions.record(report, payment.id(), booking).isPresent()) {
            return;
        }
        Posting.of(
                        locks.books(payment),
                        Fact.FEE,
                        transfer.transferKey(),
                        transfer.occurredAt(),
                        Posting.About.payment(payment.id()))
                .debit(LedgerAccount.FEES, fee)
                .credit(LedgerAccount.CLEARING, fee)
                .build()
                .ifPresent(ledger::post);
        payment.feeKnown(fee);
        report.changed("payment", payment.key().toString(), "fee", "", fee.toString());
    }

    private void waits(Reporting report, Payment payment, InvoiceReported told) {
        if (payment.held().isPositive()) {
            unmatched.keep(
                    report,
                    new HoldMoney(
                            payment.id(),
                            payment.integration(),
                            payment.waitsBecause(),
                            payment.invoiceKey(),
                            payment.held(),
                            told.changedAt()));
        }
    }
}
