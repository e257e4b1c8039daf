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
import org.payhub.platform.Page;
import org.payhub.provider.Providers;
import org.payhub.tenancy.Right;
import org.payhub.web.shared.Changed;
import org.payhub.web.shared.Days;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.Walk;

/**
 * Online payments: the sums of the whole filter, the rows of one page, and the drawer of the chosen
 * one. Filter, page and choice stand in the address.
 */
@Named("paymentsView")
@ViewScoped
public class PaymentsView implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final int ROWS = 50;

    @Inject Payments payments;
    @Inject Integrations integrations;
    @Inject Providers providers;
    @Inject Frame frame;

    private String text;
    private String from;
    private String to;
    private String provider;
    private String status;
    private String selected;
    private String after;
    private String back;

    private Walk walk;
    private List<PaymentRow> rows = List.of();
    private List<Sum> sums = List.of();

    /** What the whole filter adds up to in one asset. */
    public record Sum(PaymentTotals totals, Money net) implements Serializable {}

    /** Reads page and sums; called when the page opens and after anything was done. */
    public void load() {
        walk =
                new Walk("payments", after, back)
                        .with("q", text)
                        .with("from", from)
                        .with("to", to)
                        .with("provider", provider)
                        .with("status", status);
        Page<PaymentRow> page = payments.page(frame.scope(), filter(), walk.request(ROWS));
        walk.found(page.nextCursor());
        rows = page.items();
        sums = payments.totals(frame.scope(), filter()).stream().map(PaymentsView::sum).toList();
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
                Days.from(from, getZone()),
                Days.until(to, getZone()),
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
        return rows.isEmpty()
                && !isFiltered()
                && frame.may(Right.SEE_INTEGRATIONS)
                && integrations.list(frame.scope()).isEmpty();
    }

    public boolean isFiltered() {
        return filled(text) || filled(from) || filled(to) || filled(provider) || filled(status);
    }

    private static boolean filled(String value) {
        return value != null && !value.isBlank();
    }

    /** The chosen payment, for the drawer. */
    public PaymentId getChosen() {
        return filled(selected) ? PaymentId.parse(selected) : null;
    }

    /** The address of the row above or below the chosen one; empty where there is none. */
    public String neighbour(int step) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).id().toString().equals(selected)) {
                int at = i + step;
                return at >= 0 && at < rows.size()
                        ? walk.here("selected", rows.get(at).id().toString())
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

    public Walk getWalk() {
        return walk;
    }

    public List<PaymentRow> getRows() {
        return rows;
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

    public String getFrom() {
        return from;
    }

    public void setFrom(String from) {
        this.from = from;
    }

    public String getTo() {
        return to;
    }

    public void setTo(String to) {
        this.to = to;
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

    public String getAfter() {
        return after;
    }

    public void setAfter(String after) {
        this.after = after;
    }

    public String getBack() {
        return back;
    }

    public void setBack(String back) {
        this.back = back;
    }
}
