package org.payhub.apikey;

import jakarta.annotation.Resource;
import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.payhub.platform.HubDataSource;
import org.payhub.platform.HubException;
import org.payhub.platform.Ids;
import org.payhub.platform.MasterKey;
import org.payhub.platform.Problem;

/**
 * Remembers for 24 hours what a call with an {@code Idempotency-Key} was answered, so that the same
 * call again is answered the same and done once.
 *
 * <p><b>Guarantee</b>: of calls with one key at one time one is done ({@code
 * uq_idempotent_answer_scope}); the others are told that it is still running.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class IdempotentAnswers {

    private static final Duration KEPT = Duration.ofHours(24);

    /** A call that has not answered for so long died with its node; the key may be used again. */
    private static final Duration LONGEST_CALL = Duration.ofMinutes(2);

    @Resource(lookup = HubDataSource.JNDI)
    DataSource dataSource;

    @Inject Clock clock;

    /** For the container. */
    public IdempotentAnswers() {}

    /** An answer as it was given. */
    public record Answer(int status, String contentType, byte[] body) {}

    /** What a key stands for: the caller, the address and the key itself. */
    public static byte[] scopeKey(String caller, String path, String key) {
        return MasterKey.sha256(
                (caller + "\n" + path + "\n" + key).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Begins a call, or finds the answer that it was given before.
     *
     * <p><b>Errors</b>: {@code idempotency.key_reused} (422, another body under the same key),
     * {@code idempotency.in_progress} (409).
     */
    public Optional<Answer> begin(byte[] scopeKey, byte[] requestHash) {
        Instant now = clock.instant();
        try (Connection connection = dataSource.getConnection()) {
            forgetOld(connection, scopeKey, now);
            if (insert(connection, scopeKey, requestHash, now)) {
                return Optional.empty();
            }
            return Optional.of(earlier(connection, scopeKey, requestHash));
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    private static void forgetOld(Connection connection, byte[] scopeKey, Instant now)
            throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement(
                        "DELETE FROM idempotent_answer WHERE scope_key = ?"
                                + " AND (created_at < ? OR status IS NULL AND created_at < ?)")) {
            delete.setBytes(1, scopeKey);
            delete.setTimestamp(2, Timestamp.from(now.minus(KEPT)));
            delete.setTimestamp(3, Timestamp.from(now.minus(LONGEST_CALL)));
            delete.executeUpdate();
        }
    }

    private static boolean insert(
            Connection connection, byte[] scopeKey, byte[] requestHash, Instant now)
            throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "INSERT INTO idempotent_answer (id, scope_key, request_hash, created_at)"
                                + " VALUES (?, ?, ?, ?)")) {
            insert.setBytes(1, bytes(Ids.next()));
            insert.setBytes(2, scopeKey);
            insert.setBytes(3, requestHash);
            insert.setTimestamp(4, Timestamp.from(now));
            insert.executeUpdate();
            return true;
        } catch (SQLIntegrityConstraintViolationException e) {
            return false;
        }
    }

    private static Answer earlier(Connection connection, byte[] scopeKey, byte[] requestHash)
            throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        "SELECT request_hash, status, content_type, body FROM idempotent_answer"
                                + " WHERE scope_key = ?")) {
            select.setBytes(1, scopeKey);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw inProgress();
                }
                if (!java.security.MessageDigest.isEqual(row.getBytes(1), requestHash)) {
                    throw new HubException(
                            Problem.INVALID,
                            "idempotency.key_reused",
                            "This Idempotency-Key was used for another request. Use a new key for"
                                    + " a new request.");
                }
                int status = row.getInt(2);
                if (row.wasNull()) {
                    throw inProgress();
                }
                byte[] body = row.getBytes(4);
                return new Answer(
                        status,
                        row.getString(3) == null ? "" : row.getString(3),
                        body == null ? new byte[0] : body);
            }
        }
    }

    private static HubException inProgress() {
        return new HubException(
                Problem.CONFLICT,
                "idempotency.in_progress",
                "The first request with this Idempotency-Key is still being worked on.");
    }

    /** Keeps the answer. */
    public void finish(byte[] scopeKey, Answer answer) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update =
                        connection.prepareStatement(
                                "UPDATE idempotent_answer SET status = ?, content_type = ?,"
                                        + " body = ? WHERE scope_key = ?")) {
            update.setInt(1, answer.status());
            update.setString(2, answer.contentType());
            update.setBytes(3, answer.body());
            update.setBytes(4, scopeKey);
            update.executeUpdate();
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    /** Nothing was done: the key may be used again. */
    public void giveUp(byte[] scopeKey) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement delete =
                        connection.prepareStatement(
                                "DELETE FROM idempotent_answer WHERE scope_key = ?"
                                        + " AND status IS NULL")) {
            delete.setBytes(1, scopeKey);
            delete.executeUpdate();
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    /** Drops what is older than a day, in small steps. */
    @Schedule(hour = "*", minute = "17", persistent = false)
    public void dropOld() {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement delete =
                        connection.prepareStatement(
                                "DELETE FROM idempotent_answer WHERE created_at < ?"
                                        + " ORDER BY created_at LIMIT 1000")) {
            delete.setTimestamp(1, Timestamp.from(clock.instant().minus(KEPT)));
            int dropped;
            do {
                dropped = delete.executeUpdate();
            } while (dropped == 1000);
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    private static HubException unavailable(SQLException e) {
        return new HubException(
                Problem.UNAVAILABLE,
                "database.unavailable",
                "The database does not answer. Try again in a moment.",
                e);
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
