package org.payhub.webhook;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.payhub.provider.http.Redaction;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.webhook.DeliveryDetail.HeaderLine;

/**
 * A webhook as a person may look at it: signatures, keys, card data and personal data covered,
 * characters that a page cannot hold or that would turn its text around replaced.
 */
final class ShownMessage {

    private static final List<String> COVERED =
            List.of("signature", "hmac", "authorization", "cookie", "token", "secret", "api-key");

    private ShownMessage() {}

    static String body(byte[] body) {
        return harmless(Redaction.readable(body));
    }

    static List<HeaderLine> headers(RawWebhook raw) {
        List<HeaderLine> lines = new ArrayList<>();
        raw.headers()
                .forEach(
                        (name, values) ->
                                values.forEach(
                                        value ->
                                                lines.add(
                                                        new HeaderLine(
                                                                harmless(name),
                                                                shown(name, value)))));
        return lines;
    }

    private static String shown(String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        return COVERED.stream().anyMatch(lower::contains)
                ? "•••"
                : harmless(Redaction.readable(value.getBytes(StandardCharsets.UTF_8)));
    }

    private static String harmless(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> shown.appendCodePoint(isHarmless(c) ? c : 0xFFFD));
        return shown.toString();
    }

    private static boolean isHarmless(int c) {
        boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
        boolean turnsText = c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
        boolean noCharacter =
                c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE
                        || (c & 0xFFFE) == 0xFFFE;
        return !control && !turnsText && !noCharacter;
    }
}
