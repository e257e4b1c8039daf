package org.payhub.platform;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.hibernate.SessionFactory;

/**
 * Brings the schema up to date before anything else runs, as the owner of the database where one is
 * named, then grants the application's user what it may do to each table, and compares the entities
 * with what stands there. Whatever fails here fails the deployment.
 *
 * <p>The ledger, the providers' transactions and the audit are insert-only for the application.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class SchemaMigration {

    private static final System.Logger LOG = System.getLogger(SchemaMigration.class.getName());

    /** Tables in which the application may only add rows. */
    static final Set<String> INSERT_ONLY =
            Set.of("ledger_entry", "provider_transaction", "audit_entry");

    @Resource(lookup = HubDataSource.JNDI)
    DataSource dataSource;

    @PersistenceUnit(unitName = "payhub")
    EntityManagerFactory entityManagers;

    @Inject HubConfig config;
    @Inject DatabaseSelfCheck selfCheck;

    private boolean migrated;

    /** For the container. */
    public SchemaMigration() {}

    /** Runs once, at start-up. */
    @PostConstruct
    public void migrate() {
        checkServer();
        boolean ownUser = config.databaseOwnerUser().isPresent();
        String user = config.databaseOwnerUser().orElseGet(config::databaseUser);
        String password = config.databaseOwnerPassword().orElseGet(config::databasePassword);
        Flyway flyway =
                Flyway.configure(SchemaMigration.class.getClassLoader())
                        .dataSource(config.databaseUrl(), user, password)
                        .locations("classpath:db/migration")
                        .connectRetries(3)
                        .load();
        int applied = flyway.migrate().migrationsExecuted;
        if (ownUser && !user.equals(config.databaseUser())) {
            grant(flyway.getConfiguration().getDataSource());
        }
        entityManagers.unwrap(SessionFactory.class).getSchemaManager().validateMappedObjects();
        selfCheck.run(dataSource);
        migrated = true;
        LOG.log(System.Logger.Level.INFO, "schema ready applied=" + applied);
    }

    /** Whether the schema is in place. */
    public boolean isMigrated() {
        return migrated;
    }

    private void checkServer() {
        String version;
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT VERSION()")) {
            result.next();
            version = result.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "The database of PAYHUB_DB_URL does not answer: " + e.getMessage(), e);
        }
        Supported.require(version);
    }

    private void grant(DataSource owner) {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            String account = account();
            for (String table : tables(connection)) {
                String rights =
                        INSERT_ONLY.contains(table)
                                ? "SELECT, INSERT"
                                : table.startsWith("flyway_")
                                        ? "SELECT"
                                        : "SELECT, INSERT, UPDATE, DELETE";
                statement.execute("GRANT " + rights + " ON `" + table + "` TO " + account);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "PAYHUB_DB_OWNER_USER may not grant rights on its tables: " + e.getMessage(),
                    e);
        }
    }

    /** The application's account as the server knows it, which the owner cannot look up. */
    private String account() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT CURRENT_USER()")) {
            result.next();
            String[] parts = result.getString(1).split("@", 2);
            return quoted(parts[0]) + "@" + quoted(parts[1]);
        }
    }

    private static String quoted(String name) {
        return "'" + name.replace("'", "''") + "'";
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery(
                                "SELECT table_name FROM information_schema.tables"
                                        + " WHERE table_schema = DATABASE()"
                                        + " AND table_type = 'BASE TABLE'")) {
            while (result.next()) {
                tables.add(result.getString(1).toLowerCase(Locale.ROOT));
            }
        }
        return tables;
    }

    /** Which servers are supported, and why others are refused. */
    static final class Supported {

        private Supported() {}

        static void require(String version) {
            boolean maria = version.toLowerCase(Locale.ROOT).contains("mariadb");
            int[] parts = numbers(version);
            boolean known =
                    maria
                            ? after(parts, 11, 4, 0) || version.startsWith("5.7.19-10.11")
                            : after(parts, 8, 0, 15);
            if (!known) {
                throw new IllegalStateException(
                        "The database is "
                                + version
                                + "; Payhub needs MySQL 8.0.15 or newer, or MariaDB 11.4 or newer"
                                + " (older MariaDB loses microseconds through this driver).");
            }
        }

        private static boolean after(int[] found, int major, int minor, int patch) {
            int[] least = {major, minor, patch};
            for (int i = 0; i < 3; i++) {
                if (found[i] != least[i]) {
                    return found[i] > least[i];
                }
            }
            return true;
        }

        private static int[] numbers(String version) {
            int[] numbers = new int[3];
            String[] parts = version.split("[^0-9]+");
            for (int i = 0; i < 3 && i < parts.length; i++) {
                numbers[i] = parts[i].isEmpty() ? 0 : Integer.parseInt(parts[i]);
            }
            return numbers;
        }
    }
}
