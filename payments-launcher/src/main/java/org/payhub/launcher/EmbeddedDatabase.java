package org.payhub.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A MariaDB of our own on durable paths: {@code <directory>/db} holds programs and data, {@code
 * <directory>/secrets} the two passwords, {@code <directory>/logs} its log. It listens on the
 * loopback only, every login needs a password, and every commit is on the disk before it is
 * answered. The launcher runs the application on it; tests may use it too:
 *
 * <pre>
 * try (EmbeddedDatabase database = EmbeddedDatabase.start(Path.of("target/it-db"))) {
 *     DriverManager.getConnection(
 *             database.jdbcUrl(), database.ownerUser(), database.ownerPassword());
 * }
 * </pre>
 *
 * A second start on the same directory finds the data of the first and, where it is free, takes the
 * same port, so that a pool reconnects by itself. A database that a killed process left behind is
 * ended by the next start.
 *
 * <p>Errors: every method that starts something throws {@link IllegalStateException} with one
 * sentence that says what to do.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final String SCHEMA = "payhub";
    private static final String OWNER = "payhub_owner";
    private static final String APPLICATION = "payhub_app";

    /** A recovery after a crash may take its time; the log says when it is done. */
    private static final Duration START_PATIENCE = Duration.ofMinutes(3);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);
    private static final int PORT_ATTEMPTS = 3;
    private static final Pattern FULL_DISK =
            Pattern.compile("error 28\\b|Errcode: 28\\b|No space left on device");

    private final DataDirectory data;
    private final Path base;
    private final String ownerPassword;
    private final String appPassword;
    private Process process;
    private int port;

    private EmbeddedDatabase(DataDirectory data, Path base) throws StartFailure {
        this.data = data;
        this.base = base;
        this.ownerPassword = data.secret("db-owner", DataDirectory::randomPassword);
        this.appPassword = data.secret("db-app", DataDirectory::randomPassword);
    }

    /** Starts the database of that directory and returns when it answers. */
    public static EmbeddedDatabase start(Path directory) {
        return start(directory, directory.resolve("db").resolve("base"));
    }

    /**
     * The same with the unpacked programs (360 MB) in a folder that several databases share, which
     * saves tests the unpacking.
     */
    public static EmbeddedDatabase start(Path directory, Path programs) {
        try {
            EmbeddedDatabase database =
                    open(DataDirectory.open(directory), programs.toAbsolutePath().normalize());
            // A test that forgets to stop it must not leave it behind. The launcher has its own
            // order of stopping and does not come this way.
            Runtime.getRuntime().addShutdownHook(new Thread(database::stop, "stop-database"));
            return database;
        } catch (StartFailure e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    static EmbeddedDatabase open(DataDirectory data) throws StartFailure {
        return open(data, data.database().resolve("base"));
    }

    private static EmbeddedDatabase open(DataDirectory data, Path base) throws StartFailure {
        if (!MariaDbPrograms.known()) {
            throw new StartFailure(
                    "There is no embedded MariaDB for "
                            + System.getProperty("os.name")
                            + " on "
                            + System.getProperty("os.arch")
                            + ". Set PAYHUB_DB_URL, PAYHUB_DB_USER and PAYHUB_DB_PASSWORD to a"
                            + " MariaDB 11.4+ or MySQL 8.0.15+.");
        }
        EmbeddedDatabase database = new EmbeddedDatabase(data, base);
        database.launch();
        return database;
    }

    /** What the application connects to; its users are {@link #appUser} and {@link #ownerUser}. */
    public String jdbcUrl() {
        return "jdbc:mysql://127.0.0.1:"
                + port
                + "/"
                + SCHEMA
                + "?sslMode=DISABLED&allowPublicKeyRetrieval=true&rewriteBatchedStatements=true"
                + "&connectionTimeZone=%2B00:00&forceConnectionTimeZoneToSession=true"
                + "&useCursorFetch=false&cachePrepStmts=true&prepStmtCacheSize=250"
                + "&prepStmtCacheSqlLimit=2048&connectTimeout=2000";
    }

    public int port() {
        return port;
    }

    /** The user whose rights the migration grants table by table; alone it may only read. */
    public String appUser() {
        return APPLICATION;
    }

    public String appPassword() {
        return appPassword;
    }

    /** The user who migrates and grants: all rights on the schema, none on the server. */
    public String ownerUser() {
        return OWNER;
    }

    public String ownerPassword() {
        return ownerPassword;
    }

    /** The process of the server, for tests that pause or kill it. */
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    Process process() {
        return process;
    }

    /** Stops it in order: everything committed is on the disk and no recovery will be needed. */
    public void stop() {
        if (isAlive()) {
            process.destroy();
            if (!exits(STOP_PATIENCE)) {
                kill();
            }
        }
        try {
            Files.deleteIfExists(pidFile());
        } catch (IOException e) {
            // The next start reads it, finds no such process and removes it.
            return;
        }
    }

    /**
     * Ends it as a power cut would (kill -9). A new {@link #start} on the directory recovers it.
     */
    public void kill() {
        process.destroyForcibly();
        exits(STOP_PATIENCE);
    }

    /** Starts it again on the same port after it died or was killed. */
    public void restart() {
        try {
            relaunch();
        } catch (StartFailure e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    void relaunch() throws StartFailure {
        stop();
        launch();
    }

    @Override
    public void close() {
        stop();
    }

    private boolean exits(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    private void launch() throws StartFailure {
        try {
            Files.createDirectories(data.database());
            DataDirectory.ownersOnly(data.database(), "rwx------");
            MariaDbPrograms.unpack(base);
            Orphans.end(pidFile(), ownProgram());
            Files.createDirectories(tmp());
            install();
            writeInitFile();
            for (int attempt = 1; ; attempt++) {
                port = choosePort(attempt);
                Path log = LogFiles.rotate(data.logs().resolve("database.log"));
                process = Lifeline.spawn(serverCommand(), libraries(), log);
                Orphans.record(pidFile(), process.toHandle());
                if (answers(log)) {
                    DataDirectory.writePrivately(portFile(), port + "\n");
                    return;
                }
                String lines = Files.readString(log);
                process.destroyForcibly();
                if (!lines.contains("Bind on TCP/IP port") || attempt == PORT_ATTEMPTS) {
                    throw new StartFailure(
                            "The embedded database did not start: "
                                    + lastError(lines)
                                    + " (more in "
                                    + log
                                    + ").");
                }
            }
        } catch (IOException e) {
            throw new StartFailure(
                    "The embedded database in "
                            + data.database()
                            + " cannot be started: "
                            + DataDirectory.reason(e)
                            + ".",
                    e);
        }
    }

    /**
     * Where the programs are shared, another test's database runs the same program: then only the
     * record tells ours.
     */
    private Path ownProgram() {
        return base.startsWith(data.database())
                ? MariaDbPrograms.server(base)
                : data.database().resolve("none");
    }

    /**
     * Makes the system tables, by piping MariaDB's own scripts into its bootstrap mode. What
     * MariaDB ships for that is a shell script that breaks on a space in the path, and it is not
     * the same on every system. An install that was cut off leaves only the folder with the suffix.
     */
    private void install() throws IOException, StartFailure {
        if (Files.isDirectory(dataFiles())) {
            return;
        }
        Path half = data.database().resolve("data.installing");
        DataDirectory.deleteTree(half);
        Files.createDirectories(half);
        DataDirectory.ownersOnly(half, "rwx------");
        Path log = LogFiles.rotate(data.logs().resolve("database-install.log"));
        List<String> command = commonCommand(half);
        command.addAll(
                List.of(
                        "--bootstrap",
                        "--log-warnings=0",
                        "--enforce-storage-engine=",
                        "--max_allowed_packet=8M",
                        "--net_buffer_length=16K"));
        Process bootstrap = Lifeline.spawn(command, libraries(), log);
        try (OutputStream in = bootstrap.getOutputStream()) {
            in.write(
                    "create database if not exists mysql;\nuse mysql;\n"
                            .getBytes(StandardCharsets.US_ASCII));
            in.write("SET @auth_root_socket='root';\n".getBytes(StandardCharsets.US_ASCII));
            for (String script :
                    List.of(
                            "mariadb_system_tables.sql",
                            "mariadb_performance_tables.sql",
                            "mariadb_system_tables_data.sql",
                            "fill_help_tables.sql",
                            "maria_add_gis_sp_bootstrap.sql",
                            "mariadb_sys_schema.sql")) {
                Files.copy(base.resolve("share").resolve(script), in);
            }
        } catch (IOException e) {
            throw installFailure(log, e);
        }
        try {
            if (!bootstrap.waitFor(START_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    || bootstrap.exitValue() != 0) {
                bootstrap.destroyForcibly();
                throw installFailure(log, null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            bootstrap.destroyForcibly();
            throw installFailure(log, e);
        }
        Files.move(half, dataFiles(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static StartFailure installFailure(Path log, Exception e) throws IOException {
        return new StartFailure(
                "The embedded database could not be installed: "
                        + lastError(Files.readString(log))
                        + " (more in "
                        + log
                        + ").",
                e);
    }

    /**
     * Run by the server with full rights at every start, so users and rights heal themselves and no
     * root password exists. No table of ours is named: the migration grants those.
     */
    private void writeInitFile() throws IOException {
        String users =
                Stream.of(
                                new String[] {OWNER, ownerPassword},
                                new String[] {APPLICATION, appPassword})
                        .map(
                                user ->
                                        "CREATE USER IF NOT EXISTS '"
                                                + user[0]
                                                + "'@'%' IDENTIFIED BY '"
                                                + user[1]
                                                + "';\nALTER USER '"
                                                + user[0]
                                                + "'@'%' IDENTIFIED BY '"
                                                + user[1]
                                                + "';\n")
                        .collect(Collectors.joining());
        DataDirectory.writePrivately(
                initFile(),
                "CREATE DATABASE IF NOT EXISTS "
                        + SCHEMA
                        + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;\n"
                        + users
                        + "GRANT ALL PRIVILEGES ON "
                        + SCHEMA
                        + ".* TO '"
                        + OWNER
                        + "'@'%' WITH GRANT OPTION;\n"
                        // Without any right on the schema a user cannot name it when connecting.
                        + "GRANT SELECT ON "
                        + SCHEMA
                        + ".* TO '"
                        + APPLICATION
                        + "'@'%';\n"
                        + "DROP DATABASE IF EXISTS test;\n"
                        + "DELETE FROM mysql.db WHERE Db LIKE 'test%';\n"
                        + "DELETE FROM mysql.global_priv WHERE User = '';\n"
                        + "DELETE FROM mysql.global_priv WHERE User = 'root' AND Host <>"
                        + " 'localhost';\n"
                        + "FLUSH PRIVILEGES;\n");
    }

    private List<String> commonCommand(Path dataFiles) {
        List<String> command = new ArrayList<>();
        command.add(MariaDbPrograms.server(base).toString());
        command.add("--no-defaults"); // Must come first.
        command.add("--basedir=" + base);
        command.add("--datadir=" + dataFiles);
        command.add("--tmpdir=" + tmp());
        command.add("--lc-messages-dir=" + base.resolve("share"));
        command.add("--plugin-dir=" + base.resolve("lib").resolve("plugin"));
        command.add("--lower-case-table-names=1");
        command.add("--innodb-log-file-size=96M");
        if ("root".equals(System.getProperty("user.name"))) {
            command.add("--user=root"); // MariaDB refuses to run as root without being told.
        }
        return command;
    }

    private Map<String, String> libraries() {
        return Map.of(MariaDbPrograms.libraryVariable(base), base.resolve("libs").toString());
    }

    private List<String> serverCommand() {
        List<String> command = commonCommand(dataFiles());
        command.addAll(
                List.of(
                        "--console",
                        "--bind-address=127.0.0.1",
                        "--port=" + port,
                        // No Unix socket: its path would be too long in a deep folder, and through
                        // it the operating system's root could log in without a password.
                        "--socket=",
                        "--pid-file=" + data.database().resolve("mariadbd.pid"),
                        "--init-file=" + initFile(),
                        // Loopback only; making keys for TLS would take seconds of every start.
                        "--skip-ssl",
                        "--skip-name-resolve",
                        "--default-time-zone=+00:00",
                        "--character-set-server=utf8mb4",
                        "--collation-server=utf8mb4_bin",
                        "--transaction-isolation=READ-COMMITTED",
                        "--sql-mode=STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION",
                        "--innodb-flush-log-at-trx-commit=1",
                        "--sync-binlog=1",
                        "--innodb-buffer-pool-size=256M",
                        "--max-connections=300",
                        "--max-allowed-packet=64M",
                        "--local-infile=0",
                        "--symbolic-links=0"));
        return command;
    }

    private boolean answers(Path log) throws IOException, StartFailure {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            if (exits(Duration.ofMillis(100))) {
                return false;
            }
            if (Files.readString(log).contains(": ready for connections.")) {
                return ownerLogsIn();
            }
            Lifeline.refuseWhenStopping();
        }
        return false;
    }

    private boolean ownerLogsIn() throws StartFailure {
        Properties login = new Properties();
        login.setProperty("user", OWNER);
        login.setProperty("password", ownerPassword);
        try (Connection connection = DriverManager.getConnection(jdbcUrl(), login)) {
            return connection.isValid(5);
        } catch (SQLException e) {
            throw new StartFailure(
                    "The embedded database runs but refuses its owner: "
                            + DataDirectory.reason(e)
                            + ".",
                    e);
        }
    }

    /** The port of the last start if it is still free, so that what was connected reconnects. */
    private int choosePort(int attempt) throws IOException {
        if (attempt == 1) {
            int last = lastPort();
            if (last > 0 && free(last)) {
                return last;
            }
        }
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private int lastPort() {
        if (port > 0) {
            return port;
        }
        try {
            return Integer.parseInt(Files.readString(portFile()).strip());
        } catch (IOException | NumberFormatException e) {
            return 0; // The first start, or a file that somebody edited: any port will do.
        }
    }

    private static boolean free(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 1);
            return true;
        } catch (BindException e) {
            return false;
        }
    }

    private static String lastError(String log) {
        if (FULL_DISK.matcher(log).find()) {
            return "the disk is full";
        }
        List<String> errors = log.lines().filter(line -> line.contains("[ERROR]")).toList();
        if (errors.isEmpty()) {
            return log.lines().reduce((a, b) -> b).orElse("it said nothing").strip();
        }
        String first = errors.get(0);
        return first.substring(first.indexOf("[ERROR]") + "[ERROR]".length()).strip();
    }

    private Path dataFiles() {
        return data.database().resolve("data");
    }

    private Path tmp() {
        return data.database().resolve("tmp");
    }

    private Path initFile() {
        return data.secrets().resolve("init.sql");
    }

    private Path pidFile() {
        return data.database().resolve("process");
    }

    private Path portFile() {
        return data.database().resolve("port");
    }
}
