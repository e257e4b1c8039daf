package org.payhub.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
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

    /** Starts it and tells where each provider's interface is, by the provider's code. */
    Map<String, String> start() throws StartFailure {
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
        Optional<Map<String, String>> bases = apiBases();
        while (bases.isEmpty()) {
            boolean ended = child.endsWithin(BETWEEN_POLLS);
            if (ended || System.nanoTime() > deadline) {
                throw new StartFailure(
                        "The provider simulator did not start: "
                                + lastLine.get()
                                + " (more in "
                                + data.logs().resolve("simulator.log")
                                + ").");
            }
            bases = apiBases();
        }
        return bases.get();
    }

    private Optional<Map<String, String>> apiBases() {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health"))
                        .timeout(Duration.ofSeconds(5))
                        .build();
        try {
            HttpResponse<String> reply = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (reply.statusCode() != 200) {
                return Optional.empty();
            }
            Map<String, String> bases = new LinkedHashMap<>();
            if (Json.object(reply.body()).map(answer -> answer.get("apiBases")).orElse(null)
                    instanceof Map<?, ?> told) {
                told.forEach((code, base) -> bases.put(code.toString(), base.toString()));
            }
            return Optional.of(bases);
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
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
