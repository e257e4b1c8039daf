package org.payhub.simulator.stripe;

import static org.payhub.simulator.kit.Html.esc;
import static org.payhub.simulator.kit.Html.hidden;
import static org.payhub.simulator.stripe.CabinetParts.badge;
import static org.payhub.simulator.stripe.CabinetParts.capital;
import static org.payhub.simulator.stripe.CabinetParts.card;
import static org.payhub.simulator.stripe.CabinetParts.time;
import static org.payhub.simulator.stripe.CabinetParts.upper;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import org.payhub.simulator.kit.Html;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.WebhookQueue;

/** What the cabinet of one mode of one account shows. */
final class CabinetView {

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
        CabinetMoney money = new CabinetMoney(world, space, here);
        CabinetSwitches switches = new CabinetSwitches(stripe, here);
        page.append(keys()).append(endpoints()).append(money.payments());
        page.append("<div class=\"two\">")
                .append(money.disputes())
                .append(money.money())
                .append("</div>");
        page.append(deliveries()).append(switches.switches()).append(switches.requests());
        page.append(newAccount());
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
        section.append("</dl><p class=\"note\" style=\"margin-block:12px\">")
                .append("Copy the publishable and the secret key into the hub. It adds its own")
                .append(" webhook endpoint when the key allows it; otherwise add one below.</p>")
                .append(rights())
                .append(version());
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

    private String newAccount() {
        return card("Another account")
                + "<form method=\"post\" class=\"row\" action=\"/cabinet/stripe\">"
                + "<label>Name<input name=\"name\" required></label>"
                + "<label>Country<input name=\"country\" value=\"ES\" size=\"3\"></label>"
                + "<label>Currency<input name=\"currency\" value=\"eur\" size=\"4\"></label>"
                + "<button>Add account</button></form></section>";
    }
}
