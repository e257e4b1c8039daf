package org.payhub.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.payhub.launcher.EmbeddedDatabase;

/** A server and a database of one test, apart from the suite's, so that they can be killed. */
final class OwnServer implements AutoCloseable {

    private final Path directory;
    private final EmbeddedDatabase database;
    private final int port = freePort();
    private final String masterKey = random(32);
    private final String operatorToken = random(24);
    private Process process;

    private OwnServer(Path directory) {
        this.directory = directory;
        this.database = EmbeddedDatabase.start(directory.resolve("database"));
    }

    static OwnServer start(Path directory) throws IOException {
        OwnServer server = new OwnServer(directory);
        server.start();
        return server;
    }

    Hub hub() {
        return new Hub(
                URI.create("http://localhost:" + port),
                operatorToken,
                () ->
                        DriverManager.getConnection(
                                database.jdbcUrl(),
                                database.ownerUser(),
                                database.ownerPassword()));
    }

    /** Starts the process and waits until it is ready. */
    void start() throws IOException {
        Path temporary = Files.createDirectories(directory.resolve("tmp"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx700m");
        // It lives for seconds: what starts quickly is better than what runs quickly.
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Duser.timezone=UTC");
        command.add("-Djdk.util.zip.disableZip64ExtraFieldValidation=true");
        command.add("-Djava.io.tmpdir=" + temporary);
        settings().forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(
                List.of(
                        "-jar",
                        System.getProperty("payara.microJar"),
                        "--disablephonehome",
                        "--noHazelcast",
                        "--maxhttpthreads",
                        "128",
                        "--contextroot",
                        "/",
                        "--port",
                        Integer.toString(port),
                        "--deploy",
                        Path.of("target", "payments-web.war").toAbsolutePath().toString()));
        process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        directory.resolve("server.log").toFile()))
                        .start();
        Awaitility.await("server ready, see " + directory.resolve("server.log"))
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(300))
                .until(this::isReady);
    }

    private Map<String, String> settings() {
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
        settings.put("PAYHUB_SIMULATOR_BASE_URL", TestWorld.simulator().baseUrl());
        settings.put("PAYHUB_STRIPE_API_BASE", TestWorld.simulator().baseUrl());
        return settings;
    }

    private boolean isReady() throws InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException("The server ended: " + process.exitValue());
        }
        try {
            return HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(hub().base().resolve("/health/ready"))
                                            .timeout(Duration.ofSeconds(5))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Ends it as a power cut would: no hook runs, nothing is written. */
    void kill() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-9", Long.toString(process.pid())).start().waitFor();
        process.waitFor(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
        database.close();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
