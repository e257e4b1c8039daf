package org.payhub.audit;

/** Writes text as JSON; of the JDK alone, so that the verifier needs nothing else. */
final class AuditText {

    private AuditText() {}

    /**
     * Appends a JSON string; everything beyond printable ASCII that could break a line is escaped.
     */
    static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < 0x20 || c == 0x7f || c == '\u2028' || c == '\u2029' || lone(text, i)) {
                json.append("\\u");
                String hex = Integer.toHexString(c);
                json.append("0000", 0, 4 - hex.length()).append(hex);
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    private static boolean lone(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c)
                && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}
