package org.payhub.web.audit;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.Serializable;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.payhub.audit.AuditFilter;
import org.payhub.audit.AuditLog;
import org.payhub.audit.AuditRow;
import org.payhub.audit.LedgerDigestCheck;
import org.payhub.audit.LedgerFinding;
import org.payhub.web.shared.DayRange;
import org.payhub.web.shared.FacesErrors;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.Pager;
import org.payhub.web.shared.Show;
import org.payhub.web.shared.Texts;

/** Settings, Audit log: who did what, from where, newest first. */
@Named("auditView")
@ViewScoped
public class AuditView implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject AuditLog audit;
    @Inject LedgerDigestCheck ledger;
    @Inject Frame frame;
    @Inject FacesErrors errors;
    @Inject Texts texts;
    @Inject Show show;

    private final Pager<AuditRow> pager = new Pager<>("audit");
    private final DayRange days = new DayRange();
    private String who;
    private String act;

    /** One line of an entry's details. */
    public record Detail(String name, String value) {}

    public void load() {
        AuditFilter filter =
                new AuditFilter(
                        text(act),
                        Optional.empty(),
                        Optional.empty(),
                        text(who),
                        days.begin(frame.getZone()),
                        days.end(frame.getZone()));
        pager.with("who", who)
                .with("act", act)
                .with(days)
                .read(request -> audit.page(frame.scope(), filter, request));
    }

    private static Optional<String> text(String typed) {
        return Optional.ofNullable(typed).map(String::strip).filter(t -> !t.isEmpty());
    }

    /** Reckons the ledger's digests again and says whether they fit. */
    public void checkLedger() {
        List<LedgerFinding> findings = ledger.check(frame.scope());
        if (findings.isEmpty()) {
            errors.done(texts.of("audit.check.good"), "");
        }
        for (LedgerFinding finding : findings) {
            errors.say(texts.of("audit.check.bad"), finding.sentence());
        }
    }

    /** The entry's details, line by line. */
    public List<Detail> details(AuditRow row) {
        List<Detail> lines = new ArrayList<>();
        if (row.details().isEmpty()) {
            return lines;
        }
        try (JsonReader reader = Json.createReader(new StringReader(row.details().get()))) {
            reader.readObject()
                    .forEach(
                            (name, value) ->
                                    lines.add(
                                            new Detail(
                                                    words(name),
                                                    value instanceof JsonString text
                                                            ? shown(text.getString())
                                                            : value.toString())));
        } catch (JsonException e) {
            lines.add(new Detail("", row.details().get()));
        }
        return lines;
    }

    /** A moment is shown as everywhere else, anything else as it was written. */
    private String shown(String value) {
        if (!value.endsWith("Z")) {
            return value;
        }
        try {
            return show.time(Instant.parse(value), frame.getZone());
        } catch (DateTimeException e) {
            return value;
        }
    }

    /** A code as words: {@code link.created}, {@code payment_link}, {@code expiresAt}. */
    public String words(String code) {
        StringBuilder words = new StringBuilder();
        for (char letter : code.toCharArray()) {
            if (letter == '.' || letter == '_') {
                words.append(' ');
            } else if (words.isEmpty()) {
                words.append(Character.toUpperCase(letter));
            } else if (Character.isUpperCase(letter)) {
                words.append(' ').append(Character.toLowerCase(letter));
            } else {
                words.append(letter);
            }
        }
        return words.toString();
    }

    public boolean isErased(AuditRow row) {
        return row.details().isEmpty();
    }

    public Pager<AuditRow> getPager() {
        return pager;
    }

    public String getWho() {
        return who;
    }

    public void setWho(String who) {
        this.who = who;
    }

    public String getAct() {
        return act;
    }

    public void setAct(String act) {
        this.act = act;
    }

    public DayRange getDays() {
        return days;
    }
}
