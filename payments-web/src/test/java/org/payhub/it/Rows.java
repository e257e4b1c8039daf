package org.payhub.it;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.payhub.platform.Ids;

/** The database as its owner sees it: what tests look up and what they break on purpose. */
public final class Rows {

    private Rows() {}

    /** Where the rows are; the world's database unless a test has one of its own. */
    public interface Source {
        Connection open() throws SQLException;
    }

    /** Every row, column names in lower case, values as text; ids in hexadecimal. */
    public static List<Map<String, String>> of(Source source, String sql, Object... values) {
        try (Connection connection = source.open();
                PreparedStatement statement = prepare(connection, sql, values);
                ResultSet result = statement.executeQuery()) {
            ResultSetMetaData columns = result.getMetaData();
            List<Map<String, String>> rows = new ArrayList<>();
            while (result.next()) {
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    row.put(
                            columns.getColumnLabel(i).toLowerCase(Locale.ROOT),
                            text(result.getObject(i)));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    public static List<Map<String, String>> of(String sql, Object... values) {
        return of(TestWorld::owner, sql, values);
    }

    /** The first column of the only row. */
    public static String one(String sql, Object... values) {
        return one(TestWorld::owner, sql, values);
    }

    public static String one(Source source, String sql, Object... values) {
        List<Map<String, String>> rows = of(source, sql, values);
        if (rows.size() != 1) {
            throw new AssertionError(rows.size() + " rows instead of one: " + sql);
        }
        return rows.get(0).values().iterator().next();
    }

    public static long number(String sql, Object... values) {
        return Long.parseLong(one(sql, values));
    }

    public static long number(Source source, String sql, Object... values) {
        return Long.parseLong(one(source, sql, values));
    }

    /** Changes rows behind the application's back. */
    public static int change(String sql, Object... values) {
        return change(TestWorld::owner, sql, values);
    }

    public static int change(Source source, String sql, Object... values) {
        try (Connection connection = source.open();
                PreparedStatement statement = prepare(connection, sql, values)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    static PreparedStatement prepare(Connection connection, String sql, Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value instanceof UUID id) {
                statement.setBytes(i + 1, Ids.bytes(id));
            } else if (value instanceof Instant at) {
                statement.setTimestamp(i + 1, Timestamp.from(at));
            } else {
                statement.setObject(i + 1, value);
            }
        }
        return statement;
    }

    /** The id behind an outside text such as {@code pay_…}. */
    public static UUID id(String outside) {
        return Ids.require(outside.substring(0, outside.indexOf('_')), outside, "id");
    }

    private static String text(Object value) {
        if (value instanceof byte[] bytes && bytes.length == 16) {
            ByteBuffer id = ByteBuffer.wrap(bytes);
            return new UUID(id.getLong(), id.getLong()).toString();
        }
        return value == null ? "" : value.toString();
    }
}
