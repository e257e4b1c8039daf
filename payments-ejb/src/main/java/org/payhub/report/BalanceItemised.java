package org.payhub.report;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.List;
import org.payhub.platform.Ids;
import org.payhub.tenancy.LocationId;

/**
 * The rows of {@code balance_itemised.v1}: one query at one snapshot, read row by row.
 *
 * <p>A movement is a capture, a refund, a failed refund that had been told before, a movement of a
 * dispute, or a booking that belongs to none of them. Fee and net are its booking's; without one
 * they stay empty.
 */
final class BalanceItemised {

    /** The booking of a movement; a refund and its failure bear one source and differ in sign. */
    private static final String BOOKING =
            "(SELECT x.id FROM provider_transaction x WHERE x.integration_id = t.integration_id"
                    + " AND x.kind = 'booking' AND x.source_key = t.transaction_key"
                    + " AND ((t.kind = 'refund' AND x.amount_minor < 0)"
                    + " OR (t.kind IN ('capture', 'refund_failure') AND x.amount_minor >= 0))"
                    + " ORDER BY x.occurred_at, x.id LIMIT 1)";

    private static final String FACT =
            "CASE t.kind WHEN 'capture' THEN 'captured' WHEN 'refund' THEN 'refund_succeeded'"
                    + " WHEN 'refund_failure' THEN 'refund_succeeded_reversed'"
                    + " WHEN 'dispute' THEN 'dispute' ELSE 'fee' END";

    private static final String SELECT =
            "SELECT t.id, t.kind, t.transaction_key, t.amount_minor, t.amount_asset, t.fee_minor,"
                    + " t.fee_asset, t.source_key, t.occurred_at, t.integration_id, t.livemode,"
                    + " t.payment_id, t.available_at AS own_available_at,"
                    + " t.exchange_rate AS own_exchange_rate, i.provider,"
                    + " b.transaction_key AS booking_key, b.amount_minor AS booking_minor,"
                    + " b.amount_asset AS booking_asset, b.fee_minor AS booking_fee_minor,"
                    + " b.fee_asset AS booking_fee_asset, b.exchange_rate, b.available_at,"
                    + " p.purpose, p.checkout_key, p.method, p.card_brand, p.card_last4,"
                    + " p.quote_rate, p.quote_source,"
                    + " p.suspense_minor > p.suspense_out_minor AS in_suspense,"
                    + " v.id AS visit_id, v.starts_at AS visit_starts_at,"
                    + " p.location_id, COALESCE(l.time_zone, h.time_zone, 'UTC') AS time_zone,"
                    + " l.name AS location_name, c.id AS client_id, c.name AS client_name,"
                    + " d.event_key, r.reason AS refund_reason,"
                    + " (SELECT GROUP_CONCAT(y.name ORDER BY y.position SEPARATOR '; ')"
                    + " FROM visit_line y WHERE y.visit_id = v.id) AS services,"
                    + " (SELECT GROUP_CONCAT(DISTINCT y.staff_name ORDER BY y.staff_name"
                    + " SEPARATOR '; ') FROM visit_line y WHERE y.visit_id = v.id) AS staff,"
                    + " (SELECT MIN(k.transaction_key) FROM provider_transaction k"
                    + " WHERE k.payment_id = t.payment_id AND k.kind = 'capture') AS charge_key,"
                    + " (SELECT e.posting_id FROM ledger_entry e WHERE e.integration_id ="
                    + " t.integration_id AND e.fact = "
                    + FACT
                    + " AND e.fact_key = t.transaction_key AND e.line_no = 1) AS posting_id"
                    + " FROM provider_transaction t"
                    + " JOIN integration i ON i.id = t.integration_id"
                    + " LEFT JOIN provider_transaction b ON b.id = "
                    + BOOKING
                    + " LEFT JOIN payment p ON p.id = t.payment_id"
                    + " LEFT JOIN visit v ON v.id = p.visit_id"
                    + " LEFT JOIN client c ON c.id = v.client_id"
                    + " LEFT JOIN location l ON l.id = p.location_id"
                    + " LEFT JOIN location h ON h.merchant_id = t.merchant_id"
                    + " AND h.default_location = TRUE"
                    + " LEFT JOIN webhook_delivery d ON d.id = t.delivery_id"
                    + " LEFT JOIN refund r ON r.integration_id = t.integration_id"
                    + " AND r.refund_key = t.transaction_key AND t.kind = 'refund'"
                    + " WHERE t.merchant_id = ? AND t.livemode = ? AND t.occurred_at >= ?"
                    + " AND t.occurred_at < ?";

    private static final String MOVEMENTS =
            " AND (t.kind IN ('capture', 'refund', 'dispute')"
                    + " OR (t.kind = 'refund_failure' AND EXISTS (SELECT 1 FROM"
                    + " provider_transaction o WHERE o.integration_id = t.integration_id"
                    + " AND o.kind = 'refund' AND o.transaction_key = t.transaction_key))"
                    + " OR (t.kind = 'booking' AND NOT EXISTS (SELECT 1 FROM"
                    + " provider_transaction o WHERE o.integration_id = t.integration_id"
                    + " AND o.transaction_key = t.source_key AND o.kind IN"
                    + " ('capture', 'refund', 'refund_failure'))"
                    + " AND NOT EXISTS (SELECT 1 FROM provider_transaction o WHERE"
                    + " o.integration_id = t.integration_id AND o.kind = 'dispute'"
                    + " AND o.transaction_key = t.transaction_key)))";

    private BalanceItemised() {}

    static void write(Connection connection, ReportQuery query, CsvFile file) throws SQLException {
        try (Statement longNames = connection.createStatement()) {
            longNames.execute("SET SESSION group_concat_max_len = 65536");
        }
        List<LocationId> places = List.copyOf(query.scope().locations());
        try (PreparedStatement select =
                connection.prepareStatement(
                        SELECT + only(places) + MOVEMENTS + " ORDER BY t.occurred_at, t.id",
                        ResultSet.TYPE_FORWARD_ONLY,
                        ResultSet.CONCUR_READ_ONLY)) {
            // Only so does the driver hand the rows on one by one instead of holding them all.
            select.setFetchSize(Integer.MIN_VALUE);
            int next = 1;
            select.setBytes(next++, Ids.bytes(query.scope().merchant().value()));
            select.setBoolean(next++, query.scope().livemode());
            select.setTimestamp(next++, Timestamp.from(query.from()));
            select.setTimestamp(next++, Timestamp.from(query.to()));
            for (LocationId place : places) {
                select.setBytes(next++, Ids.bytes(place.value()));
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    file.row(Movement.cells(rows, query.zone()));
                }
            }
        }
    }

    private static String only(List<LocationId> places) {
        return places.isEmpty()
                ? ""
                : " AND p.location_id IN (?" + ", ?".repeat(places.size() - 1) + ")";
    }
}
