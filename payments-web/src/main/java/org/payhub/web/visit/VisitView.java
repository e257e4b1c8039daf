package org.payhub.web.visit;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.payhub.link.LinkId;
import org.payhub.link.LinkRow;
import org.payhub.link.LinkStatus;
import org.payhub.link.PaymentLinks;
import org.payhub.money.Money;
import org.payhub.payment.PaymentRow;
import org.payhub.payment.PaymentStatus;
import org.payhub.payment.Payments;
import org.payhub.provider.Providers;
import org.payhub.provider.spi.Refunding;
import org.payhub.refund.RefundRow;
import org.payhub.refund.RefundStatus;
import org.payhub.refund.Refunds;
import org.payhub.tenancy.Right;
import org.payhub.timeline.TimelineRow;
import org.payhub.timeline.Timelines;
import org.payhub.visit.VisitDetail;
import org.payhub.visit.VisitId;
import org.payhub.visit.VisitLineRow;
import org.payhub.visit.VisitStatus;
import org.payhub.visit.Visits;
import org.payhub.web.shared.Changed;
import org.payhub.web.shared.FacesErrors;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.Show;
import org.payhub.web.shared.Texts;
import org.primefaces.PrimeFaces;

/** One visit: what it costs, what came, what is on its way, and what happened. */
@Named("visitView")
@ViewScoped
public class VisitView implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject Visits visits;
    @Inject PaymentLinks links;
    @Inject Payments payments;
    @Inject Refunds refunds;
    @Inject Providers providers;
    @Inject Timelines timelines;
    @Inject TimelineWords timelineWords;
    @Inject Frame frame;
    @Inject FacesErrors errors;
    @Inject Texts texts;
    @Inject Show show;

    private String id;
    private VisitDetail visit;
    private List<LinkRow> visitLinks = List.of();
    private List<Paid> paid = List.of();
    private List<TimelineRow> happened = List.of();
    private String cancelReason;

    /** One payment with its refunds, as the card shows it. */
    public record Paid(
            PaymentRow payment, List<RefundRow> refunds, boolean mayRefund, boolean mayCapture)
            implements Serializable {}

    /** Reads everything; called when the page opens and after anything was done. */
    public void load() {
        visit = visits.get(frame.scope(), VisitId.parse(id));
        visitLinks = links.ofVisit(frame.scope(), visit.id());
        boolean mayMove = frame.may(Right.MOVE_MONEY);
        List<Paid> found = new ArrayList<>();
        for (PaymentRow payment : payments.ofVisit(frame.scope(), visit.id())) {
            // A page that was opened and left says nothing to anybody.
            if (payment.status() != PaymentStatus.CREATED
                    && payment.status() != PaymentStatus.EXPIRED) {
                found.add(
                        new Paid(
                                payment,
                                refunds.ofPayment(frame.scope(), payment.id()),
                                mayMove
                                        && payment.refundable().isPositive()
                                        && providers
                                                .ability(payment.provider(), Refunding.class)
                                                .isPresent()
                                        && payment.unknownWhat().isEmpty(),
                                mayMove && payment.isHeld()));
            }
        }
        paid = List.copyOf(found);
        happened = timelines.ofVisit(frame.scope(), visit.id());
    }

    /** Something was done in a dialog over this page. */
    public void again(@Observes(notifyObserver = Reception.IF_EXISTS) Changed change) {
        load();
    }

    /** Looks whether something changed by itself, and only then shows the page anew. */
    public void look() {
        List<Serializable> before = List.of(visit, (Serializable) paid, (Serializable) visitLinks);
        load();
        if (!before.equals(List.of(visit, paid, visitLinks))) {
            PrimeFaces.current().ajax().update("visit:all");
        }
    }

    /** The button "Cancel link". */
    public void cancelLink(LinkId link) {
        if (errors.tried(() -> links.cancel(frame.scope(), link))) {
            load();
            errors.done(texts.of("visit.linkcancelled"), texts.of("visit.linkcancelled.detail"));
        }
    }

    /** Whether something may change by itself, so that the page looks again. */
    public boolean isWaiting() {
        return visit != null
                && (visitLinks.stream().anyMatch(l -> l.status().usable() || isPending(l))
                        || paid.stream().anyMatch(p -> isOpen(p.payment()))
                        || !getOpenRefunds().isEmpty());
    }

    private static boolean isPending(LinkRow link) {
        return link.status() == LinkStatus.PENDING;
    }

    private static boolean isOpen(PaymentRow payment) {
        return payment.status() == PaymentStatus.PENDING
                || payment.status() == PaymentStatus.UNKNOWN
                || payment.unknownWhat().isPresent();
    }

    /** Refunds that are asked for and not confirmed, newest first. */
    public List<RefundRow> getOpenRefunds() {
        return refundsThat(r -> r.status().isOpen());
    }

    /** Refunds that failed: the money is still here. */
    public List<RefundRow> getFailedRefunds() {
        return refundsThat(r -> r.status() == RefundStatus.FAILED);
    }

    private List<RefundRow> refundsThat(Predicate<RefundRow> wanted) {
        return paid.stream().flatMap(p -> p.refunds().stream()).filter(wanted).toList();
    }

    /** The payment of a refund, for the provider's name. */
    public PaymentRow paymentOf(RefundRow refund) {
        return paid.stream()
                .map(Paid::payment)
                .filter(p -> p.id().equals(refund.payment()))
                .findFirst()
                .orElseThrow();
    }

    /** What is on its way back to the client, all payments together. */
    public Money getOnItsWay() {
        return paid.stream()
                .map(p -> p.payment().refundPending())
                .filter(m -> m.asset().equals(visit.price().asset()))
                .reduce(Money.zero(visit.price().asset()), Money::plus);
    }

    public boolean isConfirming() {
        return paid.stream().anyMatch(p -> p.payment().status() == PaymentStatus.PENDING);
    }

    public boolean isUnknown() {
        return paid.stream().anyMatch(p -> p.payment().status() == PaymentStatus.UNKNOWN);
    }

    public boolean isReview() {
        return getInReview() != null;
    }

    /** The payment at which a person has to look; null where there is none. */
    public PaymentRow getInReview() {
        return paid.stream()
                .map(Paid::payment)
                .filter(payment -> payment.status() == PaymentStatus.REVIEW)
                .findFirst()
                .orElse(null);
    }

    /** The newest payment that can be refunded, for the button at the head. */
    public PaymentRow getRefundable() {
        return paid.stream().filter(Paid::mayRefund).map(Paid::payment).findFirst().orElse(null);
    }

    public boolean isMayAsk() {
        return frame.may(Right.MAKE_LINKS) && !isCancelled() && visit.due().isPositive();
    }

    public boolean isMayCancel() {
        return frame.may(Right.MAKE_LINKS) && visit.status() == VisitStatus.BOOKED;
    }

    public boolean isCancelled() {
        return visit.status() == VisitStatus.CANCELLED;
    }

    /** The button "Cancel the visit". */
    public void cancel() {
        String reason = cancelReason == null ? "" : cancelReason.strip();
        if (errors.tried(() -> visits.cancel(frame.scope(), visit.id(), reason))) {
            load();
            errors.done(texts.of("visit.cancel.done"), "");
        }
    }

    // ---- words -------------------------------------------------------------------------------

    public String getState() {
        return VisitWords.state(visit);
    }

    public List<TimelineWords.Line> getHappened() {
        return timelineWords.lines(happened);
    }

    public String getServices() {
        return visit.lines().stream().map(VisitLineRow::name).collect(Collectors.joining(", "));
    }

    public String getStaff() {
        return visit.lines().stream()
                .flatMap(line -> line.staffName().stream())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** {@code Fri 20 Nov, 14:30 to 16:30}. */
    public String getWhen() {
        return texts.of(
                "visit.when",
                show.day(visit.startsAt().atZone(getZone()).toLocalDate(), getZone()),
                show.clock(visit.startsAt(), getZone()),
                show.clock(visit.endsAt(), getZone()));
    }

    public String getDay() {
        return visit.startsAt().atZone(getZone()).toLocalDate().toString();
    }

    public String getLocationName() {
        return frame.location(visit.location()).name();
    }

    public ZoneId getZone() {
        return frame.location(visit.location()).zone();
    }

    public VisitDetail getVisit() {
        return visit;
    }

    /** The links, newest first, replaced ones left out: they only say that a newer one exists. */
    public List<LinkRow> getLinks() {
        return visitLinks.stream().filter(l -> l.status() != LinkStatus.REPLACED).toList();
    }

    public List<Paid> getPaid() {
        return paid;
    }

    public String getId() {
        return id;
    }

    public void setId(String id) {
        this.id = id;
    }

    public String getCancelReason() {
        return cancelReason;
    }

    public void setCancelReason(String cancelReason) {
        this.cancelReason = cancelReason;
    }
}
