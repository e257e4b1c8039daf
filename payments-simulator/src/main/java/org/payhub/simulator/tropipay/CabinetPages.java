package org.payhub.simulator.tropipay;

import static org.payhub.simulator.kit.CabinetParts.card;
import static org.payhub.simulator.kit.CabinetParts.tick;
import static org.payhub.simulator.kit.Html.esc;
import static org.payhub.simulator.kit.Html.hidden;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
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
 * The merchant's cabinet under {@code /cabinet/tropipay}: credentials, hooks, movements, and the
 * switches. Every button posts, does one thing and leads back with one sentence.
 */
final class CabinetPages {

    private static final String HOME = "/cabinet/tropipay";
    private static final String HERE = HOME + "/{account}";
    private static final int SHOWN = 20;

    private final TropipaySimulator tropipay;
    private final Shop shop;

    CabinetPages(TropipaySimulator tropipay, Shop shop) {
        this.tropipay = tropipay;
        this.shop = shop;
    }

    void mount(Router r) {
        r.get(HOME, call -> Answer.seeOther(path(tropipay.account().id())));
        r.post(HOME, this::addAccount);
        r.get(HERE, this::show);
        r.post(HERE + "/credentials", call -> back(call, () -> roll(call)));
        r.post(HERE + "/signatures", call -> back(call, () -> signatures(call)));
        r.post(HERE + "/scopes", call -> back(call, () -> scopes(call)));
        r.post(HERE + "/hook", call -> back(call, () -> hook(call)));
        r.post(HERE + "/do", call -> back(call, () -> act(call)));
        r.post(HERE + "/resend", call -> back(call, () -> resend(call)));
        r.post(HERE + "/switches", call -> back(call, () -> switches(call)));
    }

    private Answer show(Call call) {
        return shop.look(
                () ->
                        Answer.html(
                                200,
                                Html.page(
                                        "Tropipay cabinet",
                                        "cabinet",
                                        body(shop.account(call.var("account")), Said.in(call)))));
    }

    private static Answer back(Call call, Supplier<String> work) {
        return Said.after(path(call.var("account")), work);
    }

    private static String path(String account) {
        return HOME + "/" + account;
    }

    // ---- what the buttons do ----

    private Answer addAccount(Call call) {
        String name = Json.text(call.params(), "name").orElse("").strip();
        if (name.isEmpty()) {
            throw new IllegalArgumentException("An account needs a name");
        }
        TropipayAccount made =
                tropipay.addAccount(name, Json.text(call.params(), "currency").orElse("EUR"));
        return Answer.seeOther(path(made.id()));
    }

    private String roll(Call call) {
        tropipay.rollCredentials(call.var("account"));
        return "New credentials were made; the old ones are refused from now on.";
    }

    private String signatures(Call call) {
        JsonObject in = call.params();
        tropipay.signatures(
                call.var("account"), Json.flag(in, "v1"), Json.flag(in, "v2"), Json.flag(in, "v3"));
        tropipay.amountsAsNumbers(call.var("account"), Json.flag(in, "numbers"));
        return "Notifications follow this from now on.";
    }

    private String scopes(Call call) {
        List<String> wanted =
                Json.children(call.params(), "scopes").asList().stream()
                        .map(e -> e.getAsString())
                        .toList();
        tropipay.scopes(call.var("account"), wanted);
        return "The credentials have " + wanted.size() + " scopes now.";
    }

    private String hook(Call call) {
        String event = Json.text(call.params(), "event").orElse("").strip();
        String url = Json.text(call.params(), "url").orElse("").strip();
        tropipay.hook(call.var("account"), event, url);
        return url.isEmpty() ? "The hook is gone." : "The hook is set.";
    }

    private String act(Call call) {
        JsonObject in = call.params();
        String action = Json.need(in, "action");
        tropipay.act(action, Json.need(in, "id"), in);
        return "Done: " + action.replace('_', ' ') + ".";
    }

    private String resend(Call call) {
        tropipay.resend(Json.need(call.params(), "delivery"));
        return "Sent once more.";
    }

    private String switches(Call call) {
        JsonObject in = call.params();
        if (Json.need(in, "switch").equals("api")) {
            tropipay.filtersIgnored(Json.flag(in, "filtersIgnored"));
            tropipay.refundsPending(Json.flag(in, "refundsPending"));
        }
        return CabinetSwitches.set(tropipay, in);
    }

    // ---- what the page shows ----

    private String body(JsonObject account, Said said) {
        String here = path(Shop.id(account));
        return "<main>"
                + head(account, here)
                + said.html()
                + credentials(account, here)
                + telephone(account)
                + hooks(account, here)
                + movements(account, here)
                + "<div class=\"two\">"
                + deliveries(account, here)
                + requests()
                + "</div>"
                + switches(here)
                + newAccount()
                + "</main>";
    }

    private String head(JsonObject account, String here) {
        Map<String, String> names = new LinkedHashMap<>();
        shop.accounts().forEach(a -> names.put(path(Shop.id(a)), Json.need(a, "name")));
        String lead =
                "Tropipay account <code>"
                        + Shop.id(account)
                        + "</code>, paid in "
                        + esc(Json.need(account, "_currency"));
        return CabinetParts.accounts("Accounts", names, here)
                + CabinetParts.owner("T", Json.need(account, "name"), lead);
    }

    private String credentials(JsonObject account, String here) {
        StringBuilder s = card("Apps and credentials").append("<dl>");
        s.append("<dt>Client id</dt><dd class=\"key\" data-key=\"client_id\">")
                .append(Html.copyable(Json.need(account, "_clientId")))
                .append("</dd><dt>Client secret</dt><dd class=\"key\" data-key=\"client_secret\">")
                .append(Html.copyable(Json.need(account, "_clientSecret")))
                .append("</dd></dl>")
                .append(Html.button(here + "/credentials", "", "quiet", "Make new credentials"))
                .append("<details><summary>Scopes</summary><form method=\"post\" class=\"stack\"")
                .append(" action=\"")
                .append(here)
                .append("/scopes\">");
        for (String scope : Shop.SCOPES) {
            s.append(
                    tick(
                            "scopes[]",
                            scope,
                            scope,
                            Json.children(account, "_scopes").contains(Json.element(scope))));
        }
        s.append("<div><button>Save scopes</button></div></form></details>")
                .append("<details><summary>Signatures of notifications</summary>")
                .append("<form method=\"post\" class=\"stack\" action=\"")
                .append(here)
                .append("/signatures\">")
                .append(tick("v3", "Version 3", Json.flag(account, "_v3")))
                .append(tick("v2", "Version 2", Json.flag(account, "_v2")))
                .append(tick("v1", "Version 1", Json.flag(account, "_v1")))
                .append(
                        tick(
                                "numbers",
                                "Amounts as numbers, as in older payloads",
                                Json.flag(account, "_amountAsNumber")))
                .append("<div><button>Save</button></div></form></details>");
        return s.append("</section>").toString();
    }

    private static String telephone(JsonObject account) {
        long sent = Json.number(account, "_codesSent");
        return card("The owner's telephone")
                + "<p class=\"lead\" data-sms=\""
                + sent
                + "\">"
                + (sent == 0
                        ? "No text message yet. A refund that is ordered through the interface asks"
                                + " for a code, and it arrives here."
                        : "Text messages: "
                                + sent
                                + ". The last one says: your security code is <code>"
                                + Shop.SMS
                                + "</code>.")
                + "</p></section>";
    }

    private static String hooks(JsonObject account, String here) {
        JsonObject set = Json.child(account, "_hooks");
        StringBuilder s = card("Hooks");
        if (set.size() == 0) {
            s.append("<p class=\"lead\">None yet. The hub sets its own when it is connected.</p>");
        } else {
            s.append("<div class=\"scroll\"><table><thead><tr><th>Event</th><th>Address</th>")
                    .append("</tr></thead><tbody>");
            set.entrySet()
                    .forEach(
                            e ->
                                    s.append("<tr><td>")
                                            .append(esc(e.getKey()))
                                            .append("</td><td><code>")
                                            .append(esc(e.getValue().getAsString()))
                                            .append("</code></td></tr>"));
            s.append("</tbody></table></div>");
        }
        s.append("<details><summary>Set a hook</summary><form method=\"post\" class=\"stack\"")
                .append(" action=\"")
                .append(here)
                .append("/hook\"><label>Event<select name=\"event\">");
        Shop.EVENTS.forEach(e -> s.append("<option>").append(e).append("</option>"));
        return s.append("</select></label><label>Address, empty to remove<input name=\"url\"")
                .append("></label><div><button>Set</button></div></form></details></section>")
                .toString();
    }

    private String movements(JsonObject account, String here) {
        StringBuilder s = card("Movements");
        List<JsonObject> all = shop.movements(account);
        if (all.isEmpty()) {
            return s.append("<p class=\"lead\">Nothing was paid yet.</p></section>").toString();
        }
        s.append("<div class=\"scroll\"><table><thead><tr><th>Order</th><th>Reference</th>")
                .append("<th class=\"n\">Amount</th><th class=\"n\">Arrives</th><th>State</th>")
                .append("<th></th></tr></thead><tbody>");
        all.stream().limit(SHOWN).forEach(m -> s.append(movement(m, here)));
        return s.append("</tbody></table></div></section>").toString();
    }

    private static String movement(JsonObject m, String here) {
        long state = Json.number(m, "state");
        String code = Json.need(m, "bankOrderCode");
        boolean refund = Shop.isRefund(m);
        long left = Json.number(m, "amount") - Json.number(m, "_refunded");
        StringBuilder row = new StringBuilder("<tr data-order=\"");
        row.append(esc(code))
                .append("\"><td><code>")
                .append(esc(code))
                .append("</code></td><td><code>")
                .append(esc(Json.need(m, "reference")))
                .append("</code></td><td class=\"n\">")
                .append(refund ? "−" : "")
                .append(esc(PayPages.sum(m)))
                .append("</td><td class=\"n\">")
                .append(
                        esc(
                                PayPages.sum(
                                        Long.parseLong(Json.need(m, "destinationAmount")),
                                        Json.need(m, "destinationCurrency"))))
                .append("</td><td><span class=\"badge ")
                .append(state == 4 ? "bad" : "good")
                .append("\">")
                .append(state(state))
                .append("</span></td><td>");
        if (!refund && state != 4) {
            if (state == 5) {
                row.append(deed(here, "settle", code, "", "Settle"));
            }
            if (left > 0) {
                row.append(
                        deed(here, "refund", code, hidden("amount", "" + left), "Refund the rest"));
            }
        } else if (refund && state == 1) {
            String id = "" + Json.number(m, "id");
            row.append(deed(here, "refund_succeeds", id, "", "Succeeds"))
                    .append(deed(here, "refund_fails", id, "", "Fails"));
        }
        return row.append("</td></tr>").toString();
    }

    private static String deed(String here, String action, String id, String more, String label) {
        return Html.button(
                here + "/do", hidden("action", action) + hidden("id", id) + more, "quiet", label);
    }

    private static String state(long state) {
        return switch ((int) state) {
            case 1 -> "1 created";
            case 2 -> "2 charged";
            case 3 -> "3 paid";
            case 4 -> "4 error";
            case 5 -> "5 settling";
            default -> Long.toString(state);
        };
    }

    private String deliveries(JsonObject account, String here) {
        String own = Shop.id(account);
        List<WebhookQueue.Attempt> tries =
                tropipay.webhooks().attempts().stream()
                        .filter(a -> shop.notice(a.parcel()).filter(n -> isOf(n, own)).isPresent())
                        .limit(SHOWN)
                        .toList();
        return CabinetParts.deliveries("Notifications", tries, here + "/resend");
    }

    private static boolean isOf(JsonObject notice, String account) {
        return Json.need(notice, "account").equals(account);
    }

    private String requests() {
        StringBuilder s = card("API requests");
        s.append("<div class=\"scroll\"><table><thead><tr><th>Request</th>")
                .append("<th class=\"n\">Status</th></tr></thead><tbody>");
        List<JsonObject> all = tropipay.requests();
        for (int i = all.size() - 1; i >= Math.max(0, all.size() - SHOWN); i--) {
            s.append("<tr><td><code>")
                    .append(esc(Json.need(all.get(i), "method")))
                    .append(" ")
                    .append(esc(Json.need(all.get(i), "path")))
                    .append("</code></td><td class=\"n\">")
                    .append(Json.number(all.get(i), "status"))
                    .append("</td></tr>");
        }
        return s.append("</tbody></table></div></section>").toString();
    }

    private String switches(String here) {
        JsonObject all = tropipay.describe();
        String ticks =
                tick(
                                "filtersIgnored",
                                "Filters of lists are passed over",
                                Json.flag(all, "filtersIgnored"))
                        + tick(
                                "refundsPending",
                                "Refunds are pending first",
                                Json.flag(all, "refundsPending"));
        return new CabinetSwitches(tropipay, here).section("Notifications", "", ticks);
    }

    private static String newAccount() {
        return card("Another account")
                + "<form method=\"post\" class=\"row\" action=\""
                + HOME
                + "\"><label>Name<input name=\"name\" required></label>"
                + "<label>Currency<input name=\"currency\" value=\"EUR\" size=\"4\"></label>"
                + "<button>Add account</button></form></section>";
    }
}
