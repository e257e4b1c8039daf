package org.payhub.simulator.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What must hold in the database whatever has happened; asked after every run that hurts, by the
 * benchmarks and by the tests. Each is one statement that finds the rows which break it, so that it
 * can be asked while work goes on.
 */
public final class InvariantSql {

    private static final int MOST_SHOWN = 5;

    private static final Map<String, String> BREACHES = new LinkedHashMap<>();

    static {
        BREACHES.put(
                "I2 one event of an integration counts once",
                "SELECT integration_id, event_key, COUNT(*) AS n FROM webhook_delivery"
                        + " WHERE status NOT IN ('conflict', 'received')"
                        + " GROUP BY integration_id, event_key HAVING COUNT(*) > 1");
        BREACHES.put(
                "I3 one fact is one posting",
                "SELECT integration_id, fact, fact_key FROM ledger_entry"
                        + " GROUP BY integration_id, fact, fact_key"
                        + " HAVING COUNT(DISTINCT posting_id) > 1");
        BREACHES.put(
                "I3 one operation is reported once",
                "SELECT integration_id, kind, transaction_key FROM provider_transaction"
                        + " GROUP BY integration_id, kind, transaction_key HAVING COUNT(*) > 1");
        BREACHES.put(
                "I4 a posting sums to zero in each asset",
                "SELECT posting_id, amount_asset, SUM(amount_minor) FROM ledger_entry"
                        + " GROUP BY posting_id, amount_asset HAVING SUM(amount_minor) <> 0");
        BREACHES.put(
                "I6 nothing returned that was not taken",
                "SELECT id, captured_minor, refunded_minor, refund_pending_minor FROM payment"
                        + " WHERE refunded_minor < 0 OR refunded_minor + refund_pending_minor >"
                        + " captured_minor");
        BREACHES.put(
                "I6 no more taken than held",
                "SELECT id, authorized_minor, captured_minor FROM payment"
                        + " WHERE authorized_minor > 0 AND captured_minor > authorized_minor"
                        + " AND status <> 'review'");
        BREACHES.put(
                "I6 a payment's returned money is that of its refunds",
                "SELECT p.id, p.refunded_minor, (SELECT COALESCE(SUM(r.amount_minor), 0) FROM"
                        + " refund r WHERE r.payment_id = p.id AND r.status = 'succeeded') AS"
                        + " refunds FROM payment p HAVING refunded_minor <> refunds");
        BREACHES.put(
                "I7 the books hold as captured what the payment says",
                "SELECT p.id, p.status, p.captured_minor, COALESCE(SUM(e.amount_minor), 0) AS"
                        + " booked FROM payment p LEFT JOIN ledger_entry e ON e.payment_id = p.id"
                        + " AND e.fact = 'captured' AND e.account = 'clearing' GROUP BY p.id,"
                        + " p.status, p.captured_minor HAVING p.captured_minor <> booked");
        BREACHES.put(
                "I7 the books hold as returned what the payment says",
                "SELECT p.id, p.status, p.refunded_minor, COALESCE(SUM(e.amount_minor), 0) AS"
                        + " booked FROM payment p LEFT JOIN ledger_entry e ON e.payment_id = p.id"
                        + " AND e.fact IN ('refund_succeeded', 'refund_succeeded_reversed')"
                        + " AND e.account = 'clearing' GROUP BY p.id, p.status, p.refunded_minor"
                        + " HAVING p.refunded_minor <> -booked");
        BREACHES.put(
                "I7 the books hold in suspense what the payment says",
                "SELECT p.id, p.suspense_minor - p.suspense_out_minor AS held,"
                        + " COALESCE(SUM(e.amount_minor), 0) AS booked FROM payment p"
                        + " LEFT JOIN ledger_entry e ON e.payment_id = p.id"
                        + " AND e.account = 'suspense' AND e.amount_asset = p.moved_asset"
                        + " GROUP BY p.id, p.suspense_minor, p.suspense_out_minor"
                        + " HAVING held <> -booked");
        BREACHES.put(
                "I7 a visit has what its payments have",
                "SELECT v.id, v.captured_minor, v.refunded_minor, COALESCE(SUM(p.captured_minor -"
                        + " p.suspense_minor), 0) AS captured, COALESCE(SUM(p.refunded_minor -"
                        + " p.refunded_suspense_minor), 0) AS refunded FROM visit v"
                        + " LEFT JOIN payment p ON p.visit_id = v.id AND p.livemode = v.livemode"
                        + " AND p.moved_asset = v.price_asset"
                        // What was paid in coins counts by its quote, not by its digits.
                        + " WHERE NOT EXISTS (SELECT 1 FROM payment c WHERE c.visit_id = v.id"
                        + " AND c.expected_asset <> v.price_asset)"
                        + " GROUP BY v.id, v.captured_minor, v.refunded_minor"
                        + " HAVING v.captured_minor <> captured OR v.refunded_minor <> refunded");
        BREACHES.put(
                "I8 no claim outlives its lease",
                "SELECT id, owner, lease_until FROM webhook_delivery WHERE owner IS NOT NULL"
                        + " AND lease_until < UTC_TIMESTAMP(6) - INTERVAL 30 SECOND");
        merchant("payment", "integration", "integration_id");
        merchant("payment", "visit", "visit_id");
        merchant("payment", "payment_link", "link_id");
        merchant("payment_link", "visit", "visit_id");
        merchant("visit", "client", "client_id");
        merchant("visit", "location", "location_id");
        merchant("refund", "payment", "payment_id");
        merchant("dispute", "payment", "payment_id");
        merchant("unmatched_money", "payment", "payment_id");
        merchant("provider_transaction", "payment", "payment_id");
        merchant("provider_transaction", "integration", "integration_id");
        merchant("ledger_entry", "payment", "payment_id");
        merchant("ledger_entry", "integration", "integration_id");
        merchant("ledger_entry", "refund", "refund_id");
        merchant("ledger_entry", "dispute", "dispute_id");
        merchant("webhook_delivery", "integration", "integration_id");
        merchant("webhook_delivery", "payment", "payment_id");
        merchant("payout", "integration", "integration_id");
        BREACHES.put(
                "I12 modes do not mix",
                // Real money may come to an integration for tests, where both have the same keys.
                "SELECT e.id FROM ledger_entry e JOIN integration i ON i.id = e.integration_id"
                        + " LEFT JOIN payment p ON p.id = e.payment_id"
                        + " WHERE e.livemode <> COALESCE(p.livemode, i.livemode)"
                        + " OR e.livemode < i.livemode");
    }

    private InvariantSql() {}

    private static void merchant(String child, String parent, String key) {
        BREACHES.put(
                "I12 " + child + " and its " + parent + " are one merchant's",
                "SELECT c.id FROM "
                        + child
                        + " c JOIN "
                        + parent
                        + " p ON p.id = c."
                        + key
                        + " WHERE c.merchant_id <> p.merchant_id");
    }

    /** Every broken one with its first rows; empty is good. */
    public static List<String> breaches(Connection connection) throws SQLException {
        List<String> found = new ArrayList<>();
        for (Map.Entry<String, String> each : BREACHES.entrySet()) {
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(each.getValue())) {
                List<String> rows = new ArrayList<>();
                while (result.next() && rows.size() < MOST_SHOWN) {
                    rows.add(row(result));
                }
                if (!rows.isEmpty()) {
                    found.add(each.getKey() + ": " + rows);
                }
            }
        }
        return found;
    }

    private static String row(ResultSet result) throws SQLException {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            Object value = result.getObject(i);
            values.add(
                    result.getMetaData().getColumnLabel(i)
                            + "="
                            + (value instanceof byte[] id ? HexFormat.of().formatHex(id) : value));
        }
        return String.join(" ", values);
    }
}
