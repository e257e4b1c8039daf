package org.payhub.web.payment;

import jakarta.enterprise.event.Event;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import org.payhub.finance.ResolveUnmatched;
import org.payhub.payment.PaymentId;
import org.payhub.payment.PaymentRow;
import org.payhub.payment.Payments;
import org.payhub.web.shared.Changed;
import org.payhub.web.shared.FacesErrors;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.Texts;

/** Too little came and no more will: a person takes it for all that was asked. */
@Named("shortfallDialog")
@ViewScoped
public class ShortfallDialog implements Serializable {

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

    public void accept() {
        errors.tried(
                () -> {
                    resolve.acceptShortfall(
                            frame.scope(), payment.id(), note == null ? "" : note.strip());
                    changed.fire(new Changed(payment.id().toString()));
                    errors.done(texts.of("payments.short.accepted"), "");
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
