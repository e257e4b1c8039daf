package org.payhub.web.shared;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How a state looks, everywhere the same: an icon, a word and a tone. The word is the text {@code
 * state.<kind>.<state>}; kinds are {@code payment}, {@code visit}, {@code link}, {@code refund},
 * {@code dispute}, {@code payout}, {@code unmatched}, {@code delivery}, {@code rate}, {@code
 * withdrawal}, {@code integration}, {@code comparedday} and {@code difference}.
 */
@Named("states")
@ApplicationScoped
public class States {

    private record Face(String tone, String icon) {}

    private static final Face STRANGE = new Face("idle", "pi-question-circle");
    private static final Map<String, Face> FACES = new HashMap<>();

    static {
        add("success", "pi-check-circle", "visit.paid", "payment.paid", "link.paid");
        add("success", "pi-check-circle", "integration.live", "payout.paid", "dispute.won");
        add("success", "pi-check-circle", "delivery.applied", "unmatched.attached");
        add("info", "pi-chart-pie", "visit.part_paid", "payment.part_paid", "link.part_paid");
        add("info", "pi-sync", "visit.pending", "payment.pending", "link.pending");
        add("info", "pi-lock", "visit.authorized", "payment.authorized");
        add("info", "pi-eye", "link.opened");
        add("info", "pi-search", "dispute.inquiry", "dispute.under_review");
        add("info", "pi-arrow-right", "payout.in_transit", "payout.pending");
        add("info", "pi-inbox", "delivery.received", "delivery.waiting");
        add("info", "pi-question-circle", "delivery.unmatched");
        add("idle", "pi-wallet", "visit.none", "visit.due", "visit.free");
        add("idle", "pi-undo", "visit.part_refunded", "visit.refunded", "refund.succeeded");
        add("idle", "pi-undo", "payment.part_refunded", "payment.refunded", "unmatched.returned");
        add("idle", "pi-ban", "visit.cancelled", "payment.cancelled", "link.cancelled");
        add("idle", "pi-ban", "refund.cancelled", "payout.cancelled", "unmatched.ignored");
        add("idle", "pi-clock", "payment.created", "payment.expired", "link.expired");
        add("idle", "pi-link", "link.active");
        add("idle", "pi-replay", "link.replaced");
        add("idle", "pi-minus", "delivery.not_ours", "delivery.ignored", "dispute.closed");
        add("idle", "pi-shield", "dispute.prevented");
        add("idle", "pi-circle", "integration.not_connected");
        add("idle", "pi-pause-circle", "integration.paused");
        add("attention", "pi-exclamation-triangle", "visit.review", "payment.review");
        add("attention", "pi-exclamation-triangle", "integration.action_needed");
        add("attention", "pi-question-circle", "payment.unknown", "refund.unknown");
        add("attention", "pi-question-circle", "unmatched.open", "delivery.conflict");
        add("attention", "pi-hourglass", "refund.pending", "payment.refund_pending");
        add("attention", "pi-hourglass", "visit.refund_pending", "delivery.parked");
        add("attention", "pi-users", "refund.requested");
        add("attention", "pi-flag", "dispute.needs_response", "payment.disputed");
        add("danger", "pi-times-circle", "payment.failed", "refund.failed", "payout.failed");
        add("danger", "pi-times-circle", "dispute.lost", "integration.error");
        add("danger", "pi-times-circle", "visit.refund_failed", "payment.refund_failed");
        add("test", "pi-graduation-cap", "integration.test");
        add("success", "pi-check-circle", "call.ok", "rate.valid", "withdrawal.succeeded");
        add("idle", "pi-clock", "rate.over");
        add("attention", "pi-users", "withdrawal.requested");
        add("attention", "pi-question-circle", "withdrawal.unknown");
        add("info", "pi-send", "withdrawal.approved");
        add("info", "pi-sync", "withdrawal.pending");
        add("danger", "pi-times-circle", "withdrawal.failed");
        add("idle", "pi-ban", "withdrawal.cancelled");
        add("success", "pi-check-circle", "comparedday.done");
        add("info", "pi-sync", "comparedday.running");
        add("attention", "pi-exclamation-triangle", "comparedday.left", "comparedday.failed");
        add("attention", "pi-arrows-h", "difference.amount_differs");
        add("attention", "pi-question-circle", "difference.only_ours", "difference.only_theirs");
        add("idle", "pi-minus", "difference.not_ours");
        add("attention", "pi-ban", "call.refused");
        add("danger", "pi-times-circle", "call.failed");
    }

    @Inject Texts texts;

    private static void add(String tone, String icon, String... states) {
        Face face = new Face(tone, "pi " + icon);
        for (String state : states) {
            FACES.put(state, face);
        }
    }

    public String tone(String kind, Object state) {
        return FACES.getOrDefault(key(kind, state), STRANGE).tone();
    }

    public String icon(String kind, Object state) {
        return FACES.getOrDefault(key(kind, state), STRANGE).icon();
    }

    public String word(String kind, Object state) {
        return texts.of("state." + key(kind, state));
    }

    /** Every state that has a look, for the test that each has its word in each language. */
    static Iterable<String> all() {
        return FACES.keySet();
    }

    private static String key(String kind, Object state) {
        return kind + "." + String.valueOf(state).toLowerCase(Locale.ROOT);
    }
}
