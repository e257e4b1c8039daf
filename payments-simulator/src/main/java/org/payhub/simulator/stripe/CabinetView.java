package org.payhub.simulator.stripe;

import static org.payhub.simulator.kit.Html.esc;
import static org.payhub.simulator.kit.Html.hidden;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.payhub.simulator.kit.Html;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.WebhookQueue;

/** What the cabinet of one mode of one account shows. */
final class CabinetView {

    private static final int ROWS = 50;

    private final StripeSimulator stripe;
    private final World world;
    private final Space space;
    private final String here;

    CabinetView(StripeSimulator stripe, World world, Space space) {
        this.stripe = stripe;
        this.world = world;
        this.space = space;
        this.here = CabinetPages.path(space.account(), space.mode());
    }

    String body(String said, boolean failed) {
        StringBuilder page = new StringBuilder("<main>");
        page.append(head());
        if (!said.isEmpty()) {
            page.append("<p role=\"status\" class=\"say ")
                    .append(failed ? "bad" : "good")
                    .append("\">")
                    .append(esc(said))
                    .append("</p>");
        }
        page.append(keys()).append(endpoints()).append(payments());
        page.append("<div class=\"two\">").append(disputes()).append(money()).append("</div>");
        page.append(deliveries()).append(switches()).append(requests()).append(newAccount());
        return page.append("</main>").toString();
    }

    // ---- head and keys ----

    private String head() {
        StringBuilder head = new StringBuilder();
        head.append("<nav aria-label=\"Accounts\"><a href=\"/cabinet\">All providers</a>");
        for (StripeAccount a : stripe.accounts()) {
            boolean current = a.id().equals(space.account());
            head.append(current ? "<b>" : "<a href=\"" + CabinetPages.path(a.id(), "test") + "\">")
                    .append(esc(a.name()))
                    .append(current ? "</b>" : "</a>");
        }
        head.append("</nav><div class=\"who\"><span class=\"mark\">S</span><div><h1>");
        JsonObject account = world.accounts.get(space.account());
        head.append(esc(world.accounts.name(space.account())))
                .append("</h1><p class=\"lead\">Stripe account <code>")
                .append(space.account())
                .append("</code>, ")
                .append(esc(Json.need(account, "country")))
                .append(", settles in ")
                .append(esc(upper(Json.need(account, "default_currency"))))
                .append("</p></div></div><div class=\"row\">")
                .append(mode("test", "Test mode"))
                .append(mode("live", "Live mode"))
                .append("</div>");
        return head.toString();
    }

    private String mode(String mode, String label) {
        boolean current = mode.equals(space.mode());
        return current
                ? "<span class=\"badge test\" aria-current=\"page\">" + label + "</span>"
                : "<a href=\"" + CabinetPages.path(space.account(), mode) + "\">" + label + "</a>";
    }

    private String keys() {
        StringBuilder section = card("API keys");
        section.append("<dl>");
        for (Accounts.Kind kind : Accounts.Kind.values()) {
            String name = kind.name().toLowerCase(java.util.Locale.ROOT);
            section.append("<dt>")
                    .append(capital(name))
                    .append(" key</dt><dd class=\"key\" data-key=\"")
                    .append(name)
                    .append("\">")
                    .append(Html.copyable(world.accounts.key(space, kind)))
                    .append(Html.button(here + "/key", hidden("kind", name), "quiet", "Roll"))
                    .append("</dd>");
        }
        section.append("</dl>").append(rights()).append(version());
        return section.append("</section>").toString();
    }

    private String rights() {
        StringBuilder form =
                new StringBuilder("<details><summary>Rights of the restricted key</summary>");
        form.append("<form method=\"post\" class=\"stack\" action=\"")
                .append(here)
                .append("/rights\">");
        String key = world.accounts.key(space, Accounts.Kind.RESTRICTED);
        JsonObject json = world.accounts.find(key).orElseThrow().json();
        for (String right : Rights.ALL) {
            boolean held = Json.children(json, "rights").contains(Json.element(right));
            form.append("<label class=\"tick\"><input type=\"checkbox\" name=\"rights[]\" value=\"")
                    .append(right)
                    .append(held ? "\" checked>" : "\">")
                    .append("<code>")
                    .append(right)
                    .append("</code></label>");
        }
        return form.append("<div><button>Save rights</button></div></form></details>").toString();
    }

    private String version() {
        String version = world.accounts.version(space.account());
        return "<details><summary>API version of events</summary><form method=\"post\""
                + " class=\"row\" action=\""
                + here
                + "/version\"><input name=\"version\" aria-label=\"API version\" value=\""
                + esc(version == null ? "" : version)
                + "\"><button>Save</button><span class=\"note\">Empty sends events without a"
                + " version.</span></form></details>";
    }

    // ---- webhooks ----

    private String endpoints() {
        StringBuilder section = card("Webhook endpoints");
        List<JsonObject> all = world.store.all("webhook_endpoint", space);
        if (all.isEmpty()) {
            section.append(
                    "<p class=\"lead\">None yet. The hub adds one by itself when the secret key"
                            + " allows it, or add its address here.</p>");
        }
        for (JsonObject e : all) {
            String id = Json.need(e, "id");
            boolean on = "enabled".equals(Json.need(e, "status"));
            section.append("<h3><code>")
                    .append(esc(Json.need(e, "url")))
                    .append("</code> ")
                    .append(badge(on ? "good" : "wait", on ? "On" : "Off"))
                    .append("</h3><dl>");
            List<String> secrets = world.endpoints.secrets(e);
            for (int i = 0; i < secrets.size(); i++) {
                section.append("<dt>")
                        .append(i == 0 ? "Signing secret" : "Old secret, signs too")
                        .append("</dt><dd>")
                        .append(Html.copyable(secrets.get(i)))
                        .append("</dd>");
            }
            String version = world.endpoints.version(e);
            section.append("<dt>Events</dt><dd>")
                    .append(esc(typesText(e)))
                    .append("</dd><dt>API version</dt><dd>")
                    .append(esc(version == null ? "none" : version))
                    .append("</dd></dl><div class=\"row\">");
            for (String action : List.of("roll", on ? "disable" : "enable", "delete")) {
                section.append(
                        Html.button(
                                here + "/endpoint/" + id,
                                hidden("action", action),
                                action.equals("delete") ? "bad" : "",
                                action.equals("roll") ? "Roll secret" : capital(action)));
            }
            section.append("</div>");
        }
        section.append("<details><summary>Add an endpoint</summary>")
                .append("<form method=\"post\" class=\"stack\" action=\"")
                .append(here)
                .append("/endpoint\"><label>Address<input name=\"url\" type=\"url\" required")
                .append(" placeholder=\"http://localhost:8080/payments/prepaid/stripe\"></label>")
                .append("<label>Event types, apart by blanks; * for all")
                .append("<input name=\"types\" value=\"*\"></label>")
                .append("<label>API version, empty for the account's")
                .append("<input name=\"version\"></label>")
                .append("<div><button class=\"go\">Add endpoint</button></div></form></details>");
        return section.append("</section>").toString();
    }

    private static String typesText(JsonObject endpoint) {
        List<String> types =
                Json.children(endpoint, "enabled_events").asList().stream()
                        .map(JsonElement::getAsString)
                        .toList();
        return types.size() <= 3
                ? String.join(", ", types)
                : types.size() + " types, such as " + types.get(0);
    }

    private String deliveries() {
        StringBuilder section = card("Deliveries");
        List<WebhookQueue.Attempt> all =
                stripe.webhooks().attempts().stream()
                        .filter(a -> world.read(space, a.parcel().split("/")[0]).isPresent())
                        .limit(20)
                        .toList();
        if (all.isEmpty()) {
            return section.append("<p class=\"lead\">Nothing was sent yet.</p></section>")
                    .toString();
        }
        section.append("<div class=\"scroll\"><table><thead><tr><th>Time</th><th>Event</th>")
                .append("<th class=\"n\">Try</th><th>Answer</th><th></th></tr></thead><tbody>");
        for (WebhookQueue.Attempt a : all) {
            section.append("<tr><td>")
                    .append(time(a.at()))
                    .append("</td><td>")
                    .append(esc(a.type()))
                    .append("<br><code>")
                    .append(esc(a.parcel().split("/")[1]))
                    .append("</code></td><td class=\"n\">")
                    .append(a.number() == Integer.MAX_VALUE ? "by hand" : "" + a.number())
                    .append("</td><td>")
                    .append(
                            badge(
                                    a.accepted() ? "good" : "bad",
                                    a.status() == 0 ? "No answer" : "" + a.status()))
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
        return section.append("</tbody></table></div></section>").toString();
    }

    // ---- payments ----

    private String payments() {
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

    private String disputes() {
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

    private String money() {
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

    // ---- switches ----

    private String switches() {
        JsonObject all = stripe.describe();
        JsonObject hooks = Json.child(all, "webhooks");
        JsonObject api = Json.child(all, "api");
        boolean holding = Json.flag(hooks, "holding");
        StringBuilder s = card("Switches").append("<div class=\"two\"><div>");
        s.append("<h3>Webhooks</h3>")
                .append(form("webhooks"))
                .append(number("delayMillis", "Late by, in ms", Json.number(hooks, "delayMillis")))
                .append(number("copies", "How often each", Json.number(hooks, "copies")))
                .append(tick("dropAll", "Lose all", Json.flag(hooks, "dropAll")))
                .append("<button>Set</button></form>");
        if (holding) {
            s.append(form("release"))
                    .append(number("seed", "Seed of the shuffle", 1))
                    .append("<button>Release ")
                    .append(Json.number(hooks, "heldBack"))
                    .append(" held</button></form>");
        } else {
            s.append(form("hold")).append("<button>Hold, to shuffle</button></form>");
        }
        s.append("<h3>Clock</h3>")
                .append(form("clock"))
                .append(
                        number(
                                "minutes",
                                "Ahead by, in minutes",
                                Json.number(all, "clockOffsetSeconds") / 60))
                .append("<button>Set</button></form></div><div><h3>API answers</h3>")
                .append(form("api"))
                .append(number("slowMillis", "Slow by, in ms", Json.number(api, "slowMillis")))
                .append(tick("readsFail", "Every read fails", Json.flag(api, "readsFail")))
                .append(
                        tick(
                                "asyncCapture",
                                "Fee comes later",
                                Json.flag(Json.child(all, "timing"), "asyncCapture")))
                .append("<button>Set</button></form>")
                .append(form("fail"))
                .append(number("calls", "Next calls", 1))
                .append("<label>fail with<select name=\"kind\"><option value=\"status\">500")
                .append("</option><option value=\"html\">HTML page, 502</option>")
                .append("<option value=\"empty\">500, empty</option>")
                .append("<option value=\"garbage\">200, no JSON</option>")
                .append("<option value=\"reset\">Broken connection</option></select></label>")
                .append("<button>Set</button></form>");
        boolean hanging = !Json.missing(api, "hang");
        s.append(form(hanging ? "unhang" : "hang"))
                .append("<button>")
                .append(
                        hanging
                                ? "Let go of " + Json.number(api, "held") + " held answers"
                                : "Hold the answers to changes")
                .append("</button></form>");
        if (Json.flag(all, "frozen")) {
            s.append(form("unfreeze")).append("<button>Unfreeze reads</button></form>");
        }
        return s.append("</div></div></section>").toString();
    }

    private String form(String name) {
        return "<form method=\"post\" class=\"row\" style=\"margin-block-end:8px\" action=\""
                + here
                + "/switches\">"
                + hidden("switch", name);
    }

    private static String number(String name, String label, long value) {
        return "<label>"
                + esc(label)
                + "<input name=\""
                + name
                + "\" size=\"8\" inputmode=\"numeric\" value=\""
                + value
                + "\"></label>";
    }

    private static String tick(String name, String label, boolean on) {
        return "<label class=\"tick\"><input type=\"checkbox\" name=\""
                + name
                + "\" value=\"true\""
                + (on ? " checked>" : ">")
                + esc(label)
                + "</label>";
    }

    private String requests() {
        StringBuilder section = card("API requests");
        List<JsonObject> all = stripe.requests();
        section.append("<div class=\"scroll\"><table><thead><tr><th>Time</th><th>Request</th>")
                .append("<th class=\"n\">Status</th><th>Idempotency key</th></tr></thead><tbody>");
        for (int i = all.size() - 1; i >= Math.max(0, all.size() - 20); i--) {
            JsonObject r = all.get(i);
            section.append("<tr><td>")
                    .append(time(Instant.parse(Json.need(r, "at"))))
                    .append("</td><td><code>")
                    .append(esc(Json.need(r, "method")))
                    .append(" ")
                    .append(esc(Json.need(r, "path")))
                    .append("</code></td><td class=\"n\">")
                    .append(Json.number(r, "status"))
                    .append("</td><td><code>")
                    .append(esc(Json.text(r, "idempotencyKey").orElse("")))
                    .append("</code></td></tr>");
        }
        return section.append("</tbody></table></div></section>").toString();
    }

    private String newAccount() {
        return card("Another account")
                + "<form method=\"post\" class=\"row\" action=\"/cabinet/stripe\">"
                + "<label>Name<input name=\"name\" required></label>"
                + "<label>Country<input name=\"country\" value=\"ES\" size=\"3\"></label>"
                + "<label>Currency<input name=\"currency\" value=\"eur\" size=\"4\"></label>"
                + "<button>Add account</button></form></section>";
    }

    // ---- words ----

    private String act(String action, String id, String tone, String label) {
        return Html.button(here + "/do", hidden("action", action) + hidden("id", id), tone, label);
    }

    private String intentStatus(JsonObject charge) {
        return Json.need(world.store.get(Json.need(charge, "payment_intent")), "status");
    }

    private static StringBuilder card(String title) {
        return new StringBuilder("<section class=\"card\"><h2>").append(title).append("</h2>");
    }

    private static String badge(String tone, String word) {
        return "<span class=\"badge " + tone + "\">" + esc(word) + "</span>";
    }

    private static String time(Instant at) {
        return esc(
                at.truncatedTo(ChronoUnit.SECONDS)
                        .atOffset(ZoneOffset.UTC)
                        .toLocalTime()
                        .toString());
    }

    private static String upper(String text) {
        return text.toUpperCase(java.util.Locale.ROOT);
    }

    private static String capital(String word) {
        return upper(word.substring(0, 1)) + word.substring(1);
    }
}
