package org.payhub.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadClientTest {

    private static final String SECRET = "whsec_of_a_test";
    private static final Pattern ID = Pattern.compile("\"id\": \"(evt_bench\\d{12})\"");

    @TempDir Path folder;

    private final Set<String> received = ConcurrentHashMap.newKeySet();
    private final AtomicInteger forged = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.createContext("/", this::handle);
        server.createContext("/busy", this::refuse);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String[] header =
                exchange.getRequestHeaders().getFirst("Stripe-Signature").split("(t=|,v1=)");
        if (!header[2].equals(hmac(header[1] + ".", body))) {
            forged.incrementAndGet();
        }
        Matcher id = ID.matcher(new String(body, StandardCharsets.UTF_8));
        if (id.find()) {
            received.add(id.group(1));
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private void refuse(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Retry-After", "5");
        exchange.sendResponseHeaders(503, -1);
        exchange.close();
    }

    private static String hmac(String before, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update(before.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private LoadClient.Target target(String path) {
        return new LoadClient.Target(server.getAddress().getPort(), path);
    }

    private Round round(LoadClient.Target target, long first, int count) throws IOException {
        return Round.sign(target, SECRET, Instant.parse("2026-11-21T10:00:00Z"), first, count);
    }

    @Test
    void every_event_is_its_own_and_genuine_and_its_answer_is_written_down() throws IOException {
        LoadClient.Target target = target("/");
        Path written = folder.resolve("acknowledged.txt");

        Outcome outcome =
                LoadClient.closedLoop(
                        target, round(target, 7_000, 500), 8, Duration.ofSeconds(60), written);

        assertThat(outcome.acknowledgedCount()).isEqualTo(500);
        assertThat(outcome.answers()).containsOnlyKeys(200);
        assertThat(outcome.brokenCount()).isZero();
        assertThat(outcome.accepted().size()).isEqualTo(500);
        assertThat(forged.get()).isZero();
        assertThat(received).hasSize(500).contains(Round.eventId(7_000), Round.eventId(7_499));
        assertThat(Files.readAllLines(written)).containsExactlyInAnyOrderElementsOf(received);
    }

    @Test
    void a_refusal_is_counted_and_not_written_down() throws IOException {
        LoadClient.Target target = target("/busy");
        Path written = folder.resolve("acknowledged.txt");

        Outcome outcome =
                LoadClient.fixedRate(
                        target, round(target, 0, 100), 200, 4, Duration.ofSeconds(60), written);

        assertThat(outcome.acknowledgedCount()).isZero();
        assertThat(outcome.answers()).containsEntry(503, 100L);
        assertThat(outcome.refusedWithoutRetryAfter()).isZero();
        assertThat(Files.readAllLines(written)).isEmpty();
    }

    @Test
    void what_gets_no_whole_answer_is_not_acknowledged() throws IOException {
        LoadClient.Target target = target("/");
        server.removeContext("/");
        server.createContext(
                "/",
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(200, 10);
                    exchange.getResponseBody().write("short".getBytes(StandardCharsets.US_ASCII));
                    exchange.close();
                });

        Outcome outcome =
                LoadClient.closedLoop(
                        target,
                        round(target, 0, 20),
                        2,
                        Duration.ofSeconds(60),
                        folder.resolve("acknowledged.txt"));

        assertThat(outcome.acknowledgedCount()).isZero();
        assertThat(outcome.brokenCount()).isEqualTo(20);
    }
}
