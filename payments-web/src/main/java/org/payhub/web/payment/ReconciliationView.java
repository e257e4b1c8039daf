package org.payhub.web.payment;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.payhub.integration.IntegrationId;
import org.payhub.integration.IntegrationRow;
import org.payhub.platform.HubException;
import org.payhub.reconciliation.ComparedDayId;
import org.payhub.reconciliation.ComparedDayRow;
import org.payhub.reconciliation.DayStatus;
import org.payhub.reconciliation.DifferenceRow;
import org.payhub.reconciliation.Reconciliation;
import org.payhub.tenancy.Right;
import org.payhub.web.shared.FacesErrors;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.Pager;
import org.payhub.web.shared.Texts;

/** The providers' lists of their days against ours: what was fetched, and what is left. */
@Named("reconciliationView")
@ViewScoped
public class ReconciliationView implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject Reconciliation reconciliation;
    @Inject Frame frame;
    @Inject FacesErrors errors;
    @Inject Texts texts;

    private final Pager<ComparedDayRow> pager = new Pager<>("reconciliation");
    private String show;
    private List<IntegrationRow> integrations = List.of();
    private ComparedDayRow chosen;
    private List<DifferenceRow> differences = List.of();
    private String integration;
    private String day;

    public void load() {
        pager.read(request -> reconciliation.page(frame.scope(), Optional.empty(), request));
        integrations = reconciliation.comparable(frame.scope());
        if (show != null && !show.isBlank()) {
            choose(ComparedDayId.parse(show));
        }
        if (day == null) {
            day = LocalDate.ofInstant(frame.now(), frame.getZone()).minusDays(1).toString();
        }
    }

    private void choose(ComparedDayId id) {
        chosen = reconciliation.get(frame.scope(), id);
        differences = reconciliation.differences(frame.scope(), id);
    }

    /** The button: the day is compared in the background, and the page looks how far it is. */
    public void compare() {
        errors.tried(
                () -> {
                    ComparedDayRow begun =
                            reconciliation.compare(frame.scope(), chosenIntegration(), chosenDay());
                    show = begun.id().toString();
                    load();
                    errors.done(texts.of("reconciliation.begun"), "");
                });
    }

    private IntegrationId chosenIntegration() {
        if (integration == null || integration.isBlank()) {
            throw HubException.ofField(
                    "integration",
                    "reconciliation.integration_missing",
                    texts.of("reconciliation.pick"));
        }
        return IntegrationId.parse(integration);
    }

    private LocalDate chosenDay() {
        try {
            return LocalDate.parse(day == null ? "" : day.strip());
        } catch (DateTimeException e) {
            throw HubException.ofField(
                    "day", "reconciliation.day_invalid", texts.of("reconciliation.day.wrong"));
        }
    }

    /** The poll: a comparison goes on by itself. */
    public void look() {
        load();
    }

    public boolean isWaiting() {
        return pager.getRows().stream().anyMatch(row -> row.status() == DayStatus.RUNNING);
    }

    /** Whether this person may begin a comparison. */
    public boolean isMayCompare() {
        return frame.may(Right.RESOLVE_UNMATCHED) && !integrations.isEmpty();
    }

    /** The sentence that says what to do about a difference. */
    public String advice(DifferenceRow row) {
        return texts.of("reconciliation.advice." + row.kind().word());
    }

    /** What differs, in the reader's words. */
    public String thing(DifferenceRow row) {
        return texts.of("reconciliation.thing." + row.thing().name().toLowerCase(Locale.ROOT));
    }

    public Pager<ComparedDayRow> getPager() {
        return pager;
    }

    public List<IntegrationRow> getIntegrations() {
        return integrations;
    }

    public ComparedDayRow getChosen() {
        return chosen;
    }

    public List<DifferenceRow> getDifferences() {
        return differences;
    }

    public String getShow() {
        return show;
    }

    public void setShow(String show) {
        this.show = show;
    }

    public String getIntegration() {
        return integration;
    }

    public void setIntegration(String integration) {
        this.integration = integration;
    }

    public String getDay() {
        return day;
    }

    public void setDay(String day) {
        this.day = day;
    }
}
