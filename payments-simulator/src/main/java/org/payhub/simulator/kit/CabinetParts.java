package org.payhub.simulator.kit;

import static org.payhub.simulator.kit.Html.esc;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The pieces that the cabinets' sections are made of. Texts are escaped here. */
public final class CabinetParts {

    private CabinetParts() {}

    /** A section with its title, left open. */
    public static StringBuilder card(String title) {
        return new StringBuilder("<section class=\"card\"><h2>").append(esc(title)).append("</h2>");
    }

    /** A section that has nothing to show yet. */
    public static String empty(String title, String says) {
        return card(title) + "<p class=\"lead\">" + esc(says) + "</p></section>";
    }

    /** A word in a tone: {@code good}, {@code bad} or {@code wait}. */
    public static String badge(String tone, String word) {
        return "<span class=\"badge " + tone + "\">" + esc(word) + "</span>";
    }

    /** The time of day in UTC. */
    public static String time(Instant at) {
        return esc(
                at.truncatedTo(ChronoUnit.SECONDS)
                        .atOffset(ZoneOffset.UTC)
                        .toLocalTime()
                        .toString());
    }

    public static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    /** With a capital first letter. */
    public static String capital(String word) {
        return upper(word.substring(0, 1)) + word.substring(1);
    }

    /** A check box that sends {@code true}, or is not sent. */
    public static String tick(String name, String label, boolean on) {
        return tick(name, "true", label, on);
    }

    public static String tick(String name, String value, String label, boolean on) {
        return "<label class=\"tick\"><input type=\"checkbox\" name=\""
                + name
                + "\" value=\""
                + value
                + "\""
                + (on ? " checked>" : ">")
                + esc(label)
                + "</label>";
    }

    public static String number(String name, String label, long value) {
        return "<label>"
                + esc(label)
                + "<input name=\""
                + name
                + "\" size=\"8\" inputmode=\"numeric\" value=\""
                + value
                + "\"></label>";
    }

    /** What a field of {@link #number} sent; 0 when it was not sent. */
    public static long whole(JsonObject in, String name) {
        String text = Json.text(in, name).orElse("0").strip();
        if (!text.matches("-?[0-9]{1,9}")) {
            throw new IllegalArgumentException(name + " must be a whole number, not " + text);
        }
        return Long.parseLong(text);
    }

    /**
     * Links to the cabinets of all accounts.
     *
     * @param names by address, in the order they are shown
     */
    public static String accounts(String label, Map<String, String> names, String current) {
        StringBuilder nav = new StringBuilder("<nav aria-label=\"").append(esc(label));
        nav.append("\"><a href=\"/cabinet\">All providers</a>");
        names.forEach(
                (address, name) -> {
                    boolean here = address.equals(current);
                    nav.append(here ? "<b>" : "<a href=\"" + esc(address) + "\">")
                            .append(esc(name))
                            .append(here ? "</b>" : "</a>");
                });
        return nav.append("</nav>").toString();
    }

    /**
     * Whose cabinet this is.
     *
     * @param mark the provider's letter
     * @param lead ready-made HTML below the name
     */
    public static String owner(String mark, String name, String lead) {
        return "<div class=\"who\"><span class=\"mark\">"
                + esc(mark)
                + "</span><div><h1>"
                + esc(name)
                + "</h1><p class=\"lead\">"
                + lead
                + "</p></div></div>";
    }

    /** The last tries of deliveries, newest first, each with a button that sends it again. */
    public static String deliveries(
            String title, List<WebhookQueue.Attempt> tries, String resendAction) {
        if (tries.isEmpty()) {
            return empty(title, "Nothing was sent yet.");
        }
        StringBuilder section = card(title);
        section.append("<div class=\"scroll\"><table><thead><tr><th>Time</th><th>Event</th>")
                .append("<th class=\"n\">Try</th><th>Answer</th><th></th></tr></thead><tbody>");
        for (WebhookQueue.Attempt a : tries) {
            section.append("<tr><td>")
                    .append(time(a.at()))
                    .append("</td><td>")
                    .append(esc(a.type()))
                    .append("<br><code>")
                    .append(esc(a.parcel().substring(a.parcel().indexOf('/') + 1)))
                    .append("</code></td><td class=\"n\">")
                    .append(a.byHand() ? "by hand" : Integer.toString(a.number()))
                    .append("</td><td>")
                    .append(
                            badge(
                                    a.accepted() ? "good" : "bad",
                                    a.status() == 0 ? "No answer" : Integer.toString(a.status())))
                    .append(a.accepted() ? "" : "<br>" + esc(a.answer()))
                    .append("</td><td>")
                    .append(
                            Html.button(
                                    resendAction,
                                    Html.hidden("delivery", a.parcel()),
                                    "quiet",
                                    "Send again"))
                    .append("</td></tr>");
        }
        return section.append("</tbody></table></div></section>").toString();
    }
}
