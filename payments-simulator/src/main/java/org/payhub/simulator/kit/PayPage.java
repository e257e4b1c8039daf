package org.payhub.simulator.kit;

import static org.payhub.simulator.kit.Html.esc;

import java.util.Optional;

/** The pieces that pay pages are made of; they work without scripts. Texts are escaped here. */
public final class PayPage {

    private PayPage() {}

    /** A page that only says something. */
    public static Answer message(int status, String title, String detail) {
        return Answer.html(
                status,
                Html.page(
                        title,
                        "pay",
                        "<main><h1>"
                                + esc(title)
                                + "</h1><p class=\"lead\">"
                                + esc(detail)
                                + "</p></main>"));
    }

    /**
     * Who is paid, and how much.
     *
     * @param badge the mode, such as {@code Test mode}
     * @param lead ready-made HTML above the sum
     * @param note ready-made HTML below it
     */
    public static String head(String merchant, String badge, String lead, String sum, String note) {
        return "<div class=\"who\"><span class=\"mark\">"
                + esc(merchant.substring(0, 1))
                + "</span><div><h1>"
                + esc(merchant)
                + "</h1><span class=\"badge test\">"
                + esc(badge)
                + "</span></div></div><section class=\"card\">"
                + lead
                + "<p class=\"sum\" id=\"amount\">"
                + esc(sum)
                + "</p>"
                + note
                + "</section>";
    }

    public static String lead(String text) {
        return "<p class=\"lead\">" + esc(text) + "</p>";
    }

    /** Why the last try brought nothing; null when there was none. */
    public static String problem(String says) {
        return says == null
                ? ""
                : "<p class=\"say bad\" role=\"alert\"><b>Not paid.</b> " + esc(says) + "</p>";
    }

    /** The field for any card's number. */
    public static String cardForm(String action, String placeholder, String sum) {
        return "<section class=\"card\"><form method=\"post\" action=\""
                + esc(action)
                + "\" class=\"stack\"><label>Card number<input name=\"card\""
                + " inputmode=\"numeric\" autocomplete=\"off\" maxlength=\"23\" required"
                + " placeholder=\""
                + esc(placeholder)
                + "\"></label><button class=\"go\">Pay "
                + esc(sum)
                + "</button></form></section>";
    }

    /** One button for each of these cards. */
    public static String choices(
            String title, String action, Iterable<? extends OfferedCard> cards) {
        StringBuilder section = CabinetParts.card(title).append("<div class=\"stack\">");
        for (OfferedCard card : cards) {
            section.append(choice(action, card));
        }
        return section.append("</div></section>").toString();
    }

    /** A button that pays with this card. */
    public static String choice(String action, OfferedCard card) {
        return "<form method=\"post\" action=\""
                + esc(action)
                + "\">"
                + Html.hidden("card", card.number())
                + "<button class=\"choice\" data-card=\""
                + esc(card.name())
                + "\"><span>"
                + esc(card.says())
                + "</span><code>"
                + esc(card.spaced())
                + "</code></button></form>";
    }

    /** The way back for a client who does not pay. */
    public static String cancel(Optional<String> address, String merchant) {
        return address.map(
                        url ->
                                "<p><a id=\"cancel\" href=\""
                                        + esc(url)
                                        + "\">Back to "
                                        + esc(merchant)
                                        + " without paying</a></p>")
                .orElse("");
    }

    /**
     * The page of the card's bank, which posts {@code answer}: {@code complete} or {@code fail}.
     */
    public static Answer bank(String head, String action) {
        String body =
                "<main>"
                        + head
                        + "<section class=\"card stack\"><h2>Your bank asks you to confirm</h2>"
                        + "<p class=\"lead\">This stands for the page of the card's bank"
                        + " (3-D Secure).</p>"
                        + Html.button(action, Html.hidden("answer", "complete"), "go", "Complete")
                        + Html.button(action, Html.hidden("answer", "fail"), "bad", "Fail")
                        + "</section></main>";
        return Answer.html(200, Html.page("Confirm with your bank", "pay", body));
    }

    /**
     * What is shown of a page that was paid.
     *
     * @param says ready-made HTML
     */
    public static Answer finished(
            String head, String says, Optional<String> address, String merchant) {
        String back =
                address.map(
                                url ->
                                        "<p><a href=\""
                                                + esc(url)
                                                + "\">Back to "
                                                + esc(merchant)
                                                + "</a></p>")
                        .orElse("");
        String body = "<main>" + head + "<p class=\"say good\">" + says + "</p>" + back + "</main>";
        return Answer.html(200, Html.page("Paid", "pay", body));
    }
}
