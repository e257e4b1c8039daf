package org.payhub.web.home;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.payhub.payment.PaymentFilter;
import org.payhub.payment.PaymentId;
import org.payhub.payment.PaymentRow;
import org.payhub.payment.Payments;
import org.payhub.platform.HubException;
import org.payhub.platform.PageRequest;
import org.payhub.platform.Problem;
import org.payhub.refund.RefundId;
import org.payhub.refund.Refunds;
import org.payhub.tenancy.Right;
import org.payhub.visit.VisitFilter;
import org.payhub.visit.VisitId;
import org.payhub.visit.VisitRow;
import org.payhub.visit.Visits;
import org.payhub.web.shared.Frame;

/**
 * The search at the top of every page: an id leads to its page at once, words find visits and
 * payments.
 */
@Named("findView")
@RequestScoped
public class FindView {

    private static final int MOST_FOUND = 10;

    @Inject Visits visits;
    @Inject Payments payments;
    @Inject Refunds refunds;
    @Inject Frame frame;

    private String text;
    private List<VisitRow> foundVisits = List.of();
    private List<PaymentRow> foundPayments = List.of();

    /** Searches, or answers where an id leads. */
    public String find() {
        String wanted = text == null ? "" : text.strip();
        if (wanted.isEmpty() || !frame.may(Right.SEE_MONEY)) {
            return null;
        }
        try {
            String straight = straight(wanted);
            if (straight != null) {
                return straight;
            }
        } catch (HubException refusal) {
            if (refusal.problem() != Problem.NOT_FOUND) {
                throw refusal;
            }
        }
        foundVisits =
                visits.page(
                                frame.scope(),
                                new VisitFilter(
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Set.of(),
                                        Optional.of(wanted)),
                                PageRequest.first(MOST_FOUND))
                        .items();
        foundPayments =
                payments.page(
                                frame.scope(),
                                new PaymentFilter(
                                        Optional.empty(),
                                        Optional.empty(),
                                        Set.of(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of(wanted)),
                                PageRequest.first(MOST_FOUND))
                        .items();
        return null;
    }

    private String straight(String id) {
        if (id.startsWith("vis_")) {
            return "/admin/visit?faces-redirect=true&id="
                    + visits.get(frame.scope(), VisitId.parse(id)).id();
        }
        if (id.startsWith("pay_")) {
            return payment(payments.get(frame.scope(), PaymentId.parse(id)).id());
        }
        if (id.startsWith("ref_")) {
            return payment(refunds.get(frame.scope(), RefundId.parse(id)).payment());
        }
        return null;
    }

    private static String payment(PaymentId id) {
        return "/admin/payments?faces-redirect=true&selected=" + id;
    }

    public boolean isSearched() {
        return text != null && !text.isBlank();
    }

    public boolean isNothing() {
        return isSearched() && foundVisits.isEmpty() && foundPayments.isEmpty();
    }

    public List<VisitRow> getVisits() {
        return foundVisits;
    }

    public List<PaymentRow> getPayments() {
        return foundPayments;
    }

    public String getText() {
        return text;
    }

    public void setText(String text) {
        this.text = text;
    }
}
