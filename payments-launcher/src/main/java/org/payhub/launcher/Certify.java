package org.payhub.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code ./payhub certify PROVIDER}: a Payhub of its own with an empty database on free ports, on
 * which the simulator holds its exam of one provider. Whatever else runs on this machine is left
 * alone.
 */
final class Certify {

    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final Terminal terminal;
    private final Installation installation;
    private final Map<String, String> environment;

    Certify(Terminal terminal, Installation installation, Map<String, String> environment) {
        this.terminal = terminal;
        this.installation = installation;
        this.environment = environment;
    }

    /** Holds the exam; 0 when it was passed, 1 when not. */
    int run(List<String> arguments) throws StartFailure {
        if (arguments.size() != 1 || !arguments.get(0).matches("[a-z0-9_]{1,24}")) {
            throw StartFailure.wrongSetting("Usage: ./payhub certify PROVIDER (such as stripe)");
        }
        String provider = arguments.get(0);
        Path data = temporary();
        Settings settings = Settings.read(own(data), Settings.Mode.DEMO);
        Hub hub = new Hub(terminal, settings, Settings.Mode.DEMO, installation);
        int status = hub.examine(provider, token -> examine(settings, provider, token));
        if (status == 0) {
            delete(data);
        } else {
            terminal.complain("The logs of this exam are in " + data + ".");
        }
        return status;
    }

    private static Path temporary() throws StartFailure {
        try {
            return Files.createTempDirectory("payhub-certify-");
        } catch (IOException e) {
            throw new StartFailure(
                    "No directory for the exam can be made: " + DataDirectory.reason(e) + ".", e);
        }
    }

    /** Nothing of another Payhub's settings counts here. */
    private Map<String, String> own(Path data) throws StartFailure {
        Map<String, String> own = new HashMap<>(environment);
        own.keySet().removeIf(name -> name.startsWith("PAYHUB_"));
        own.put("PAYHUB_DATA_DIR", data.toString());
        try (ServerSocket application = free();
                ServerSocket simulator = free()) {
            own.put("PAYHUB_HTTP_PORT", Integer.toString(application.getLocalPort()));
            own.put("PAYHUB_SIMULATOR_PORT", Integer.toString(simulator.getLocalPort()));
        } catch (IOException e) {
            throw new StartFailure("There is no free port: " + DataDirectory.reason(e) + ".", e);
        }
        return own;
    }

    private static ServerSocket free() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    }

    private int examine(Settings settings, String provider, String operatorToken)
            throws StartFailure {
        terminal.say("Examining " + provider + " …");
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        settings.simulatorBaseUrl()
                                                + "/control/certify/"
                                                + provider))
                        .timeout(LONGEST)
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        Json.write(
                                                Map.of(
                                                        "hub",
                                                        settings.localUrl(),
                                                        "operatorToken",
                                                        operatorToken))))
                        .build();
        try {
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            Map<String, Object> report = Json.object(answer.body()).orElse(Map.of());
            if (answer.statusCode() != 200) {
                throw new StartFailure(Json.string(report, "detail"));
            }
            terminal.say("");
            Json.string(report, "report").lines().forEach(terminal::say);
            return Json.isTrue(report, "passed") ? 0 : StartFailure.FAILED;
        } catch (IOException e) {
            throw new StartFailure("The exam broke off: " + DataDirectory.reason(e) + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Interrupted.", e);
        }
    }

    private void delete(Path data) {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            terminal.complain(data + " could not be deleted: " + DataDirectory.reason(e));
        }
    }
}
