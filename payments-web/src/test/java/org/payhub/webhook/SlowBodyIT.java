package org.payhub.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.payhub.webhook.SignedPost.event;
import static org.payhub.webhook.SignedPost.freshId;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.payhub.it.TestWorld;

/** Senders who take their time, by plain sockets: more of them than the server has threads. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class SlowBodyIT {

    private static final int SENDERS = 200;

    /** One request whose end never comes. */
    private static final class Dripping implements AutoCloseable {

        private final Socket socket;
        private final StringBuilder answer = new StringBuilder();
        private boolean closed;

        private Dripping(String start) throws IOException {
            socket = new Socket("localhost", TestWorld.baseUri().getPort());
            socket.getOutputStream().write(start.getBytes(StandardCharsets.US_ASCII));
        }

        static Dripping body(String path) throws IOException {
            return new Dripping(
                    "POST "
                            + path
                            + " HTTP/1.1\r\nHost: localhost:"
                            + TestWorld.baseUri().getPort()
                            + "\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 5000\r\n\r\n{");
        }

        static Dripping header(String path) throws IOException {
            return new Dripping("POST " + path + " HTTP/1.1\r\nHost: 127");
        }

        /** One more byte; what the server said meanwhile is kept. */
        void drip() {
            try {
                while (!closed && socket.getInputStream().available() > 0) {
                    answer.append((char) socket.getInputStream().read());
                }
                if (!closed && answer.length() == 0) {
                    socket.getOutputStream().write(' ');
                }
            } catch (SocketException e) {
                closed = true;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        boolean isOver() {
            return closed || answer.length() > 0;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void a_body_that_drips_is_cut_off_and_holds_nobody_up() throws IOException {
        SignedPost sender = SignedPost.connect();
        List<Dripping> slow = new ArrayList<>();
        try {
            for (int i = 0; i < SENDERS; i++) {
                slow.add(Dripping.body(sender.keyedPath()));
            }

            String id = freshId();
            int meanwhile = sender.send(event(id, "thing.happened", "")).status();
            Awaitility.await("all cut off")
                    .atMost(Duration.ofSeconds(120))
                    .pollInterval(Duration.ofMillis(500))
                    .until(
                            () -> {
                                slow.forEach(Dripping::drip);
                                return slow.stream().allMatch(Dripping::isOver);
                            });

            assertThat(meanwhile).isEqualTo(200);
            assertThat(slow)
                    .allSatisfy(
                            one ->
                                    assertThat(
                                                    one.closed
                                                            || one.answer
                                                                    .toString()
                                                                    .contains(" 408 "))
                                            .as(one.answer.toString())
                                            .isTrue());
            assertThat(slow).anySatisfy(one -> assertThat(one.answer.toString()).contains(" 408 "));
            assertThat(sender.stored(id)).hasSize(1);
        } finally {
            for (Dripping one : slow) {
                one.close();
            }
        }
    }

    @Test
    void a_header_that_drips_is_cut_off_and_holds_nobody_up() throws IOException {
        SignedPost sender = SignedPost.connect();
        List<Dripping> slow = new ArrayList<>();
        try (KeptAlive other = new KeptAlive()) {
            assertThat(other.ask()).endsWith(" 200");
            long start = System.nanoTime();
            for (int i = 0; i < SENDERS; i++) {
                slow.add(Dripping.header(sender.keyedPath()));
            }

            String id = freshId();
            int meanwhile = sender.send(event(id, "thing.happened", "")).status();
            Awaitility.await("all cut off")
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(500))
                    .until(
                            () -> {
                                slow.forEach(Dripping::drip);
                                return slow.stream().allMatch(one -> one.closed);
                            });
            Duration longest = Duration.ofNanos(System.nanoTime() - start);

            assertThat(meanwhile).isEqualTo(200);
            assertThat(longest).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(25));
            assertThat(slow).allSatisfy(one -> assertThat(one.answer).isEmpty());
            assertThat(other.ask()).as("between two requests time does not count").endsWith(" 200");
            assertThat(sender.stored(id)).hasSize(1);
        } finally {
            for (Dripping one : slow) {
                one.close();
            }
        }
    }

    /** A connection of somebody honest, used again and again. */
    private static final class KeptAlive implements AutoCloseable {

        private final Socket socket;

        KeptAlive() throws IOException {
            socket = new Socket("localhost", TestWorld.baseUri().getPort());
            socket.setSoTimeout(30_000);
        }

        /** The start of the answer's first line; the rest of the answer is read over. */
        String ask() throws IOException {
            socket.getOutputStream()
                    .write(
                            "HEAD /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            StringBuilder answer = new StringBuilder();
            while (answer.indexOf("\r\n\r\n") < 0) {
                int next = socket.getInputStream().read();
                assertThat(next).as("closed after: " + answer).isNotNegative();
                answer.append((char) next);
            }
            return answer.substring(0, 12);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void a_body_that_comes_in_pieces_is_taken() throws IOException {
        SignedPost sender = SignedPost.connect();
        String id = freshId();
        byte[] body = event(id, "thing.happened", "").getBytes(StandardCharsets.UTF_8);
        int port = TestWorld.baseUri().getPort();

        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(30_000);
            socket.setTcpNoDelay(true);
            socket.getOutputStream()
                    .write(
                            ("POST "
                                            + sender.keyedPath()
                                            + " HTTP/1.1\r\nHost: localhost:"
                                            + port
                                            + "\r\nContent-Type: application/json\r\n"
                                            + "Stripe-Signature: "
                                            + SignedPost.signature(
                                                    sender.secret(), body, Instant.now())
                                            + "\r\nContent-Length: "
                                            + body.length
                                            + "\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            for (int at = 0; at < body.length; at += 16) {
                socket.getOutputStream().write(body, at, Math.min(16, body.length - at));
                socket.getOutputStream().flush();
            }
            byte[] start = socket.getInputStream().readNBytes(12);

            assertThat(new String(start, StandardCharsets.US_ASCII)).endsWith(" 200");
        }
        assertThat(sender.stored(id)).hasSize(1);
    }
}
