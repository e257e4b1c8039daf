package org.payhub.web.visit;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.payhub.link.LinkRow;
import org.payhub.link.LinkStatus;
import org.payhub.link.PaymentLinks;
import org.payhub.merchant.LocationRow;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.platform.PageRequest;
import org.payhub.tenancy.LocationId;
import org.payhub.tenancy.Right;
import org.payhub.visit.VisitFilter;
import org.payhub.visit.VisitId;
import org.payhub.visit.VisitPaymentStatus;
import org.payhub.visit.VisitRow;
import org.payhub.visit.VisitStatus;
import org.payhub.visit.Visits;
import org.payhub.web.shared.Changed;
import org.payhub.web.shared.Frame;

/**
 * The visits of a day, or those that a search finds. Everything that is chosen stands in the
 * address, so the page can be sent to a colleague and Back goes back.
 */
@Named("visitsView")
@ViewScoped
public class VisitsView implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final int MOST_FOUND = 50;

    @Inject Visits visits;
    @Inject PaymentLinks links;
    @Inject Frame frame;
    @Inject Clock clock;

    private String day;
    private String location;
    private String text;
    private String state;

    private List<Row> rows;
    private boolean more;

    /** One line of the list. */
    public record Row(
            VisitRow visit,
            ZoneId zone,
            String stateKind,
            String state,
            boolean past,
            boolean nowBefore,
            boolean mayAsk,
            boolean askNext,
            String link)
            implements Serializable {}

    /** What the shown visits add up to in one currency; cancelled ones are left out. */
    public record Sum(Asset asset, long visits, Money price, Money paid, Money due)
            implements Serializable {}

    /** The rows, oldest first on a day, newest first in a search. */
    public List<Row> getRows() {
        if (rows == null) {
            rows = rows(load());
        }
        return rows;
    }

    /** Something was done with one of the visits. */
    public void again(@Observes(notifyObserver = Reception.IF_EXISTS) Changed change) {
        rows = null;
    }

    private List<VisitRow> load() {
        Optional<LocationId> place = locationId();
        if (!isSearching()) {
            return visits.day(frame.scope(), place, getDate()).stream()
                    .filter(this::wanted)
                    .toList();
        }
        VisitFilter filter =
                new VisitFilter(
                        place, Optional.empty(), Optional.empty(), statuses(), Optional.of(text));
        var page = visits.page(frame.scope(), filter, PageRequest.first(MOST_FOUND));
        more = page.nextCursor().isPresent();
        return page.items();
    }

    private boolean wanted(VisitRow visit) {
        Set<VisitPaymentStatus> statuses = statuses();
        return statuses.isEmpty() || statuses.contains(visit.paymentStatus());
    }

    private Set<VisitPaymentStatus> statuses() {
        for (VisitPaymentStatus status : VisitPaymentStatus.values()) {
            if (status.word().equals(state)) {
                return Set.of(status);
            }
        }
        return Set.of();
    }

    private List<Row> rows(List<VisitRow> found) {
        Map<VisitId, LinkRow> open = openLinks(found);
        Instant now = clock.instant();
        boolean today = !isSearching() && getDate().equals(today());
        boolean mayMake = frame.may(Right.MAKE_LINKS);
        boolean nowShown = !today;
        boolean nextAsked = false;
        List<Row> made = new ArrayList<>(found.size());
        for (VisitRow visit : found) {
            boolean past = visit.startsAt().isBefore(now);
            boolean nowBefore = !nowShown && !past;
            nowShown = nowShown || nowBefore;
            boolean asks = mayMake && !cancelled(visit) && visit.due().isPositive();
            boolean next = asks && !past && !nextAsked;
            nextAsked = nextAsked || next;
            LinkRow link = open.get(visit.id());
            boolean linkSays =
                    link != null && visit.paymentStatus() == VisitPaymentStatus.NONE && asks;
            made.add(
                    new Row(
                            visit,
                            frame.location(visit.location()).zone(),
                            linkSays ? "link" : "visit",
                            linkSays ? link.status().word() : VisitWords.state(visit),
                            past,
                            nowBefore,
                            asks,
                            next,
                            link == null ? "" : link.url()));
        }
        return made;
    }

    private Map<VisitId, LinkRow> openLinks(List<VisitRow> found) {
        List<VisitId> ids =
                found.stream().filter(v -> v.due().isPositive()).map(VisitRow::id).toList();
        return links.usable(frame.scope(), ids).stream()
                .filter(l -> l.status() == LinkStatus.ACTIVE || l.status() == LinkStatus.OPENED)
                .collect(Collectors.toMap(LinkRow::visit, Function.identity(), (a, b) -> a));
    }

    private static boolean cancelled(VisitRow visit) {
        return visit.status() == VisitStatus.CANCELLED;
    }

    /** The sums, one for each currency. */
    public List<Sum> getSums() {
        Map<Asset, Sum> sums = new LinkedHashMap<>();
        for (Row row : getRows()) {
            VisitRow visit = row.visit();
            if (!cancelled(visit)) {
                Asset asset = visit.price().asset();
                Money none = Money.zero(asset);
                Sum sum = sums.getOrDefault(asset, new Sum(asset, 0, none, none, none));
                sums.put(
                        asset,
                        new Sum(
                                asset,
                                sum.visits() + 1,
                                sum.price().plus(visit.price()),
                                sum.paid().plus(visit.paid()),
                                sum.due().plus(visit.due())));
            }
        }
        return List.copyOf(sums.values());
    }

    public long getVisitCount() {
        return getRows().stream().filter(row -> !cancelled(row.visit())).count();
    }

    public long getEarlier() {
        return getRows().stream().filter(Row::past).count();
    }

    /** Whether the whole list is over, so that a phone must not hide it. */
    public boolean isAllShown() {
        return isSearching() || !getDate().equals(today()) || getEarlier() == getRows().size();
    }

    /** Whether now is after the last visit of today. */
    public boolean isNowLast() {
        return !isSearching()
                && getDate().equals(today())
                && !getRows().isEmpty()
                && getEarlier() == getRows().size();
    }

    public boolean isSearching() {
        return text != null && !text.isBlank();
    }

    public boolean isMore() {
        return more;
    }

    /** The day that is shown, in the zone of the shown location. */
    public LocalDate getDate() {
        if (day == null || day.isBlank()) {
            return today();
        }
        try {
            return LocalDate.parse(day.strip());
        } catch (DateTimeException e) {
            return today();
        }
    }

    private LocalDate today() {
        return clock.instant().atZone(getZone()).toLocalDate();
    }

    public boolean isToday() {
        return getDate().equals(today());
    }

    public ZoneId getZone() {
        return locationId().map(id -> frame.location(id).zone()).orElse(frame.getZone());
    }

    private Optional<LocationId> locationId() {
        return frame.getLocations().stream()
                .map(LocationRow::id)
                .filter(id -> id.toString().equals(location))
                .findFirst();
    }

    /** What else is chosen, for the addresses of other days. */
    public String getRest() {
        StringBuilder rest = new StringBuilder();
        locationId().ifPresent(id -> rest.append("&location=").append(id));
        statuses().forEach(status -> rest.append("&state=").append(status.word()));
        return rest.toString();
    }

    /** The states that the filter offers. */
    public List<String> getStates() {
        return java.util.Arrays.stream(VisitPaymentStatus.values())
                .map(s -> s.word().toLowerCase(Locale.ROOT))
                .toList();
    }

    public String getDay() {
        return day;
    }

    public void setDay(String day) {
        this.day = day;
    }

    public String getLocation() {
        return location;
    }

    public void setLocation(String location) {
        this.location = location;
    }

    public String getText() {
        return text;
    }

    public void setText(String text) {
        this.text = text;
    }

    public String getState() {
        return state;
    }

    public void setState(String state) {
        this.state = state;
    }
}
