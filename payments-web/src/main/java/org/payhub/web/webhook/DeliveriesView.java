package org.payhub.web.webhook;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.payhub.integration.HealthFacts.RefusalCount;
import org.payhub.integration.IntegrationId;
import org.payhub.integration.IntegrationRow;
import org.payhub.integration.Integrations;
import org.payhub.provider.Providers;
import org.payhub.provider.spi.ProviderConnector;
import org.payhub.tenancy.Right;
import org.payhub.web.integration.Chip;
import org.payhub.web.integration.HealthWords;
import org.payhub.web.integration.ProviderWords;
import org.payhub.web.shared.Changed;
import org.payhub.web.shared.DayRange;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.Pager;
import org.payhub.web.shared.Show;
import org.payhub.web.shared.Texts;
import org.payhub.webhook.DeliveryFilter;
import org.payhub.webhook.DeliveryRow;
import org.payhub.webhook.DeliveryStatus;
import org.payhub.webhook.InboxCounts;
import org.payhub.webhook.WebhookDeliveries;

/**
 * The webhook inbox: the list under the filter of the address, and how many need somebody. It lives
 * as long as its page: the buttons of the chosen webhook stand inside what this bean shows, and a
 * bean of one request would not know yet what was chosen when they are pressed.
 */
@Named("deliveries")
@ViewScoped
public class DeliveriesView implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final int ROWS = 25;

    @Inject WebhookDeliveries deliveries;
    @Inject Integrations integrations;
    @Inject Providers providers;
    @Inject ProviderWords words;
    @Inject HealthWords health;
    @Inject Frame frame;
    @Inject Show show;
    @Inject Texts texts;

    private final Pager<DeliveryRow> pager = new Pager<>("webhooks", ROWS);
    private final DayRange days = new DayRange();
    private String search = "";
    private String status = "";
    private String provider = "";
    private String type = "";
    private String integration = "";
    private String selected = "";
    private transient InboxCounts counts;
    private transient List<RefusalCount> refusals;

    // ---- the list -----------------------------------------------------------------------------

    public void load() {
        DeliveryFilter filter = filter();
        pager.with("q", search)
                .with("status", status)
                .with("provider", provider)
                .with("type", type)
                .with("integration", integration)
                .with(days)
                .read(request -> deliveries.page(frame.scope(), filter, request));
    }

    public Pager<DeliveryRow> getPager() {
        return pager;
    }

    /** A webhook was run again: the list and the counts are read anew. */
    public void again(@Observes(notifyObserver = Reception.IF_EXISTS) Changed change) {
        load();
        counts = null;
    }

    private DeliveryFilter filter() {
        ZoneId zone = frame.getZone();
        return new DeliveryFilter(
                Arrays.stream(DeliveryStatus.values())
                        .filter(s -> s.word().equals(status))
                        .findFirst(),
                Optional.of(provider).filter(text -> !text.isEmpty()),
                Optional.of(integration).filter(t -> !t.isEmpty()).map(IntegrationId::parse),
                Optional.empty(),
                Optional.of(type).filter(text -> !text.isEmpty()),
                Optional.of(search).filter(text -> !text.isEmpty()),
                days.begin(zone),
                days.end(zone),
                Optional.empty());
    }

    /** What a row says below its name. */
    public String line(DeliveryRow row) {
        return switch (row.status()) {
            case APPLIED ->
                    row.payment()
                            .map(p -> texts.of("inbox.line.payment", show.shortId(p)))
                            .orElse("");
            case RECEIVED ->
                    row.nextAttemptAt()
                            .filter(at -> row.attempts() > 0)
                            .map(at -> texts.of("inbox.line.next", show.clock(at, frame.getZone())))
                            .orElse(texts.of("inbox.line.received"));
            default -> row.reason().orElse(texts.of("inbox.line." + row.status().word()));
        };
    }

    public boolean isSelected(DeliveryRow row) {
        return row.id().toString().equals(selected);
    }

    // ---- counts and filters -------------------------------------------------------------------

    public InboxCounts getCounts() {
        if (counts == null) {
            counts = deliveries.counts(frame.scope());
        }
        return counts;
    }

    /** The tabs: states that somebody looks for. */
    public List<Chip> getTabs() {
        return List.of(
                tab("", "inbox.tab.all", 0),
                tab("received", "inbox.tab.waiting", getCounts().waiting()),
                tab("parked", "inbox.tab.parked", getCounts().parked()),
                tab("unmatched", "inbox.tab.unmatched", 0),
                tab("conflict", "inbox.tab.conflict", getCounts().conflicts()));
    }

    private Chip tab(String value, String label, long count) {
        return new Chip(
                value, texts.of(label), count, status.equals(value), pager.fresh("status", value));
    }

    /** Kinds to choose from: those that are on the page. */
    public List<String> getTypes() {
        return pager.getRows().stream().map(DeliveryRow::eventType).distinct().sorted().toList();
    }

    public DeliveryStatus[] getStatuses() {
        return DeliveryStatus.values();
    }

    public Collection<ProviderConnector> getProviders() {
        return providers.all();
    }

    /** Everything that was refused, by cause; nothing else is kept of it. */
    public List<RefusalCount> getRefusals() {
        if (refusals == null) {
            refusals =
                    frame.may(Right.SEE_INTEGRATIONS)
                            ? integrations.list(frame.scope()).stream()
                                    .map(IntegrationRow::id)
                                    .flatMap(
                                            id ->
                                                    integrations
                                                            .get(frame.scope(), id)
                                                            .health()
                                                            .refusals()
                                                            .stream())
                                    .toList()
                            : List.of();
        }
        return refusals;
    }

    public long getRefused() {
        return getRefusals().stream().mapToLong(RefusalCount::refused).sum();
    }

    public String getOldest() {
        Instant oldest = getCounts().oldestWaiting().orElse(null);
        return oldest == null ? "" : health.age(oldest);
    }

    // ---- from the address ---------------------------------------------------------------------

    private static String text(String typed) {
        return typed == null ? "" : typed.strip();
    }

    public String getSearch() {
        return search;
    }

    public void setSearch(String search) {
        this.search = text(search);
    }

    public String getStatus() {
        return status;
    }

    public void setStatus(String status) {
        this.status = text(status).toLowerCase(Locale.ROOT);
    }

    public String getProvider() {
        return provider;
    }

    public void setProvider(String provider) {
        this.provider = text(provider);
    }

    public String getType() {
        return type;
    }

    public void setType(String type) {
        this.type = text(type);
    }

    public String getIntegration() {
        return integration;
    }

    public void setIntegration(String integration) {
        this.integration = text(integration);
    }

    public DayRange getDays() {
        return days;
    }

    public String getSelected() {
        return selected;
    }

    public void setSelected(String selected) {
        this.selected = text(selected);
    }
}
