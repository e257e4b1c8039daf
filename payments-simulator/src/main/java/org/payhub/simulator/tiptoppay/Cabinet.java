package org.payhub.simulator.tiptoppay;

import static org.payhub.simulator.kit.CabinetParts.capital;
import static org.payhub.simulator.kit.CabinetParts.card;
import static org.payhub.simulator.kit.CabinetParts.time;
import static org.payhub.simulator.kit.Html.esc;
import static org.payhub.simulator.kit.Html.hidden;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.payhub.simulator.kit.Answer;
import org.payhub.simulator.kit.CabinetParts;
import org.payhub.simulator.kit.CabinetSwitches;
import org.payhub.simulator.kit.Call;
import org.payhub.simulator.kit.Html;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.Router;
import org.payhub.simulator.kit.Said;
import org.payhub.simulator.kit.WebhookQueue;

/**
 * The merchant's cabinet under {@code /cabinet/tiptoppay}. Every button posts, does one thing and
 * leads back to the page with one sentence on what happened.
 */
final class Cabinet {

    private static final String HOME = "/cabinet/tiptoppay";
    private static final int SHOWN = 20;

    private final TiptoppaySimulator tiptop;

    Cabinet(TiptoppaySimulator tiptop) {
        this.tiptop = tiptop;
    }

    void mount(Router r) {
        r.get(HOME, call -> Answer.seeOther(path(tiptop.site().publicId())));
        r.post(HOME, this::addSite);
        r.get(HOME + "/{site}", this::show);
        r.post(HOME + "/{site}/mode", call -> back(call, () -> mode(call)));
        r.post(HOME + "/{site}/secret", call -> back(call, () -> roll(call)));
        r.post(HOME + "/{site}/notifications", call -> back(call, () -> notification(call)));
        r.post(HOME + "/{site}/do", call -> back(call, () -> act(call)));
        r.post(HOME + "/{site}/resend", call -> back(call, () -> resend(call)));
        r.post(HOME + "/{site}/switches", call -> back(call, () -> set(call)));
    }

    private static String path(String site) {
        return HOME + "/" + site;
    }

    private Answer addSite(Call call) {
        JsonObject in = call.params();
        String name = Json.text(in, "name").orElse("").strip();
        String currency = Json.text(in, "currency").orElse("KZT").strip().toUpperCase(Locale.ROOT);
        if (name.isEmpty() || name.length() > 60 || !currency.matches("[A-Z]{3}")) {
            throw new IllegalArgumentException("A site has a name and a currency");
        }
        return Answer.seeOther(path(tiptop.addSite(name, currency).publicId()));
    }

    private static Answer back(Call call, Supplier<String> work) {
        return Said.after(path(call.var("site")), work);
    }

    private Answer show(Call call) {
        TiptoppaySite site = tiptop.site(call.var("site"));
        return Answer.html(200, Html.page(site.name(), "cabinet", body(site, Said.in(call))));
    }

    // ---- what the buttons do ----

    private String mode(Call call) {
        boolean live = Json.flag(call.params(), "live");
        tiptop.live(call.var("site"), live);
        return live ? "The site takes real money now (imitated)." : "The site is in test mode.";
    }

    private String roll(Call call) {
        tiptop.rollSecret(call.var("site"));
        return "There is a new API Secret; the old one has stopped.";
    }

    private String notification(Call call) {
        JsonObject in = call.params();
        String type = Json.need(in, "type");
        String address = Json.text(in, "address").orElse("").strip();
        boolean on = Json.flag(in, "enabled");
        if (on && address.isEmpty()) {
            throw new IllegalArgumentException("Type an address first");
        }
        tiptop.notify(
                call.var("site"),
                type,
                on ? address : "",
                Json.text(in, "method").orElse("POST"),
                Json.text(in, "body").orElse("form"));
        return capital(type) + (on ? " is sent to this address." : " is switched off.");
    }

    private String act(Call call) {
        JsonObject in = call.params();
        String site = call.var("site");
        long number = Json.number(in, "transaction");
        switch (Json.need(in, "deed")) {
            case "refund" -> tiptop.refund(site, number, Json.need(in, "amount"));
            case "confirm" -> tiptop.confirm(site, number, Json.need(in, "amount"));
            case "void" -> tiptop.release(site, number);
            default -> throw new IllegalArgumentException("There is no such deed");
        }
        return "Done.";
    }

    private String resend(Call call) {
        tiptop.resend(Json.need(call.params(), "delivery"));
        return "Sent once more.";
    }

    private String set(Call call) {
        JsonObject in = call.params();
        if (Json.need(in, "switch").equals("webhooks")) {
            tiptop.loseQuestions(Json.flag(in, "dropAll"));
        }
        return CabinetSwitches.set(tiptop, in);
    }

    // ---- the page ----

    private String body(TiptoppaySite site, Said said) {
        return "<main>"
                + head(site)
                + said.html()
                + keys(site)
                + notifications(site)
                + operations(site)
                + "<div class=\"two\">"
                + deliveries(site)
                + questions()
                + "</div>"
                + new CabinetSwitches(tiptop, path(site.publicId()))
                        .section("Notifications", "", "")
                + newSite()
                + "</main>";
    }

    private String head(TiptoppaySite site) {
        Map<String, String> names = new LinkedHashMap<>();
        tiptop.sites().forEach(s -> names.put(path(s.publicId()), s.name()));
        return CabinetParts.accounts("Sites", names, path(site.publicId()))
                + CabinetParts.owner(
                        "T", site.name(), "TipTop Pay site, paid out in " + esc(site.currency()))
                + "<form method=\"post\" class=\"row\" action=\""
                + path(site.publicId())
                + "/mode\"><span class=\"badge test\">"
                + (site.live() ? "Live mode, imitated" : "Test mode")
                + "</span>"
                + hidden("live", Boolean.toString(!site.live()))
                + "<button>"
                + (site.live() ? "Switch to test mode" : "Switch to live mode")
                + "</button></form>";
    }

    private static String keys(TiptoppaySite site) {
        return card("Keys of the interface")
                + "<dl><dt>Public ID</dt><dd class=\"key\" data-key=\"public_id\">"
                + Html.copyable(site.publicId())
                + "</dd><dt>API Secret</dt><dd class=\"key\" data-key=\"api_secret\">"
                + Html.copyable(site.apiSecret())
                + Html.button(path(site.publicId()) + "/secret", "", "quiet", "Make a new one")
                + "</dd></dl><p class=\"note\" style=\"margin-block-start:12px\">The keys are the"
                + " same in test and live mode.</p></section>";
    }

    private String notifications(TiptoppaySite site) {
        StringBuilder s = card("Notifications");
        s.append("<p class=\"note\">Check can be set here only; the others also through the")
                .append(" interface.</p><div class=\"stack\" style=\"margin-block-start:12px\">");
        for (String type : World.TYPES) {
            JsonObject setting = tiptop.world().notification(site.publicId(), type);
            s.append("<form method=\"post\" class=\"row\" data-type=\"")
                    .append(type)
                    .append("\" action=\"")
                    .append(path(site.publicId()))
                    .append("/notifications\">")
                    .append(hidden("type", type))
                    .append("<label class=\"tick\"><input type=\"checkbox\" name=\"enabled\"")
                    .append(" value=\"true\"")
                    .append(Json.flag(setting, "IsEnabled") ? " checked>" : ">")
                    .append("<b>")
                    .append(capital(type))
                    .append("</b></label><label>Address<input name=\"address\" size=\"48\"")
                    .append(" value=\"")
                    .append(esc(Json.need(setting, "Address")))
                    .append("\"></label>")
                    .append(
                            select(
                                    "method",
                                    "Method",
                                    Json.need(setting, "HttpMethod"),
                                    List.of("POST", "GET")))
                    .append(
                            select(
                                    "body",
                                    "Body",
                                    Json.need(setting, "body"),
                                    List.of("form", "json")))
                    .append("<button>Save</button></form>");
        }
        return s.append("</div></section>").toString();
    }

    private static String select(String name, String label, String value, List<String> choices) {
        StringBuilder select = new StringBuilder("<label>" + label + "<select name=\"" + name);
        select.append("\">");
        for (String choice : choices) {
            select.append("<option")
                    .append(choice.equals(value) ? " selected>" : ">")
                    .append(choice)
                    .append("</option>");
        }
        return select.append("</select></label>").toString();
    }

    private String operations(TiptoppaySite site) {
        StringBuilder s = card("Operations");
        List<JsonObject> all =
                new ArrayList<>(tiptop.world().transactions(site.publicId(), t -> true));
        if (all.isEmpty()) {
            return s.append("<p class=\"note\">Nothing was paid yet.</p></section>").toString();
        }
        s.append("<div class=\"scroll\"><table><thead><tr><th>Number</th><th>Order</th><th>Status")
                .append("</th><th class=\"n\">Amount</th><th></th></tr></thead><tbody>");
        for (int i = all.size() - 1; i >= Math.max(0, all.size() - SHOWN); i--) {
            s.append(operation(site, all.get(i)));
        }
        return s.append("</tbody></table></div></section>").toString();
    }

    private static String operation(TiptoppaySite site, JsonObject t) {
        String number = Json.need(t, "TransactionId");
        String status = Json.need(t, "Status");
        boolean refund = Json.number(t, "Type") != 0;
        long rest = Json.number(t, "minor") - Json.number(t, "refunded");
        StringBuilder row = new StringBuilder("<tr data-transaction=\"").append(number);
        row.append("\"><td><code>")
                .append(number)
                .append("</code></td><td><code>")
                .append(esc(Json.need(t, "InvoiceId")))
                .append("</code></td><td>")
                .append(refund ? "Refund, " : "")
                .append(esc(status))
                .append(Json.text(t, "Reason").map(r -> ", " + esc(r)).orElse(""))
                .append(Json.flag(t, "TestMode") ? "" : " <span class=\"badge\">live</span>")
                .append("</td><td class=\"n\">")
                .append(Fields.decimal(Json.number(t, "minor")))
                .append(" ")
                .append(esc(Json.need(t, "Currency")))
                .append("</td><td>");
        String action = path(site.publicId()) + "/do";
        if (status.equals("Authorized")) {
            String amount = Fields.decimal(Json.number(t, "minor"));
            row.append(deed(action, "confirm", number, amount, "Confirm"))
                    .append(deed(action, "void", number, null, "Release"));
        } else if (status.equals("Completed") && !refund && rest > 0) {
            row.append(deed(action, "refund", number, Fields.decimal(rest), "Refund"));
        }
        return row.append("</td></tr>").toString();
    }

    private static String deed(
            String action, String deed, String number, String amount, String label) {
        return "<form method=\"post\" class=\"row\" action=\""
                + action
                + "\">"
                + hidden("deed", deed)
                + hidden("transaction", number)
                + (amount == null
                        ? ""
                        : "<input name=\"amount\" size=\"8\" aria-label=\"Amount\" value=\""
                                + amount
                                + "\">")
                + "<button>"
                + label
                + "</button></form>";
    }

    private String deliveries(TiptoppaySite site) {
        List<WebhookQueue.Attempt> tries =
                tiptop.webhooks().attempts().stream().limit(SHOWN).toList();
        return CabinetParts.deliveries(
                "Notifications sent", tries, path(site.publicId()) + "/resend");
    }

    private String questions() {
        StringBuilder s = card("Check, asked");
        s.append("<div class=\"scroll\"><table><thead><tr><th>Time</th><th>Answer</th>")
                .append("<th class=\"n\">Took</th></tr></thead><tbody>");
        tiptop.asked().stream()
                .limit(SHOWN)
                .forEach(
                        a ->
                                s.append("<tr><td>")
                                        .append(time(a.at()))
                                        .append("</td><td>")
                                        .append(a.status())
                                        .append(" <code>")
                                        .append(esc(a.answer()))
                                        .append("</code></td><td class=\"n\">")
                                        .append(a.millis())
                                        .append(" ms</td></tr>"));
        return s.append("</tbody></table></div></section>").toString();
    }

    private static String newSite() {
        return card("Another site")
                + "<form method=\"post\" class=\"row\" action=\""
                + HOME
                + "\"><label>Name<input name=\"name\" maxlength=\"60\" required></label>"
                + "<label>Currency<input name=\"currency\" size=\"4\" maxlength=\"3\" value=\"KZT\">"
                + "</label><button>Add</button></form></section>";
    }
}
