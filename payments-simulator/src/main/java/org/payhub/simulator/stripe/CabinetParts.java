package org.payhub.simulator.stripe;

import static org.payhub.simulator.kit.Html.esc;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The small pieces that the cabinet's sections are made of. */
final class CabinetParts {

    private CabinetParts() {}

    static StringBuilder card(String title) {
        return new StringBuilder("<section class=\"card\"><h2>").append(title).append("</h2>");
    }

    static String badge(String tone, String word) {
        return "<span class=\"badge " + tone + "\">" + esc(word) + "</span>";
    }

    static String time(Instant at) {
        return esc(
                at.truncatedTo(ChronoUnit.SECONDS)
                        .atOffset(ZoneOffset.UTC)
                        .toLocalTime()
                        .toString());
    }

    static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    static String capital(String word) {
        return upper(word.substring(0, 1)) + word.substring(1);
    }
}
