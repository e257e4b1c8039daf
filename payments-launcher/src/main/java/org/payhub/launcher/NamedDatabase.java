package org.payhub.launcher;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tries the operator's database before the server starts: away, a wrong password and an old version
 * are then one line, and not a page of the server's log.
 */
final class NamedDatabase {

    private static final int ACCESS_DENIED = 1045;
    private static final int ACCESS_DENIED_TO_DATABASE = 1044;
    private static final int UNKNOWN_DATABASE = 1049;
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)");

    private NamedDatabase() {}

    static void tryIt(String url, String user, String password, String prefix) throws StartFailure {
        try (Connection connection = DriverManager.getConnection(url, user, password);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT VERSION()")) {
            row.next();
            checkVersion(row.getString(1));
        } catch (SQLException e) {
            throw failure(e, user, prefix);
        }
    }

    static void checkVersion(String version) throws StartFailure {
        // MariaDB before 11 introduces itself as 5.5.5-10.x.
        Matcher numbers = VERSION.matcher(version.replaceFirst("^5\\.5\\.5-", ""));
        boolean maria = version.contains("MariaDB");
        boolean enough =
                numbers.find() && rank(numbers) >= (maria ? rank(11, 4, 0) : rank(8, 0, 15))
                        // A MariaDB that was told to hide its version, as tests do: their business.
                        || version.startsWith("5.7.19-");
        if (!enough) {
            throw StartFailure.wrongSetting(
                    "PAYHUB_DB_URL leads to version "
                            + version
                            + ", which is too old; use MariaDB 11.4 or newer, or MySQL 8.0.15 or"
                            + " newer.");
        }
    }

    private static StartFailure failure(SQLException e, String user, String prefix) {
        return switch (e.getErrorCode()) {
            case ACCESS_DENIED ->
                    StartFailure.wrongSetting(
                            prefix
                                    + "_PASSWORD is refused: the database does not let the user "
                                    + user
                                    + " in from here. Correct "
                                    + prefix
                                    + "_USER or "
                                    + prefix
                                    + "_PASSWORD.");
            case ACCESS_DENIED_TO_DATABASE ->
                    StartFailure.wrongSetting(
                            prefix
                                    + "_USER has no right on the database of PAYHUB_DB_URL. Grant "
                                    + user
                                    + " rights on it.");
            case UNKNOWN_DATABASE ->
                    StartFailure.wrongSetting(
                            "PAYHUB_DB_URL names a database that does not exist on its server."
                                    + " Create it, or correct the name.");
            default ->
                    new StartFailure(
                            "The database of PAYHUB_DB_URL does not answer: "
                                    + firstSentence(e)
                                    + ". Start it, or correct the address.",
                            e);
        };
    }

    /** The driver packs advice over several lines around the one thing that matters. */
    private static String firstSentence(SQLException e) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String text = DataDirectory.reason(root);
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    private static int rank(Matcher numbers) {
        return rank(
                Integer.parseInt(numbers.group(1)),
                Integer.parseInt(numbers.group(2)),
                Integer.parseInt(numbers.group(3)));
    }

    private static int rank(int major, int minor, int patch) {
        return (major * 1_000 + minor) * 1_000 + patch;
    }
}
