package org.payhub.web.visit;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.payhub.client.NewClient;
import org.payhub.merchant.LocationRow;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.money.MoneyText;
import org.payhub.platform.HubException;
import org.payhub.visit.CreateVisit;
import org.payhub.visit.VisitDetail;
import org.payhub.visit.VisitLineKind;
import org.payhub.visit.VisitLineRow;
import org.payhub.visit.Visits;
import org.payhub.web.shared.FacesErrors;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.Look;
import org.payhub.web.shared.Texts;

/**
 * A visit typed at the front desk. Everything is kept as it was typed until it is right, so an
 * error never costs what was written.
 */
@Named("newVisitView")
@ViewScoped
public class NewVisitView implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final int MOST_LINES = 20;

    @Inject Visits visits;
    @Inject Frame frame;
    @Inject FacesErrors errors;
    @Inject Texts texts;
    @Inject Look look;
    @Inject Clock clock;

    private String name;
    private String phone;
    private String email;
    private String language = "";
    private String location;
    private String day;
    private String start;
    private String end;
    private String note;
    private List<Line> lines = new ArrayList<>(List.of(new Line()));

    /** One line as it is typed. */
    public static class Line implements Serializable {

        private static final long serialVersionUID = 1L;

        private String service;
        private String staff;
        private String price;

        public String getService() {
            return service;
        }

        public void setService(String service) {
            this.service = service;
        }

        public String getStaff() {
            return staff;
        }

        public void setStaff(String staff) {
            this.staff = staff;
        }

        public String getPrice() {
            return price;
        }

        public void setPrice(String price) {
            this.price = price;
        }
    }

    /** Today, the next whole hour, the first location. */
    public void begin() {
        if (location == null || location.isEmpty()) {
            location = frame.getDefaultLocation().id().toString();
        }
        var now = clock.instant().atZone(place().zone());
        if (day == null || day.isEmpty()) {
            day = now.toLocalDate().toString();
        }
        int hour = Math.min(now.getHour() + 1, 22);
        start = LocalTime.of(hour, 0).toString();
        end = LocalTime.of(hour + 1, 0).toString();
    }

    public void addLine() {
        if (lines.size() < MOST_LINES) {
            lines.add(new Line());
        }
    }

    public void removeLine(Line line) {
        lines.remove(line);
        if (lines.isEmpty()) {
            lines.add(new Line());
        }
    }

    /** The button "Save visit". */
    public String save() {
        List<VisitDetail> saved = new ArrayList<>(1);
        if (!errors.tried(() -> saved.add(visits.create(frame.scope(), command())))) {
            return null;
        }
        errors.doneThere(texts.of("newvisit.saved"), texts.of("newvisit.saved.detail"));
        return "/admin/visit?faces-redirect=true&id=" + saved.get(0).id();
    }

    private CreateVisit command() {
        NewClient client =
                new NewClient(Optional.empty(), name, typed(phone), typed(email), typed(language));
        return new CreateVisit(
                Optional.empty(),
                Optional.of(place().id()),
                client,
                typedLines(),
                moment("start", start),
                Optional.of(moment("endsAt", end)),
                Optional.empty(),
                typed(note));
    }

    private Instant moment(String field, String time) {
        LocalDate date;
        try {
            date = LocalDate.parse(day == null ? "" : day.strip());
        } catch (DateTimeException e) {
            throw HubException.ofField("day", "visit.day_invalid", texts.of("newvisit.error.day"));
        }
        try {
            String clean = time == null ? "" : time.strip();
            LocalTime at = LocalTime.parse(clean.length() == 4 ? "0" + clean : clean);
            return date.atTime(at).atZone(place().zone()).toInstant();
        } catch (DateTimeException e) {
            throw HubException.ofField(
                    field, "visit.time_invalid", texts.of("newvisit.error.time"));
        }
    }

    private List<VisitLineRow> typedLines() {
        List<VisitLineRow> typed = new ArrayList<>();
        for (Line line : lines) {
            boolean empty = blank(line.service) && blank(line.price) && blank(line.staff);
            if (empty && lines.size() > 1) {
                continue;
            }
            if (blank(line.service)) {
                throw atLine(line, "service", "visit.line_name_missing", "newvisit.error.line");
            }
            typed.add(
                    new VisitLineRow(
                            VisitLineKind.SERVICE,
                            line.service.strip(),
                            typed(line.staff),
                            price(line)));
        }
        return typed;
    }

    private Money price(Line line) {
        if (blank(line.price)) {
            throw atLine(line, "price", "visit.line_price_missing", "newvisit.error.price");
        }
        try {
            return MoneyText.parse(line.price, getCurrency(), look.getLocale());
        } catch (HubException refusal) {
            throw HubException.ofField(
                    "lines[" + lines.indexOf(line) + "].price",
                    refusal.code(),
                    errors.sentence(refusal));
        }
    }

    private HubException atLine(Line line, String field, String code, String text) {
        return HubException.ofField(
                "lines[" + lines.indexOf(line) + "]." + field, code, texts.of(text));
    }

    private static boolean blank(String text) {
        return text == null || text.isBlank();
    }

    private static Optional<String> typed(String text) {
        return Optional.ofNullable(text).map(String::strip).filter(t -> !t.isEmpty());
    }

    private LocationRow place() {
        return frame.getLocations().stream()
                .filter(l -> l.id().toString().equals(location))
                .findFirst()
                .orElseGet(frame::getDefaultLocation);
    }

    /** What the location charges in. */
    public Asset getCurrency() {
        return place().currency();
    }

    public LocationRow getPlace() {
        return place();
    }

    /** What the lines add up to as far as they are numbers, for the eye. */
    public Money getTotal() {
        Money total = Money.zero(getCurrency());
        for (Line line : lines) {
            try {
                total = total.plus(MoneyText.parse(line.price, getCurrency(), look.getLocale()));
            } catch (HubException notYetANumber) {
                continue;
            }
        }
        return total;
    }

    public List<Line> getLines() {
        return lines;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getPhone() {
        return phone;
    }

    public void setPhone(String phone) {
        this.phone = phone;
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(String email) {
        this.email = email;
    }

    public String getLanguage() {
        return language;
    }

    public void setLanguage(String language) {
        this.language = language;
    }

    public String getLocation() {
        return location;
    }

    public void setLocation(String location) {
        this.location = location;
    }

    public String getDay() {
        return day;
    }

    public void setDay(String day) {
        this.day = day;
    }

    public String getStart() {
        return start;
    }

    public void setStart(String start) {
        this.start = start;
    }

    public String getEnd() {
        return end;
    }

    public void setEnd(String end) {
        this.end = end;
    }

    public String getNote() {
        return note;
    }

    public void setNote(String note) {
        this.note = note;
    }
}
