package org.payhub.launcher;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * One running Payhub: database, in the demo the simulator, and the server. Started in this order,
 * stopped in the other one, watched in between.
 */
final class Hub {

    private final Terminal terminal;
    private final Settings settings;
    private final Settings.Mode mode;
    private final Installation installation;
    private DataDirectory data;
    private FileLock lock;
    private EmbeddedDatabase database;
    private ProviderSimulator simulator;
    private ApplicationServer server;
    private Operator operator;
    private boolean stopped;
    private Optional<String> examined = Optional.empty();

    Hub(Terminal terminal, Settings settings, Settings.Mode mode, Installation installation) {
        this.terminal = terminal;
        this.settings = settings;
        this.mode = mode;
        this.installation = installation;
    }

    /** Starts everything and stays until it is stopped; answers the exit status. */
    int run() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopOnSignal, "stop"));
        try {
            start();
            watch();
            return 0;
        } catch (StartFailure failure) {
            if (!Lifeline.stop()) {
                awaitTheEnd();
            }
            stopAll();
            terminal.complain(failure.getMessage());
            return failure.exitStatus();
        }
    }

    /** Work on a Payhub that is ready; it is given the operator's token and answers a status. */
    @FunctionalInterface
    interface Exam {
        int hold(String operatorToken) throws StartFailure;
    }

    /** Starts everything, holds an exam of that provider, stops; answers the exam's status. */
    int examine(String provider, Exam exam) {
        examined = Optional.of(provider);
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopOnSignal, "stop"));
        int status;
        try {
            start();
            status = exam.hold(operatorToken());
        } catch (StartFailure failure) {
            terminal.complain(failure.getMessage());
            status = failure.exitStatus();
        }
        if (!Lifeline.stop()) {
            awaitTheEnd();
        }
        stopAll();
        return status;
    }

    private void start() throws StartFailure {
        settings.unknownNames()
                .forEach(
                        name ->
                                terminal.complain(
                                        name
                                                + " is set but is no setting of Payhub; see the"
                                                + " README's table for the names."));
        data = DataDirectory.open(settings.dataDirectory());
        lock = data.lock();
        Ports.requireFree(
                settings.httpAddress(), settings.httpPort(), "PAYHUB_HTTP_PORT", "the application");
        if (mode == Settings.Mode.DEMO) {
            Ports.requireFree(
                    "127.0.0.1",
                    settings.simulatorPort(),
                    "PAYHUB_SIMULATOR_PORT",
                    "the provider simulator");
        }
        String token = operatorToken();
        operator = new Operator(settings.localUrl(), token);
        Map<String, String> variables = variables(token);
        startDatabase(variables);
        Demo demo = new Demo(terminal, settings, data, operator);
        if (mode == Settings.Mode.DEMO) {
            startSimulator(variables);
            demo.refreshAddresses();
        }
        terminal.say("Starting the application; this takes half a minute or so …");
        server =
                new ApplicationServer(
                        data, installation, settings.httpAddress(), settings.httpPort(), variables);
        server.start();
        server.awaitStart();
        if (mode == Settings.Mode.DEMO) {
            demo.seed(server);
        }
        server.awaitReady(operator);
        sayThatItRuns();
        if (examined.isPresent()) {
            return;
        }
        if (mode == Settings.Mode.DEMO) {
            demo.tell();
        } else {
            tellTheOperator();
        }
    }

    private void startDatabase(Map<String, String> variables) throws StartFailure {
        if (settings.embeddedDatabase()) {
            boolean first = !Files.isDirectory(data.database().resolve("data"));
            terminal.say(
                    first
                            ? "Installing the database into " + data.root() + " …"
                            : "Starting the database of " + data.root() + " …");
            database = EmbeddedDatabase.open(data);
            variables.put("PAYHUB_DB_URL", database.jdbcUrl());
            variables.put("PAYHUB_DB_USER", database.appUser());
            variables.put("PAYHUB_DB_PASSWORD", database.appPassword());
            variables.put("PAYHUB_DB_OWNER_USER", database.ownerUser());
            variables.put("PAYHUB_DB_OWNER_PASSWORD", database.ownerPassword());
            return;
        }
        String url = DatabaseUrl.completed(settings.text("PAYHUB_DB_URL").orElseThrow());
        variables.put("PAYHUB_DB_URL", url);
        NamedDatabase.tryIt(
                url,
                settings.text("PAYHUB_DB_USER").orElseThrow(),
                settings.text("PAYHUB_DB_PASSWORD").orElseThrow(),
                "PAYHUB_DB");
        Optional<String> owner = settings.text("PAYHUB_DB_OWNER_USER");
        if (owner.isPresent()) {
            NamedDatabase.tryIt(
                    url,
                    owner.get(),
                    settings.text("PAYHUB_DB_OWNER_PASSWORD").orElseThrow(),
                    "PAYHUB_DB_OWNER");
        }
    }

    private void startSimulator(Map<String, String> variables) throws StartFailure {
        variables.put("PAYHUB_SIMULATOR_PORT", Integer.toString(settings.simulatorPort()));
        variables.put("PAYHUB_SIMULATOR_BASE_URL", settings.simulatorBaseUrl());
        variables.put("PAYHUB_READY_FILE", data.demoFile().toString());
        terminal.say("Starting the provider simulator …");
        simulator =
                new ProviderSimulator(
                        data,
                        installation,
                        settings.simulatorPort(),
                        Map.of(
                                "PAYHUB_SIMULATOR_PORT",
                                Integer.toString(settings.simulatorPort()),
                                "PAYHUB_SIMULATOR_BASE_URL",
                                settings.simulatorBaseUrl()));
        // Only the simulator knows which providers it imitates, and where.
        Map<String, String> imitated = simulator.start();
        if (examined.isPresent() && !imitated.containsKey(examined.get())) {
            throw StartFailure.wrongSetting(
                    "There is no provider "
                            + examined.get()
                            + " to examine; there are "
                            + String.join(", ", new TreeSet<>(imitated.keySet()))
                            + ".");
        }
        imitated.forEach(
                (code, base) ->
                        variables.putIfAbsent(
                                "PAYHUB_" + code.toUpperCase(Locale.ROOT) + "_API_BASE", base));
    }

    private Map<String, String> variables(String token) throws StartFailure {
        Map<String, String> variables = new LinkedHashMap<>(settings.given());
        variables.put("PAYHUB_DATA_DIR", data.root().toString());
        variables.put("PAYHUB_HTTP_PORT", Integer.toString(settings.httpPort()));
        variables.put("PAYHUB_HTTP_ADDRESS", settings.httpAddress());
        variables.put("PAYHUB_BASE_URL", settings.baseUrl());
        variables.put("PAYHUB_OPERATOR_TOKEN", token);
        if (mode == Settings.Mode.DEMO) {
            variables.putIfAbsent(
                    "PAYHUB_MASTER_KEY", data.secret("master.key", DataDirectory::randomKey));
        }
        return variables;
    }

    private String operatorToken() throws StartFailure {
        Optional<String> given = settings.text("PAYHUB_OPERATOR_TOKEN");
        return given.isPresent()
                ? given.get()
                : data.secret("operator.token", DataDirectory::randomPassword);
    }

    private void sayThatItRuns() throws StartFailure {
        try {
            DataDirectory.writePrivately(data.runningFile(), settings.localUrl() + "\n");
        } catch (IOException e) {
            throw new StartFailure(
                    "The file "
                            + data.runningFile()
                            + " cannot be written: "
                            + DataDirectory.reason(e)
                            + ".",
                    e);
        }
    }

    private void tellTheOperator() {
        terminal.say("");
        terminal.say("Payhub is ready: " + settings.baseUrl());
        operator.setUpLink()
                .ifPresent(
                        link -> {
                            terminal.say("");
                            terminal.say(
                                    "There is no merchant yet. Open this link within one hour to"
                                            + " set up the first one and its owner:");
                            terminal.say("  " + link);
                        });
        terminal.say("");
        terminal.say("Logs are in " + data.logs() + ". Ctrl-C stops everything.");
    }

    private void watch() throws StartFailure {
        RestartBudget databaseRestarts = new RestartBudget();
        RestartBudget serverRestarts = new RestartBudget();
        RestartBudget simulatorRestarts = new RestartBudget();
        while (true) {
            awaitAnExit();
            Lifeline.refuseWhenStopping();
            if (database != null && !database.isAlive()) {
                restartDatabase(databaseRestarts);
            }
            if (simulator != null && simulator.process().filter(Process::isAlive).isEmpty()) {
                simulatorRestarts.spend("The provider simulator ended", terminal);
                simulator.start();
            }
            if (!server.process().isAlive()) {
                restartServer(databaseRestarts, serverRestarts);
            }
        }
    }

    private void awaitAnExit() throws StartFailure {
        List<CompletableFuture<Process>> exits = new ArrayList<>();
        Stream.of(
                        Optional.ofNullable(database).map(EmbeddedDatabase::process),
                        Optional.ofNullable(simulator).flatMap(ProviderSimulator::process),
                        Optional.of(server.process()))
                .flatMap(Optional::stream)
                .forEach(process -> exits.add(process.onExit()));
        try {
            CompletableFuture.anyOf(exits.toArray(CompletableFuture[]::new)).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Interrupted.", e);
        } catch (ExecutionException e) {
            throw new StartFailure("A child process cannot be watched.", e);
        }
    }

    private void restartDatabase(RestartBudget restarts) throws StartFailure {
        restarts.spend("The database ended", terminal);
        database.relaunch();
    }

    private void restartServer(RestartBudget databaseRestarts, RestartBudget restarts)
            throws StartFailure {
        while (true) {
            restarts.spend("The application server ended", terminal);
            if (database != null && !database.isAlive()) {
                restartDatabase(databaseRestarts);
            }
            server.stop();
            server.start();
            if (isUpAgain()) {
                terminal.say("Payhub is ready again: " + settings.baseUrl());
                return;
            }
        }
    }

    private boolean isUpAgain() throws StartFailure {
        try {
            server.awaitStart();
            server.awaitReady(operator);
            return true;
        } catch (StartFailure e) {
            Lifeline.refuseWhenStopping();
            terminal.complain(e.getMessage());
            return false;
        }
    }

    private void stopOnSignal() {
        boolean first = Lifeline.stop();
        if (first && server != null) {
            terminal.say("Stopping …");
        }
        stopAll();
        if (first) {
            terminal.say("Stopped.");
            Runtime.getRuntime().halt(0);
        }
    }

    /** The server first, so that it can finish what it took in; the database last. */
    private synchronized void stopAll() {
        if (stopped) {
            return;
        }
        stopped = true;
        if (server != null) {
            server.stop();
        }
        if (simulator != null) {
            simulator.stop();
        }
        if (database != null) {
            database.stop();
        }
        // What was being started when the signal came, such as a database that was not up yet.
        List<ProcessHandle> left = ProcessHandle.current().descendants().toList();
        left.forEach(ProcessHandle::destroy);
        for (ProcessHandle process : left) {
            if (!Orphans.gone(process, Duration.ofSeconds(20))) {
                process.destroyForcibly();
            }
        }
        forgetThatItRuns();
    }

    private void forgetThatItRuns() {
        if (lock == null) {
            return;
        }
        try {
            Files.deleteIfExists(data.runningFile());
            lock.release();
        } catch (IOException e) {
            // The lock ends with the process, and a stale file is told by the free lock.
            terminal.complain("The data directory was not tidied: " + DataDirectory.reason(e));
        }
    }

    /** The signal's thread ends the process when everything has stopped. */
    private static void awaitTheEnd() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
