package org.payhub.finance;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Optional;
import org.payhub.payment.HeldPayments;
import org.payhub.payment.PaymentId;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;
import org.payhub.platform.UnitOfWork;
import org.payhub.refund.IssueRefund;
import org.payhub.refund.IssueRefundCommand;
import org.payhub.refund.RefundRow;
import org.payhub.tenancy.Right;
import org.payhub.tenancy.Scope;
import org.payhub.unmatched.UnmatchedId;
import org.payhub.unmatched.UnmatchedMoney;
import org.payhub.unmatched.UnmatchedRow;
import org.payhub.unmatched.UnmatchedStatus;
import org.payhub.visit.VisitId;

/**
 * What a person does with money that waits: it is for a visit, it goes back, or it stays where it
 * is for a reason.
 *
 * <p><b>Errors</b>: {@code unmatched.not_open}, {@code unmatched.note_missing}, {@code
 * unmatched.currency_differs}, {@code unmatched.refund_under_way}, {@code access.right_missing}.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ResolveUnmatched {

    @Inject UnmatchedMoney unmatched;
    @Inject HeldPayments held;
    @Inject IssueRefund refunding;

    /** For the container. */
    public ResolveUnmatched() {}

    /** It is for that visit: from suspense it becomes a prepayment. */
    public UnmatchedRow attach(Scope scope, UnmatchedId id, VisitId visit) {
        UnmatchedRow row = open(scope, id);
        UnitOfWork.run(() -> held.attach(scope, row, visit));
        return unmatched.get(scope, id);
    }

    /** It stays in suspense, and the note says why. */
    public UnmatchedRow ignore(Scope scope, UnmatchedId id, String note) {
        UnmatchedRow row = open(scope, id);
        requireNote(note);
        UnitOfWork.run(() -> held.ignore(scope, row, note));
        return unmatched.get(scope, id);
    }

    /**
     * It goes back to whoever paid it; it is closed once the provider has returned it.
     *
     * @param secondFactorCode where the provider wants one
     */
    public RefundRow giveBack(
            Scope scope, UnmatchedId id, String note, Optional<String> secondFactorCode) {
        UnmatchedRow row = open(scope, id);
        requireNote(note);
        return refunding.issue(
                scope,
                new IssueRefundCommand(
                        new PaymentId(row.payment()),
                        Optional.of(held.heldIn(scope, row)),
                        "unmatched",
                        Optional.of(note),
                        Optional.empty(),
                        secondFactorCode));
    }

    /**
     * Too little came for an invoice and no more will: a person takes it for all that was asked.
     *
     * <p><b>Errors</b>: {@code payment.not_short}.
     */
    public void acceptShortfall(Scope scope, PaymentId payment, String note) {
        scope.require(Right.RESOLVE_UNMATCHED);
        requireNote(note);
        UnitOfWork.run(() -> held.acceptShortfall(scope, payment, note));
    }

    /**
     * A payment in review without money in suspense (a hold of another amount, an operation that
     * was told twice differently): a person has looked, and it goes on as reported.
     */
    public void closeReview(Scope scope, PaymentId payment, String note) {
        scope.require(Right.RESOLVE_UNMATCHED);
        requireNote(note);
        UnitOfWork.run(() -> held.closeReview(scope, payment, note));
    }

    private UnmatchedRow open(Scope scope, UnmatchedId id) {
        scope.require(Right.RESOLVE_UNMATCHED);
        UnmatchedRow row = unmatched.get(scope, id);
        if (row.status() != UnmatchedStatus.OPEN) {
            throw new HubException(
                    Problem.CONFLICT,
                    "unmatched.not_open",
                    "This was dealt with already: it is " + row.status().word() + ".");
        }
        return row;
    }

    private static void requireNote(String note) {
        if (note == null || note.isBlank()) {
            throw HubException.ofField(
                    "note", "unmatched.note_missing", "Say why, for whoever looks at it later.");
        }
        if (note.length() > 1000) {
            throw HubException.ofField(
                    "note", "unmatched.note_too_long", "The note has at most 1000 characters.");
        }
    }
}
