package org.payhub.web.payment;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.util.function.BiConsumer;
import org.payhub.finance.ResolveUnmatched;
import org.payhub.payment.PaymentId;
import org.payhub.payment.PaymentRow;
import org.payhub.payment.Payments;
import org.payhub.web.shared.Changed;
import org.payhub.web.shared.FacesErrors;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.Texts;

/** A dialog over one payment in which a person decides about it and notes why. */
public abstract class PaymentNoteDialog implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject Payments payments;
    @Inject ResolveUnmatched resolve;
    @Inject Frame frame;
    @Inject FacesErrors errors;
    @Inject Texts texts;
    @Inject Event<Changed> changed;

    private PaymentRow payment;
    private String note;

    public void open(PaymentId id) {
        errors.tried(
                () -> {
                    payment = payments.get(frame.scope(), id);
                    note = "";
                });
    }

    /** Carries out what was decided, with the note, and says the text of that key. */
    void decide(BiConsumer<PaymentId, String> decision, String done) {
        errors.tried(
                () -> {
                    decision.accept(payment.id(), note == null ? "" : note.strip());
                    changed.fire(new Changed(payment.id().toString()));
                    errors.done(texts.of(done), "");
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
