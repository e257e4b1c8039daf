package org.payhub.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.payhub.simulator.Simulator;

/**
 * Starts the database and the simulator before the first test and hands their addresses to the
 * server that Arquillian starts, as system properties of its JVM. Everything is ended with the
 * session.
 *
 * <p>{@code -Dpayhub.test.database=mysql} runs the same on MySQL 8.0.15.
 */
public class TestWorld implements LauncherSessionListener {

    private static volatile TestWorld current;

    private final String masterKey = random(32);
    private final String operatorToken = random(24);
    private TestDatabase database;
    private Simulator simulator;
    private int port;
    private Path data;

    /** For the platform. */
    public TestWorld() {}

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        // Inside the server the class path has no launcher; there the world is the server's.
        data = Path.of("target", "it-data").toAbsolutePath();
        wipe(data);
        directory(data);
        port = freePort();
        database = TestDatabase.start(System.getProperty("payhub.test.database", "mariadb"), data);
        simulator = Simulator.start(0);
        System.setProperty("payara.cmdOptions", options());
        System.setProperty("payara.randomHttpPort", "false");
        System.setProperty("payara.autoBindHttp", "false");
        System.setProperty(
                "payara.extraMicroOptions",
                "--disablephonehome --nohazelcast --contextroot / --maxhttpthreads 128 --port "
                        + port
                        + " --logtofile "
                        + data.resolve("server.log"));
        current = this;
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        if (simulator != null) {
            simulator.close();
        }
        if (database != null) {
            database.close();
        }
    }

    private String options() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("PAYHUB_HTTP_PORT", Integer.toString(port));
        settings.put("PAYHUB_BASE_URL", "http://localhost:" + port);
        settings.put("PAYHUB_DB_URL", database.jdbcUrl());
        settings.put("PAYHUB_DB_USER", database.appUser());
        settings.put("PAYHUB_DB_PASSWORD", database.appPassword());
        settings.put("PAYHUB_DB_OWNER_USER", database.ownerUser());
        settings.put("PAYHUB_DB_OWNER_PASSWORD", database.ownerPassword());
        settings.put("PAYHUB_MASTER_KEY", masterKey);
        settings.put("PAYHUB_OPERATOR_TOKEN", operatorToken);
        settings.put("PAYHUB_ASK_SECONDS", "1");
        settings.put("PAYHUB_SIMULATOR_BASE_URL", simulator.baseUrl());
        simulator
                .apiBases()
                .forEach(
                        (code, base) ->
                                settings.put(
                                        "PAYHUB_"
                                                + code.toUpperCase(java.util.Locale.ROOT)
                                                + "_API_BASE",
                                        base));
        List<String> options = new ArrayList<>();
        options.add("-Xmx900m");
        options.add("-Duser.timezone=UTC");
        options.add("-Djdk.util.zip.disableZip64ExtraFieldValidation=true");
        options.add("-Djava.io.tmpdir=" + directory(data.resolve("tmp")));
        return options.stream().collect(Collectors.joining(" "))
                + settings.entrySet().stream()
                        .map(e -> " -D" + e.getKey() + "=" + e.getValue())
                        .collect(Collectors.joining());
    }

    /** Nothing of an earlier run may be met again. */
    private static void wipe(Path root) {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path directory(Path path) {
        try {
            return Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Where the application is. */
    public static URI baseUri() {
        return URI.create("http://localhost:" + current.port);
    }

    /** The provider simulator, in this JVM. */
    public static Simulator simulator() {
        return current.simulator;
    }

    /** Opens the operator's doors. */
    public static String operatorToken() {
        return current.operatorToken;
    }

    /** What seals credentials in the server under test. */
    public static String masterKey() {
        return current.masterKey;
    }

    /** What the server's database users log in with. */
    public static List<String> databasePasswords() {
        return List.of(current.database.appPassword(), current.database.ownerPassword());
    }

    /** Where the server logs and tests leave what they made. */
    public static Path data() {
        return current.data;
    }

    /** The database beside the application, as its owner: to look, and to break things. */
    public static Connection owner() throws SQLException {
        return DriverManager.getConnection(
                current.database.jdbcUrl(),
                current.database.ownerUser(),
                current.database.ownerPassword());
    }

    /** The database with the application's own rights. */
    public static Connection application() throws SQLException {
        return DriverManager.getConnection(
                current.database.jdbcUrl(),
                current.database.appUser(),
                current.database.appPassword());
    }
}
