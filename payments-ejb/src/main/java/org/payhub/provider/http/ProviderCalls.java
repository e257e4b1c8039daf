package org.payhub.provider.http;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.payhub.platform.HubDataSource;
import org.payhub.platform.Page;
import org.payhub.platform.PageRequest;
import org.payhub.tenancy.Right;
import org.payhub.tenancy.Scope;

/**
 * The record of our calls to providers, for people who look why something did not work.
 *
 * <p><b>Errors</b>: {@code access.right_missing} without the right to see webhooks and calls.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ProviderCalls {

    private static final String COLUMNS =
            "id, integration_id, provider, operation, method, address, result, http_status, problem,"
                    + " duration_ms, provider_request_id, request_excerpt, response_excerpt,"
                    + " called_at";

    private static final int HOURS = 24;

    @Inject Clock clock;

    @Resource(lookup = HubDataSource.JNDI)
    DataSource dataSource;

    /** For the container. */
    public ProviderCalls() {}

    /**
     * When calls of an integration last went well and last did not.
     *
     * @param lastGood the last call that the provider answered with yes
     * @param lastFailed the last call without an answer that counts
     */
    public record Health(Optional<Instant> lastGood, Optional<Instant> lastFailed) {}

    /** The calls of the caller's merchant, newest first. */
    public Page<ProviderCallRow> page(Scope scope, ProviderCallFilter filter, PageRequest request) {
        scope.require(Right.SEE_WEBHOOKS);
        StringBuilder sql = new StringBuilder("SELECT " + COLUMNS + " FROM provider_call");
        sql.append(" WHERE merchant_id = ?");
        filter.integration().ifPresent(i -> sql.append(" AND integration_id = ?"));
        if (filter.onlyFailed()) {
            sql.append(" AND result <> 'ok'");
        }
        request.after()
                .ifPresent(a -> sql.append(" AND called_at <= ? AND (called_at < ? OR id < ?)"));
        sql.append(" ORDER BY called_at DESC, id DESC LIMIT ?");
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement(sql.toString())) {
            int at = 1;
            query.setBytes(at++, CallLog.bytes(scope.merchant().value()));
            if (filter.integration().isPresent()) {
                query.setBytes(at++, CallLog.bytes(filter.integration().get()));
            }
            if (request.after().isPresent()) {
                PageRequest.Place place = request.after().get();
                query.setTimestamp(at++, Timestamp.from(place.at()), CallLog.utc());
                query.setTimestamp(at++, Timestamp.from(place.at()), CallLog.utc());
                query.setBytes(at++, CallLog.bytes(place.id()));
            }
            query.setInt(at, request.limit() + 1);
            List<ProviderCallRow> rows = new ArrayList<>();
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    rows.add(row(result));
                }
            }
            return request.page(rows, ProviderCallRow::calledAt, ProviderCallRow::id);
        } catch (SQLException e) {
            throw new IllegalStateException("The record of calls cannot be read", e);
        }
    }

    /**
     * How the calls of one hour went.
     *
     * @param failed those without an answer that counts
     */
    public record Hour(long all, long failed) {}

    /**
     * The calls of the last 24 hours of one integration of the caller's merchant, hour by hour, the
     * oldest first.
     */
    public List<Hour> lastDay(Scope scope, UUID integration) {
        scope.require(Right.SEE_WEBHOOKS);
        Instant now = clock.instant();
        long[] all = new long[HOURS];
        long[] failed = new long[HOURS];
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query =
                        connection.prepareStatement(
                                "SELECT TIMESTAMPDIFF(HOUR, called_at, ?) AS ago, result, COUNT(*)"
                                        + " FROM provider_call WHERE integration_id = ? AND"
                                        + " merchant_id = ? AND called_at > ? GROUP BY ago,"
                                        + " result")) {
            query.setTimestamp(1, Timestamp.from(now), CallLog.utc());
            query.setBytes(2, CallLog.bytes(integration));
            query.setBytes(3, CallLog.bytes(scope.merchant().value()));
            query.setTimestamp(
                    4, Timestamp.from(now.minus(Duration.ofHours(HOURS))), CallLog.utc());
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    int hour = HOURS - 1 - Math.min(HOURS - 1, Math.max(0, found.getInt(1)));
                    all[hour] += found.getLong(3);
                    failed[hour] += found.getString(2).equals("failed") ? found.getLong(3) : 0;
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The record of calls cannot be read", e);
        }
        List<Hour> hours = new ArrayList<>();
        for (int hour = 0; hour < HOURS; hour++) {
            hours.add(new Hour(all[hour], failed[hour]));
        }
        return hours;
    }

    /** The health of calls of one integration of the caller's merchant. */
    public Health health(Scope scope, UUID integration) {
        return new Health(last(scope, integration, "ok"), last(scope, integration, "failed"));
    }

    private Optional<Instant> last(Scope scope, UUID integration, String result) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query =
                        connection.prepareStatement(
                                "SELECT MAX(called_at) FROM provider_call WHERE integration_id = ?"
                                        + " AND result = ? AND merchant_id = ?")) {
            query.setBytes(1, CallLog.bytes(integration));
            query.setString(2, result);
            query.setBytes(3, CallLog.bytes(scope.merchant().value()));
            try (ResultSet found = query.executeQuery()) {
                return found.next()
                        ? Optional.ofNullable(found.getTimestamp(1, CallLog.utc()))
                                .map(Timestamp::toInstant)
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The record of calls cannot be read", e);
        }
    }

    private static ProviderCallRow row(ResultSet row) throws SQLException {
        int status = row.getInt(8);
        Optional<Integer> httpStatus = row.wasNull() ? Optional.empty() : Optional.of(status);
        return new ProviderCallRow(
                CallLog.uuid(row.getBytes(1)),
                Optional.ofNullable(row.getBytes(2)).map(CallLog::uuid),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                httpStatus,
                Optional.ofNullable(row.getString(9)),
                row.getInt(10),
                Optional.ofNullable(row.getString(11)),
                Optional.ofNullable(row.getString(12)),
                Optional.ofNullable(row.getString(13)),
                row.getTimestamp(14, CallLog.utc()).toInstant());
    }
}
