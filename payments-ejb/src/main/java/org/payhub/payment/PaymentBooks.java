package org.payhub.payment;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.payhub.integration.ActiveIntegration;
import org.payhub.integration.IntegrationId;
import org.payhub.integration.Integrations;
import org.payhub.ledger.Fact;
import org.payhub.ledger.Ledger;
import org.payhub.ledger.LedgerAccount;
import org.payhub.ledger.Posting;
import org.payhub.money.Money;
import org.payhub.provider.spi.ProviderEvent.BookingCategory;
import org.payhub.provider.spi.ProviderEvent.CheckoutReported;
import org.payhub.provider.spi.ProviderEvent.FeeReported;
import org.payhub.provider.spi.ProviderEvent.InvoiceReported;
import org.payhub.provider.spi.ProviderEvent.PaymentOutcome;
import org.payhub.provider.spi.ProviderEvent.PaymentReported;
import org.payhub.provider.spi.Reference;
import org.payhub.provider.spi.References;
import org.payhub.transaction.NewTransaction;
import org.payhub.transaction.ProviderTransactions;
import org.payhub.transaction.Reporting;
import org.payhub.transaction.TransactionKind;
import org.payhub.transaction.TransactionRow;
import org.payhub.unmatched.HoldMoney;
import org.payhub.unmatched.UnmatchedMoney;

/**
 * Applies what providers report to payments and the books, within the caller's transaction and
 * under the locks of visit and payment, always in that order.
 *
 * <p><b>Guarantee</b>: one report has its effect once ({@code uq_provider_transaction}), and every
 * order of the same reports ends in the same place.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class PaymentBooks {

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Inject Clock clock;
    @Inject PaymentLocks locks;
    @Inject PaymentReferences references;
    @Inject ProviderTransactions transactions;
    @Inject Ledger ledger;
    @Inject UnmatchedMoney unmatched;
    @Inject Integrations integrations;
    @Inject InvoiceBooks invoices;

    /** For the container. */
    public PaymentBooks() {}

    /**
     * The payment that a report concerns: by the provider's keys, most specific first, then by the
     * reference that we sent out.
     */
    public Optional<PaymentId> find(Reporting report, References told) {
        for (Reference key : told.keys()) {
            Optional<PaymentId> known =
                    references
                            .find(report.integration(), key)
                            .or(() -> references.findInAccount(report.integration(), key));
            if (known.isPresent()) {
                return known;
            }
        }
        return told.ours()
                .map(id -> em.find(Payment.class, id))
                .filter(p -> p.merchant().equals(report.merchant().value()))
                .filter(p -> p.livemode() == report.livemode())
                .filter(p -> isSameAccount(p.integration(), report.integration()))
                .map(Payment::key);
    }

    /** An account that was connected anew tells of payments that were opened before. */
    private boolean isSameAccount(IntegrationId ours, IntegrationId reporting) {
        return ours.equals(reporting)
                || integrations
                        .active(ours)
                        .provider()
                        .equals(integrations.active(reporting).provider());
    }

    /** What became of the page. */
    public void apply(Reporting report, PaymentId id, CheckoutReported event) {
        Payment payment = locks.lock(id);
        remember(report, payment, event.references());
        PaymentStatus before = payment.status();
        payment.report(event.outcome(), clock.instant());
        told(report, payment, before);
        locks.restate(payment);
    }

    /** What became of the money of one attempt. */
    public void apply(Reporting report, PaymentId id, PaymentReported event) {
        Payment payment = locks.lock(id);
        if (event.outcome() == PaymentOutcome.CAPTURED && !payment.takes(event.amount().asset())) {
            // Two assets never share a payment: the second one becomes found money of its own.
            found(report, event);
            return;
        }
        remember(report, payment, event.references());
        if (event.outcome() == PaymentOutcome.CAPTURED && !event.amount().isPositive()) {
            // Nothing was taken, whatever it is called; nothing is paid by it.
            return;
        }
        apply(report, payment, event);
        locks.restate(payment);
    }

    private void apply(Reporting report, Payment payment, PaymentReported event) {
        PaymentStatus before = payment.status();
        Optional<TransactionRow> earlier =
                transactions.record(
                        report,
                        payment.id(),
                        NewTransaction.of(
                                payment.integration(),
                                kind(event.outcome()),
                                event.transactionKey(),
                                event.amount(),
                                event.occurredAt()));
        if (earlier.isPresent()) {
            if (!earlier.get().amount().equals(event.amount())) {
                payment.toldDifferently();
                told(report, payment, before);
            }
            return;
        }
        Instant now = clock.instant();
        if (event.outcome() == PaymentOutcome.CAPTURED) {
            Payment.Captured captured =
                    payment.captured(
                            event.amount(),
                            locks.isWanted(payment),
                            event.details(),
                            event.occurredAt(),
                            now);
            book(report, payment, event, captured);
            report.appeared(moneyOf(payment.key()));
        } else {
            payment.report(event.outcome(), event.amount(), event.details(), now);
        }
        told(report, payment, before);
    }

    private void book(
            Reporting report, Payment payment, PaymentReported event, Payment.Captured captured) {
        LedgerAccount counterpart =
                captured.toSuspense() ? LedgerAccount.SUSPENSE : LedgerAccount.PREPAYMENTS;
        Posting.of(
                        locks.books(payment),
                        Fact.CAPTURED,
                        event.transactionKey(),
                        event.occurredAt(),
                        Posting.About.payment(payment.id()))
                .debit(LedgerAccount.CLEARING, captured.amount())
                .credit(counterpart, captured.amount())
                .build()
                .ifPresent(ledger::post);
        report.changed(
                "payment", payment.key().toString(), "captured", "", captured.amount().toString());
        captured.why()
                .ifPresent(
                        reason ->
                                unmatched.hold(
                                        report,
                                        new HoldMoney(
                                                payment.id(),
                                                payment.integration(),
                                                reason.word(),
                                                event.transactionKey(),
                                                captured.amount(),
                                                event.occurredAt())));
    }

    /** What became of an invoice as a whole. */
    public void apply(Reporting report, PaymentId id, InvoiceReported event) {
        Payment payment = locks.lock(id);
        if (event.outcome().isFinal() && !payment.takes(event.received().asset())) {
            // Two assets never share a payment: the second one becomes found money of its own.
            found(report, event);
            return;
        }
        remember(report, payment, event.references());
        apply(report, payment, event);
        locks.restate(payment);
    }

    private void apply(Reporting report, Payment payment, InvoiceReported event) {
        PaymentStatus before = payment.status();
        boolean newest = payment.invoiced(event, clock.instant());
        invoices.book(report, payment, event, newest);
        told(report, payment, before);
    }

    /** The same as for other money: an invoice of ours by its traces that fits no payment. */
    public PaymentId found(Reporting report, InvoiceReported event) {
        Optional<PaymentId> earlier =
                event.transfers().stream()
                        .flatMap(
                                t ->
                                        transactions
                                                .find(
                                                        report.integration(),
                                                        TransactionKind.CAPTURE,
                                                        t.transferKey())
                                                .flatMap(TransactionRow::payment)
                                                .stream())
                        .map(PaymentId::new)
                        .findFirst();
        if (earlier.isPresent()) {
            return earlier.get();
        }
        PaymentId made = found(report, event.received());
        Payment payment = locks.lock(made);
        remember(report, payment, event.references());
        apply(report, payment, event);
        return made;
    }

    private PaymentId found(Reporting report, Money amount) {
        ActiveIntegration at = integrations.active(report.integration());
        Payment payment = Payment.found(at, report.livemode(), amount, clock.instant());
        em.persist(payment);
        em.flush();
        return payment.key();
    }

    /**
     * Captured money that bears our mark and fits no payment of ours becomes a payment without a
     * visit, with the money in suspense, so that its refunds and fees find it.
     */
    public PaymentId found(Reporting report, PaymentReported event) {
        Optional<PaymentId> earlier =
                transactions
                        .find(report.integration(), TransactionKind.CAPTURE, event.transactionKey())
                        .flatMap(TransactionRow::payment)
                        .map(PaymentId::new);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        Payment payment = locks.lock(found(report, event.amount()));
        remember(report, payment, event.references());
        apply(report, payment, event);
        return payment.key();
    }

    /**
     * The provider's booking of a movement: its fee, and the conversion where it settles in another
     * currency.
     *
     * @param moved what the booking books, signed, in the currency that was paid; empty where it
     *     books no movement that is ours to convert
     * @return whether it is new
     */
    public boolean apply(Reporting report, PaymentId id, FeeReported event, Optional<Money> moved) {
        Payment payment = locks.lock(id);
        remember(report, payment, event.references());
        NewTransaction booking =
                new NewTransaction(
                        payment.integration(),
                        TransactionKind.BOOKING,
                        event.bookingKey(),
                        event.gross(),
                        Optional.of(
                                new NewTransaction.Booked(
                                        event.fee(),
                                        event.exchangeRateText(),
                                        event.availableAt())),
                        Optional.of(event.sourceKey()),
                        event.occurredAt());
        if (transactions.record(report, payment.id(), booking).isPresent()) {
            return false;
        }
        postFee(payment, event.bookingKey(), event.fee(), event.occurredAt());
        moved.filter(m -> !m.asset().equals(event.gross().asset()))
                .ifPresent(m -> postConversion(payment, event, m));
        if (event.category() == BookingCategory.CHARGE) {
            payment.feeKnown(event.fee());
        }
        report.changed("payment", payment.key().toString(), "fee", "", event.fee().toString());
        return true;
    }

    /** What the provider kept for a booking, once. */
    public void postFee(PaymentId id, String bookingKey, Money fee, Instant occurredAt) {
        postFee(locks.lock(id), bookingKey, fee, occurredAt);
    }

    private void postFee(Payment payment, String bookingKey, Money fee, Instant occurredAt) {
        Posting.of(
                        locks.books(payment),
                        Fact.FEE,
                        bookingKey,
                        occurredAt,
                        Posting.About.payment(payment.id()))
                .debit(LedgerAccount.FEES, fee)
                .credit(LedgerAccount.CLEARING, fee)
                .build()
                .ifPresent(ledger::post);
    }

    /** The paid currency leaves the clearing and the settled one enters it, both through fx. */
    private void postConversion(Payment payment, FeeReported event, Money moved) {
        Posting.of(
                        locks.books(payment),
                        Fact.CONVERTED,
                        event.bookingKey(),
                        event.occurredAt(),
                        Posting.About.payment(payment.id()))
                .credit(LedgerAccount.CLEARING, moved)
                .debit(LedgerAccount.FX, moved)
                .debit(LedgerAccount.CLEARING, event.gross())
                .credit(LedgerAccount.FX, event.gross())
                .build()
                .ifPresent(ledger::post);
    }

    /** What that charge captured, where it was told already. */
    public Optional<Money> capturedBy(IntegrationId integration, String transactionKey) {
        return transactions
                .find(integration, TransactionKind.CAPTURE, transactionKey)
                .map(TransactionRow::amount);
    }

    /** The key for which those wait who cannot go on before money is there. */
    public static Reference moneyOf(PaymentId payment) {
        return new Reference("payhub_money", payment.toString());
    }

    /** Ties every key that a report bears to the payment. */
    public void remember(Reporting report, PaymentId id, References told) {
        remember(report, locks.lock(id), told);
    }

    private void remember(Reporting report, Payment payment, References told) {
        for (Reference key : told.keys()) {
            if (references.add(payment.integration(), payment.key(), key)) {
                report.appeared(key);
            }
        }
    }

    private static void told(Reporting report, Payment payment, PaymentStatus before) {
        report.changed(
                "payment",
                payment.key().toString(),
                "status",
                before.word(),
                payment.status().word());
    }

    private static TransactionKind kind(PaymentOutcome outcome) {
        return switch (outcome) {
            case PENDING -> TransactionKind.PENDING;
            case AUTHORIZED -> TransactionKind.AUTHORIZATION;
            case CAPTURED -> TransactionKind.CAPTURE;
            case DECLINED -> TransactionKind.DECLINE;
            case VOIDED -> TransactionKind.VOID;
            case HOLD_EXPIRED -> TransactionKind.HOLD_EXPIRY;
        };
    }
}
