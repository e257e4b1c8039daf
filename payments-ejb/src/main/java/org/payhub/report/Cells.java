package org.payhub.report;

import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.UUID;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.platform.Ids;

/**
 * How values become cells. Numbers, times and ids of ours are written plainly; every text that
 * somebody outside may have chosen is defused, so that no spreadsheet takes it for a formula.
 */
final class Cells {

    /** Written in front of a text that a spreadsheet would run. */
    private static final char DEFUSE = '\'';

    /** What starts a formula, in narrow and in full width. */
    private static final String STARTERS = "=+-@\uff1d\uff0b\uff0d\uff20\u2212";

    private static final DateTimeFormatter LOCAL =
            new DateTimeFormatterBuilder()
                    .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
                    .appendOffset("+HH:MM", "+00:00")
                    .toFormatter(Locale.ROOT);

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT)
                    .withZone(ZoneId.of("UTC"));

    private Cells() {}

    /** A text from outside. */
    static String text(String text) {
        if (text == null) {
            return "";
        }
        String clean = clean(text);
        return isDangerous(clean) ? DEFUSE + clean : clean;
    }

    /** Without marks that turn the direction of reading, and without a zero byte. */
    private static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean loneSurrogate =
                    Character.isSurrogate(c)
                            && !(Character.isHighSurrogate(c)
                                    && i + 1 < text.length()
                                    && Character.isLowSurrogate(text.charAt(i + 1)))
                            && !(Character.isLowSurrogate(c)
                                    && i > 0
                                    && Character.isHighSurrogate(text.charAt(i - 1)));
            if (loneSurrogate) {
                clean.append('\ufffd');
            } else if (!turnsDirection(c) && c != 0 && c != '\ufeff') {
                clean.append(c);
            }
        }
        return clean.toString();
    }

    private static boolean turnsDirection(char c) {
        return c >= '\u202a' && c <= '\u202e'
                || c >= '\u2066' && c <= '\u2069'
                || c == '\u200e'
                || c == '\u200f'
                || c == '\u061c';
    }

    /** Programs skip blanks and controls before they look for a formula, so they are skipped. */
    private static boolean isDangerous(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\t' || c == '\r' || c == '\n') {
                return true;
            }
            boolean skipped =
                    Character.isWhitespace(c)
                            || Character.isSpaceChar(c)
                            || Character.isISOControl(c)
                            || Character.getType(c) == Character.FORMAT;
            if (!skipped) {
                return STARTERS.indexOf(c) >= 0;
            }
        }
        return false;
    }

    /** An exact decimal with all digits of the asset. */
    static String amount(Money money) {
        return money == null ? "" : money.toDecimal();
    }

    static String asset(Money money) {
        return money == null ? "" : money.asset().code();
    }

    static Money money(BigInteger minor, String asset) {
        return minor == null || asset == null ? null : new Money(minor, Asset.of(asset));
    }

    static String utc(Instant at) {
        return at == null ? "" : UTC.format(at);
    }

    /** The time at a place, with its offset. */
    static String local(Instant at, ZoneId zone) {
        return at == null ? "" : LOCAL.format(at.atZone(zone));
    }

    static String id(String prefix, UUID id) {
        return id == null ? "" : Ids.text(prefix, id);
    }
}
