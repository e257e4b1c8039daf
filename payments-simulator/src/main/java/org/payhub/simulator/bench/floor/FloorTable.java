package org.payhub.simulator.bench.floor;

import com.mysql.cj.jdbc.Driver;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Properties;

/** The floors' own table, with the three indexes that any inbox has. */
public final class FloorTable {

    /** What makes it. */
    public static final String CREATE =
            "CREATE TABLE IF NOT EXISTS floor_inbox (id BIGINT NOT NULL AUTO_INCREMENT,"
                    + " provider VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,"
                    + " event_id VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,"
                    + " status TINYINT NOT NULL, next_at DATETIME(6) NOT NULL,"
                    + " body MEDIUMBLOB NOT NULL, PRIMARY KEY (id),"
                    + " UNIQUE KEY uq_floor_inbox (provider, event_id),"
                    + " KEY ix_floor_inbox (status, next_at, id)) ENGINE = InnoDB";

    private static final String INSERT =
            "INTO floor_inbox (provider, event_id, status, next_at, body) VALUES (?, ?, 0, ?, ?)";
    private static final int DUPLICATE = 1062;

    private FloorTable() {}

    /** By the driver itself: in a server the driver manager does not see an application's jars. */
    static Connection connect() throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", System.getProperty("floor.user"));
        login.setProperty("password", System.getProperty("floor.password"));
        return new Driver().connect(System.getProperty("floor.url"), login);
    }

    static PreparedStatement single(Connection connection) throws SQLException {
        return connection.prepareStatement("INSERT " + INSERT);
    }

    static PreparedStatement many(Connection connection) throws SQLException {
        return connection.prepareStatement("INSERT IGNORE " + INSERT);
    }

    /** One row, one commit; a row that is there already is as good. */
    static void insert(PreparedStatement insert, FloorEvent event) throws SQLException {
        try {
            bind(insert, event);
            insert.executeUpdate();
        } catch (SQLException e) {
            if (e.getErrorCode() != DUPLICATE) {
                throw e;
            }
        }
    }

    /** One statement and one commit for all of them. */
    static void insert(PreparedStatement insert, List<FloorEvent> events) throws SQLException {
        for (FloorEvent event : events) {
            bind(insert, event);
            insert.addBatch();
        }
        insert.executeBatch();
        insert.getConnection().commit();
    }

    private static void bind(PreparedStatement insert, FloorEvent event) throws SQLException {
        insert.setString(1, "stripe");
        insert.setString(2, event.id());
        insert.setTimestamp(3, new Timestamp(System.currentTimeMillis()));
        insert.setBytes(4, event.body());
    }
}
