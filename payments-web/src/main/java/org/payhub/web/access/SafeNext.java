package org.payhub.web.access;

import java.util.regex.Pattern;

/** Where somebody goes on after logging in: a page of our own, whatever the address said. */
final class SafeNext {

    static final String HOME = "/admin/home";

    private static final Pattern OURS =
            Pattern.compile("/admin/[A-Za-z0-9/_.-]{1,200}(\\?[A-Za-z0-9_.~%&=:+,-]{0,1000})?");

    private SafeNext() {}

    static String of(String asked) {
        if (asked == null
                || asked.contains("//")
                || asked.contains("..")
                || asked.startsWith("/admin/logout")
                || !OURS.matcher(asked).matches()) {
            return HOME;
        }
        return asked;
    }
}
