package org.payhub.simulator.kit;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * The one sentence that a cabinet says after a button was pressed. It travels in the address of the
 * page that is shown next, so that reloading the page presses nothing again.
 */
public record Said(String sentence, boolean failed) {

    /** What the address of a page says; the sentence is empty when nothing was pressed. */
    public static Said in(Call call) {
        return new Said(
                Json.text(call.params(), "said").orElse(""), Json.flag(call.params(), "failed"));
    }

    /** Does what a button stands for, then leads to the page with what came of it. */
    public static Answer after(String page, Supplier<String> button) {
        try {
            return new Said(button.get(), false).leadTo(page);
        } catch (IllegalArgumentException | Refused refused) {
            return new Said(refused.getMessage(), true).leadTo(page);
        }
    }

    private Answer leadTo(String page) {
        return Answer.seeOther(
                page
                        + "?said="
                        + URLEncoder.encode(sentence, StandardCharsets.UTF_8)
                        + (failed ? "&failed=true" : ""));
    }

    /** Nothing when there is nothing to say. */
    public String html() {
        if (sentence.isEmpty()) {
            return "";
        }
        return "<p role=\"status\" class=\"say "
                + (failed ? "bad" : "good")
                + "\">"
                + Html.esc(sentence)
                + "</p>";
    }
}
