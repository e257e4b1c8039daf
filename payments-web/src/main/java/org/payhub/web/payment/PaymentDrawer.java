package org.payhub.web.payment;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.List;
import org.payhub.dispute.DisputeRow;
import org.payhub.dispute.Disputes;
import org.payhub.ledger.Ledger;
import org.payhub.ledger.LedgerFilter;
import org.payhub.money.Money;
import org.payhub.payment.PaymentId;
import org.payhub.payment.PaymentRow;
import org.payhub.payment.Payments;
import org.payhub.platform.PageRequest;
import org.payhub.provider.Providers;
import org.payhub.provider.spi.Refunding;
import org.payhub.provider.spi.Withdrawing;
import org.payhub.refund.RefundRow;
import org.payhub.refund.Refunds;
import org.payhub.tenancy.Right;
import org.payhub.visit.VisitDetail;
import org.payhub.visit.Visits;
import org.payhub.web.shared.Changed;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.Show;
import org.payhub.webhook.DeliveryDetail;
import org.payhub.webhook.DeliveryFilter;
import org.payhub.webhook.WebhookDeliveries;

/**
 * One payment, followed: visit, payment, refunds, disputes, books; what its sum is made of; and the
 * last webhook that spoke of it. What a role may not see is left out.
 */
@Named("paymentDrawer")
@ViewScoped
public class PaymentDrawer implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject Payments payments;
    @Inject Refunds refunds;
    @Inject Disputes disputes;
    @Inject Visits visits;
    @Inject Ledger ledger;
    @Inject WebhookDeliveries deliveries;
    @Inject Providers providers;
    @Inject Frame frame;
    @Inject Show show;

    private String id;
    private PaymentRow payment;
    private VisitDetail visit;
    private List<RefundRow> paymentRefunds = List.of();
    private List<DisputeRow> paymentDisputes = List.of();
    private int journalLines;
    private transient DeliveryDetail webhook;

    public void load() {
        if (id == null || id.isBlank()) {
            return;
        }
        payment = payments.get(frame.scope(), PaymentId.parse(id));
        visit = payment.visit().map(v -> visits.get(frame.scope(), v)).orElse(null);
        paymentRefunds = refunds.ofPayment(frame.scope(), payment.id());
        if (frame.may(Right.SEE_DISPUTES)) {
            paymentDisputes = disputes.ofPayment(frame.scope(), payment.id());
        }
        if (frame.may(Right.EXPORT)) {
            LedgerFilter lines = LedgerFilter.ofPayment(payment.id().value());
            journalLines =
                    ledger.entries(frame.scope(), lines, PageRequest.first(PageRequest.LARGEST))
                            .items()
                            .size();
        }
        if (frame.may(Right.SEE_WEBHOOKS)) {
            webhook =
                    deliveries
                            .page(
                                    frame.scope(),
                                    DeliveryFilter.ofPayment(payment.id()),
                                    PageRequest.first(1))
                            .items()
                            .stream()
                            .findFirst()
                            .map(row -> deliveries.get(frame.scope(), row.id()))
                            .orElse(null);
        }
    }

    public void again(@Observes(notifyObserver = Reception.IF_EXISTS) Changed change) {
        load();
    }

    public boolean isOpen() {
        return payment != null;
    }

    public boolean isMayRefund() {
        return frame.may(Right.MOVE_MONEY)
                && payment.refundable().isPositive()
                && providers.ability(payment.provider(), Refunding.class).isPresent()
                && payment.unknownWhat().isEmpty();
    }

    public boolean isMayCapture() {
        return frame.may(Right.MOVE_MONEY) && payment.isHeld();
    }

    /** Too little came, and this person may take it for all. */
    public boolean isMayAccept() {
        return frame.may(Right.RESOLVE_UNMATCHED) && payment.isShort();
    }

    /** What came can only go back as a withdrawal. */
    public boolean isMayWithdraw() {
        return frame.may(Right.ASK_WITHDRAWAL)
                && payment.refundable().isPositive()
                && providers.ability(payment.provider(), Refunding.class).isEmpty()
                && providers.ability(payment.provider(), Withdrawing.class).isPresent();
    }

    /** At which rate it was reckoned: {@code 1 EUR = 1.087 USDT (TRON)}. */
    public String getRateText() {
        return payment.quote()
                .map(
                        quote ->
                                "1\u00a0"
                                        + show.coin(payment.asked().asset())
                                        + " = "
                                        + quote.rate()
                                        + "\u00a0"
                                        + show.coin(payment.expected().asset()))
                .orElse("");
    }

    /** What is left; null while the provider has not said its fee, or kept it in another asset. */
    public Money getNet() {
        Money kept = payment.captured().minus(payment.refunded());
        return payment.fee()
                .filter(fee -> fee.asset().equals(kept.asset()))
                .map(kept::minus)
                .orElse(null);
    }

    public ZoneId getZone() {
        return payment.location().map(l -> frame.location(l).zone()).orElse(frame.getZone());
    }

    public PaymentRow getPayment() {
        return payment;
    }

    public VisitDetail getVisit() {
        return visit;
    }

    public List<RefundRow> getRefunds() {
        return paymentRefunds;
    }

    public List<DisputeRow> getDisputes() {
        return paymentDisputes;
    }

    public int getJournalLines() {
        return journalLines;
    }

    public DeliveryDetail getWebhook() {
        return webhook;
    }

    public String getId() {
        return id;
    }

    public void setId(String id) {
        this.id = id;
    }
}
