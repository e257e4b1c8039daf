package org.payhub.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The imitated payment providers of the demo, as a child process with books of their own. */
final class ProviderSimulator {

    private static final String MAIN = "org.payhub.simulator.Simulator";
    private static final Duration START_PATIENCE = Duration.ofMinutes(1);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);
    private static final Duration BETWEEN_POLLS = Duration.ofMillis(300);

    private final DataDirectory data;
    private final Installation installation;
    private final int port;
    private final Map<String, String> variables;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();
    private ChildJvm child;

    ProviderSimulator(
            DataDirectory data,
            Installation installation,
            int port,
            Map<String, String> variables) {
        this.data = data;
        this.installation = installation;
        this.port = port;
        this.variables = Map.copyOf(variables);
    }

    void start() throws StartFailure {
        if (!installation.missingSimulatorParts().isEmpty()) {
            throw new StartFailure(
                    "The provider simulator is not built: "
                            + installation.missingSimulatorParts().get(0)
                            + " is missing. Start the demo with ./payhub, which builds it.");
        }
        AtomicReference<String> lastLine = new AtomicReference<>("");
        try {
            child =
                    ChildJvm.start(
                            List.of(
                                    "-Xmx256m",
                                    "-Duser.timezone=UTC",
                                    "-cp",
                                    installation.simulator(),
                                    MAIN,
                                    "--data",
                                    data.root().resolve("simulator").toString()),
                            variables,
                            installation.agent(),
                            data.root(),
                            new RollingLog(data.logs().resolve("simulator.log")),
                            lastLine::set);
        } catch (IOException e) {
            throw new StartFailure(
                    "The provider simulator cannot be started: " + DataDirectory.reason(e) + ".",
                    e);
        }
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (!isHealthy()) {
            boolean ended = child.endsWithin(BETWEEN_POLLS);
            if (ended || System.nanoTime() > deadline) {
                throw new StartFailure(
                        "The provider simulator did not start: "
                                + lastLine.get()
                                + " (more in "
                                + data.logs().resolve("simulator.log")
                                + ").");
            }
        }
    }

    private boolean isHealthy() {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health"))
                        .timeout(Duration.ofSeconds(5))
                        .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    Optional<Process> process() {
        return Optional.ofNullable(child).map(ChildJvm::process);
    }

    void stop() {
        if (child != null) {
            child.stop(STOP_PATIENCE);
        }
    }
}
