package org.payhub.simulator.bench;

import com.google.gson.JsonObject;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.payhub.simulator.Simulator;
import org.payhub.simulator.kit.Json;

/**
 * A whole Payhub to be hurt: the launcher with the application, its MariaDB, and an imitated
 * provider, each at the other end of a wire that can be made bad, and each to be killed or stopped
 * by itself. The database is the one that the launcher installs, started by the same command.
 */
final class FaultedHub implements AutoCloseable {

    private static final Duration START_PATIENCE = Duration.ofMinutes(5);

    /** The launcher starts the application again so often before it gives up. */
    private static final int RESTARTS = 3;

    private static final HttpClient HTTP =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();

    /** An answer to a call of ours. */
    record Answer(int status, String body) {

        /** The body, empty when it is none that can be read. */
        JsonObject json() {
            try {
                return Json.parse(body);
            } catch (IllegalArgumentException none) {
                return new JsonObject();
            }
        }

        /** A text of the body by its path, empty when it is not there. */
        String text(String... path) {
            JsonObject at = json();
            for (int i = 0; i < path.length - 1; i++) {
                if (!at.has(path[i]) || !at.get(path[i]).isJsonObject()) {
                    return "";
                }
                at = at.getAsJsonObject(path[i]);
            }
            String last = path[path.length - 1];
            return at.has(last) && at.get(last).isJsonPrimitive() ? at.get(last).getAsString() : "";
        }
    }

    private final Path folder;
    private final List<String> command;
    private final int port;
    private final String masterKey = random(32);
    private final String operatorToken = random(24);
    private final Simulator simulator = Simulator.start(0);
    private final FaultProxy provider;
    private final FaultProxy front;
    private FaultProxy databaseWire;
    private List<String> databaseCommand = List.of();
    private Map<String, String> databaseVariables = Map.of();
    private int databasePort;
    private Process database;
    private Process launcher;
    private int killed;

    private FaultedHub(Path folder, List<String> command) throws IOException {
        this.folder = folder;
        this.command = List.copyOf(command);
        this.port = freePort();
        this.provider = FaultProxy.to(simulator.port());
        this.front = FaultProxy.to(port);
    }

    /**
     * Starts on a folder of its own and returns when it is ready.
     *
     * @param command what starts the launcher, without the word {@code run}
     */
    static FaultedHub start(Path folder, List<String> command)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        FaultedHub hub = new FaultedHub(folder, command);
        Runtime.getRuntime().addShutdownHook(new Thread(hub::end, "stop-faulted-hub"));
        try {
            hub.installDatabase();
            hub.databaseWire = FaultProxy.to(hub.databasePort);
            hub.startDatabase();
            hub.startLauncher(Map.of());
            return hub;
        } catch (IOException | InterruptedException | IllegalStateException e) {
            hub.end();
            throw e;
        }
    }

    // ---- the database ----

    /** The launcher installs it; from then on it is ours to start and to kill. */
    private void installDatabase() throws IOException, InterruptedException {
        Process installing = launch(Map.of());
        try {
            Path portFile = folder.resolve("db").resolve("port");
            await(
                    "the database is installed",
                    START_PATIENCE,
                    () -> Files.exists(portFile) || !installing.isAlive());
            ProcessHandle running =
                    child(installing, "mariadbd")
                            .orElseThrow(
                                    () ->
                                            new IllegalStateException(
                                                    "No database came up; see " + launcherLog()));
            databasePort = Integer.parseInt(Files.readString(portFile).strip());
            databaseCommand = words(running, "cmdline");
            Map<String, String> variables = new HashMap<>();
            for (String variable : words(running, "environ")) {
                int equals = variable.indexOf('=');
                if (equals > 0) {
                    variables.put(variable.substring(0, equals), variable.substring(equals + 1));
                }
            }
            databaseVariables = variables;
        } finally {
            installing.destroy();
            installing.waitFor(60, TimeUnit.SECONDS);
        }
    }

    private static List<String> words(ProcessHandle process, String file) throws IOException {
        String text =
                Files.readString(
                        Path.of("/proc", Long.toString(process.pid()), file),
                        StandardCharsets.ISO_8859_1);
        return Stream.of(text.split("\0")).filter(word -> !word.isEmpty()).toList();
    }

    /** Starts it and returns when it answers. */
    void startDatabase() throws IOException, InterruptedException {
        startDatabase(folder.resolve("db").resolve("data"));
    }

    /** Starts it on that data. */
    void startDatabase(Path data) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        for (String word : databaseCommand) {
            words.add(word.startsWith("--datadir=") ? "--datadir=" + data : word);
        }
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().putAll(databaseVariables);
        builder.redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("database.log").toFile()));
        database = builder.start();
        await("the database answers", START_PATIENCE, this::databaseAnswers);
    }

    boolean databaseAnswers() {
        if (!database.isAlive()) {
            throw new IllegalStateException(
                    "The database ended; see " + folder.resolve("database.log"));
        }
        try (Connection connection = owner()) {
            return connection.isValid(2);
        } catch (SQLException notYet) {
            return false;
        }
    }

    /** Ends it as a power cut would. */
    void killDatabase() throws InterruptedException {
        database.destroyForcibly();
        database.waitFor(30, TimeUnit.SECONDS);
    }

    /** Ends it in order. */
    void stopDatabase() throws InterruptedException {
        database.destroy();
        if (!database.waitFor(60, TimeUnit.SECONDS)) {
            killDatabase();
        }
    }

    Process database() {
        return database;
    }

    Path databaseFiles() {
        return folder.resolve("db").resolve("data");
    }

    /** A new connection of the owner's, past the wire; the caller closes it. */
    Connection owner() throws SQLException {
        try {
            return DriverManager.getConnection(
                    url(databasePort),
                    "payhub_owner",
                    Files.readString(folder.resolve("secrets/db-owner")).strip());
        } catch (IOException e) {
            throw new SQLException("The owner's password cannot be read", e);
        }
    }

    private static String url(int port) {
        return "jdbc:mysql://127.0.0.1:"
                + port
                + "/payhub?sslMode=DISABLED&allowPublicKeyRetrieval=true"
                + "&rewriteBatchedStatements=true&connectionTimeZone=%2B00:00"
                + "&forceConnectionTimeZoneToSession=true&useCursorFetch=false"
                + "&cachePrepStmts=true&prepStmtCacheSize=250&prepStmtCacheSqlLimit=2048"
                + "&connectTimeout=2000";
    }

    // ---- the application ----

    private Process launch(Map<String, String> settings) throws IOException {
        List<String> words = new ArrayList<>(command);
        words.add("run");
        ProcessBuilder builder = new ProcessBuilder(words);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("PAYHUB_"));
        // It lives for seconds: what starts quickly is better than what runs quickly.
        environment.put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
        environment.put("PAYHUB_DATA_DIR", folder.toString());
        environment.put("PAYHUB_HTTP_PORT", Integer.toString(port));
        environment.put("PAYHUB_HTTP_ADDRESS", "127.0.0.1");
        environment.put("PAYHUB_BASE_URL", base());
        environment.put("PAYHUB_MASTER_KEY", masterKey);
        environment.put("PAYHUB_OPERATOR_TOKEN", operatorToken);
        environment.put("PAYHUB_SIMULATOR_BASE_URL", simulator.baseUrl());
        environment.put(
                "PAYHUB_STRIPE_API_BASE",
                simulator
                        .apiBases()
                        .get("stripe")
                        .replace(":" + simulator.port(), ":" + provider.port()));
        environment.putAll(settings);
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(launcherLog()))
                .start();
    }

    private File launcherLog() {
        return folder.resolve("launcher.log").toFile();
    }

    /** Starts launcher and application and returns when it is ready. */
    void startLauncher(Map<String, String> more) throws IOException, InterruptedException {
        Map<String, String> settings = new HashMap<>();
        settings.put("PAYHUB_DB_URL", url(databaseWire.port()));
        settings.put("PAYHUB_DB_USER", "payhub_app");
        settings.put(
                "PAYHUB_DB_PASSWORD", Files.readString(folder.resolve("secrets/db-app")).strip());
        settings.put("PAYHUB_DB_OWNER_USER", "payhub_owner");
        settings.put(
                "PAYHUB_DB_OWNER_PASSWORD",
                Files.readString(folder.resolve("secrets/db-owner")).strip());
        settings.putAll(more);
        killed = 0;
        launcher = launch(settings);
        awaitReady();
    }

    /** Waits until the application answers that it is ready. */
    void awaitReady() throws InterruptedException {
        await(
                "Payhub is ready (see " + launcherLog() + ")",
                START_PATIENCE,
                () -> {
                    if (!launcher.isAlive()) {
                        throw new IllegalStateException("Payhub ended; see " + launcherLog());
                    }
                    return isReady();
                });
    }

    boolean isReady() {
        return call("GET", "/health/ready", "", "", Duration.ofSeconds(5)).status() == 200;
    }

    /** The application server's process. */
    ProcessHandle server() {
        return child(launcher, "payara-micro")
                .orElseThrow(() -> new IllegalStateException("The application is not running"));
    }

    private static Optional<ProcessHandle> child(Process of, String part) {
        return of.descendants()
                .filter(
                        p ->
                                p.info().commandLine().filter(c -> c.contains(part)).isPresent()
                                        || p.info()
                                                .command()
                                                .filter(c -> c.contains(part))
                                                .isPresent())
                .findFirst();
    }

    /**
     * Ends the application with SIGKILL. The launcher starts it again by itself, as long as it
     * would; then the launcher is killed too and everything is started anew.
     */
    void killServer() throws IOException, InterruptedException {
        ProcessHandle server = server();
        if (killed == RESTARTS) {
            killLauncher();
            return;
        }
        killed++;
        server.destroyForcibly();
        server.onExit().join();
    }

    /** Ends launcher and application with SIGKILL; nobody starts them again. */
    void killLauncher() throws InterruptedException {
        List<ProcessHandle> children = launcher.descendants().toList();
        launcher.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        launcher.waitFor(30, TimeUnit.SECONDS);
        children.forEach(child -> child.onExit().join());
    }

    /** Ends launcher and application in order. */
    void stopLauncher() throws InterruptedException {
        launcher.destroy();
        if (!launcher.waitFor(90, TimeUnit.SECONDS)) {
            killLauncher();
        }
    }

    /** After a kill: waits for the launcher, or starts it when it was killed too. */
    void recover() throws IOException, InterruptedException {
        if (launcher.isAlive()) {
            awaitReady();
        } else {
            startLauncher(Map.of());
        }
    }

    /** Sends a signal to a process that is ours. */
    static void signal(String name, ProcessHandle process)
            throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    // ---- talking to it ----

    Path folder() {
        return folder;
    }

    int port() {
        return port;
    }

    String base() {
        return "http://127.0.0.1:" + port;
    }

    /** Between senders and the application. */
    FaultProxy front() {
        return front;
    }

    /** Between the application and its database. */
    FaultProxy databaseWire() {
        return databaseWire;
    }

    /** Between the application and the provider. */
    FaultProxy provider() {
        return provider;
    }

    Simulator simulator() {
        return simulator;
    }

    Answer operator(String method, String path, String body) {
        return call(method, path, operatorToken, body, Duration.ofSeconds(60));
    }

    /** Calls it; status 0 when no answer came. */
    Answer call(String method, String path, String bearer, String body, Duration patience) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base() + path))
                        .timeout(patience)
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body));
        if (!bearer.isEmpty()) {
            request.header("Authorization", "Bearer " + bearer);
        }
        try {
            HttpResponse<String> answer =
                    HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body());
        } catch (IOException none) {
            return new Answer(0, "{}");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    /** Waits on a condition; the machine may be busy. */
    static void await(String what, Duration patience, BooleanSupplier reached)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Waited in vain until " + what + ".");
            }
            pause(Duration.ofMillis(200));
        }
    }

    static void pause(Duration time) throws InterruptedException {
        LockSupport.parkNanos(time.toNanos());
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String random(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public void close() {
        try {
            if (launcher != null && launcher.isAlive()) {
                stopLauncher();
            }
            if (database != null && database.isAlive()) {
                stopDatabase();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end();
    }

    private void end() {
        for (Process process : new Process[] {launcher, database}) {
            if (process != null) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
        simulator.close();
        for (FaultProxy wire : new FaultProxy[] {provider, front, databaseWire}) {
            try {
                if (wire != null) {
                    wire.close();
                }
            } catch (IOException gone) {
                continue;
            }
        }
    }
}
