package org.payhub.simulator.stripe;

import static org.payhub.simulator.kit.Html.esc;
import static org.payhub.simulator.kit.Html.hidden;
import static org.payhub.simulator.stripe.CabinetParts.card;
import static org.payhub.simulator.stripe.CabinetParts.time;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;
import org.payhub.simulator.kit.Json;

/** The cabinet's switches for webhooks, API answers and the clock, and the log of requests. */
final class CabinetSwitches {

    private final StripeSimulator stripe;
    private final String here;

    CabinetSwitches(StripeSimulator stripe, String here) {
        this.stripe = stripe;
        this.here = here;
    }

    String switches() {
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

    String requests() {
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
}
