package org.payhub.audit;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes and reads the flat JSON of audit files; of the JDK alone, so that the verifier needs
 * nothing else.
 */
final class AuditText {

    private static final String BAD = "it is not one flat JSON object";

    private final String line;
    private int at;

    private AuditText(String line) {
        this.line = line;
    }

    /** Appends a JSON string; everything that could break a line is escaped. */
    static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < 0x20
                    || c >= 0x7f && c < 0xa0
                    || c == 0x2028
                    || c == 0x2029
                    || isLone(text, i)) {
                String hex = Integer.toHexString(c);
                json.append("\\u").append("0000", 0, 4 - hex.length()).append(hex);
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    /**
     * Foreign text as it may stand in a column and in a file: no control characters, no half
     * characters, not longer than the column.
     */
    static String clean(String text, int longest) {
        if (text == null) {
            return "";
        }
        StringBuilder clean = new StringBuilder(Math.min(text.length(), longest));
        int count = 0;
        for (int i = 0; i < text.length() && count < longest; count++) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            boolean bad =
                    Character.isISOControl(c)
                            || c == 0x2028
                            || c == 0x2029
                            || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
            clean.appendCodePoint(bad ? '?' : c);
        }
        return clean.toString();
    }

    /** As {@link #clean} for columns of ASCII. */
    static String cleanAscii(String text, int longest) {
        return clean(text, longest).replaceAll("[^\\x20-\\x7e]", "?");
    }

    private static boolean isLone(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c)
                && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }

    /**
     * Reads one flat JSON object of texts and whole numbers, in the order of the line. A key that
     * stands twice, or anything after the object, is an error.
     */
    static Map<String, String> parse(String line) {
        return new AuditText(line).object();
    }

    private Map<String, String> object() {
        Map<String, String> fields = new LinkedHashMap<>();
        expect('{');
        if (!isNext('}')) {
            do {
                String name = string();
                expect(':');
                String value = isAt('"') ? string() : number();
                if (fields.put(name, value) != null) {
                    throw new IllegalArgumentException("\"" + name + "\" stands twice");
                }
            } while (isNext(','));
            expect('}');
        }
        if (at != line.length()) {
            throw new IllegalArgumentException(BAD);
        }
        return fields;
    }

    private boolean isAt(char c) {
        return at < line.length() && line.charAt(at) == c;
    }

    private boolean isNext(char c) {
        if (isAt(c)) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) {
        if (!isNext(c)) {
            throw new IllegalArgumentException(BAD);
        }
    }

    private String number() {
        int start = at;
        while (at < line.length() && line.charAt(at) >= '0' && line.charAt(at) <= '9') {
            at++;
        }
        if (start == at) {
            throw new IllegalArgumentException(BAD);
        }
        return line.substring(start, at);
    }

    private String string() {
        expect('"');
        StringBuilder text = new StringBuilder();
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (c == '"') {
                return text.toString();
            }
            text.append(c == '\\' ? escaped() : c);
        }
        throw new IllegalArgumentException(BAD);
    }

    private char escaped() {
        if (isNext('u') && at + 4 <= line.length()) {
            int value = 0;
            for (int i = 0; i < 4; i++) {
                int digit = Character.digit(line.charAt(at++), 16);
                if (digit < 0) {
                    throw new IllegalArgumentException(BAD);
                }
                value = value * 16 + digit;
            }
            return (char) value;
        }
        if (at < line.length()) {
            int known = "\"\\/bfnrt".indexOf(line.charAt(at++));
            if (known >= 0) {
                return "\"\\/\b\f\n\r\t".charAt(known);
            }
        }
        throw new IllegalArgumentException(BAD);
    }
}
