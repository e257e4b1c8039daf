package org.payhub.platform;

/**
 * Text that a person typed or a program sent: stripped, without control characters, not empty, not
 * longer than its column. What is wrong is said of the field.
 */
public final class TypedText {

    /** No column holds it. */
    private static final String NOWHERE = "\u0001";

    private TypedText() {}

    /**
     * The text as it may be stored.
     *
     * <p><b>Errors</b>, each on the field: {@code <what>_missing}, {@code <what>_too_long}, {@code
     * <what>_not_plain}.
     *
     * @param what begins the error's code: {@code merchant.name}
     * @param spoken how the field is called in a sentence: {@code The business's name}
     */
    public static String required(
            String field, String value, int longest, String what, String spoken) {
        String text = value == null ? "" : value.strip();
        if (text.isEmpty()) {
            throw HubException.ofField(field, what + "_missing", spoken + " is missing.");
        }
        if (text.codePointCount(0, text.length()) > longest) {
            throw HubException.ofField(
                    field, what + "_too_long", spoken + " has more than " + longest + " letters.");
        }
        if (text.codePoints().anyMatch(TypedText::isNotPlain)) {
            throw HubException.ofField(
                    field,
                    what + "_not_plain",
                    spoken + " holds a line break or another invisible character.");
        }
        return text;
    }

    /**
     * What is looked for in a column of ASCII text: other text stands in none of its rows, and the
     * database would refuse to compare the two.
     */
    public static String inAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80) ? text : NOWHERE;
    }

    private static boolean isNotPlain(int c) {
        return Character.isISOControl(c)
                || c == 0x2028
                || c == 0x2029
                || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }
}
