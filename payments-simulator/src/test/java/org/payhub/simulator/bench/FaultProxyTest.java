package org.payhub.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private ServerSocket server;
    private FaultProxy wire;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::echo, "echo");
        thread.setDaemon(true);
        thread.start();
        wire = FaultProxy.to(server.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        wire.close();
        server.close();
    }

    private void echo() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread thread = new Thread(() -> echo(socket), "echo-one");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void echo(Socket socket) {
        byte[] bytes = new byte[1_000];
        try (socket) {
            for (int n = socket.getInputStream().read(bytes);
                    n >= 0;
                    n = socket.getInputStream().read(bytes)) {
                heard.add(new String(bytes, 0, n, StandardCharsets.US_ASCII));
                socket.getOutputStream().write(bytes, 0, n);
            }
        } catch (IOException cut) {
            heard.add("cut");
        }
    }

    private Socket open() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), wire.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static String say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        byte[] answer = socket.getInputStream().readNBytes(text.length());
        if (answer.length < text.length()) {
            throw new IOException("cut");
        }
        return new String(answer, StandardCharsets.US_ASCII);
    }

    @Test
    void a_good_wire_passes_everything_on() throws IOException {
        try (Socket socket = open()) {
            assertThat(say(socket, "hello")).isEqualTo("hello");
        }
    }

    @Test
    void a_cut_wire_resets_what_is_open_and_what_comes_until_it_is_healed() throws IOException {
        try (Socket before = open()) {
            say(before, "hello");

            wire.cut();

            assertThatThrownBy(() -> say(before, "again")).isInstanceOf(IOException.class);
            try (Socket meanwhile = open()) {
                assertThatThrownBy(() -> say(meanwhile, "hello")).isInstanceOf(IOException.class);
            } catch (IOException resetAtOnce) {
                assertThat(heard).doesNotContain("again");
            }
        }
        wire.heal();
        try (Socket after = open()) {
            assertThat(say(after, "hello")).isEqualTo("hello");
        }
    }

    @Test
    void on_a_half_open_wire_nothing_passes_and_nothing_ends() throws IOException {
        try (Socket socket = open()) {
            say(socket, "hello");
            wire.halfOpen();
            socket.setSoTimeout(300);

            assertThatThrownBy(() -> say(socket, "again"))
                    .isInstanceOf(SocketTimeoutException.class);
        }
        assertThat(heard).doesNotContain("again");
    }

    @Test
    void a_held_answer_comes_later_and_comes() throws IOException {
        wire.strike("COMMIT", FaultProxy.Ending.HELD, 1, Duration.ofMillis(400));
        try (Socket socket = open()) {
            long start = System.nanoTime();

            String answer = say(socket, "commit");

            assertThat(answer).isEqualTo("commit");
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(400_000_000L);
        }
        assertThat(wire.struck()).isEqualTo(1);
    }

    @Test
    void a_lost_answer_was_carried_out() throws IOException {
        wire.strike("commit", FaultProxy.Ending.ANSWER_LOST, 2, Duration.ZERO);
        try (Socket socket = open()) {
            assertThat(say(socket, "commit 1")).isEqualTo("commit 1");
            assertThatThrownBy(() -> say(socket, "commit 2")).isInstanceOf(IOException.class);
        }
        assertThat(heard).contains("commit 1", "commit 2");
        assertThat(wire.struck()).isEqualTo(1);
    }

    @Test
    void the_same_seed_loses_the_same_answers() throws IOException {
        assertThat(lost(7)).isEqualTo(lost(7));
    }

    private String lost(long seed) throws IOException {
        StringBuilder lost = new StringBuilder();
        wire.loseAnswers(50, seed);
        for (int i = 0; i < 20; i++) {
            try (Socket socket = open()) {
                lost.append(say(socket, "x"));
            } catch (IOException cut) {
                lost.append('-');
            }
        }
        return lost.toString();
    }
}
