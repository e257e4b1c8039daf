package org.payhub.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Looks, at start-up and again when health is asked, at what the database promises: that
 * microseconds survive, that a commit is on the disk when it is confirmed, and that the
 * application's user cannot change the books. What is not so is said loudly and shown in health;
 * lost microseconds stop the start.
 */
@ApplicationScoped
public class DatabaseSelfCheck {

    private static final System.Logger LOG = System.getLogger(DatabaseSelfCheck.class.getName());

    private static final Duration CLOCKS_APART = Duration.ofSeconds(60);

    private final Clock clock;
    private volatile List<Finding> findings = List.of();

    /**
     * Something that weakens a promise.
     *
     * @param code stable, for programs: {@code durability.flush}, {@code durability.binlog}, {@code
     *     grants.ledger}, {@code grants.one_user}, {@code clock.skew}
     */
    public record Finding(String code, String sentence) {}

    /** For the container. */
    public DatabaseSelfCheck() {
        this(Clock.systemUTC());
    }

    @Inject
    DatabaseSelfCheck(Clock clock) {
        this.clock = clock;
    }

    /** What the last look found; empty is good. */
    public List<Finding> findings() {
        return findings;
    }

    /** Looks now. */
    public List<Finding> run(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            requireMicroseconds(connection);
            List<Finding> found = new ArrayList<>();
            durability(connection).forEach(found::add);
            grants(connection).forEach(found::add);
            clocks(connection).ifPresent(found::add);
            for (Finding finding : found) {
                if (!findings.contains(finding)) {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "self-check " + finding.code() + ": " + finding.sentence());
                }
            }
            findings = List.copyOf(found);
            return findings;
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "The database's self-check failed: " + e.getMessage(), e);
        }
    }

    private void requireMicroseconds(Connection connection) throws SQLException {
        Instant told = Instant.ofEpochSecond(clock.instant().getEpochSecond(), 123_456_000);
        // A value that goes through the driver both ways, without a table of its own.
        try (PreparedStatement query =
                connection.prepareStatement("SELECT CAST(? AS DATETIME(6))")) {
            query.setTimestamp(1, Timestamp.from(told));
            try (ResultSet result = query.executeQuery()) {
                result.next();
                Instant back = result.getTimestamp(1).toInstant();
                if (!told.equals(back)) {
                    throw new IllegalStateException(
                            "The database does not keep time as it was told ("
                                    + told
                                    + " came back as "
                                    + back
                                    + "). PAYHUB_DB_URL needs connectionTimeZone=%2B00:00&"
                                    + "forceConnectionTimeZoneToSession=true, and MariaDB must be"
                                    + " 11.4 or newer.");
                }
            }
        }
    }

    /** Leases, signed times and reports rest on this clock; the database's is another witness. */
    private Optional<Finding> clocks(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT CURRENT_TIMESTAMP(6)")) {
            result.next();
            Duration apart =
                    Duration.between(result.getTimestamp(1).toInstant(), clock.instant()).abs();
            return apart.compareTo(CLOCKS_APART) <= 0
                    ? Optional.empty()
                    : Optional.of(
                            new Finding(
                                    "clock.skew",
                                    "This server's clock and the database's are more than "
                                            + CLOCKS_APART.toSeconds()
                                            + " seconds apart: genuine webhooks may be refused as"
                                            + " stale. Set both by NTP."));
        }
    }

    private static List<Finding> durability(Connection connection) throws SQLException {
        List<Finding> found = new ArrayList<>();
        Optional<String> flush = variable(connection, "innodb_flush_log_at_trx_commit");
        if (flush.isPresent() && !flush.get().equals("1")) {
            found.add(
                    new Finding(
                            "durability.flush",
                            "innodb_flush_log_at_trx_commit is "
                                    + flush.get()
                                    + ": a confirmed webhook can be lost when the machine stops."
                                    + " Set it to 1."));
        }
        boolean binlog = variable(connection, "log_bin").map("ON"::equalsIgnoreCase).orElse(false);
        Optional<String> sync = variable(connection, "sync_binlog");
        if (binlog && sync.isPresent() && !sync.get().equals("1")) {
            found.add(
                    new Finding(
                            "durability.binlog",
                            "sync_binlog is "
                                    + sync.get()
                                    + ": after a crash a replica may differ from this server. Set"
                                    + " it to 1."));
        }
        return found;
    }

    private static List<Finding> grants(Connection connection) throws SQLException {
        List<Finding> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SHOW GRANTS FOR CURRENT_USER()")) {
            while (result.next()) {
                String grant = result.getString(1).toUpperCase(Locale.ROOT);
                boolean wide = grant.contains(" ON *.*") && !grant.startsWith("GRANT USAGE");
                boolean schema = grant.contains(".*") && !grant.contains("*.*");
                boolean books = grant.contains("LEDGER_ENTRY") || grant.contains("AUDIT_ENTRY");
                boolean changes =
                        grant.contains("ALL PRIVILEGES")
                                || grant.contains("UPDATE")
                                || grant.contains("DELETE");
                if ((wide || schema || books) && changes) {
                    found.add(
                            new Finding(
                                    "grants.ledger",
                                    "The application's database user may change or remove rows of"
                                            + " the ledger and the audit. Name a separate owner in"
                                            + " PAYHUB_DB_OWNER_USER and PAYHUB_DB_OWNER_PASSWORD."));
                    break;
                }
            }
        }
        return found;
    }

    private static Optional<String> variable(Connection connection, String name)
            throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("SHOW GLOBAL VARIABLES LIKE '" + name + "'")) {
            return result.next() ? Optional.of(result.getString(2)) : Optional.empty();
        }
    }
}
