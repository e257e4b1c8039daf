package org.payhub.simulator.bench.floor;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** F1: each thread has its own connection and commits each event by itself. */
final class NaiveInbox implements FloorProgram.Inbox {

    private final ThreadLocal<PreparedStatement> insert =
            ThreadLocal.withInitial(NaiveInbox::prepare);

    private static PreparedStatement prepare() {
        try {
            return FloorTable.single(FloorTable.connect());
        } catch (SQLException e) {
            throw new IllegalStateException("The floor has no database", e);
        }
    }

    @Override
    public boolean store(FloorEvent event) throws SQLException {
        FloorTable.insert(insert.get(), event);
        return true;
    }
}
