package org.payhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.payhub.simulator.bench.InvariantSql;

/**
 * What must hold in the database whatever has happened; asked after every test that hurts. The
 * statements are those of the benchmarks ({@link InvariantSql}).
 */
public final class Invariants {

    private Invariants() {}

    /** Requires all of them of the world's database. */
    public static void hold() {
        assertThat(breaches(TestWorld::owner)).isEmpty();
    }

    /** Every broken one with its rows. */
    public static List<String> breaches(Rows.Source source) {
        try (Connection connection = source.open()) {
            return InvariantSql.breaches(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** I1: what was answered with a success is in the inbox. */
    public static void acknowledgedIsStored(
            Rows.Source source, UUID integration, Collection<String> acknowledged) {
        Set<String> lost = new HashSet<>(acknowledged);
        Rows.of(
                        source,
                        "SELECT event_key FROM webhook_delivery WHERE integration_id = ?",
                        integration)
                .forEach(row -> lost.remove(row.get("event_key")));
        assertThat(lost).as("acknowledged and not stored").isEmpty();
    }

    /** I5: the balances that the interface answers are the sums of the entries. */
    public static void balancesAreSums(TestMerchant merchant) {
        Map<String, String> sums = new TreeMap<>();
        Rows.of(
                        merchant.hub().owner(),
                        "SELECT account, SUM(amount_minor) AS minor FROM ledger_entry"
                                + " WHERE merchant_id = ? GROUP BY account"
                                + " HAVING SUM(amount_minor) <> 0",
                        Rows.id(merchant.id()))
                .forEach(
                        row ->
                                sums.put(
                                        row.get("account"),
                                        merchant.major(Long.parseLong(row.get("minor")))));
        assertThat(merchant.balances()).isEqualTo(sums);
    }

    /** What each account holds of one payment, in minor units; accounts at zero left out. */
    public static Map<String, Long> books(String payment) {
        return books(TestWorld::owner, payment);
    }

    public static Map<String, Long> books(Rows.Source source, String payment) {
        Map<String, Long> books = new TreeMap<>();
        Rows.of(
                        source,
                        "SELECT account, amount_asset, SUM(amount_minor) AS minor FROM"
                                + " ledger_entry WHERE payment_id = ?"
                                + " GROUP BY account, amount_asset HAVING SUM(amount_minor) <> 0",
                        Rows.id(payment))
                .forEach(
                        row ->
                                books.merge(
                                        row.get("account"),
                                        Long.valueOf(row.get("minor")),
                                        Long::sum));
        return books;
    }
}
