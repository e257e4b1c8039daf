package org.payhub.simulator.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How safely the database keeps what it confirmed. A figure without it says nothing: with a weaker
 * setting everything is faster, and a power cut takes acknowledged events away.
 */
record Durability(String product, String flush, boolean binlog, String syncBinlog) {

    private static final Pattern SYSCALL =
            Pattern.compile("(\\d+)\\s+(?:\\d+\\s+)?(fsync|fdatasync|sync_file_range)\\s*$");

    static Durability of(Connection connection) throws SQLException {
        return new Durability(
                one(connection, "SELECT VERSION()"),
                variable(connection, "innodb_flush_log_at_trx_commit").orElse("?"),
                variable(connection, "log_bin").filter("ON"::equalsIgnoreCase).isPresent(),
                variable(connection, "sync_binlog").orElse("?"));
    }

    /** What weakens it, in a sentence each; empty is good. */
    List<String> weaker() {
        List<String> found = new ArrayList<>();
        if (!flush.equals("1")) {
            found.add(
                    "innodb_flush_log_at_trx_commit is "
                            + flush
                            + ": these figures are not of a database that keeps what it confirmed.");
        }
        if (binlog && !syncBinlog.equals("1")) {
            found.add(
                    "sync_binlog is "
                            + syncBinlog
                            + ": these figures are not of a replicated database that keeps what it"
                            + " confirmed.");
        }
        return found;
    }

    @Override
    public String toString() {
        return product
                + ", flush="
                + flush
                + ", binlog="
                + (binlog ? "on, sync_binlog=" + syncBinlog : "off");
    }

    /** How often the database has made the disk keep its logs since it started. */
    static long fsyncs(Connection connection) throws SQLException {
        long fsyncs =
                status(connection, "Innodb_os_log_fsyncs")
                        .or(() -> quietly(connection, "Innodb_data_fsyncs"))
                        .orElse(0L);
        return fsyncs + status(connection, "Binlog_group_commits").orElse(0L);
    }

    private static Optional<Long> quietly(Connection connection, String name) {
        try {
            return status(connection, name);
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> status(Connection connection, String name) throws SQLException {
        return shown(connection, "SHOW GLOBAL STATUS LIKE '" + name + "'").map(Long::valueOf);
    }

    private static Optional<String> variable(Connection connection, String name)
            throws SQLException {
        return shown(connection, "SHOW GLOBAL VARIABLES LIKE '" + name + "'");
    }

    private static Optional<String> shown(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? Optional.of(result.getString(2)) : Optional.empty();
        }
    }

    private static String one(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    // ---- the kernel's own count ----

    /**
     * Counts the calls by which a process makes the disk keep something, as the kernel sees them.
     * The database's counters are its own word; this is not.
     */
    static final class Watch {

        private final Process strace;

        private Watch(Process strace) {
            this.strace = strace;
        }

        /** Empty where there is no strace, or it may not look. */
        static Optional<Watch> on(ProcessHandle database) {
            try {
                Process strace =
                        new ProcessBuilder(
                                        "strace",
                                        "-f",
                                        "-c",
                                        "-U",
                                        "calls,errors,name",
                                        "-e",
                                        "trace=fsync,fdatasync,sync_file_range",
                                        "-p",
                                        Long.toString(database.pid()))
                                .redirectErrorStream(true)
                                .start();
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
                return strace.isAlive() ? Optional.of(new Watch(strace)) : Optional.empty();
            } catch (IOException e) {
                return Optional.empty();
            }
        }

        /** Ends the watch; how many calls it saw. */
        long end() throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-INT", Long.toString(strace.pid())).start().waitFor();
            long calls = 0;
            try (BufferedReader lines =
                    new BufferedReader(
                            new InputStreamReader(
                                    strace.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    Matcher matcher = SYSCALL.matcher(line);
                    if (matcher.find()) {
                        calls += Long.parseLong(matcher.group(1));
                    }
                }
            }
            strace.waitFor(5, TimeUnit.SECONDS);
            return calls;
        }
    }
}
