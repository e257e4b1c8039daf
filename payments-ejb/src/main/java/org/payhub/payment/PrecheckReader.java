package org.payhub.payment;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.payhub.integration.WebhookTarget;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.platform.HubException;
import org.payhub.platform.Ids;
import org.payhub.platform.IntakeDataSource;
import org.payhub.platform.Problem;
import org.payhub.provider.spi.PrecheckAnswering.Precheck;
import org.payhub.provider.spi.PrecheckAnswering.Verdict;
import org.payhub.provider.spi.Reference;

/**
 * Says, while a provider waits for the answer, whether a payment may be charged now. One plain read
 * without locks and outside transactions: what happens between the answer and the charge is dealt
 * with when the charge is told.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PrecheckReader {

    private static final String SELECT =
            "SELECT p.status, p.livemode, p.visit_id, p.asked_minor, p.expected_minor,"
                    + " p.expected_asset, p.checkout_expires_at, i.disconnected_at, l.status,"
                    + " l.expires_at, v.status, v.price_minor, v.captured_minor, v.livemode"
                    + " FROM payment p JOIN integration i ON i.id = p.integration_id"
                    + " LEFT JOIN payment_link l ON l.id = p.link_id"
                    + " LEFT JOIN visit v ON v.id = p.visit_id"
                    + " WHERE p.merchant_id = ? AND p.provider = ? AND ";

    private static final Set<String> OPEN = Set.of("created", "unknown", "failed");
    private static final Set<String> OPEN_LINK = Set.of("active", "opened", "part_paid");

    @Resource(lookup = IntakeDataSource.JNDI)
    DataSource dataSource;

    @Inject Clock clock;

    /** For the container. */
    public PrecheckReader() {}

    /**
     * Where the payment that is asked about really stands.
     *
     * <p><b>Errors</b>: {@code database.unavailable}.
     *
     * @param target the integration that is asked, and the mode of the question
     */
    public Verdict read(WebhookTarget target, Precheck asked) {
        try (Connection connection = dataSource.getConnection()) {
            Optional<UUID> ours = asked.references().ours();
            if (ours.isPresent()) {
                return byId(connection, target, asked, ours.get());
            }
            for (Reference key : asked.references().keys()) {
                Verdict verdict = byKey(connection, target, asked, key);
                if (verdict != Verdict.UNKNOWN_PAYMENT) {
                    return verdict;
                }
            }
            return Verdict.UNKNOWN_PAYMENT;
        } catch (SQLException e) {
            throw new HubException(
                    Problem.UNAVAILABLE,
                    "database.unavailable",
                    "The database does not answer; try again in a moment.",
                    e);
        }
    }

    private Verdict byId(Connection connection, WebhookTarget target, Precheck asked, UUID payment)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SELECT + "p.id = ?")) {
            query.setBytes(1, Ids.bytes(target.merchant().value()));
            query.setString(2, target.provider());
            query.setBytes(3, Ids.bytes(payment));
            return verdict(query, target, asked);
        }
    }

    private Verdict byKey(
            Connection connection, WebhookTarget target, Precheck asked, Reference key)
            throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        SELECT
                                + "p.id = (SELECT r.payment_id FROM payment_reference r WHERE"
                                + " r.integration_id = ? AND r.kind = ? AND r.reference_key = ?)")) {
            query.setBytes(1, Ids.bytes(target.merchant().value()));
            query.setString(2, target.provider());
            query.setBytes(3, Ids.bytes(target.id().value()));
            query.setString(4, key.kind());
            query.setString(5, key.key());
            return verdict(query, target, asked);
        }
    }

    private Verdict verdict(PreparedStatement query, WebhookTarget target, Precheck asked)
            throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            return row.next()
                    ? verdict(row, target, asked, clock.instant())
                    : Verdict.UNKNOWN_PAYMENT;
        }
    }

    private static Verdict verdict(ResultSet row, WebhookTarget target, Precheck asked, Instant now)
            throws SQLException {
        if (row.getBoolean(2) != target.livemode()) {
            return Verdict.NOT_PAYABLE;
        }
        if (isForAnother(row.getBytes(3), asked.account())) {
            return Verdict.WRONG_ACCOUNT;
        }
        Money expected = Money.ofMinor(integer(row, 5), Asset.of(row.getString(6)));
        if (asked.amount().filter(expected::equals).isEmpty()) {
            return Verdict.WRONG_AMOUNT;
        }
        String status = row.getString(1);
        String link = row.getString(9);
        if (status.equals("expired") || "expired".equals(link)) {
            return Verdict.EXPIRED;
        }
        boolean left = row.getTimestamp(8) != null;
        boolean linkOver = link != null && !OPEN_LINK.contains(link);
        if (!OPEN.contains(status) || left || linkOver || !isWanted(row)) {
            return Verdict.NOT_PAYABLE;
        }
        return isPast(row.getTimestamp(7), now) || isPast(row.getTimestamp(10), now)
                ? Verdict.EXPIRED
                : Verdict.PAYABLE;
    }

    private static boolean isForAnother(byte[] visit, Optional<String> account) {
        return visit != null
                && account.isPresent()
                && !account.get().equals(Ids.text("vis", Ids.of(visit)));
    }

    /**
     * A visit that is cancelled wants nothing; otherwise as much as its money of this mode leaves.
     */
    private static boolean isWanted(ResultSet row) throws SQLException {
        String visit = row.getString(11);
        if (visit == null) {
            return true;
        }
        if (visit.equals("cancelled")) {
            return false;
        }
        boolean sameMode = row.getBoolean(14) == row.getBoolean(2);
        BigInteger due = integer(row, 12).subtract(integer(row, 13));
        return !sameMode || due.compareTo(integer(row, 4)) >= 0;
    }

    private static BigInteger integer(ResultSet row, int column) throws SQLException {
        return row.getBigDecimal(column).toBigIntegerExact();
    }

    private static boolean isPast(Timestamp end, Instant now) {
        return end != null && !now.isBefore(end.toInstant());
    }
}
