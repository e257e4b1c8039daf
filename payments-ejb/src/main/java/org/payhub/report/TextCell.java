package org.payhub.report;

/**
 * Text that may stand in a file which people open in a spreadsheet: what would be run as a formula
 * is shown as text by an apostrophe, and marks that turn the reading direction are dropped.
 *
 * <p>Only for columns of text. Numbers are written as numbers: {@code -30.00} stays one.
 */
final class TextCell {

    /** Signs that begin a formula, also in their full-width forms. */
    private static final String STARTERS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private TextCell() {}

    static String safe(String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        StringBuilder clean = new StringBuilder(text.length() + 1);
        text.codePoints().filter(c -> !turnsDirection(c) && c != 0).forEach(clean::appendCodePoint);
        int first = 0;
        while (first < clean.length() && isBlank(clean.charAt(first))) {
            first++;
        }
        boolean formula =
                clean.length() > 0 && STARTERS.indexOf(clean.charAt(0)) >= 0
                        || first < clean.length() && STARTERS.indexOf(clean.charAt(first)) >= 0;
        return formula ? "'" + clean : clean.toString();
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\u00a0' || c == '\u3000';
    }

    private static boolean turnsDirection(int c) {
        return c >= 0x202A && c <= 0x202E
                || c >= 0x2066 && c <= 0x2069
                || c == 0x200E
                || c == 0x200F
                || c == 0x061C;
    }
}
