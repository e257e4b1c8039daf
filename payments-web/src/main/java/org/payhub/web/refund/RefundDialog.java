package org.payhub.web.refund;

import jakarta.enterprise.event.Event;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.payhub.money.Money;
import org.payhub.money.MoneyText;
import org.payhub.payment.PaymentId;
import org.payhub.payment.PaymentRow;
import org.payhub.payment.Payments;
import org.payhub.platform.HubException;
import org.payhub.refund.IssueRefund;
import org.payhub.refund.IssueRefundCommand;
import org.payhub.refund.RefundId;
import org.payhub.refund.RefundRow;
import org.payhub.web.shared.Changed;
import org.payhub.web.shared.FacesErrors;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.Look;
import org.payhub.web.shared.Show;
import org.payhub.web.shared.Texts;
import org.primefaces.PrimeFaces;

/**
 * Asks for a refund. The key of the request is made when the dialog opens, so a second press of the
 * button, or a press after a lost answer, finds the first refund instead of making another.
 */
@Named("refundDialog")
@ViewScoped
public class RefundDialog implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final List<String> REASONS =
            List.of("client_cancelled", "we_cancelled", "paid_twice", "other");

    @Inject Payments payments;
    @Inject IssueRefund issueRefund;
    @Inject Frame frame;
    @Inject FacesErrors errors;
    @Inject Texts texts;
    @Inject Show show;
    @Inject Look look;
    @Inject Event<Changed> changed;

    private PaymentRow payment;
    private String amount;
    private String reason;
    private String note;
    private String requestKey;
    private String code = "";
    private boolean codeWanted;
    private RefundId approving;

    /** The button "Refund" of a payment. */
    public void open(PaymentId id) {
        errors.tried(
                () -> {
                    payment = payments.get(frame.scope(), id);
                    amount = digits(payment.refundable());
                    reason = REASONS.get(0);
                    note = "";
                    requestKey = UUID.randomUUID().toString();
                    code = "";
                    codeWanted = false;
                    approving = null;
                });
    }

    /** The last step; where the provider wants a code, the same step once more with it. */
    public void issue() {
        errors.tried(() -> askingForACode(approving == null ? this::order : this::agree));
    }

    private void order() {
        RefundRow refund =
                issueRefund.issue(
                        frame.scope(),
                        new IssueRefundCommand(
                                payment.id(),
                                Optional.of(typed()),
                                reason,
                                Optional.ofNullable(note).filter(n -> !n.isBlank()),
                                Optional.of(requestKey),
                                typedCode()));
        changed.fire(new Changed(refund.id().toString()));
        String said = refund.awaitsApproval() ? "refund.approval" : "refund.asked";
        errors.done(texts.of(said), texts.of(said + ".detail"));
    }

    private void agree() {
        issueRefund.approve(frame.scope(), approving, typedCode());
        changed.fire(new Changed(approving.toString()));
        errors.done(texts.of("refund.approved"), texts.of("refund.asked.detail"));
    }

    /** Nothing was ordered when the provider wants a code first: the dialog then asks for it. */
    private void askingForACode(Runnable step) {
        try {
            step.run();
        } catch (HubException refusal) {
            if (refusal.code().equals("refund.second_factor_required") && !codeWanted) {
                codeWanted = true;
                code = "";
                FacesContext.getCurrentInstance().validationFailed();
                PrimeFaces.current().ajax().addCallbackParam("code", true);
                return;
            }
            throw refusal;
        }
    }

    private Optional<String> typedCode() {
        return Optional.ofNullable(code).map(String::strip).filter(c -> !c.isEmpty());
    }

    private Money typed() {
        try {
            return MoneyText.parse(amount, payment.captured().asset(), look.getLocale());
        } catch (HubException refusal) {
            throw HubException.ofField("refundAmount", refusal.code(), errors.sentence(refusal));
        }
    }

    /** A second person says yes; where the provider wants a code, the dialog opens for it. */
    public void approve(RefundRow refund) {
        errors.tried(
                () -> {
                    payment = payments.get(frame.scope(), refund.payment());
                    amount = digits(refund.amount());
                    reason = REASONS.get(0);
                    note = "";
                    code = "";
                    codeWanted = false;
                    approving = refund.id();
                    askingForACode(this::agree);
                });
    }

    /** The request is taken back before anything happened. */
    public void withdraw(RefundId id) {
        if (errors.tried(() -> issueRefund.withdraw(frame.scope(), id))) {
            changed.fire(new Changed(id.toString()));
            errors.done(texts.of("refund.withdrawn"), "");
        }
    }

    public List<String> getReasons() {
        return REASONS;
    }

    /** Up to which amount this person refunds alone; null where there is no limit. */
    public Money getLimit() {
        return frame.scope().moneyLimit().orElse(null);
    }

    /** Whether this person's role moves money only within a limit, and has none yet. */
    public boolean isAlwaysApproved() {
        return frame.scope().moneyLimit().isEmpty() && frame.scope().role().needsLimitToMoveMoney();
    }

    public PaymentRow getPayment() {
        return payment;
    }

    public String getAll() {
        return payment == null ? "" : digits(payment.refundable());
    }

    public String getHalf() {
        return payment == null ? "" : digits(payment.refundable().split(2).get(0));
    }

    private String digits(Money money) {
        return MoneyText.digits(money, look.getLocale());
    }

    /** Whether the provider wants a code that it has sent to the account's owner. */
    public boolean isCodeWanted() {
        return codeWanted;
    }

    /** Whether somebody else's request is being agreed to: then only the code is asked for. */
    public boolean isApproving() {
        return approving != null;
    }

    /** What is about to be returned, for the step that asks for the code. */
    public String getAsked() {
        return payment == null ? "" : amount + "\u00a0" + show.unit(payment.captured().asset());
    }

    public String getCode() {
        return code;
    }

    public void setCode(String code) {
        this.code = code;
    }

    public String getAmount() {
        return amount;
    }

    public void setAmount(String amount) {
        this.amount = amount;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(String reason) {
        this.reason = reason;
    }

    public String getNote() {
        return note;
    }

    public void setNote(String note) {
        this.note = note;
    }
}
