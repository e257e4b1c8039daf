package org.payhub.access;

import java.util.Locale;
import org.payhub.platform.HubException;

/** How e-mail addresses are compared: without blanks around, in lower case. */
final class EmailAddress {

    private static final int LONGEST = 255;

    private EmailAddress() {}

    /** The address as it is looked up; anything is accepted, for a log-in tells nothing. */
    static String lookedUp(String typed) {
        String text = typed == null ? "" : typed.strip().toLowerCase(Locale.ROOT);
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    /**
     * The address as it is stored.
     *
     * <p><b>Errors</b>: {@code access.email_invalid} on {@code email}.
     */
    static String checked(String typed) {
        String text = typed == null ? "" : typed.strip().toLowerCase(Locale.ROOT);
        int at = text.indexOf('@');
        boolean shaped =
                at > 0
                        && at == text.lastIndexOf('@')
                        && text.indexOf('.', at) > at + 1
                        && !text.endsWith(".")
                        && text.length() <= LONGEST
                        && text.chars().noneMatch(c -> c <= ' ' || Character.isISOControl(c));
        if (!shaped) {
            throw HubException.ofField(
                    "email",
                    "access.email_invalid",
                    "Write the e-mail address in full, for example ana@example.com.");
        }
        return text;
    }
}
