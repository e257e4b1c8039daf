package org.payhub.payment;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import org.payhub.audit.AuditDetails;
import org.payhub.audit.AuditLog;
import org.payhub.ledger.Fact;
import org.payhub.ledger.Ledger;
import org.payhub.ledger.LedgerAccount;
import org.payhub.ledger.Posting;
import org.payhub.money.Money;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;
import org.payhub.tenancy.Scope;
import org.payhub.unmatched.UnmatchedMoney;
import org.payhub.unmatched.UnmatchedRow;
import org.payhub.unmatched.UnmatchedStatus;
import org.payhub.visit.VisitDetail;
import org.payhub.visit.VisitId;
import org.payhub.visit.Visits;

/** The transactions in which a person says what money in suspense is for. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class HeldPayments {

    @Inject Clock clock;
    @Inject Payments payments;
    @Inject PaymentLocks locks;
    @Inject Visits visits;
    @Inject Ledger ledger;
    @Inject UnmatchedMoney unmatched;
    @Inject AuditLog audit;

    /** For the container. */
    public HeldPayments() {}

    /** What of a piece is still in suspense. */
    public Money heldIn(Scope scope, UnmatchedRow row) {
        return payments.get(scope, new PaymentId(row.payment())).suspense();
    }

    /** The money is for that visit. */
    public void attach(Scope scope, UnmatchedRow row, VisitId to) {
        VisitDetail visit = visits.get(scope, to);
        PaymentId id = new PaymentId(row.payment());
        Optional<VisitId> before = payments.get(scope, id).visit();
        // Both visits before the payment, in one order for everybody.
        if (before.isPresent() && before.get().value().compareTo(to.value()) < 0) {
            visits.lockForMoney(before.get());
        }
        visits.lockForMoney(to);
        Payment payment = open(id);
        requireSettled(payment);
        if (visit.livemode() != payment.livemode()) {
            throw new HubException(
                    Problem.CONFLICT,
                    "unmatched.mode_differs",
                    "Test money cannot be attached to a visit that counts real money, nor the"
                            + " other way round.");
        }
        if (payment.isConverted() && payment.visit().equals(Optional.of(to))) {
            giveToVisit(scope, row, payment);
            return;
        }
        if (!visit.price().asset().equals(payment.held().asset())) {
            throw new HubException(
                    Problem.CONFLICT,
                    "unmatched.currency_differs",
                    "The visit is priced in "
                            + visit.price().asset().code()
                            + " and the money is "
                            + payment.held().asset().code()
                            + ". Give it back instead.");
        }
        Money attached = payment.attach(to, visit.location());
        post(payment, row.id().toString(), attached);
        unmatched.resolve(
                payment.id(),
                UnmatchedStatus.ATTACHED,
                scope.actor().name(),
                Optional.empty(),
                Optional.of(to));
        before.filter(v -> !v.equals(to)).ifPresent(locks::restate);
        locks.restate(payment);
        note(scope, "unmatched.attached", row, attached, "visit", to.toString());
    }

    /** It is for the visit for which it was asked; what the visit does not want goes on waiting. */
    private void giveToVisit(Scope scope, UnmatchedRow row, Payment payment) {
        VisitId to = payment.visit().orElseThrow();
        Money given = payment.giveToVisit(visits.lockForMoney(to).due());
        post(payment, payment.nextPostingKey(), given);
        if (payment.held().isPositive()) {
            unmatched.lessen(row.id(), payment.held(), payment.waitsBecause());
        } else {
            unmatched.resolve(
                    payment.id(),
                    UnmatchedStatus.ATTACHED,
                    scope.actor().name(),
                    Optional.empty(),
                    Optional.of(to));
        }
        locks.restate(payment);
        note(scope, "unmatched.attached", row, given, "visit", to.toString());
    }

    private void post(Payment payment, String key, Money attached) {
        Posting.of(
                        locks.books(payment),
                        Fact.ATTACHED,
                        key,
                        clock.instant(),
                        Posting.About.payment(payment.id()))
                .debit(LedgerAccount.SUSPENSE, attached)
                .credit(LedgerAccount.PREPAYMENTS, attached)
                .build()
                .ifPresent(ledger::post);
    }

    /** Too little came, and a person takes it for all that was asked. */
    public void acceptShortfall(Scope scope, PaymentId id, String note) {
        payments.get(scope, id);
        Payment payment = locks.lock(id);
        payment.acceptShortfall();
        locks.restate(payment);
        audit.record(
                scope,
                "payment.shortfall_accepted",
                "payment",
                id.toString(),
                AuditDetails.of(
                        "note", note,
                        "came", payment.captured().toString(),
                        "asked", payment.expected().toString()));
    }

    /** Nothing is to be done with it. */
    public void ignore(Scope scope, UnmatchedRow row, String note) {
        Payment payment = open(new PaymentId(row.payment()));
        requireSettled(payment);
        Money held = payment.held();
        payment.leaveReview();
        unmatched.resolve(
                payment.id(),
                UnmatchedStatus.IGNORED,
                scope.actor().name(),
                Optional.of(note),
                Optional.empty());
        locks.restate(payment);
        note(scope, "unmatched.ignored", row, held, "note", note);
    }

    /** A payment in review that holds no money: a person has looked, and it goes on. */
    public void closeReview(Scope scope, PaymentId id, String note) {
        payments.get(scope, id);
        Payment payment = locks.lock(id);
        if (payment.status() != PaymentStatus.REVIEW || payment.held().isPositive()) {
            throw new HubException(
                    Problem.CONFLICT,
                    "payment.nothing_to_close",
                    payment.held().isPositive()
                            ? "Money of this payment is held. Attach it, give it back or ignore it."
                            : "This payment is not in review: it is "
                                    + payment.status().word()
                                    + ".");
        }
        payment.leaveReview();
        locks.restate(payment);
        audit.record(
                scope,
                "payment.review_closed",
                "payment",
                id.toString(),
                AuditDetails.of("note", note, "status", payment.status().word()));
    }

    private Payment open(PaymentId id) {
        Payment payment = locks.lock(id);
        boolean waits = payment.status() == PaymentStatus.REVIEW || payment.hasInvoice();
        if (!waits || !payment.held().isPositive()) {
            throw new HubException(
                    Problem.CONFLICT,
                    "unmatched.not_open",
                    "This money is no longer held: the payment is "
                            + payment.status().word()
                            + ".");
        }
        return payment;
    }

    /** What is on its way back must have left or come home first. */
    private static void requireSettled(Payment payment) {
        if (payment.isReturning()) {
            throw new HubException(
                    Problem.CONFLICT,
                    "unmatched.refund_under_way",
                    "Money of this payment is on its way back. Wait until it has arrived, or"
                            + " withdraw the refund.");
        }
    }

    private void note(
            Scope scope, String action, UnmatchedRow row, Money amount, String key, String value) {
        audit.record(
                scope,
                action,
                "unmatched",
                row.id().toString(),
                AuditDetails.of("amount", amount.toString(), key, value));
    }
}
