package org.payhub.web.payment;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.payhub.integration.Integrations;
import org.payhub.money.Money;
import org.payhub.payment.PaymentFilter;
import org.payhub.payment.PaymentId;
import org.payhub.payment.PaymentPurpose;
import org.payhub.payment.PaymentRow;
import org.payhub.payment.PaymentStatus;
import org.payhub.payment.PaymentTotals;
import org.payhub.payment.Payments;
import org.payhub.provider.Providers;
import org.payhub.tenancy.Right;
import org.payhub.web.shared.Changed;
import org.payhub.web.shared.DayRange;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.Pager;

/**
 * Online payments: the sums of the whole filter, the rows of one page, and the drawer of the chosen
 * one. Filter, page and choice stand in the address.
 */
@Named("paymentsView")
@ViewScoped
public class PaymentsView implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject Payments payments;
    @Inject Integrations integrations;
    @Inject Providers providers;
    @Inject Frame frame;

    private final Pager<PaymentRow> pager = new Pager<>("payments");
    private final DayRange days = new DayRange();
    private String text;
    private String provider;
    private String status;
    private String selected;
    private List<Sum> sums = List.of();

    /** What the whole filter adds up to in one asset. */
    public record Sum(PaymentTotals totals, Money net) implements Serializable {}

    /** Reads page and sums; called when the page opens and after anything was done. */
    public void load() {
        PaymentFilter filter = filter();
        pager.with("q", text)
                .with(days)
                .with("provider", provider)
                .with("status", status)
                .read(request -> payments.page(frame.scope(), filter, request));
        sums = payments.totals(frame.scope(), filter).stream().map(PaymentsView::sum).toList();
    }

    /** Something was done in a dialog over this page. */
    public void again(@Observes(notifyObserver = Reception.IF_EXISTS) Changed change) {
        load();
    }

    private static Sum sum(PaymentTotals totals) {
        return new Sum(totals, totals.captured().minus(totals.refunded()).minus(totals.fees()));
    }

    private PaymentFilter filter() {
        return new PaymentFilter(
                Optional.empty(),
                Optional.ofNullable(provider).filter(p -> !p.isBlank()),
                statuses(),
                days.begin(getZone()),
                days.end(getZone()),
                Optional.ofNullable(text));
    }

    private Set<PaymentStatus> statuses() {
        return Arrays.stream(PaymentStatus.values())
                .filter(s -> s.word().equals(status))
                .findFirst()
                .map(Set::of)
                .orElse(Set.of());
    }

    /** Whether the newcomer is led to the marketplace: nothing is connected and nothing came. */
    public boolean isOfferConnect() {
        return pager.getRows().isEmpty()
                && !pager.isFiltered()
                && frame.may(Right.SEE_INTEGRATIONS)
                && integrations.list(frame.scope()).isEmpty();
    }

    /** The chosen payment, for the drawer. */
    public PaymentId getChosen() {
        return selected == null || selected.isBlank() ? null : PaymentId.parse(selected);
    }

    /** The address of the row above or below the chosen one; empty where there is none. */
    public String neighbour(int step) {
        List<PaymentRow> rows = pager.getRows();
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).id().toString().equals(selected)) {
                int at = i + step;
                return at >= 0 && at < rows.size()
                        ? pager.here("selected", rows.get(at).id().toString())
                        : "";
            }
        }
        return "";
    }

    /** What is left of the payment after refunds and fee; null while the fee is not known. */
    public Money net(PaymentRow row) {
        Money kept = row.captured().minus(row.refunded());
        return row.fee()
                .filter(fee -> fee.asset().equals(kept.asset()))
                .map(kept::minus)
                .orElse(null);
    }

    public boolean isProof(PaymentRow row) {
        return row.purpose() == PaymentPurpose.PROOF;
    }

    public List<String> getProviderCodes() {
        return providers.all().stream().map(p -> p.profile().code()).toList();
    }

    public List<String> getStatusWords() {
        return Arrays.stream(PaymentStatus.values()).map(PaymentStatus::word).toList();
    }

    public ZoneId getZone() {
        return frame.getZone();
    }

    public Pager<PaymentRow> getPager() {
        return pager;
    }

    public List<Sum> getSums() {
        return sums;
    }

    public String getText() {
        return text;
    }

    public void setText(String text) {
        this.text = text;
    }

    public DayRange getDays() {
        return days;
    }

    public String getProvider() {
        return provider;
    }

    public void setProvider(String provider) {
        this.provider = provider;
    }

    public String getStatus() {
        return status;
    }

    public void setStatus(String status) {
        this.status = status;
    }

    public String getSelected() {
        return selected;
    }

    public void setSelected(String selected) {
        this.selected = selected;
    }
}
