package org.payhub.web.payment;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.payhub.finance.ResolveUnmatched;
import org.payhub.payment.PaymentId;
import org.payhub.payment.PaymentRow;
import org.payhub.payment.Payments;
import org.payhub.platform.HubException;
import org.payhub.platform.PageRequest;
import org.payhub.provider.Providers;
import org.payhub.provider.spi.Refunding;
import org.payhub.provider.spi.Withdrawing;
import org.payhub.tenancy.Right;
import org.payhub.unmatched.UnmatchedFilter;
import org.payhub.unmatched.UnmatchedId;
import org.payhub.unmatched.UnmatchedMoney;
import org.payhub.unmatched.UnmatchedRow;
import org.payhub.visit.VisitFilter;
import org.payhub.visit.VisitId;
import org.payhub.visit.VisitRow;
import org.payhub.visit.Visits;
import org.payhub.web.shared.FacesErrors;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.Pager;
import org.payhub.web.shared.Texts;

/** Genuine money that waits for a person: attach it to a visit, give it back, or leave it aside. */
@Named("unmatchedView")
@ViewScoped
public class UnmatchedView implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final int MOST_FOUND = 20;

    @Inject UnmatchedMoney unmatched;
    @Inject ResolveUnmatched resolve;
    @Inject Visits visits;
    @Inject Payments payments;
    @Inject Providers providers;
    @Inject Frame frame;
    @Inject FacesErrors errors;
    @Inject Texts texts;

    private final Pager<UnmatchedRow> pager = new Pager<>("unmatched");
    private String show;

    private UnmatchedRow chosen;
    private String search;
    private List<VisitRow> found = List.of();
    private String visit;
    private String note;
    private String code = "";
    private boolean codeWanted;

    public void load() {
        UnmatchedFilter filter = isAll() ? UnmatchedFilter.all() : UnmatchedFilter.open();
        pager.with("show", show).read(request -> unmatched.page(frame.scope(), filter, request));
    }

    /** The buttons of a row. */
    public void choose(UnmatchedId id) {
        errors.tried(
                () -> {
                    chosen = unmatched.get(frame.scope(), id);
                    note = "";
                    code = "";
                    codeWanted = false;
                    visit = null;
                    // Most often it is for the visit for which it was asked.
                    PaymentRow holder =
                            payments.get(frame.scope(), new PaymentId(chosen.payment()));
                    search = holder.visit().flatMap(v -> holder.clientName()).orElse("");
                    find();
                    holder.visit()
                            .map(VisitId::toString)
                            .filter(v -> found.stream().anyMatch(r -> r.id().toString().equals(v)))
                            .ifPresent(v -> visit = v);
                });
    }

    /** Visits to choose from: what was typed, else the latest ones. */
    public void find() {
        VisitFilter filter =
                new VisitFilter(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Set.of(),
                        Optional.ofNullable(search));
        found = visits.page(frame.scope(), filter, PageRequest.first(MOST_FOUND)).items();
    }

    public void attach() {
        errors.tried(
                () -> {
                    if (visit == null || visit.isBlank()) {
                        throw HubException.ofField(
                                "visit",
                                "unmatched.visit_missing",
                                texts.of("unmatched.attach.pick"));
                    }
                    resolve.attach(frame.scope(), chosen.id(), VisitId.parse(visit));
                    load();
                    errors.done(texts.of("unmatched.attached"), "");
                });
    }

    public void ignore() {
        errors.tried(
                () -> {
                    resolve.ignore(frame.scope(), chosen.id(), note == null ? "" : note.strip());
                    load();
                    errors.done(texts.of("unmatched.ignored"), "");
                });
    }

    public void giveBack() {
        errors.tried(
                () -> {
                    try {
                        resolve.giveBack(
                                frame.scope(),
                                chosen.id(),
                                note == null ? "" : note.strip(),
                                Optional.ofNullable(code)
                                        .map(String::strip)
                                        .filter(c -> !c.isEmpty()));
                    } catch (HubException refusal) {
                        if (refusal.code().equals("refund.second_factor_required") && !codeWanted) {
                            // Nothing was ordered yet: the dialog asks for the code.
                            codeWanted = true;
                            FacesContext.getCurrentInstance().validationFailed();
                            return;
                        }
                        throw refusal;
                    }
                    load();
                    errors.done(texts.of("unmatched.returned"), "");
                });
    }

    /** Whether the provider wants a code that it has sent to the account's owner. */
    public boolean isCodeWanted() {
        return codeWanted;
    }

    public String getCode() {
        return code;
    }

    public void setCode(String newCode) {
        code = newCode;
    }

    /** What came there can only go back as a withdrawal. */
    public boolean byWithdrawal(String provider) {
        return frame.may(Right.ASK_WITHDRAWAL)
                && providers.ability(provider, Refunding.class).isEmpty()
                && providers.ability(provider, Withdrawing.class).isPresent();
    }

    /** The payment that holds it, as addresses name it. */
    public String outside(UnmatchedRow row) {
        return new PaymentId(row.payment()).toString();
    }

    public boolean isAll() {
        return "all".equals(show);
    }

    public boolean isMayResolve() {
        return frame.may(Right.RESOLVE_UNMATCHED);
    }

    public boolean isMayReturn() {
        return frame.may(Right.MOVE_MONEY);
    }

    public Pager<UnmatchedRow> getPager() {
        return pager;
    }

    public UnmatchedRow getChosen() {
        return chosen;
    }

    public List<VisitRow> getFound() {
        return found;
    }

    public String getShow() {
        return show;
    }

    public void setShow(String show) {
        this.show = show;
    }

    public String getSearch() {
        return search;
    }

    public void setSearch(String search) {
        this.search = search;
    }

    public String getVisit() {
        return visit;
    }

    public void setVisit(String visit) {
        this.visit = visit;
    }

    public String getNote() {
        return note;
    }

    public void setNote(String note) {
        this.note = note;
    }
}
