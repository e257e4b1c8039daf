package org.payhub.audit;

/**
 * What an audit entry says in words, as a flat JSON object of texts: before, after, reason. Secrets
 * never belong here; a key is named by its last characters.
 */
public final class AuditDetails {

    /** Nothing to add. */
    public static final String NONE = "{}";

    private AuditDetails() {}

    /**
     * Keys and values in turn: {@code of("before", "MANAGER", "after", "OWNER")}. A pair whose
     * value is null is left out.
     */
    public static String of(String... keysAndValues) {
        if (keysAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("Keys and values come in pairs");
        }
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < keysAndValues.length; i += 2) {
            if (keysAndValues[i + 1] == null) {
                continue;
            }
            if (json.length() > 1) {
                json.append(',');
            }
            AuditText.quote(json, keysAndValues[i]);
            json.append(':');
            AuditText.quote(json, keysAndValues[i + 1]);
        }
        return json.append('}').toString();
    }
}
