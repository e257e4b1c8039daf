package org.payhub.web.payment;

import jakarta.enterprise.event.Event;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import org.payhub.finance.ResolveUnmatched;
import org.payhub.payment.PaymentId;
import org.payhub.payment.PaymentRow;
import org.payhub.payment.PaymentStatus;
import org.payhub.payment.Payments;
import org.payhub.tenancy.Right;
import org.payhub.web.shared.Changed;
import org.payhub.web.shared.FacesErrors;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.Texts;

/**
 * A person has looked at a payment in review that holds no money aside, and says why it goes on.
 */
@Named("reviewDialog")
@ViewScoped
public class ReviewDialog implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject Payments payments;
    @Inject ResolveUnmatched resolve;
    @Inject Frame frame;
    @Inject FacesErrors errors;
    @Inject Texts texts;
    @Inject Event<Changed> changed;

    private PaymentRow payment;
    private String note;

    /** Whether it can be closed here; money that is held aside has its own place and ways out. */
    public boolean offers(PaymentRow row) {
        return row.status() == PaymentStatus.REVIEW
                && row.suspense().isZero()
                && frame.may(Right.RESOLVE_UNMATCHED);
    }

    public void open(PaymentId id) {
        errors.tried(
                () -> {
                    payment = payments.get(frame.scope(), id);
                    note = "";
                });
    }

    public void close() {
        errors.tried(
                () -> {
                    resolve.closeReview(
                            frame.scope(), payment.id(), note == null ? "" : note.strip());
                    changed.fire(new Changed(payment.id().toString()));
                    errors.done(texts.of("review.closed"), "");
                });
    }

    public PaymentRow getPayment() {
        return payment;
    }

    public String getNote() {
        return note;
    }

    public void setNote(String note) {
        this.note = note;
    }
}
