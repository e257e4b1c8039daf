package org.payhub.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/**
 * The rows of one merchant's ledger that were recorded in a span of time, and their digest: SHA-256
 * over every column of every row in the order of the ids, each value as its length in UTF-8 bytes,
 * a colon, the bytes and a line feed ({@code -} and a line feed for no value).
 */
record LedgerSpan(long rows, String sha256) {

    private static final int COLUMNS = 18;

    // As text made by the database, so that no driver's or JVM's notion of dates comes between.
    private static final String ROWS =
            "SELECT LOWER(HEX(id)), LOWER(HEX(posting_id)), line_no, LOWER(HEX(merchant_id)),"
                    + " LOWER(HEX(integration_id)), livemode + 0, account,"
                    + " CAST(amount_minor AS CHAR), amount_asset, fact, fact_key,"
                    + " LOWER(HEX(payment_id)), LOWER(HEX(refund_id)), LOWER(HEX(dispute_id)),"
                    + " DATE_FORMAT(occurred_at, '%Y-%m-%dT%H:%i:%s.%f'),"
                    + " DATE_FORMAT(recorded_at, '%Y-%m-%dT%H:%i:%s.%f'),"
                    + " CONCAT(DATE_FORMAT(booking_date, '%Y-%m-%d'), ' ', booking_zone),"
                    + " CAST(tax_minor AS CHAR)"
                    + " FROM ledger_entry"
                    + " WHERE merchant_id = ? AND recorded_at >= ? AND recorded_at < ? ORDER BY id";

    /** Reads the span; {@code to} is exclusive. */
    static LedgerSpan read(Connection connection, UUID merchant, Instant from, Instant to)
            throws SQLException {
        MessageDigest digest = AuditLine.sha256();
        long rows = 0;
        try (PreparedStatement query =
                connection.prepareStatement(
                        ROWS, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
            // Row by row: a busy day does not have to fit into memory.
            query.setFetchSize(Integer.MIN_VALUE);
            query.setBytes(1, bytes(merchant));
            query.setTimestamp(2, Timestamp.from(from));
            query.setTimestamp(3, Timestamp.from(to));
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    rows++;
                    for (int column = 1; column <= COLUMNS; column++) {
                        add(digest, result.getString(column));
                    }
                }
            }
        }
        return new LedgerSpan(rows, HexFormat.of().formatHex(digest.digest()));
    }

    private static void add(MessageDigest digest, String value) {
        if (value == null) {
            digest.update((byte) '-');
        } else {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            digest.update(bytes);
        }
        digest.update((byte) '\n');
    }

    static byte[] bytes(UUID id) {
        return java.nio.ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    static UUID uuid(byte[] bytes) {
        java.nio.ByteBuffer buffer = java.nio.ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
