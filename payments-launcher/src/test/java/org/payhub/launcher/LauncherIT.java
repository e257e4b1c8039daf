package org.payhub.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The whole launcher with a real server and database, and a tiny application in place of ours. */
@Execution(ExecutionMode.CONCURRENT)
class LauncherIT {

    @TempDir static Path shared;
    @TempDir Path own;

    private static Path tiny;
    private static Path failing;
    private static Map<String, String> settings;
    private static Launched running;
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeAll
    static void start() throws Exception {
        tiny = Launched.war(TinyApplication.class);
        failing = Launched.war(FailingApplication.class);
        Launched.compileSimulator();
        settings = Launched.settings(shared.resolve("with space"));
        running = Launched.start(tiny, settings, "run").awaitLine("Ctrl-C stops everything");
    }

    @AfterAll
    static void stop() throws Exception {
        running.close();
    }

    private static HttpResponse<String> get(Map<String, String> settings, String path)
            throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:"
                                                + settings.get("PAYHUB_HTTP_PORT")
                                                + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void run_says_where_it_is_and_gives_the_first_set_up_link() throws Exception {
        assertThat(running.out())
                .contains("Payhub is ready: http://localhost:" + settings.get("PAYHUB_HTTP_PORT"))
                .contains("http://hub/setup/first");
        assertThat(running.errors()).isEmpty();
        assertThat(get(settings, "/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void the_server_shows_no_metrics_and_no_name() throws Exception {
        HttpResponse<String> page = get(settings, "/environment?name=PAYHUB_DB_USER");

        assertThat(get(settings, "/metrics").statusCode()).isIn(401, 403);
        assertThat(page.headers().firstValue("Server")).isEmpty();
        assertThat(page.headers().firstValue("X-Powered-By")).isEmpty();
        // SameSite is the application's own, so that it holds on every server.
        assertThat(page.headers().firstValue("Set-Cookie").orElse("")).contains("HttpOnly");
    }

    @Test
    void the_application_gets_its_settings_through_the_environment_alone() throws Exception {
        ProcessHandle server = running.child("payara-micro.jar");
        Path data = shared.resolve("with space").toRealPath();

        assertThat(get(settings, "/environment?name=PAYHUB_DB_USER").body())
                .isEqualTo("payhub_app");
        assertThat(get(settings, "/environment?name=PAYHUB_DB_OWNER_USER").body())
                .isEqualTo("payhub_owner");
        assertThat(get(settings, "/environment?name=PAYHUB_DB_URL").body())
                .startsWith("jdbc:mysql://127.0.0.1:")
                .contains("connectionTimeZone=%2B00:00");
        assertThat(get(settings, "/environment?name=PAYHUB_MASTER_KEY").body())
                .isEqualTo(settings.get("PAYHUB_MASTER_KEY"));
        String commandLine = Files.readString(Path.of("/proc/" + server.pid() + "/cmdline"));
        try (Stream<Path> secrets = Files.list(data.resolve("secrets"))) {
            for (Path secret : secrets.filter(file -> !file.endsWith("init.sql")).toList()) {
                assertThat(commandLine).doesNotContain(Files.readString(secret).strip());
            }
        }
        assertThat(commandLine).contains("-Djava.io.tmpdir=" + data.resolve("tmp"));
    }

    @Test
    void no_secret_stands_in_a_log_or_in_what_was_printed() throws Exception {
        Path data = shared.resolve("with space");
        StringBuilder written = new StringBuilder(running.out());
        try (Stream<Path> logs = Files.list(data.resolve("logs"))) {
            for (Path log : logs.toList()) {
                written.append(Files.readString(log, StandardCharsets.ISO_8859_1));
            }
        }

        assertThat(written).doesNotContain(settings.get("PAYHUB_MASTER_KEY"));
        for (String secret : List.of("db-owner", "db-app", "operator.token")) {
            assertThat(written.toString())
                    .doesNotContain(
                            Files.readString(data.resolve("secrets").resolve(secret)).strip());
        }
    }

    @Test
    void a_second_launcher_on_the_same_directory_is_refused() throws Exception {
        Map<String, String> second = Launched.settings(shared.resolve("with space"));

        Launched refused = Launched.start(tiny, second, "run");

        assertThat(refused.awaitExit()).isEqualTo(1);
        assertThat(refused.errors())
                .singleElement()
                .asString()
                .startsWith("Another Payhub is running on the data directory ");
        assertThat(get(settings, "/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void a_taken_port_is_told_before_anything_starts() throws Exception {
        Map<String, String> other = Launched.settings(own);
        other.put("PAYHUB_HTTP_PORT", settings.get("PAYHUB_HTTP_PORT"));

        Launched refused = Launched.start(tiny, other, "run");

        assertThat(refused.awaitExit()).isEqualTo(1);
        assertThat(refused.errors())
                .singleElement()
                .asString()
                .contains("Port " + other.get("PAYHUB_HTTP_PORT"))
                .contains("PAYHUB_HTTP_PORT");
        assertThat(own.resolve("db/data")).doesNotExist();
    }

    @Test
    void the_simulators_taken_port_is_told_too() throws Exception {
        Map<String, String> other = Launched.settings(own);
        try (ServerSocket taken =
                new ServerSocket(
                        Integer.parseInt(other.get("PAYHUB_SIMULATOR_PORT")),
                        1,
                        InetAddress.getByName("127.0.0.1"))) {
            Launched refused = Launched.start(tiny, other, "demo");

            assertThat(refused.awaitExit()).isEqualTo(1);
            assertThat(refused.errors())
                    .singleElement()
                    .asString()
                    .contains("Port " + taken.getLocalPort())
                    .contains("PAYHUB_SIMULATOR_PORT");
        }
    }

    @Test
    void a_wrong_setting_ends_with_status_two_and_one_line() throws Exception {
        Map<String, String> wrong = Launched.settings(own);
        wrong.put("PAYHUB_MASTER_KEY", "c2hvcnQ=");

        Launched refused = Launched.start(tiny, wrong, "run");

        assertThat(refused.awaitExit()).isEqualTo(2);
        assertThat(refused.errors())
                .singleElement()
                .asString()
                .startsWith("PAYHUB_MASTER_KEY is 5 bytes, not 32");
    }

    @Test
    void a_named_database_that_refuses_the_password_is_told() throws Exception {
        Map<String, String> wrong = Launched.settings(own);
        wrong.put("PAYHUB_DB_URL", get(settings, "/environment?name=PAYHUB_DB_URL").body());
        wrong.put("PAYHUB_DB_USER", "payhub_app");
        wrong.put("PAYHUB_DB_PASSWORD", "wrong");

        Launched refused = Launched.start(tiny, wrong, "run");

        assertThat(refused.awaitExit()).isEqualTo(2);
        assertThat(refused.errors())
                .singleElement()
                .asString()
                .startsWith("PAYHUB_DB_PASSWORD is refused")
                .contains("payhub_app");
    }

    @Test
    void a_merchant_is_added_to_the_running_instance() throws Exception {
        Map<String, String> same = Map.of("PAYHUB_DATA_DIR", settings.get("PAYHUB_DATA_DIR"));

        Launched added = merchant(same, "Salon Luna");
        Launched taken = merchant(same, "Taken");

        assertThat(added.awaitExit()).isZero();
        assertThat(added.out()).contains("mer_2").contains("http://hub/setup/second");
        assertThat(taken.awaitExit()).isEqualTo(1);
        assertThat(taken.errors())
                .containsExactly("The merchant was not added: That name is taken.");
    }

    private static Launched merchant(Map<String, String> environment, String name)
            throws IOException {
        return Launched.start(
                tiny,
                environment,
                "merchant",
                "add",
                "--name",
                name,
                "--currency=eur",
                "--time-zone",
                "Europe/Madrid",
                "--email",
                "luna@example.com");
    }

    @Test
    void adding_a_merchant_to_nothing_says_what_to_start() throws Exception {
        Launched added = merchant(Map.of("PAYHUB_DATA_DIR", own.toString()), "Salon Luna");

        assertThat(added.awaitExit()).isEqualTo(1);
        assertThat(added.errors())
                .singleElement()
                .asString()
                .startsWith("No Payhub is running on the data directory " + own);
    }

    @Test
    void a_merchant_without_a_name_is_asked_for_it() throws Exception {
        Map<String, String> same = Map.of("PAYHUB_DATA_DIR", settings.get("PAYHUB_DATA_DIR"));

        Launched unnamed = Launched.start(tiny, same, "merchant", "add", "--currency", "EUR");

        assertThat(unnamed.awaitExit()).isEqualTo(2);
        assertThat(unnamed.errors()).singleElement().asString().startsWith("--name is missing");
    }

    @Test
    void slow_senders_are_cut_off_and_a_long_answer_is_not() throws Exception {
        int port = Integer.parseInt(settings.get("PAYHUB_HTTP_PORT"));
        CompletableFuture<Long> half =
                CompletableFuture.supplyAsync(
                        () ->
                                secondsUntilClosed(
                                        port, "POST /body HTTP/1.1\r\nHost: a\r\nContent-Le"));
        CompletableFuture<Long> silent =
                CompletableFuture.supplyAsync(() -> secondsUntilClosed(port, ""));
        CompletableFuture<Long> body =
                CompletableFuture.supplyAsync(
                        () ->
                                secondsUntilClosed(
                                        port,
                                        "POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc"));

        String answer = get(settings, "/long").body();

        assertThat(answer).contains("13").endsWith("end\n");
        assertThat(half.get(40, TimeUnit.SECONDS)).isBetween(5L, 15L);
        assertThat(silent.get(40, TimeUnit.SECONDS)).isBetween(5L, 15L);
        assertThat(body.get(40, TimeUnit.SECONDS)).isBetween(5L, 25L);
    }

    @Test
    void whoever_offers_http2_with_a_body_is_answered() throws Exception {
        HttpRequest offered =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:"
                                                + settings.get("PAYHUB_HTTP_PORT")
                                                + "/body"))
                        .timeout(Duration.ofSeconds(8))
                        .POST(HttpRequest.BodyPublishers.ofString("some words"))
                        .build();

        HttpResponse<String> answer =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_2)
                        .build()
                        .send(offered, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    private static long secondsUntilClosed(int port, String sent) {
        long start = System.nanoTime();
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(35_000);
            socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            // Reset instead of closed: cut off all the same.
            return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        }
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    }

    @Test
    void a_body_of_megabytes_is_refused_before_the_application_sees_it() throws Exception {
        HttpRequest large =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:"
                                                + settings.get("PAYHUB_HTTP_PORT")
                                                + "/body"))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[2 << 20]))
                        .build();

        assertThat(CLIENT.send(large, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(413);
    }

    @Test
    void a_failed_deployment_is_one_line_and_leaves_nothing_behind() throws Exception {
        Launched launched = Launched.start(failing, Launched.settings(own), "run");
        launched.awaitLine("Starting the application");
        List<ProcessHandle> children = launched.children();

        assertThat(launched.awaitExit()).isEqualTo(1);

        assertThat(launched.errors())
                .singleElement()
                .asString()
                .startsWith(
                        "The application could not be deployed: The database does not flush at"
                                + " commit (more in ");
        assertThat(Launched.allEnd(children, 1)).isTrue();
    }

    @Test
    void the_demo_is_seeded_once_and_stops_in_order_on_a_signal() throws Exception {
        Map<String, String> demo = Launched.settings(own);
        demo.remove("PAYHUB_MASTER_KEY");
        demo.put("PAYHUB_DEMO_API_KEY", "my-own-key");
        Path file = own.resolve("demo.json");
        try (Launched first = Launched.start(tiny, demo, "demo")) {
            first.awaitLine("Ctrl-C stops everything");

            assertThat(first.out())
                    .contains("owner@sol.example")
                    .contains("once-7")
                    .contains("Salón Sol")
                    .contains("API key: my-own-key")
                    .contains("Marketplace")
                    .contains("http://localhost:" + demo.get("PAYHUB_SIMULATOR_PORT") + "/cabinet");
            Map<String, Object> story = Json.object(Files.readString(file)).orElseThrow();
            assertThat(story)
                    .containsEntry("url", "http://localhost:" + demo.get("PAYHUB_HTTP_PORT"))
                    .containsEntry(
                            "simulatorUrl", "http://localhost:" + demo.get("PAYHUB_SIMULATOR_PORT"))
                    .containsKeys("merchants", "users");
            assertThat(permissions(file)).isEqualTo("rw-------");
            assertThat(permissions(own.resolve("secrets/master.key"))).isEqualTo("rw-------");
            assertThat(get(demo, "/environment?name=PAYHUB_STRIPE_API_BASE").body())
                    .isEqualTo("http://localhost:" + demo.get("PAYHUB_SIMULATOR_PORT"));
            assertThat(get(demo, "/environment?name=PAYHUB_OTHER_API_BASE").body())
                    .isEqualTo("http://localhost:" + demo.get("PAYHUB_SIMULATOR_PORT") + "/other");
            assertThat(get(demo, "/environment?name=PAYHUB_HTTP_ADDRESS").body())
                    .isEqualTo("127.0.0.1");

            List<ProcessHandle> children = first.children();
            first.process().destroy();
            assertThat(first.awaitExit()).isZero();
            assertThat(children).hasSize(3);
            assertThat(Launched.allEnd(children, 0)).isTrue();
            assertThat(Files.readString(own.resolve("logs/database.log")))
                    .contains("Shutdown complete");
        }

        demo.put("PAYHUB_HTTP_PORT", Integer.toString(Launched.freePort()));
        try (Launched second = Launched.start(tiny, demo, "demo")) {
            second.awaitLine("Ctrl-C stops everything");

            assertThat(second.out()).contains(file.toString()).doesNotContain("once-7");
            assertThat(Files.readString(file))
                    .contains("once-7")
                    .contains("http://localhost:" + demo.get("PAYHUB_HTTP_PORT"));
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void children_of_a_killed_launcher_end_and_the_next_start_goes_on() throws Exception {
        Map<String, String> environment = Launched.settings(own);
        Launched killed = Launched.start(tiny, environment, "run");
        killed.awaitLine("Ctrl-C stops everything");
        ProcessHandle server = killed.child("payara-micro.jar");
        ProcessHandle database = killed.child("mariadbd");

        killed.process().destroyForcibly();

        assertThat(Launched.allEnd(List.of(server), 20)).isTrue();
        assertThat(database.isAlive()).isTrue();
        try (Launched next = Launched.start(tiny, environment, "run")) {
            next.awaitLine("Starting the application");
            assertThat(database.isAlive()).isFalse();
            next.awaitLine("Ctrl-C stops everything");

            // A dead server and a dead database are started again.
            next.child("mariadbd").destroyForcibly();
            next.awaitLine("The database ended; starting it again (1 of 3).");
            next.child("payara-micro.jar").destroyForcibly();
            next.awaitLine("Payhub is ready again");
            assertThat(get(environment, "/health/ready").statusCode()).isEqualTo(200);
        }
    }
}
