package org.payhub.web.visit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.payhub.timeline.TimelineRow;
import org.payhub.timeline.TimelineRow.What;
import org.payhub.web.payment.PaymentWords;
import org.payhub.web.shared.Show;
import org.payhub.web.shared.Texts;

/** Turns what happened into lines that a person reads: who, what, the evidence, when. */
@Named("timelineWords")
@ApplicationScoped
public class TimelineWords {

    private record Face(String tone, String icon) {}

    private static final Map<What, Face> FACES = new EnumMap<>(What.class);

    static {
        put("", "pi-calendar-plus", What.VISIT_BOOKED);
        put("", "pi-link", What.LINK_CREATED);
        put("info", "pi-eye", What.LINK_OPENED);
        put("", "pi-arrow-right", What.CHECKOUT_OPENED);
        put("info", "pi-sync", What.PAYMENT_PENDING);
        put("danger", "pi-times-circle", What.PAYMENT_DECLINED, What.REFUND_FAILED);
        put("info", "pi-lock", What.PAYMENT_HELD);
        put("success", "pi-check-circle", What.PAYMENT_CAPTURED, What.LINK_PAID);
        put("", "pi-lock-open", What.HOLD_RELEASED);
        put("", "pi-clock", What.HOLD_EXPIRED, What.LINK_ENDED);
        put("attention", "pi-hourglass", What.REFUND_REQUESTED);
        put("", "pi-undo", What.REFUND_SUCCEEDED);
        put("", "pi-ban", What.REFUND_CANCELLED, What.VISIT_CANCELLED);
        put("attention", "pi-flag", What.DISPUTE_OPENED);
        put("", "pi-flag", What.DISPUTE_CLOSED);
    }

    /** One line. */
    public record Line(
            String tone, String icon, String who, String title, String detail, Instant at) {}

    @Inject Texts texts;
    @Inject Show show;
    @Inject PaymentWords words;

    private static void put(String tone, String icon, What... kinds) {
        for (What kind : kinds) {
            FACES.put(kind, new Face(tone, icon));
        }
    }

    public List<Line> lines(List<TimelineRow> rows) {
        return rows.stream().map(this::line).toList();
    }

    private Line line(TimelineRow row) {
        String amount = row.amount().map(show::money).orElse("");
        String who = who(row);
        String evidence = evidence(row);
        String key = "timeline." + row.what().word();
        Face face = FACES.get(row.what());
        boolean person = !row.byProvider() && !row.who().isEmpty() && isActOfPerson(row.what());
        return new Line(
                person ? "" : face.tone(),
                face.icon(),
                person ? row.who() : "",
                texts.of(key, amount, who, evidence),
                detail(row, key, amount, who, evidence),
                row.at());
    }

    private String detail(TimelineRow row, String key, String amount, String who, String evidence) {
        if (row.what() == What.CHECKOUT_OPENED) {
            return texts.of(key + ".detail", amount, words.provider(row.evidence()));
        }
        String detail = texts.ofOr("", key + ".detail", amount, who, evidence).strip();
        return detail.endsWith(",") ? detail.substring(0, detail.length() - 1) : detail;
    }

    private static boolean isActOfPerson(What what) {
        return what == What.LINK_CREATED || what == What.REFUND_REQUESTED;
    }

    private String who(TimelineRow row) {
        if (row.byProvider()) {
            return words.provider(row.who());
        }
        return row.who().isEmpty() ? texts.of("timeline.someone") : row.who();
    }

    /** Reasons in the reader's language; keys of a provider as they are. */
    private String evidence(TimelineRow row) {
        if (row.what() == What.REFUND_REQUESTED) {
            return texts.ofOr(row.evidence(), "refund.reason." + row.evidence());
        }
        if (row.what() == What.LINK_ENDED) {
            return texts.ofOr(row.evidence(), "state.link." + row.evidence());
        }
        return row.evidence();
    }
}
