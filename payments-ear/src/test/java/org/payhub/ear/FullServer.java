package org.payhub.ear;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Payara Server with a domain of its own, driven by its own command as an operator does. */
final class FullServer implements AutoCloseable {

    private static final String DOMAIN = "smoke";
    private static final int HTTP_OFFSET = 80;
    private static final int ADMIN_OFFSET = 48;

    private final Path home;
    private final Path domains;
    private final int portBase;
    private final Map<String, String> settings;
    private boolean started;

    /** With the settings as environment variables, as the README names them. */
    FullServer(Path home, Path domains, int portBase, Map<String, String> settings) {
        this.home = home;
        this.domains = domains;
        this.portBase = portBase;
        this.settings = settings;
    }

    String baseUrl() {
        return "http://localhost:" + (portBase + HTTP_OFFSET);
    }

    void start() {
        wipe();
        asadmin("create-domain", "--nopassword=true", "--portbase", "" + portBase, DOMAIN);
        asadmin("start-domain", "--domaindir", domains.toString(), DOMAIN);
        started = true;
    }

    void deploy(Path ear) {
        asadmin(
                "--port",
                Integer.toString(portBase + ADMIN_OFFSET),
                "deploy",
                "--name",
                "payments",
                ear.toAbsolutePath().toString());
    }

    /** Where the server writes what it does. */
    Path log() {
        return domains.resolve(DOMAIN).resolve("logs").resolve("server.log");
    }

    @Override
    public void close() {
        if (started) {
            asadmin("stop-domain", "--domaindir", domains.toString(), DOMAIN);
        }
    }

    private void asadmin(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin").resolve("asadmin").toString());
        if (arguments[0].equals("create-domain")) {
            command.add("create-domain");
            command.add("--domaindir");
            command.add(domains.toString());
            command.addAll(List.of(arguments).subList(1, arguments.length));
        } else {
            command.addAll(List.of(arguments));
        }
        try {
            Path said = Files.createTempFile(domains, "asadmin", ".txt");
            ProcessBuilder process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(said.toFile());
            process.environment().putAll(settings);
            process.environment().put("AS_JAVA", System.getProperty("java.home"));
            Process running = process.start();
            if (!running.waitFor(5, TimeUnit.MINUTES) || running.exitValue() != 0) {
                running.destroyForcibly();
                throw new AssertionError(command + ": " + Files.readString(said));
            }
            Files.delete(said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void wipe() {
        try {
            if (Files.exists(domains)) {
                try (Stream<Path> all = Files.walk(domains)) {
                    for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
            Files.createDirectories(domains);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- talking to it ----

    private static final HttpClient HTTP =
            HttpClient.newBuilder()
                    .connectTimeout(Duration.ofSeconds(5))
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();

    HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    HttpResponse<String> post(String path, String body, String... headers) {
        return send(request(path, headers).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(baseUrl() + path))
                        .timeout(Duration.ofSeconds(60));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request;
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
