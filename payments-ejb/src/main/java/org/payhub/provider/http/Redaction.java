package org.payhub.provider.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.payhub.provider.spi.Secret;

/**
 * Makes an excerpt of a call that people may read: no keys, no card data, no personal data. What
 * looks like one of these is masked by the name of its field and, wherever it stands, by its look.
 */
public final class Redaction {

    private static final String MASK = "•••";

    /** What is looked at; more is cut first, so that a huge answer costs nothing. */
    private static final int LOOKED_AT = 16_384;

    private static final int KEPT = 2_000;
    private static final int READABLE = 65_536;

    /** Parts of field names whose values are masked. */
    private static final String NAMES =
            "[^\"&=\\s]*(?:secret|passw|passphrase|token|signature|api_?key|authorization|cvc|cvv"
                    + "|cryptogram|number|exp_month|exp_year|fingerprint|e-?mail|phone|first_?name"
                    + "|last_?name|client_?name|holder_?name|client_?address|customer_name"
                    + "|line1|line2|postal_code|_ip|ip_|ip(?:address|city|region|district|latitude|longitude)|card_?first|card_?exp|url)[^\"&=\\s]*";

    private static final Pattern JSON_VALUE =
            Pattern.compile(
                    "(\"(?:"
                            + NAMES
                            + "|name|pan|ip|address)\"\\s*:\\s*)"
                            + "(?:\"(?:[^\"\\\\]|\\\\.)*+(?:\"|$)|\\d+)",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern FORM_FIELD =
            Pattern.compile(
                    "((?:^|&)(?:" + NAMES + "|name|address)=)[^&]*", Pattern.CASE_INSENSITIVE);

    private static final Pattern KEY_LIKE =
            Pattern.compile(
                    "\\b((?:sk|rk|pk|whsec)_(?:live_|test_|org_)?)[A-Za-z0-9_+/=-]+"
                            + "|\\b(?:Bearer|Basic)\\s+[A-Za-z0-9._~+/=-]+");

    private static final Pattern MAIL =
            Pattern.compile("[A-Za-z0-9._%+-]{1,64}(?:@|%40)[A-Za-z0-9.-]{1,255}");

    /** A card's number, also in groups; identifiers with letters around are left alone. */
    private static final Pattern CARD =
            Pattern.compile("(?<![A-Za-z0-9_])\\d(?:[ -]?\\d){12,18}(?![A-Za-z0-9_])");

    private Redaction() {}

    /** A short readable part of a body, masked. */
    static String excerpt(byte[] body, List<Secret> hidden) {
        int length = Math.min(body.length, LOOKED_AT);
        String masked = mask(new String(body, 0, length, StandardCharsets.UTF_8), hidden);
        return masked.length() <= KEPT ? masked : masked.substring(0, KEPT) + "…";
    }

    /** The text of a message that somebody may look at, masked; very long ones are cut. */
    public static String readable(byte[] message) {
        int length = Math.min(message.length, READABLE);
        String text = mask(new String(message, 0, length, StandardCharsets.UTF_8), List.of());
        return message.length <= READABLE ? text : text + "…";
    }

    /** The address with its query's names, without the values. */
    static String address(URI address, List<Secret> hidden) {
        StringBuilder shown = new StringBuilder();
        shown.append(address.getScheme()).append("://").append(address.getRawAuthority());
        shown.append(address.getRawPath() == null ? "" : address.getRawPath());
        if (address.getRawQuery() != null) {
            shown.append('?').append(address.getRawQuery().replaceAll("=[^&]*", "=…"));
        }
        String masked = mask(shown.toString(), hidden);
        return masked.length() <= 500 ? masked : masked.substring(0, 499) + "…";
    }

    private static String mask(String text, List<Secret> hidden) {
        String masked = text;
        for (Secret secret : hidden) {
            if (!secret.reveal().isEmpty()) {
                masked = masked.replace(secret.reveal(), MASK);
            }
        }
        masked = JSON_VALUE.matcher(masked).replaceAll("$1\"" + MASK + "\"");
        masked = FORM_FIELD.matcher(masked).replaceAll("$1" + MASK);
        masked = KEY_LIKE.matcher(masked).replaceAll(MASK);
        masked = MAIL.matcher(masked).replaceAll(MASK);
        return CARD.matcher(masked).replaceAll(MASK);
    }
}
