package org.payhub.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.payhub.integration.IntegrationId;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.payment.PaymentId;
import org.payhub.platform.Ids;
import org.payhub.tenancy.LocationId;
import org.payhub.visit.VisitId;

/**
 * {@code balance_itemised.v1}: one row is one movement of one provider's balance. A movement whose
 * booking was not read yet has no fee and no net, and says {@code fee_pending}.
 *
 * <p><b>Units</b>: amounts in the unit that people speak of, with all digits of the asset, a point
 * and no grouping; {@code gross} is signed by what it does to our balance, {@code net = gross −
 * fee}.
 */
final class BalanceItemised {

    /** The header; a new set of columns is a new version of the report. */
    static final List<String> COLUMNS =
            List.of(
                    "row_id",
                    "balance_transaction_id",
                    "created_utc",
                    "created",
                    "available_on_utc",
                    "available_on",
                    "booking_date",
                    "reporting_category",
                    "gross",
                    "fee",
                    "net",
                    "currency",
                    "customer_facing_amount",
                    "customer_facing_currency",
                    "exchange_rate",
                    "rate_source",
                    "provider",
                    "integration_id",
                    "livemode",
                    "payment_id",
                    "provider_payment_id",
                    "provider_event_id",
                    "charge_id",
                    "refund_id",
                    "dispute_id",
                    "payout_id",
                    "payout_effective_at_utc",
                    "trace_id",
                    "visit_id",
                    "visit_start",
                    "location_id",
                    "location_name",
                    "services",
                    "staff_name",
                    "client_id",
                    "client_name",
                    "payment_method_type",
                    "card_brand",
                    "card_last4",
                    "crypto_asset",
                    "crypto_network",
                    "crypto_amount",
                    "tx_hash",
                    "fee_provider",
                    "fee_fx",
                    "fee_platform",
                    "tax_on_fee",
                    "description",
                    "reconciliation_state",
                    "period_locked",
                    "journal_id");

    private static final Map<String, String> CATEGORIES =
            Map.of(
                    "capture", "charge",
                    "refund", "refund",
                    "refund_failure", "refund_failure",
                    "dispute", "dispute");

    /** Local time with its offset, to the second. */
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", java.util.Locale.ROOT);

    /**
     * A movement and the provider's booking of it. A booking is tied by what it belongs to and by
     * its sign: a refund and its failure belong to one refund.
     */
    static final String SQL =
            "SELECT t.id, t.kind, t.transaction_key, t.amount_minor, t.amount_asset, t.fee_minor,"
                    + " t.fee_asset, t.occurred_at, t.source_key, i.id AS integration_id,"
                    + " i.provider, t.livemode, b.transaction_key AS booking_key, b.amount_minor AS"
                    + " booked_minor, b.amount_asset AS booked_asset, b.fee_minor AS"
                    + " booked_fee_minor, b.exchange_rate, b.available_at, p.id AS payment_id,"
                    + " p.checkout_key, p.method, p.card_brand, p.card_last4, w.event_key, v.id AS"
                    + " visit_id, v.starts_at, l.id AS location_id, l.name AS location_name,"
                    + " l.time_zone, c.id AS client_id, c.name AS client_name, (SELECT"
                    + " x.transaction_key FROM provider_transaction x WHERE x.payment_id = p.id AND"
                    + " x.kind = 'capture' ORDER BY x.id LIMIT 1) AS charge_key, (SELECT"
                    + " GROUP_CONCAT(n.name ORDER BY n.position SEPARATOR ', ') FROM visit_line n"
                    + " WHERE n.visit_id = v.id) AS services, (SELECT GROUP_CONCAT(DISTINCT"
                    + " s.staff_name ORDER BY s.staff_name SEPARATOR ', ') FROM visit_line s WHERE"
                    + " s.visit_id = v.id) AS staff, (SELECT e.posting_id FROM ledger_entry e WHERE"
                    + " e.payment_id = p.id AND e.fact_key = t.transaction_key ORDER BY"
                    + " e.recorded_at, e.id LIMIT 1) AS posting_id FROM provider_transaction t JOIN"
                    + " integration i ON i.id = t.integration_id LEFT JOIN payment p ON p.id ="
                    + " t.payment_id LEFT JOIN visit v ON v.id = p.visit_id LEFT JOIN location l ON"
                    + " l.id = p.location_id LEFT JOIN client c ON c.id = v.client_id LEFT JOIN"
                    + " webhook_delivery w ON w.id = t.delivery_id LEFT JOIN provider_transaction b"
                    + " ON t.kind <> 'dispute' AND b.id = (SELECT MIN(o.id) FROM"
                    + " provider_transaction o WHERE o.integration_id = t.integration_id AND"
                    + " o.source_key = t.transaction_key AND o.kind = 'booking' AND"
                    + " SIGN(o.amount_minor) = IF(t.kind = 'refund', -1, 1)) WHERE t.merchant_id ="
                    + " ? AND t.livemode = ? AND t.kind IN ('capture', 'refund', 'refund_failure',"
                    + " 'dispute') AND t.occurred_at >= ? AND t.occurred_at < ? AND (p.purpose IS"
                    + " NULL OR p.purpose <> 'PROOF')";

    private static final String ORDER = " ORDER BY t.occurred_at, t.id";

    private final ReportQuery query;
    private final ZoneId zone;

    BalanceItemised(ReportQuery query, ZoneId zone) {
        this.query = query;
        this.zone = zone;
    }

    /** The statement's text for that caller; a location-bound one sees its locations only. */
    String sql() {
        int locations = query.scope().locations().size();
        return locations == 0
                ? SQL + ORDER
                : SQL + " AND p.location_id IN (?" + ", ?".repeat(locations - 1) + ")" + ORDER;
    }

    void bind(PreparedStatement statement) throws SQLException {
        statement.setBytes(1, bytes(query.scope().merchant().value()));
        statement.setBoolean(2, query.scope().livemode());
        statement.setTimestamp(3, Timestamp.from(query.from()));
        statement.setTimestamp(4, Timestamp.from(query.to()));
        int at = 5;
        for (LocationId location : query.scope().locations()) {
            statement.setBytes(at++, bytes(location.value()));
        }
    }

    long write(ResultSet rows, CsvWriter out) throws SQLException {
        out.writeRecord(COLUMNS);
        long count = 0;
        while (rows.next()) {
            out.writeRecord(row(rows));
            count++;
        }
        return count;
    }

    private List<String> row(ResultSet r) throws SQLException {
        String kind = r.getString("kind");
        Money amount = money(r, "amount_minor", "amount_asset");
        boolean dispute = kind.equals("dispute");
        boolean booked = dispute || r.getString("booking_key") != null;
        Money gross =
                dispute
                        ? amount
                        : booked
                                ? money(r, "booked_minor", "booked_asset")
                                : kind.equals("refund") ? amount.negated() : amount;
        Money fee = null;
        if (booked) {
            BigInteger minor = minor(r, dispute ? "fee_minor" : "booked_fee_minor");
            fee = new Money(minor == null ? BigInteger.ZERO : minor, gross.asset());
        }
        Money facing = kind.equals("refund") ? amount.negated() : amount;
        Instant created = r.getTimestamp("occurred_at").toInstant();
        Timestamp available = r.getTimestamp("available_at");
        String zoneName = r.getString("time_zone");
        ZoneId booking = zoneName == null ? zone : ZoneId.of(zoneName);
        Timestamp start = r.getTimestamp("starts_at");
        String key = r.getString("transaction_key");
        List<String> row = new ArrayList<>(COLUMNS.size());
        row.add(Ids.text("txn", uuid(r.getBytes("id"))));
        row.add(TextCell.safe(dispute ? key : r.getString("booking_key")));
        row.add(utc(created));
        row.add(local(created));
        row.add(available == null ? "" : utc(available.toInstant()));
        row.add(available == null ? "" : local(available.toInstant()));
        row.add(created.atZone(booking).toLocalDate().toString());
        row.add(category(kind, gross));
        row.add(gross.toDecimal());
        row.add(fee == null ? "" : fee.toDecimal());
        row.add(fee == null ? "" : gross.minus(fee).toDecimal());
        row.add(gross.asset().code());
        row.add(facing.toDecimal());
        row.add(facing.asset().code());
        row.add(rate(r.getString("exchange_rate")));
        row.add(r.getString("exchange_rate") == null ? "" : r.getString("provider"));
        row.add(r.getString("provider"));
        row.add(new IntegrationId(uuid(r.getBytes("integration_id"))).toString());
        row.add(Boolean.toString(r.getBoolean("livemode")));
        byte[] payment = r.getBytes("payment_id");
        row.add(payment == null ? "" : new PaymentId(uuid(payment)).toString());
        row.add(TextCell.safe(r.getString("checkout_key")));
        row.add(TextCell.safe(r.getString("event_key")));
        row.add(TextCell.safe(kind.equals("capture") ? key : r.getString("charge_key")));
        row.add(kind.startsWith("refund") ? TextCell.safe(key) : "");
        row.add(dispute ? TextCell.safe(r.getString("source_key")) : "");
        // Payouts are stored and shown; their lines join this file with the finance work.
        row.add("");
        row.add("");
        row.add("");
        byte[] visit = r.getBytes("visit_id");
        row.add(visit == null ? "" : new VisitId(uuid(visit)).toString());
        row.add(start == null ? "" : LOCAL.format(start.toInstant().atZone(booking)));
        byte[] location = r.getBytes("location_id");
        row.add(location == null ? "" : new LocationId(uuid(location)).toString());
        row.add(TextCell.safe(r.getString("location_name")));
        row.add(TextCell.safe(r.getString("services")));
        row.add(TextCell.safe(r.getString("staff")));
        byte[] client = r.getBytes("client_id");
        row.add(client == null ? "" : Ids.text("cli", uuid(client)));
        row.add(TextCell.safe(r.getString("client_name")));
        row.add(TextCell.safe(r.getString("method")));
        row.add(TextCell.safe(r.getString("card_brand")));
        row.add(TextCell.safe(r.getString("card_last4")));
        boolean coin = facing.asset().code().indexOf(':') > 0;
        row.add(coin ? facing.asset().symbol() : "");
        row.add(coin ? facing.asset().code().substring(facing.asset().symbol().length() + 1) : "");
        row.add(coin ? facing.toDecimal() : "");
        row.add("");
        row.add(fee == null ? "" : fee.toDecimal());
        row.add("");
        row.add("");
        row.add("");
        row.add(TextCell.safe(r.getString("services")));
        row.add(booked ? "booked" : "fee_pending");
        row.add("false");
        byte[] posting = r.getBytes("posting_id");
        row.add(posting == null ? "" : Ids.text("jrn", uuid(posting)));
        return row;
    }

    private static String category(String kind, Money gross) {
        return kind.equals("dispute") && gross.isPositive()
                ? "dispute_reversal"
                : CATEGORIES.get(kind);
    }

    private static String rate(String told) {
        return told == null ? "" : new BigDecimal(told).toPlainString();
    }

    private static Money money(ResultSet r, String minor, String asset) throws SQLException {
        return new Money(minor(r, minor), Asset.of(r.getString(asset)));
    }

    private static BigInteger minor(ResultSet r, String column) throws SQLException {
        BigDecimal value = r.getBigDecimal(column);
        return value == null ? null : value.toBigIntegerExact();
    }

    private static String utc(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private String local(Instant at) {
        return LOCAL.format(at.atZone(zone));
    }

    private static UUID uuid(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
