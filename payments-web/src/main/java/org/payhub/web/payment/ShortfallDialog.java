package org.payhub.web.payment;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Named;

/** Too little came and no more will: a person takes it for all that was asked. */
@Named("shortfallDialog")
@ViewScoped
public class ShortfallDialog extends PaymentNoteDialog {

    private static final long serialVersionUID = 1L;

    public void accept() {
        decide(
                (id, note) -> resolve.acceptShortfall(frame.scope(), id, note),
                "payments.short.accepted");
    }
}
