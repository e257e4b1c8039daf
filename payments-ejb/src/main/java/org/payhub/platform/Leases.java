package org.payhub.platform;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;

/**
 * Lets one node at a time run a job: a row that is taken by compare-and-set and falls free when its
 * time is over. Named locks of the database are not used; a cluster gives them to two nodes at
 * once.
 */
@ApplicationScoped
public class Leases {

    private static final System.Logger LOG = System.getLogger(Leases.class.getName());

    @Resource(lookup = HubDataSource.JNDI)
    DataSource dataSource;

    @Inject Clock clock;

    private final String owner =
            Long.toString(ProcessHandle.current().pid())
                    + "-"
                    + Long.toString(ManagementFactory.getRuntimeMXBean().getStartTime(), 36)
                    + "-"
                    + MasterKey.token().substring(0, 8);

    /** For the container. */
    public Leases() {}

    /** This node's name in leases and claims. */
    public String owner() {
        return owner;
    }

    /**
     * Whether this node now holds the job, for so long. Called outside transactions; on a conflict
     * with another node the answer is no.
     */
    public boolean take(String job, Duration span) {
        Instant now = clock.instant();
        try (Connection connection = dataSource.getConnection()) {
            try (PreparedStatement insert =
                    connection.prepareStatement(
                            "INSERT INTO job_lease (name, owner, lease_until) VALUES (?, ?, ?)"
                                    + " ON DUPLICATE KEY UPDATE name = name")) {
                insert.setString(1, job);
                insert.setString(2, owner);
                insert.setTimestamp(3, Timestamp.from(now));
                insert.executeUpdate();
            }
            try (PreparedStatement take =
                    connection.prepareStatement(
                            "UPDATE job_lease SET owner = ?, lease_until = ?"
                                    + " WHERE name = ? AND (owner = ? OR lease_until <= ?)")) {
                take.setString(1, owner);
                take.setTimestamp(2, Timestamp.from(now.plus(span)));
                take.setString(3, job);
                take.setString(4, owner);
                take.setTimestamp(5, Timestamp.from(now));
                return take.executeUpdate() == 1;
            }
        } catch (SQLException e) {
            if (UnitOfWork.mayBeRepeated(e)) {
                return false;
            }
            throw new IllegalStateException("The lease of " + job + " cannot be taken", e);
        }
    }

    /** Gives the job back before its time, so that another node need not wait for it. */
    public void release(String job) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement release =
                        connection.prepareStatement(
                                "UPDATE job_lease SET lease_until = ?"
                                        + " WHERE name = ? AND owner = ?")) {
            release.setTimestamp(1, Timestamp.from(clock.instant()));
            release.setString(2, job);
            release.setString(3, owner);
            release.executeUpdate();
        } catch (SQLException e) {
            // Nothing depends on it: the lease falls free by itself, a little later.
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "lease of " + job + " not given back: " + e.getMessage());
        }
    }
}
