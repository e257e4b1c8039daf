package org.payhub.simulator.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;

/**
 * Looks for every acknowledged event in the inbox, id by id. What is stored without having been
 * acknowledged is no fault: the answer was lost, and the provider would repeat it.
 */
final class Oracle {

    /** What was found of one round. */
    record Verdict(long acknowledged, long stored, long lost, long doubled, String firstLost) {

        boolean holds() {
            return lost == 0 && doubled == 0;
        }
    }

    private Oracle() {}

    /** In the inbox of the hub. */
    static Verdict ofInbox(Connection connection, Outcome outcome) throws SQLException {
        return of(
                connection,
                "SELECT event_key FROM webhook_delivery WHERE event_key BETWEEN ? AND ?",
                outcome);
    }

    /** In a floor's table. */
    static Verdict ofFloor(Connection connection, Outcome outcome) throws SQLException {
        return of(
                connection,
                "SELECT event_id FROM floor_inbox WHERE event_id BETWEEN ? AND ?",
                outcome);
    }

    private static Verdict of(Connection connection, String sql, Outcome outcome)
            throws SQLException {
        Round round = outcome.round();
        BitSet stored = new BitSet();
        long rows = 0;
        try (PreparedStatement query =
                connection.prepareStatement(
                        sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
            query.setFetchSize(Integer.MIN_VALUE);
            query.setString(1, Round.eventId(round.first()));
            query.setString(2, Round.eventId(round.first() + round.count() - 1));
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    String id = result.getString(1);
                    stored.set((int) (Long.parseLong(id.substring(9)) - round.first()));
                    rows++;
                }
            }
        }
        BitSet lost = (BitSet) outcome.acknowledged().clone();
        lost.andNot(stored);
        return new Verdict(
                outcome.acknowledgedCount(),
                stored.cardinality(),
                lost.cardinality(),
                rows - stored.cardinality(),
                lost.isEmpty() ? "" : Round.eventId(round.first() + lost.nextSetBit(0)));
    }
}
