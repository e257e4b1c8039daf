package org.payhub.simulator.alppay;

import static org.payhub.simulator.kit.Html.esc;
import static org.payhub.simulator.kit.Html.hidden;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.payhub.simulator.kit.Html;
import org.payhub.simulator.kit.Json;
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

    String body(String said, boolean failed) {
        StringBuilder page = new StringBuilder("<main>").append(head());
        if (!said.isEmpty()) {
            page.append("<p role=\"status\" class=\"say ")
                    .append(failed ? "bad" : "good")
                    .append("\">")
                    .append(esc(said))
                    .append("</p>");
        }
        page.append(keys()).append(webhooks()).append(balances());
        page.append(payments()).append(withdrawals());
        page.append(deliveries()).append(switches()).append(requests());
        return page.append(newAccount()).append("</main>").toString();
    }

    private String head() {
        StringBuilder head = new StringBuilder();
        head.append("<nav aria-label=\"Accounts\"><a href=\"/cabinet\">All providers</a>");
        for (AlppayAccount a : alppay.accounts()) {
            boolean current = a.id().equals(account);
            head.append(current ? "<b>" : "<a href=\"" + Cabinet.path(a.id()) + "\">")
                    .append(esc(a.name()))
                    .append(current ? "</b>" : "</a>");
        }
        JsonObject merchant = world.merchant(account);
        return head.append("</nav><div class=\"who\"><span class=\"mark\">A</span><div><h1>")
                .append(esc(Json.need(merchant, "name")))
                .append("</h1><p class=\"lead\">ALPPAY account <code>")
                .append(esc(account))
                .append("</code>, registered as ")
                .append(esc(Json.need(merchant, "email")))
                .append("</p></div></div>")
                .toString();
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
                    .append(time(Json.need(p, "createdAt")))
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
                    .append(time(Json.need(w, "createdAt")))
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
        StringBuilder s = card("Deliveries");
        List<WebhookQueue.Attempt> all =
                alppay.webhooks().attempts().stream()
                        .filter(
                                a ->
                                        world.event(a.parcel())
                                                .filter(e -> e.merchant().equals(account))
                                                .isPresent())
                        .limit(20)
                        .toList();
        if (all.isEmpty()) {
            return s.append("<p class=\"lead\">Nothing was sent yet.</p></section>").toString();
        }
        s.append("<div class=\"scroll\"><table><thead><tr><th>Time</th><th>Webhook</th>")
                .append("<th class=\"n\">Try</th><th>Answer</th><th></th></tr></thead><tbody>");
        for (WebhookQueue.Attempt a : all) {
            s.append("<tr><td>")
                    .append(time(a.at().toString()))
                    .append("</td><td>")
                    .append(esc(a.type()))
                    .append("</td><td class=\"n\">")
                    .append(a.number() == Integer.MAX_VALUE ? "by hand" : "" + a.number())
                    .append("</td><td><span class=\"badge ")
                    .append(a.accepted() ? "good" : "bad")
                    .append("\">")
                    .append(a.status() == 0 ? "No answer" : "" + a.status())
                    .append("</span>")
                    .append(a.accepted() ? "" : "<br>" + esc(a.answer()))
                    .append("</td><td>")
                    .append(
                            Html.button(
                                    here + "/resend",
                                    hidden("delivery", a.parcel()),
                                    "quiet",
                                    "Send again"))
                    .append("</td></tr>");
        }
        return s.append("</tbody></table></div></section>").toString();
    }

    private String switches() {
        JsonObject all = alppay.describe();
        JsonObject hooks = Json.child(all, "webhooks");
        JsonObject api = Json.child(all, "api");
        StringBuilder s = card("Switches").append("<div class=\"two\"><div><h3>Webhooks</h3>");
        s.append(form("webhooks"))
                .append(number("delayMillis", "Late by, in ms", Json.number(hooks, "delayMillis")))
                .append(number("copies", "How often each", Json.number(hooks, "copies")))
                .append(tick("dropAll", "Lose all", Json.flag(hooks, "dropAll")))
                .append("<button>Set</button></form>");
        if (Json.flag(hooks, "holding")) {
            s.append(form("release"))
                    .append(number("seed", "Seed of the shuffle", 1))
                    .append("<button>Release ")
                    .append(Json.number(hooks, "heldBack"))
                    .append(" held</button></form>");
        } else {
            s.append(form("hold")).append("<button>Hold, to shuffle</button></form>");
        }
        s.append("<h3>Invoices</h3>")
                .append(form("timing"))
                .append(
                        number(
                                "timeoutSeconds",
                                "Time of new ones, in s",
                                Json.number(all, "timeoutSeconds")))
                .append(tick("confirmByHand", "Confirm by hand", Json.flag(all, "confirmByHand")))
                .append("<button>Set</button></form></div><div><h3>API answers</h3>")
                .append(form("api"))
                .append(number("slowMillis", "Slow by, in ms", Json.number(api, "slowMillis")))
                .append(tick("readsFail", "Every read fails", Json.flag(api, "readsFail")))
                .append("<button>Set</button></form>")
                .append(form("fail"))
                .append(number("calls", "Next calls", 1))
                .append("<label>fail with<select name=\"kind\"><option value=\"status\">500")
                .append("</option><option value=\"html\">a page</option><option value=\"empty\">")
                .append("nothing</option><option value=\"garbage\">no JSON</option>")
                .append("<option value=\"reset\">a cut line</option></select></label>")
                .append(tick("afterEffect", "after the effect", false))
                .append("<button>Set</button></form></div></div></section>");
        return s.toString();
    }

    private String form(String what) {
        return "<form method=\"post\" class=\"row\" style=\"margin-block-end:12px\" action=\""
                + here
                + "/switches\">"
                + hidden("what", what);
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

    private static StringBuilder card(String title) {
        return new StringBuilder("<section class=\"card\"><h2>").append(title).append("</h2>");
    }

    private static String badge(String status, String shown) {
        String tone =
                switch (shown) {
                    case "COMPLETED", "COMPLETE", "OVERPAID" -> "good";
                    case "AML_CHECK_DANGER", "UNDERPAID", "CANCELLED" -> "bad";
                    case "EXPIRED" -> "bad";
                    default -> "wait";
                };
        return "<span class=\"badge "
                + tone
                + "\">"
                + esc(status.equals(shown) ? status : status + ", " + shown)
                + "</span>";
    }

    private static String tick(String name, String label, boolean on) {
        return "<label class=\"tick\"><input type=\"checkbox\" name=\""
                + name
                + "\""
                + (on ? " checked>" : ">")
                + esc(label)
                + "</label>";
    }

    private static String number(String name, String label, long value) {
        return "<label>"
                + esc(label)
                + "<input name=\""
                + name
                + "\" inputmode=\"numeric\" size=\"6\" value=\""
                + value
                + "\"></label>";
    }

    private static String time(String at) {
        return esc(
                Instant.parse(at)
                        .truncatedTo(ChronoUnit.SECONDS)
                        .atOffset(ZoneOffset.UTC)
                        .toLocalTime()
                        .toString());
    }
}
