package org.payhub.simulator.alppay;

import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.payhub.simulator.kit.Answer;
import org.payhub.simulator.kit.Call;
import org.payhub.simulator.kit.Html;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.PayPage;
import org.payhub.simulator.kit.Router;

/**
 * The page of an invoice with its address, and below it what a client's wallet could send to it. It
 * works without scripts.
 */
final class InvoicePages {

    private final World world;
    private final AlppaySimulator alppay;

    InvoicePages(World world, AlppaySimulator alppay) {
        this.world = world;
        this.alppay = alppay;
    }

    void mount(Router router) {
        router.get("/pay/alppay/{id}", call -> world.act(() -> show(call, "")));
        router.post("/pay/alppay/{id}", this::send);
    }

    private Answer send(Call call) {
        String action = Json.text(call.params(), "action").orElse("send");
        if (!action.matches("send|send_rest|suspicious|late|expire")) {
            return world.act(() -> show(call, "There is no such button."));
        }
        try {
            alppay.act(action, call.var("id"), call.params());
            return Answer.seeOther("/pay/alppay/" + call.var("id"));
        } catch (IllegalArgumentException wrong) {
            return world.act(() -> show(call, wrong.getMessage()));
        }
    }

    private Answer show(Call call, String problem) {
        Optional<JsonObject> found = world.findPayment(call.var("id"));
        if (found.isEmpty()) {
            return PayPage.message(404, "No such invoice", "Check the address of the link.");
        }
        JsonObject payment = found.get();
        StringBuilder page = new StringBuilder("<main>").append(head(payment));
        if (!problem.isEmpty()) {
            page.append("<p class=\"say bad\" role=\"alert\">")
                    .append(Html.esc(problem))
                    .append("</p>");
        }
        page.append(state(payment)).append(wallet(payment)).append(back(payment));
        return Answer.html(
                problem.isEmpty() ? 200 : 422,
                Html.page("Invoice", "pay", page.append("</main>").toString()));
    }

    private String head(JsonObject payment) {
        JsonObject merchant = Json.child(payment, "merchant");
        JsonObject asset = Json.child(payment, "asset");
        String name = Json.need(merchant, "name");
        StringBuilder head =
                new StringBuilder("<div class=\"who\"><span class=\"mark\">")
                        .append(Html.esc(name.substring(0, 1)))
                        .append("</span><div><h1>")
                        .append(Html.esc(name))
                        .append("</h1><span class=\"badge test\">Imitated network</span></div>")
                        .append("</div><section class=\"card\"><p class=\"sum\" id=\"amount\">")
                        .append(Html.esc(Amounts.shown(World.asked(payment))))
                        .append(" <small>")
                        .append(Html.esc(Json.need(asset, "short")))
                        .append("</small></p><dl><dt>Network</dt><dd>")
                        .append(Html.esc(Json.need(asset, "network")))
                        .append("</dd><dt>Address</dt><dd id=\"address\">")
                        .append(Html.copyable(Json.need(payment, "addressTo")))
                        .append("</dd>");
        if (World.isOpen(payment) && Json.number(payment, "timeout") > 0) {
            head.append("<dt>Until</dt><dd>")
                    .append(
                            Html.esc(
                                    Instant.ofEpochSecond(Json.number(payment, "_ends"))
                                                    .truncatedTo(ChronoUnit.MINUTES)
                                                    .atOffset(ZoneOffset.UTC)
                                                    .toLocalTime()
                                            + " UTC"))
                    .append("</dd>");
        }
        return head.append("</dl></section>").toString();
    }

    private static String state(JsonObject payment) {
        String shown = Json.need(payment, "displayStatus");
        String status = Json.need(payment, "status");
        String ticker = Json.need(Json.child(payment, "asset"), "short");
        BigDecimal received = World.received(payment);
        String tone;
        String says;
        if (shown.equals("AML_CHECK_DANGER")) {
            tone = "bad";
            says = "The payment is held: the origin of the money is being checked.";
        } else if (status.equals("COMPLETED")) {
            tone = "good";
            says = shown.equals("OVERPAID") ? "Paid, and more than asked." : "Paid.";
        } else if (status.equals("EXPIRED")) {
            tone = "bad";
            says = "The time of this invoice is over.";
        } else if (received.signum() == 0) {
            tone = "";
            says = "Waiting for the transfer.";
        } else {
            tone = "";
            says =
                    World.missing(payment).signum() > 0
                            ? "Still missing: "
                                    + Amounts.shown(World.missing(payment))
                                    + " "
                                    + ticker
                                    + "."
                            : "Seen; waiting for confirmations.";
        }
        return "<p role=\"status\" id=\"state\" data-status=\""
                + Html.esc(status)
                + "\" data-shown=\""
                + Html.esc(shown)
                + "\" class=\"say "
                + tone
                + "\"><b>"
                + Html.esc(says)
                + "</b> Received: "
                + Html.esc(Amounts.shown(received))
                + " "
                + Html.esc(ticker)
                + ".</p>";
    }

    private static String wallet(JsonObject payment) {
        String action = "/pay/alppay/" + Json.need(payment, "id");
        StringBuilder s =
                new StringBuilder("<section class=\"card\"><h2>An imitated wallet</h2>")
                        .append("<p class=\"note\">Each button makes one transfer to the address")
                        .append(" above.</p><div class=\"stack\" style=\"margin-block:12px\">");
        if (World.isOpen(payment)) {
            boolean begun = World.received(payment).signum() > 0;
            if (!begun) {
                s.append(choice(action, "send", 100, "all", "Send all"));
                s.append(choice(action, "send", 40, "part", "Send 40 %"));
            }
            if (begun && World.missing(payment).signum() > 0) {
                s.append(choice(action, "send_rest", 0, "rest", "Send the rest"));
            }
            s.append(choice(action, "send", 110, "much", "Send 110 %, too much"));
            s.append(choice(action, "suspicious", 100, "suspicious", "Send money of bad origin"));
            s.append(choice(action, "late", 70, "late", "Let the time run out, then send 70 %"));
            s.append(choice(action, "expire", 0, "expire", "Let the time run out"));
        } else {
            s.append(choice(action, "send", 70, "late", "Send 70 %, too late"));
        }
        return s.append("</div>").append(other(action)).append("</section>").toString();
    }

    private static String choice(
            String action, String deed, int percent, String mark, String label) {
        return "<form method=\"post\" action=\""
                + action
                + "\">"
                + Html.hidden("action", deed)
                + (percent > 0 ? Html.hidden("percent", Integer.toString(percent)) : "")
                + "<button class=\""
                + (mark.equals("all") || mark.equals("rest") ? "go" : "choice")
                + "\" data-send=\""
                + mark
                + "\">"
                + Html.esc(label)
                + "</button></form>";
    }

    private static String other(String action) {
        return "<details><summary>Another amount</summary><form method=\"post\" class=\"row\""
                + " action=\""
                + action
                + "\"><input name=\"amount\" inputmode=\"decimal\" required aria-label=\"Amount\">"
                + "<button>Send</button></form></details>";
    }

    private static String back(JsonObject payment) {
        return Json.text(payment, "checkoutUrl")
                .filter(url -> !url.isEmpty())
                .map(
                        url ->
                                "<p><a id=\"back\" href=\""
                                        + Html.esc(url)
                                        + "\">Back to "
                                        + Html.esc(
                                                Json.need(Json.child(payment, "merchant"), "name"))
                                        + "</a></p>")
                .orElse("");
    }
}
