package org.payhub.simulator.stripe;

import static org.payhub.simulator.kit.CabinetParts.badge;
import static org.payhub.simulator.kit.CabinetParts.capital;
import static org.payhub.simulator.kit.CabinetParts.card;
import static org.payhub.simulator.kit.CabinetParts.time;
import static org.payhub.simulator.kit.CabinetParts.upper;
import static org.payhub.simulator.kit.Html.esc;
import static org.payhub.simulator.kit.Html.hidden;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;
import org.payhub.simulator.kit.Html;
import org.payhub.simulator.kit.Json;

/** The cabinet's sections on payments, disputes, balance and payouts, with what can be done. */
final class CabinetMoney {

    private static final int ROWS = 50;

    private final World world;
    private final Space space;
    private final String here;

    CabinetMoney(World world, Space space, String here) {
        this.world = world;
        this.space = space;
        this.here = here;
    }

    String payments() {
        StringBuilder section = card("Payments");
        openSessions(section);
        List<JsonObject> charges = world.store.all("charge", space);
        if (charges.isEmpty()) {
            section.append("<p class=\"lead\">No payment yet.</p>");
        } else {
            section.append("<div class=\"scroll\"><table><thead><tr><th>Time</th>")
                    .append("<th>Charge</th><th class=\"n\">Amount</th><th>State</th>")
                    .append("<th>What can happen</th></tr></thead><tbody>");
            charges.stream().limit(ROWS).forEach(c -> section.append(chargeRow(c)));
            section.append("</tbody></table></div>");
        }
        String own = world.accounts.currency(space.account());
        section.append("<details><summary>Sell something outside the hub</summary>")
                .append("<form method=\"post\" class=\"row\" action=\"")
                .append(here)
                .append("/do\">")
                .append(hidden("action", "sell"))
                .append(hidden("id", space.account()))
                .append("<label>Amount in ")
                .append(esc(upper(own)))
                .append(" cents<input name=\"amount\" inputmode=\"numeric\" value=\"1900\">")
                .append("</label><button>Sell</button></form></details>");
        return section.append("</section>").toString();
    }

    private void openSessions(StringBuilder section) {
        List<JsonObject> open =
                world.store.all(
                        "checkout.session",
                        space,
                        Store.NOW,
                        s -> "open".equals(Json.need(s, "status")));
        if (open.isEmpty()) {
            return;
        }
        section.append("<p class=\"note\">Open pay pages: ");
        open.stream()
                .limit(10)
                .forEach(
                        s ->
                                section.append("<a href=\"/pay/c/")
                                        .append(Json.need(s, "id"))
                                        .append("\">")
                                        .append(
                                                esc(
                                                        Currencies.text(
                                                                Json.number(s, "amount_total"),
                                                                Json.need(s, "currency"))))
                                        .append("</a> "));
        section.append("</p>");
    }

    private String chargeRow(JsonObject c) {
        String currency = Json.need(c, "currency");
        long refunded = Json.number(c, "amount_refunded");
        StringBuilder row = new StringBuilder("<tr><td>");
        row.append(time(Instant.ofEpochSecond(Json.number(c, "created"))))
                .append("</td><td><code>")
                .append(Json.need(c, "id"))
                .append("</code><br>")
                .append(esc(Json.text(c, "description").orElse("")))
                .append("</td><td class=\"n\">")
                .append(esc(Currencies.text(Json.number(c, "amount"), currency)))
                .append(
                        refunded == 0
                                ? ""
                                : "<br>refunded " + esc(Currencies.text(refunded, currency)))
                .append("</td><td>")
                .append(state(c))
                .append("</td><td>")
                .append(chargeButtons(c));
        for (JsonObject r : world.refunds.of(c, Store.NOW)) {
            row.append(refundLine(r));
        }
        return row.append("</td></tr>").toString();
    }

    private String state(JsonObject c) {
        String status = Json.need(c, "status");
        if (status.equals("failed")) {
            return badge("bad", "Failed") + "<br>" + esc(Json.text(c, "failure_code").orElse(""));
        }
        if (status.equals("pending")) {
            return badge("wait", "Pending");
        }
        if (!Json.flag(c, "captured")) {
            boolean held = intentStatus(c).equals("requires_capture");
            return held ? badge("wait", "Held") : badge("", "Released");
        }
        return Json.flag(c, "disputed") ? badge("bad", "Disputed") : badge("good", "Paid");
    }

    private String chargeButtons(JsonObject c) {
        String id = Json.need(c, "id");
        StringBuilder row = new StringBuilder("<div class=\"row\">");
        if (Json.need(c, "status").equals("pending")) {
            row.append(act("debit_succeeds", id, "", "Bank says yes"))
                    .append(act("debit_fails", id, "bad", "Bank says no"));
        } else if (intentStatus(c).equals("requires_capture")) {
            row.append(act("capture", id, "", "Capture"))
                    .append(act("cancel", id, "", "Release"))
                    .append(act("hold_expires", id, "bad", "Expire hold"));
        } else if (Json.flag(c, "captured") && world.refunds.left(c) > 0) {
            if (!Json.flag(c, "disputed")) {
                row.append("<form method=\"post\" class=\"row\" action=\"")
                        .append(here)
                        .append("/do\">")
                        .append(hidden("action", "refund"))
                        .append(hidden("id", id))
                        .append("<input name=\"amount\" size=\"8\" inputmode=\"numeric\"")
                        .append(" placeholder=\"all\" aria-label=\"Amount to refund in the")
                        .append(" smallest unit\"><button>Refund</button></form>")
                        .append(act("dispute", id, "bad", "Open dispute"));
            }
        }
        return row.append("</div>").toString();
    }

    private String refundLine(JsonObject r) {
        String status = Json.need(r, "status");
        boolean stands = status.equals("succeeded") || status.equals("pending");
        StringBuilder line = new StringBuilder("<div class=\"row\"><span>Refund ");
        line.append(esc(Currencies.text(Json.number(r, "amount"), Json.need(r, "currency"))))
                .append("</span>")
                .append(badge(stands ? "" : "bad", status));
        if (stands) {
            line.append(act("refund_fails", Json.need(r, "id"), "quiet", "Let it fail"));
        }
        return line.append("</div>").toString();
    }

    String disputes() {
        StringBuilder section = card("Disputes");
        List<JsonObject> all = world.store.all("dispute", space);
        if (all.isEmpty()) {
            section.append("<p class=\"lead\">None.</p>");
        }
        for (JsonObject d : all.stream().limit(ROWS).toList()) {
            String id = Json.need(d, "id");
            String status = Json.need(d, "status");
            boolean open = status.endsWith("needs_response") || status.endsWith("under_review");
            boolean inquiry = status.startsWith("warning");
            section.append("<h3>")
                    .append(
                            esc(
                                    Currencies.text(
                                            Json.number(d, "amount"), Json.need(d, "currency"))))
                    .append(" ")
                    .append(badge(open ? "wait" : "", status.replace('_', ' ')))
                    .append("</h3><p class=\"note\"><code>")
                    .append(id)
                    .append("</code> of <code>")
                    .append(Json.need(d, "charge"))
                    .append("</code></p><div class=\"row\">");
            if (open && inquiry) {
                section.append(act("dispute_warning_closed", id, "", "Close inquiry"))
                        .append(act("dispute_withdraws", id, "bad", "Make it a chargeback"));
            } else if (open) {
                section.append(act("dispute_evidence", id, "", "Hand in evidence"))
                        .append(act("dispute_won", id, "", "Win"))
                        .append(act("dispute_lost", id, "bad", "Lose"));
            }
            section.append("</div>");
        }
        return section.append("</section>").toString();
    }

    String money() {
        StringBuilder section = card("Balance and payouts");
        JsonObject balance = world.balances.balance(space, Store.NOW);
        section.append("<dl>");
        for (String name : List.of("available", "pending")) {
            for (JsonElement e : Json.children(balance, name)) {
                JsonObject b = e.getAsJsonObject();
                section.append("<dt>")
                        .append(capital(name))
                        .append("</dt><dd>")
                        .append(
                                esc(
                                        Currencies.text(
                                                Json.number(b, "amount"),
                                                Json.need(b, "currency"))))
                        .append("</dd>");
            }
        }
        section.append("</dl><div class=\"row\" style=\"margin-block-start:12px\">")
                .append(act("payout", space.account(), "", "Make payout"))
                .append("</div>");
        for (JsonObject p : world.store.all("payout", space).stream().limit(10).toList()) {
            String status = Json.need(p, "status");
            String id = Json.need(p, "id");
            section.append("<h3>")
                    .append(
                            esc(
                                    Currencies.text(
                                            Json.number(p, "amount"), Json.need(p, "currency"))))
                    .append(" ")
                    .append(
                            badge(
                                    status.equals("paid") ? "good" : "wait",
                                    status.replace('_', ' ')))
                    .append("</h3><div class=\"row\"><code>")
                    .append(id)
                    .append("</code>");
            if (status.equals("paid") || status.equals("in_transit")) {
                section.append(act("payout_fails", id, "bad", "Let it fail"));
            }
            section.append("</div>");
        }
        return section.append("</section>").toString();
    }

    private String act(String action, String id, String tone, String label) {
        return Html.button(here + "/do", hidden("action", action) + hidden("id", id), tone, label);
    }

    private String intentStatus(JsonObject charge) {
        return Json.need(world.store.get(Json.need(charge, "payment_intent")), "status");
    }
}
