package org.payhub.simulator.alppay;

import static org.payhub.simulator.kit.CabinetParts.card;
import static org.payhub.simulator.kit.CabinetParts.number;
import static org.payhub.simulator.kit.CabinetParts.tick;
import static org.payhub.simulator.kit.CabinetParts.time;
import static org.payhub.simulator.kit.Html.esc;
import static org.payhub.simulator.kit.Html.hidden;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.payhub.simulator.kit.CabinetParts;
import org.payhub.simulator.kit.CabinetSwitches;
import org.payhub.simulator.kit.Html;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.Said;
import org.payhub.simulator.kit.WebhookQueue;

/** What the cabinet of one account shows. */
final class CabinetView {

    private static final int ROWS = 30;

    private final AlppaySimulator alppay;
    private final World world;
    private final String account;
    private final String here;

    CabinetView(AlppaySimulator alppay, World world, String account) {
        this.alppay = alppay;
        this.world = world;
        this.account = account;
        this.here = Cabinet.path(account);
    }

    String body(Said said) {
        return "<main>"
                + head()
                + said.html()
                + keys()
                + webhooks()
                + balances()
                + payments()
                + withdrawals()
                + deliveries()
                + switches()
                + requests()
                + newAccount()
                + "</main>";
    }

    private String head() {
        Map<String, String> names = new LinkedHashMap<>();
        alppay.accounts().forEach(a -> names.put(Cabinet.path(a.id()), a.name()));
        JsonObject merchant = world.merchant(account);
        String lead =
                "ALPPAY account <code>"
                        + esc(account)
                        + "</code>, registered as "
                        + esc(Json.need(merchant, "email"));
        return CabinetParts.accounts("Accounts", names, here)
                + CabinetParts.owner("A", Json.need(merchant, "name"), lead);
    }

    private String keys() {
        JsonObject merchant = world.merchant(account);
        StringBuilder s = card("Keys").append("<dl><dt>API key</dt><dd class=\"key\" data-key=\"");
        s.append("api\">")
                .append(Html.copyable(Json.need(merchant, "_api")))
                .append(Html.button(here + "/key", hidden("kind", "api"), "quiet", "Rotate"))
                .append("</dd>");
        List<String> hmac = world.hmacKeys(account);
        for (int i = 0; i < hmac.size(); i++) {
            s.append(i == 0 ? "<dt>HMAC key, from support</dt>" : "<dt>Old one, taken too</dt>")
                    .append("<dd class=\"key\" data-key=\"")
                    .append(i == 0 ? "hmac" : "hmac-old")
                    .append("\">")
                    .append(Html.copyable(hmac.get(i)));
            if (i == 0) {
                s.append(Html.button(here + "/key", hidden("kind", "hmac"), "quiet", "New one"));
            }
            s.append("</dd>");
        }
        s.append("</dl><form method=\"post\" class=\"row\" style=\"margin-block-start:12px\"")
                .append(" action=\"")
                .append(here)
                .append("/account\">")
                .append(
                        tick(
                                "listed",
                                "The hub's address is on the IP white list",
                                Json.flag(merchant, "_listed")))
                .append(
                        tick(
                                "tellsFees",
                                "Transfers tell their fees",
                                Json.flag(merchant, "_tellsFees")))
                .append("<button>Save</button></form>");
        return s.append("</section>").toString();
    }

    private String webhooks() {
        JsonObject merchant = world.merchant(account);
        return card("Webhook addresses")
                + "<p class=\"lead\">At ALPPAY support sets these on request. Here you are"
                + " support.</p><form method=\"post\" class=\"stack\" action=\""
                + here
                + "/webhooks\"><label>Payments<input name=\"payment\" type=\"url\" value=\""
                + esc(Json.need(merchant, "_paymentUrl"))
                + "\" placeholder=\"…/payments/prepaid/alppay/KEY/payment\"></label>"
                + "<label>Withdrawals<input name=\"withdrawal\" type=\"url\" value=\""
                + esc(Json.need(merchant, "_withdrawalUrl"))
                + "\" placeholder=\"…/payments/prepaid/alppay/KEY/withdrawal\"></label>"
                + "<div><button class=\"go\">Set the addresses</button></div></form></section>";
    }

    private String balances() {
        StringBuilder s = card("Balances").append("<dl>");
        AlppayBooks.of(world, account)
                .balances()
                .forEach(
                        (coin, amount) ->
                                s.append("<dt>")
                                        .append(esc(coin.replace('_', ' ')))
                                        .append("</dt><dd>")
                                        .append(esc(amount))
                                        .append("</dd>"));
        return s.append("</dl></section>").toString();
    }

    private String payments() {
        StringBuilder s = card("Payments");
        List<JsonObject> all = world.payments(account).stream().limit(ROWS).toList();
        if (all.isEmpty()) {
            return s.append("<p class=\"lead\">None yet.</p></section>").toString();
        }
        s.append("<div class=\"scroll\"><table><thead><tr><th>Made</th><th>Invoice</th>")
                .append("<th class=\"n\">Asked</th><th class=\"n\">Received</th><th>Status</th>")
                .append("<th></th></tr></thead><tbody>");
        for (JsonObject p : all) {
            s.append("<tr data-payment=\"")
                    .append(esc(Json.need(p, "id")))
                    .append("\"><td>")
                    .append(time(Instant.parse(Json.need(p, "createdAt"))))
                    .append("</td><td><a href=\"/pay/alppay/")
                    .append(esc(Json.need(p, "id")))
                    .append("\"><code>")
                    .append(
                            esc(
                                    Json.need(p, "invoice").isEmpty()
                                            ? "by itself"
                                            : Json.need(p, "invoice")))
                    .append("</code></a></td><td class=\"n\">")
                    .append(esc(Json.need(p, "amount")))
                    .append(" ")
                    .append(esc(Json.need(Json.child(p, "asset"), "short")))
                    .append("</td><td class=\"n\">")
                    .append(esc(Json.need(p, "totalReceivedAmount")))
                    .append("</td><td>")
                    .append(badge(Json.need(p, "status"), Json.need(p, "displayStatus")))
                    .append("</td><td class=\"row\">")
                    .append(paymentActions(p))
                    .append("</td></tr>");
        }
        return s.append("</tbody></table></div></section>").toString();
    }

    private String paymentActions(JsonObject p) {
        String id = Json.need(p, "id");
        if (World.isOpen(p)) {
            boolean covered = World.missing(p).signum() == 0 && World.received(p).signum() > 0;
            return (covered ? deed("confirm", id, "Confirm") : "")
                    + deed("expire", id, "Let time run out");
        }
        return Json.need(p, "displayStatus").equals("AML_CHECK_DANGER")
                ? deed("release", id, "Release")
                : "";
    }

    private String withdrawals() {
        StringBuilder s = card("Withdrawals");
        List<JsonObject> all = world.withdrawals(account).stream().limit(ROWS).toList();
        if (all.isEmpty()) {
            return s.append("<p class=\"lead\">None yet.</p></section>").toString();
        }
        s.append("<div class=\"scroll\"><table><thead><tr><th>Made</th><th>Invoice</th>")
                .append("<th class=\"n\">Amount</th><th>To</th><th>Status</th><th></th></tr>")
                .append("</thead><tbody>");
        for (JsonObject w : all) {
            String id = Json.need(w, "id");
            String status = Json.need(w, "status");
            s.append("<tr data-withdrawal=\"")
                    .append(esc(id))
                    .append("\"><td>")
                    .append(time(Instant.parse(Json.need(w, "createdAt"))))
                    .append("</td><td><code>")
                    .append(esc(Json.need(w, "invoice")))
                    .append("</code></td><td class=\"n\">")
                    .append(esc(Json.need(w, "amount")))
                    .append(" ")
                    .append(esc(Json.need(Json.child(w, "asset"), "short")))
                    .append("</td><td><code>")
                    .append(esc(Json.need(w, "addressTo")))
                    .append("</code></td><td>")
                    .append(badge(status, status))
                    .append("</td><td class=\"row\">");
            if (status.equals("OPEN")) {
                s.append(deed("approve", id, "Approve")).append(deed("cancel", id, "Refuse"));
            } else if (status.equals("APPROVED")) {
                s.append(deed("complete", id, "Send it")).append(deed("cancel", id, "Refuse"));
            }
            s.append("</td></tr>");
        }
        return s.append("</tbody></table></div></section>").toString();
    }

    private String deliveries() {
        List<WebhookQueue.Attempt> own =
                alppay.webhooks().attempts().stream()
                        .filter(a -> world.event(a.parcel()).filter(this::isOwn).isPresent())
                        .limit(ROWS)
                        .toList();
        return CabinetParts.deliveries("Deliveries", own, here + "/resend");
    }

    private boolean isOwn(World.Event event) {
        return event.merchant().equals(account);
    }

    private String switches() {
        JsonObject all = alppay.describe();
        CabinetSwitches switches = new CabinetSwitches(alppay, here);
        String invoices =
                "<h3>Invoices</h3>"
                        + switches.form("timing")
                        + number(
                                "timeoutSeconds",
                                "Time of new ones, in s",
                                Json.number(all, "timeoutSeconds"))
                        + tick("confirmByHand", "Confirm by hand", Json.flag(all, "confirmByHand"))
                        + "<button>Set</button></form>";
        return switches.section("Webhooks", invoices, "");
    }

    private String requests() {
        StringBuilder s = card("Requests").append("<dl>");
        alppay.requestCounts()
                .forEach(
                        (name, count) ->
                                s.append("<dt><code>")
                                        .append(esc(name))
                                        .append("</code></dt><dd>")
                                        .append(count)
                                        .append("</dd>"));
        return s.append("</dl></section>").toString();
    }

    private static String newAccount() {
        return card("Another account")
                + "<form method=\"post\" class=\"row\" action=\"/cabinet/alppay\"><label>Name"
                + "<input name=\"name\" required></label><label>E-mail<input name=\"email\""
                + " type=\"email\" value=\"owner@account.example\"></label>"
                + "<button>Add account</button></form></section>";
    }

    // ---- parts ----

    private String deed(String action, String id, String label) {
        return Html.button(
                here + "/do", hidden("action", action) + hidden("id", id), "quiet", label);
    }

    private static String badge(String status, String shown) {
        String tone =
                switch (shown) {
                    case "COMPLETED", "COMPLETE", "OVERPAID" -> "good";
                    case "AML_CHECK_DANGER", "UNDERPAID", "CANCELLED" -> "bad";
                    case "EXPIRED" -> "bad";
                    default -> "wait";
                };
        return CabinetParts.badge(tone, status.equals(shown) ? status : status + ", " + shown);
    }
}
