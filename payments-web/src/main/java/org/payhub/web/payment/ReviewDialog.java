package org.payhub.web.payment;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Named;
import org.payhub.payment.PaymentRow;
import org.payhub.payment.PaymentStatus;
import org.payhub.tenancy.Right;

/**
 * A person has looked at a payment in review that holds no money aside, and says why it goes on.
 */
@Named("reviewDialog")
@ViewScoped
public class ReviewDialog extends PaymentNoteDialog {

    private static final long serialVersionUID = 1L;

    /** Whether it can be closed here; money that is held aside has its own place and ways out. */
    public boolean offers(PaymentRow row) {
        return row.status() == PaymentStatus.REVIEW
                && row.suspense().isZero()
                && frame.may(Right.RESOLVE_UNMATCHED);
    }

    public void close() {
        decide((id, note) -> resolve.closeReview(frame.scope(), id, note), "review.closed");
    }
}
