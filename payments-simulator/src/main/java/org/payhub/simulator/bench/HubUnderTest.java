package org.payhub.simulator.bench;

import com.google.gson.JsonObject;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.payhub.simulator.kit.Json;

/**
 * A whole Payhub of its own as {@code ./payhub demo} starts it: the same server, settings and
 * database that people get, on other ports and in a folder of its own. {@code PAYHUB_DB_URL} names
 * another database, as always.
 */
final class HubUnderTest implements AutoCloseable {

    private static final Duration START_PATIENCE = Duration.ofMinutes(10);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    /** An answer to a call of ours. */
    record Answer(int status, String body) {

        JsonObject json() {
            return Json.parse(body);
        }
    }

    private final Path folder;
    private final int port;
    private final int simulatorPort;
    private final Process launcher;
    private JsonObject demo;

    private HubUnderTest(Path folder, int port, int simulatorPort, Process launcher) {
        this.folder = folder;
        this.port = port;
        this.simulatorPort = simulatorPort;
        this.launcher = launcher;
    }

    /** Starts on an empty folder and returns when it is ready. */
    static HubUnderTest start(Path folder, int port, int simulatorPort)
            throws IOException, InterruptedException {
        return start(folder, port, simulatorPort, Map.of());
    }

    static HubUnderTest start(
            Path folder, int port, int simulatorPort, Map<String, String> settings)
            throws IOException, InterruptedException {
        delete(folder);
        Files.createDirectories(folder);
        ProcessBuilder command = new ProcessBuilder(home().resolve("payhub").toString(), "demo");
        command.environment().put("PAYHUB_DATA_DIR", folder.toString());
        command.environment().put("PAYHUB_HTTP_PORT", Integer.toString(port));
        command.environment().put("PAYHUB_HTTP_ADDRESS", "127.0.0.1");
        command.environment().put("PAYHUB_SIMULATOR_PORT", Integer.toString(simulatorPort));
        command.environment().remove("PAYHUB_BASE_URL");
        command.environment().remove("PAYHUB_SIMULATOR_BASE_URL");
        command.environment().putAll(settings);
        File log = folder.resolve("bench-launcher.log").toFile();
        command.redirectErrorStream(true).redirectOutput(log);
        HubUnderTest hub = new HubUnderTest(folder, port, simulatorPort, command.start());
        Runtime.getRuntime().addShutdownHook(new Thread(hub::close, "stop-hub"));
        try {
            hub.awaitReady();
        } catch (IOException | InterruptedException | IllegalStateException e) {
            hub.close();
            throw e;
        }
        return hub;
    }

    /** The top of the repository; {@code ./payhub} says it. */
    static Path home() {
        return Path.of(System.getProperty("payhub.home", ".")).toAbsolutePath().normalize();
    }

    private void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        Path file = folder.resolve("demo.json");
        while (!isReady() || !Files.exists(file)) {
            if (!launcher.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "Payhub did not start; see " + folder.resolve("bench-launcher.log"));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
        }
        demo = Json.parse(Files.readString(file));
    }

    /** Whether {@code /health/ready} answers 200 now. */
    boolean isReady() throws InterruptedException {
        try {
            return call("GET", base() + "/health/ready", "", "").status() == 200;
        } catch (IOException e) {
            return false; // Not listening yet.
        }
    }

    Path folder() {
        return folder;
    }

    int port() {
        return port;
    }

    String base() {
        return "http://127.0.0.1:" + port;
    }

    String simulator() {
        return "http://127.0.0.1:" + simulatorPort;
    }

    /** The key of the demo's first merchant. */
    String apiKey() {
        return demo.get("apiKey").getAsString();
    }

    Answer api(String method, String path, JsonObject body)
            throws IOException, InterruptedException {
        return call(
                method, base() + "/api/v1" + path, apiKey(), body == null ? "" : body.toString());
    }

    /** What the operator's health page says. */
    JsonObject health() throws IOException, InterruptedException {
        return call("GET", base() + "/internal/health", secret("operator.token"), "").json();
    }

    private String secret(String name) throws IOException {
        return Files.readString(folder.resolve("secrets").resolve(name)).strip();
    }

    static Answer call(String method, String url, String bearer, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url))
                        .timeout(Duration.ofSeconds(60))
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body));
        if (!bearer.isEmpty()) {
            request.header("Authorization", "Bearer " + bearer);
        }
        HttpResponse<String> answer =
                HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.body());
    }

    // ---- the database behind it ----

    /** Where the application keeps its rows, with the options that it uses itself. */
    String jdbcUrl() {
        return Optional.ofNullable(System.getenv("PAYHUB_DB_URL"))
                .orElseGet(
                        () ->
                                "jdbc:mysql://127.0.0.1:"
                                        + read("db/port")
                                        + "/payhub?sslMode=DISABLED&allowPublicKeyRetrieval=true"
                                        + "&rewriteBatchedStatements=true"
                                        + "&connectionTimeZone=%2B00:00"
                                        + "&forceConnectionTimeZoneToSession=true"
                                        + "&cachePrepStmts=true&useAffectedRows=true");
    }

    /** What works for the figures on this machine: a database of one's own too, if it is here. */
    static List<ProcessHandle> processes() {
        List<ProcessHandle> all = new ArrayList<>(List.of(ProcessHandle.current()));
        if (System.getenv("PAYHUB_DB_URL") != null) {
            ProcessHandle.allProcesses()
                    .filter(
                            process ->
                                    process.info()
                                            .command()
                                            .filter(c -> c.matches(".*/(mysqld|mariadbd)"))
                                            .isPresent())
                    .forEach(all::add);
        }
        return all;
    }

    /** Who may make tables and read everything. */
    String ownerUser() {
        return Optional.ofNullable(System.getenv("PAYHUB_DB_OWNER_USER"))
                .or(() -> Optional.ofNullable(System.getenv("PAYHUB_DB_USER")))
                .orElse("payhub_owner");
    }

    String ownerPassword() {
        return Optional.ofNullable(System.getenv("PAYHUB_DB_OWNER_PASSWORD"))
                .or(() -> Optional.ofNullable(System.getenv("PAYHUB_DB_PASSWORD")))
                .orElseGet(() -> read("secrets/db-owner"));
    }

    /** A new connection of the owner's; the caller closes it. */
    Connection owner() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), ownerUser(), ownerPassword());
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- its processes ----

    /** The application server. */
    Optional<ProcessHandle> server() {
        return child("payara-micro");
    }

    /** The embedded database. */
    Optional<ProcessHandle> database() {
        return child("mariadbd");
    }

    private Optional<ProcessHandle> child(String part) {
        return launcher.descendants()
                .filter(p -> p.info().commandLine().filter(c -> c.contains(part)).isPresent())
                .findFirst();
    }

    ProcessHandle launcher() {
        return launcher.toHandle();
    }

    /** Stops everything in order, as Ctrl-C does. */
    @Override
    public void close() {
        launcher.destroy();
        try {
            if (!launcher.waitFor(60, TimeUnit.SECONDS)) {
                launcher.descendants().forEach(ProcessHandle::destroyForcibly);
                launcher.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path dir, IOException failure)
                            throws IOException {
                        Files.delete(dir);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
