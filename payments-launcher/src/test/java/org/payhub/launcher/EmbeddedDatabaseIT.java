package org.payhub.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real MariaDB; the unpacked programs are shared, except where unpacking is the subject. */
class EmbeddedDatabaseIT {

    private static final Path PROGRAMS = Path.of("target", "mariadb").toAbsolutePath();

    @TempDir static Path shared;
    @TempDir Path own;

    private static EmbeddedDatabase database;

    @BeforeAll
    static void start() {
        database = EmbeddedDatabase.start(shared, PROGRAMS);
    }

    @AfterAll
    static void stop() {
        database.stop();
    }

    private static Connection owner(EmbeddedDatabase database) throws SQLException {
        return DriverManager.getConnection(
                database.jdbcUrl(), database.ownerUser(), database.ownerPassword());
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static List<String> list(Connection connection, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                rows.add(row.getString(1));
            }
        }
        return rows;
    }

    private static void execute(Connection connection, String... sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String one : sql) {
                statement.execute(one);
            }
        }
    }

    @Test
    void the_settings_that_money_relies_on_are_in_force() throws SQLException {
        try (Connection connection = owner(database)) {
            assertThat(ask(connection, "SELECT @@innodb_flush_log_at_trx_commit")).isEqualTo("1");
            assertThat(ask(connection, "SELECT @@transaction_isolation"))
                    .isEqualTo("READ-COMMITTED");
            assertThat(ask(connection, "SELECT @@global.time_zone")).isEqualTo("+00:00");
            assertThat(ask(connection, "SELECT @@session.time_zone")).isEqualTo("+00:00");
            assertThat(ask(connection, "SELECT @@character_set_server")).isEqualTo("utf8mb4");
            assertThat(ask(connection, "SELECT @@collation_database")).isEqualTo("utf8mb4_bin");
            assertThat(ask(connection, "SELECT @@lower_case_table_names")).isEqualTo("1");
            assertThat(ask(connection, "SELECT @@sql_mode")).contains("STRICT_TRANS_TABLES");
            assertThat(ask(connection, "SELECT VERSION()")).startsWith("11.4.");
        }
    }

    @Test
    void it_listens_on_the_loopback_only() throws IOException, SQLException {
        try (Connection connection = owner(database)) {
            assertThat(ask(connection, "SELECT @@bind_address")).isEqualTo("127.0.0.1");
            assertThat(ask(connection, "SELECT @@socket")).isEmpty();
        }
        for (String address : otherAddresses()) {
            assertThatThrownBy(
                            () -> {
                                try (Socket socket = new Socket()) {
                                    socket.connect(
                                            new InetSocketAddress(address, database.port()), 2000);
                                }
                            })
                    .isInstanceOf(IOException.class);
        }
    }

    private static List<String> otherAddresses() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(address -> address.getHostAddress())
                .toList();
    }

    @Test
    void nobody_gets_in_without_the_password() {
        for (String[] login :
                new String[][] {
                    {"", ""},
                    {"root", ""},
                    {"root", "root"},
                    {"nobody", ""},
                    {database.ownerUser(), ""},
                    {database.appUser(), ""},
                    {database.appUser(), database.ownerPassword()}
                }) {
            assertThatThrownBy(
                            () ->
                                    DriverManager.getConnection(
                                                    database.jdbcUrl(), login[0], login[1])
                                            .close())
                    .as("user '%s'", login[0])
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("Access denied");
        }
    }

    @Test
    void there_is_no_anonymous_user_and_no_test_database() throws SQLException {
        try (Connection connection = owner(database)) {
            assertThat(list(connection, "SHOW DATABASES"))
                    .containsExactlyInAnyOrder("information_schema", "payhub");
            assertThatThrownBy(() -> execute(connection, "CREATE DATABASE test"))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> execute(connection, "SELECT * FROM mysql.global_priv"))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void the_application_may_read_and_has_no_other_right_until_it_is_granted() throws SQLException {
        try (Connection owner = owner(database);
                Connection application =
                        DriverManager.getConnection(
                                database.jdbcUrl(), database.appUser(), database.appPassword())) {
            execute(owner, "CREATE TABLE book (id INT)", "INSERT INTO book VALUES (7)");
            assertThat(ask(application, "SELECT id FROM book")).isEqualTo("7");
            assertThatThrownBy(() -> execute(application, "INSERT INTO book VALUES (8)"))
                    .isInstanceOf(SQLException.class);

            execute(owner, "GRANT INSERT ON book TO '" + database.appUser() + "'@'%'");

            execute(application, "INSERT INTO book VALUES (8)");
            assertThatThrownBy(() -> execute(application, "DELETE FROM book"))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> execute(application, "CREATE TABLE mine (id INT)"))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void passwords_are_readable_by_their_owner_alone() throws IOException {
        try (Stream<Path> files = Files.list(shared.resolve("secrets"))) {
            assertThat(files.toList())
                    .isNotEmpty()
                    .allSatisfy(
                            file ->
                                    assertThat(
                                                    PosixFilePermissions.toString(
                                                            Files.getPosixFilePermissions(file)))
                                            .isEqualTo("rw-------"));
        }
        assertThat(commandLine()).doesNotContain(database.ownerPassword());
        assertThat(commandLine()).doesNotContain(database.appPassword());
    }

    private static String commandLine() throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(database.pid()), "cmdline"));
    }

    @Test
    void a_second_start_keeps_the_data_in_a_folder_under_the_temporary_directory()
            throws SQLException {
        Path folder = own.resolve("a folder with spaces");
        assertThat(folder.toString()).startsWith(System.getProperty("java.io.tmpdir"));
        EmbeddedDatabase first = EmbeddedDatabase.start(folder, PROGRAMS);
        int port = first.port();
        try (Connection connection = owner(first)) {
            execute(connection, "CREATE TABLE kept (id INT)", "INSERT INTO kept VALUES (42)");
        }
        first.stop();
        assertThat(first.isAlive()).isFalse();

        try (EmbeddedDatabase second = EmbeddedDatabase.start(folder, PROGRAMS);
                Connection connection = owner(second)) {
            assertThat(ask(connection, "SELECT id FROM kept")).isEqualTo("42");
            assertThat(second.port()).isEqualTo(port);
            assertThat(second.ownerPassword()).isEqualTo(first.ownerPassword());
        }
    }

    @Test
    void what_was_committed_survives_a_kill_and_the_same_port_answers_again() throws SQLException {
        try (EmbeddedDatabase victim = EmbeddedDatabase.start(own, PROGRAMS)) {
            String url = victim.jdbcUrl();
            try (Connection connection = owner(victim)) {
                execute(connection, "CREATE TABLE kept (id INT)", "INSERT INTO kept VALUES (1)");
            }
            victim.kill();

            victim.restart();

            assertThat(victim.jdbcUrl()).isEqualTo(url);
            try (Connection connection = owner(victim)) {
                assertThat(ask(connection, "SELECT COUNT(*) FROM kept")).isEqualTo("1");
            }
        }
    }

    @Test
    void an_orphan_of_this_directory_is_ended_and_its_data_are_kept() throws SQLException {
        EmbeddedDatabase orphan = EmbeddedDatabase.start(own, PROGRAMS);
        try (Connection connection = owner(orphan)) {
            execute(connection, "CREATE TABLE kept (id INT)", "INSERT INTO kept VALUES (3)");
        }

        try (EmbeddedDatabase next = EmbeddedDatabase.start(own, PROGRAMS);
                Connection connection = owner(next)) {
            assertThat(orphan.isAlive()).isFalse();
            assertThat(next.pid()).isNotEqualTo(orphan.pid());
            assertThat(ask(connection, "SELECT id FROM kept")).isEqualTo("3");
        }
    }

    @Test
    void an_install_that_was_cut_off_heals_itself() throws Exception {
        Path folders = own.resolve("db");
        Files.createDirectories(folders.resolve("data.installing").resolve("mysql"));
        Files.writeString(folders.resolve("data.installing").resolve("ibdata1"), "half");
        Files.createDirectories(folders.resolve("base.unpacking").resolve("bin"));
        Files.writeString(folders.resolve("base.unpacking/bin/mariadbd"), "half");

        try (EmbeddedDatabase healed = EmbeddedDatabase.start(own);
                Connection connection = owner(healed)) {
            assertThat(ask(connection, "SELECT DATABASE()")).isEqualTo("payhub");
        }

        assertThat(folders.resolve("data.installing")).doesNotExist();
        assertThat(folders.resolve("base.unpacking")).doesNotExist();
    }

    @Test
    void a_database_that_cannot_start_says_why_in_one_line() throws IOException {
        EmbeddedDatabase.start(own, PROGRAMS).stop();
        Files.write(own.resolve("db/data/ibdata1"), new byte[] {1, 2, 3});

        assertThatThrownBy(() -> EmbeddedDatabase.start(own, PROGRAMS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("The embedded database did not start: ")
                .hasMessageContaining("database.log")
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    }

    @Test
    void every_answered_commit_reached_the_disk() throws SQLException {
        try (Connection connection = owner(database)) {
            execute(connection, "CREATE TABLE IF NOT EXISTS synced (id INT)");
            long before = syncs(connection);

            for (int i = 0; i < 100; i++) {
                execute(connection, "INSERT INTO synced VALUES (1)");
            }

            assertThat(syncs(connection) - before).isGreaterThanOrEqualTo(100);
        }
    }

    private static long syncs(Connection connection) throws SQLException {
        return Long.parseLong(
                ask(
                        connection,
                        "SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE"
                                + " VARIABLE_NAME = 'INNODB_DATA_FSYNCS'"));
    }
}
