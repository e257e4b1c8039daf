package org.payhub.simulator.stripe;

import static org.payhub.simulator.kit.CabinetParts.accounts;
import static org.payhub.simulator.kit.CabinetParts.badge;
import static org.payhub.simulator.kit.CabinetParts.capital;
import static org.payhub.simulator.kit.CabinetParts.card;
import static org.payhub.simulator.kit.CabinetParts.owner;
import static org.payhub.simulator.kit.CabinetParts.tick;
import static org.payhub.simulator.kit.CabinetParts.time;
import static org.payhub.simulator.kit.CabinetParts.upper;
import static org.payhub.simulator.kit.Html.esc;
import static org.payhub.simulator.kit.Html.hidden;

import com.google.gson.JsonElement;
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

/** What the cabinet of one mode of one account shows. */
final class CabinetView {

    private static final int SHOWN = 20;

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

    String body(Said said) {
        CabinetMoney money = new CabinetMoney(world, space, here);
        return "<main>"
                + head()
                + said.html()
                + keys()
                + endpoints()
                + money.payments()
                + "<div class=\"two\">"
                + money.disputes()
                + money.money()
                + "</div>"
                + deliveries()
                + switches()
                + requests()
                + newAccount()
                + "</main>";
    }

    // ---- head and keys ----

    private String head() {
        Map<String, String> names = new LinkedHashMap<>();
        stripe.accounts().forEach(a -> names.put(CabinetPages.path(a.id(), "test"), a.name()));
        JsonObject account = world.accounts.get(space.account());
        String lead =
                "Stripe account <code>"
                        + space.account()
                        + "</code>, "
                        + esc(Json.need(account, "country"))
                        + ", settles in "
                        + esc(upper(Json.need(account, "default_currency")));
        return accounts("Accounts", names, CabinetPages.path(space.account(), "test"))
                + owner("S", world.accounts.name(space.account()), lead)
                + "<div class=\"row\">"
                + mode("test", "Test mode")
                + mode("live", "Live mode")
                + "</div>";
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
        List<WebhookQueue.Attempt> own =
                stripe.webhooks().attempts().stream()
                        .filter(a -> world.read(space, a.parcel().split("/")[0]).isPresent())
                        .limit(SHOWN)
                        .toList();
        return CabinetParts.deliveries("Deliveries", own, here + "/resend");
    }

    // ---- switches and requests ----

    private String switches() {
        JsonObject all = stripe.describe();
        CabinetSwitches switches = new CabinetSwitches(stripe, here);
        String later =
                tick(
                        "asyncCapture",
                        "Fee comes later",
                        Json.flag(Json.child(all, "timing"), "asyncCapture"));
        String frozen =
                Json.flag(all, "frozen")
                        ? switches.form("unfreeze") + "<button>Unfreeze reads</button></form>"
                        : "";
        return switches.section("Webhooks", frozen, later);
    }

    private String requests() {
        StringBuilder section = card("API requests");
        List<JsonObject> all = stripe.requests();
        section.append("<div class=\"scroll\"><table><thead><tr><th>Time</th><th>Request</th>")
                .append("<th class=\"n\">Status</th><th>Idempotency key</th></tr></thead><tbody>");
        for (int i = all.size() - 1; i >= Math.max(0, all.size() - SHOWN); i--) {
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
}
