package org.payhub.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("database")
@ExtendWith(ArquillianExtension.class)
class SchemaInContainerIT {

    @Inject SchemaMigration migration;
    @Inject DatabaseSelfCheck selfCheck;

    @Resource(lookup = HubDataSource.JNDI)
    DataSource dataSource;

    @Test
    void the_schema_is_migrated_and_agrees_with_the_entities() {
        assertThat(migration.isMigrated()).isTrue();
    }

    @Test
    void the_databases_promises_hold() {
        assertThat(selfCheck.run(dataSource)).isEmpty();
    }

    @Test
    void the_application_may_not_change_or_remove_a_line_of_the_books() throws SQLException {
        for (String table : SchemaMigration.INSERT_ONLY) {
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.executeUpdate("DELETE FROM " + table))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("denied");
                assertThatThrownBy(
                                () -> statement.executeUpdate("UPDATE " + table + " SET id = id"))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("denied");
            }
        }
    }

    @Test
    void keys_of_providers_differ_by_the_case_of_a_letter() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                var result =
                        statement.executeQuery(
                                "SELECT COUNT(*) FROM information_schema.columns"
                                        + " WHERE table_schema = DATABASE()"
                                        + " AND (column_name LIKE '%\\_key'"
                                        + " OR column_name = 'external_id')"
                                        + " AND data_type = 'varchar'"
                                        + " AND collation_name NOT LIKE '%\\_bin'")) {
            result.next();
            assertThat(result.getInt(1)).isZero();
        }
    }
}
