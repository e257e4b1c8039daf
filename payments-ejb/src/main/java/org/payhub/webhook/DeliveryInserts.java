package org.payhub.webhook;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.payhub.platform.DatabaseTime;
import org.payhub.platform.Ids;
import org.payhub.platform.IntakeDataSource;

/**
 * Inserts deliveries by plain JDBC, each batch one statement that commits itself.
 *
 * <p><b>Guarantee</b>: one row for one event of an integration with one meaning ({@code
 * uq_webhook_delivery_event}).
 */
@ApplicationScoped
class DeliveryInserts implements DeliveryLog.Store {

    private static final String COLUMNS =
            "INSERT INTO webhook_delivery (id, merchant_id, integration_id, provider, livemode,"
                    + " event_key, fingerprint, event_type, object_key, sealed_headers,"
                    + " sealed_body, body_hash, body_size, received_at, status, reason, attempts,"
                    + " next_attempt_at, owner, lease_until) VALUES ";
    private static final String ROW = "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
    private static final String UNLESS_THERE = " ON DUPLICATE KEY UPDATE id = id";

    @Resource(lookup = IntakeDataSource.JNDI)
    DataSource dataSource;

    /** For the container. */
    DeliveryInserts() {}

    @Override
    public Set<DeliveryId> insert(List<NewDelivery> rows) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            try (PreparedStatement insert = connection.prepareStatement(sql(rows.size()))) {
                int at = 0;
                for (NewDelivery row : rows) {
                    at = bind(insert, at, row);
                }
                if (insert.executeUpdate() == rows.size()) {
                    return rows.stream().map(NewDelivery::id).collect(Collectors.toSet());
                }
            }
            return present(connection, rows);
        }
    }

    private static String sql(int rows) {
        StringBuilder sql = new StringBuilder(COLUMNS.length() + rows * (ROW.length() + 1) + 40);
        sql.append(COLUMNS);
        for (int i = 0; i < rows; i++) {
            sql.append(i == 0 ? "" : ",").append(ROW);
        }
        return sql.append(UNLESS_THERE).toString();
    }

    private static int bind(PreparedStatement s, int before, NewDelivery row) throws SQLException {
        int at = before;
        s.setBytes(++at, Ids.bytes(row.id().value()));
        s.setBytes(++at, Ids.bytes(row.target().merchant().value()));
        s.setBytes(++at, Ids.bytes(row.target().id().value()));
        s.setString(++at, row.target().provider());
        s.setBoolean(++at, row.target().livemode());
        s.setString(++at, row.webhook().eventKey());
        s.setBytes(++at, row.fingerprint());
        s.setString(++at, row.webhook().eventType());
        s.setString(++at, row.webhook().objectKey().orElse(null));
        s.setBytes(++at, row.sealedHeaders());
        s.setBytes(++at, row.sealedBody());
        s.setBytes(++at, row.bodyHash());
        s.setInt(++at, row.webhook().raw().body().length);
        s.setString(++at, DatabaseTime.text(row.receivedAt()));
        s.setString(++at, row.status().word());
        s.setString(++at, row.reason().orElse(null));
        s.setInt(++at, row.claim().map(Claim::attempts).orElse(0));
        Optional<Instant> next =
                row.finished()
                        ? Optional.empty()
                        : Optional.of(row.claim().map(Claim::until).orElse(row.receivedAt()));
        s.setString(++at, next.map(DatabaseTime::text).orElse(null));
        s.setString(++at, row.claim().map(Claim::owner).orElse(null));
        s.setString(++at, row.claim().map(Claim::until).map(DatabaseTime::text).orElse(null));
        return at;
    }

    /** Which of the rows are ours; the others were there before, or came twice in this batch. */
    private static Set<DeliveryId> present(Connection connection, List<NewDelivery> rows)
            throws SQLException {
        String marks = rows.stream().map(r -> "?").collect(Collectors.joining(","));
        try (PreparedStatement query =
                connection.prepareStatement(
                        "SELECT id FROM webhook_delivery WHERE id IN (" + marks + ")")) {
            int at = 0;
            for (NewDelivery row : rows) {
                query.setBytes(++at, Ids.bytes(row.id().value()));
            }
            Set<DeliveryId> present = new HashSet<>();
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    present.add(new DeliveryId(Ids.of(result.getBytes(1))));
                }
            }
            return present;
        }
    }
}
