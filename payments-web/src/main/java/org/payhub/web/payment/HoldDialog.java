package org.payhub.web.payment;

import jakarta.enterprise.event.Event;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Optional;
import org.payhub.money.Money;
import org.payhub.money.MoneyText;
import org.payhub.payment.PaymentId;
import org.payhub.payment.PaymentRow;
import org.payhub.payment.Payments;
import org.payhub.payment.SettleHold;
import org.payhub.platform.HubException;
import org.payhub.web.shared.Changed;
import org.payhub.web.shared.FacesErrors;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.Look;
import org.payhub.web.shared.Texts;

/** Takes money that is held, in whole or in part, or lets it go. */
@Named("holdDialog")
@ViewScoped
public class HoldDialog implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject Payments payments;
    @Inject SettleHold settleHold;
    @Inject Frame frame;
    @Inject FacesErrors errors;
    @Inject Texts texts;
    @Inject Look look;
    @Inject Event<Changed> changed;

    private PaymentRow payment;
    private String amount;

    public void open(PaymentId id) {
        errors.tried(
                () -> {
                    payment = payments.get(frame.scope(), id);
                    amount = MoneyText.digits(payment.authorized(), look.getLocale());
                });
    }

    public void capture() {
        errors.tried(
                () -> {
                    settleHold.capture(frame.scope(), payment.id(), Optional.of(typed()));
                    changed.fire(new Changed(payment.id().toString()));
                    errors.done(
                            texts.of("visit.capture.done"), texts.of("visit.capture.done.detail"));
                });
    }

    public void release() {
        if (errors.tried(() -> settleHold.voidHold(frame.scope(), payment.id()))) {
            changed.fire(new Changed(payment.id().toString()));
            errors.done(texts.of("visit.void.done"), "");
        }
    }

    private Money typed() {
        try {
            return MoneyText.parse(amount, payment.authorized().asset(), look.getLocale());
        } catch (HubException refusal) {
            throw HubException.ofField("captureAmount", refusal.code(), errors.sentence(refusal));
        }
    }

    public PaymentRow getPayment() {
        return payment;
    }

    public String getAmount() {
        return amount;
    }

    public void setAmount(String amount) {
        this.amount = amount;
    }
}
