package org.payhub.launcher;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * An operator's database address, completed by what Payhub relies on. Only what is missing is
 * added, never what weakens a connection: no TLS mode is chosen and no key is fetched in the clear.
 */
final class DatabaseUrl {

    private static final Pattern SHAPE =
            Pattern.compile("jdbc:mysql://[^/?#\\s]+/[^/?#\\s]+(\\?[^#\\s]*)?");

    private DatabaseUrl() {}

    static boolean isUsable(String url) {
        return SHAPE.matcher(url).matches();
    }

    static boolean carriesLogin(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        int path = lower.indexOf('/', "jdbc:mysql://".length());
        return path > 0 && lower.substring(0, path).contains("@")
                || Pattern.compile("[?&](user|password)=").matcher(lower).find();
    }

    /**
     * {@code fallbackToSystemKeyStore=false}: inside the server the driver would offer the server's
     * own certificate to the database, and MariaDB 11.4 then breaks the connection. The time zone:
     * instants are stored in UTC whatever the server's default is. The rest: batches go out as one
     * statement, and an unreachable database is noticed.
     */
    static String completed(String url) {
        Map<String, String> wanted = new TreeMap<>();
        wanted.put("connectTimeout", "5000");
        wanted.put("connectionTimeZone", "%2B00:00");
        wanted.put("fallbackToSystemKeyStore", "false");
        wanted.put("forceConnectionTimeZoneToSession", "true");
        wanted.put("rewriteBatchedStatements", "true");
        StringBuilder completed = new StringBuilder(url);
        wanted.forEach(
                (name, value) -> {
                    if (!Pattern.compile("[?&]" + name + "=", Pattern.CASE_INSENSITIVE)
                            .matcher(url)
                            .find()) {
                        completed
                                .append(completed.indexOf("?") < 0 ? "?" : "&")
                                .append(name)
                                .append("=")
                                .append(value);
                    }
                });
        return completed.toString().replace("?&", "?");
    }
}
