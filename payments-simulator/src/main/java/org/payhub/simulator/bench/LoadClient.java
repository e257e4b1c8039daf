package org.payhub.simulator.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Posts the events of a round over kept connections from one thread, and writes every event down
 * that was answered with a complete 2xx: after that answer the sender may forget it, so from then
 * on it must be in the inbox whatever happens. Loopback only.
 */
final class LoadClient implements AutoCloseable {

    private static final long LAST_ANSWERS = TimeUnit.SECONDS.toNanos(10);
    private static final long SHORT = 100_000;

    /** Where the events go. */
    record Target(int port, String path) {}

    private final Target target;
    private final Round round;
    private final Outcome outcome;
    private final Selector selector;
    private final OutputStream acknowledged;
    private final List<Line> lines = new ArrayList<>();
    private final Deque<Line> idle = new ArrayDeque<>();
    private int next;
    private int open;
    private boolean sending = true;
    private boolean closedLoop;
    private boolean skips;

    private LoadClient(Target target, Round round, Path acknowledgedFile) throws IOException {
        this.target = target;
        this.round = round;
        this.outcome = new Outcome(round);
        this.selector = Selector.open();
        this.acknowledged =
                new BufferedOutputStream(
                        Files.newOutputStream(
                                acknowledgedFile,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.APPEND),
                        1 << 16);
    }

    /** One connection and what is under way on it. */
    private final class Line {

        private final ByteBuffer request = ByteBuffer.allocateDirect(round.requestLength());
        private final ByteBuffer answer = ByteBuffer.allocate(16 << 10);
        private SocketChannel channel;
        private SelectionKey key;
        private int index = -1;
        private long since;

        Line() {
            request.put(round.request());
        }

        void connect() throws IOException {
            channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target.port()));
            channel.configureBlocking(false);
            key = channel.register(selector, SelectionKey.OP_READ, this);
        }

        void disconnect() {
            key.cancel();
            try {
                channel.close();
            } catch (IOException e) {
                channel = null; // It is gone either way.
            }
        }

        /** Sends the next event. */
        void send(long began) throws IOException {
            index = next++;
            since = began;
            round.complete(request, index);
            request.clear();
            answer.clear();
            outcome.sent();
            push();
        }

        void push() throws IOException {
            channel.write(request);
            key.interestOps(
                    request.hasRemaining()
                            ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
                            : SelectionKey.OP_READ);
        }

        /** Reads what came; true when the answer is complete. */
        boolean pull() throws IOException {
            if (channel.read(answer) < 0) {
                throw new IOException("closed");
            }
            return index >= 0 && HttpAnswer.isComplete(answer);
        }
    }

    /** As many connections as given, each sending its next event when the last is answered. */
    static Outcome closedLoop(
            Target target, Round round, int connections, Duration length, Path acknowledgedFile)
            throws IOException {
        try (LoadClient client = new LoadClient(target, round, acknowledgedFile)) {
            client.closedLoop = true;
            return client.runClosed(connections, length.toNanos());
        }
    }

    /**
     * So many events a second whether or not the last ones were answered; on at most so many
     * connections, after which they wait here. Latency counts from the moment at which an event was
     * due.
     */
    static Outcome fixedRate(
            Target target,
            Round round,
            int perSecond,
            int mostConnections,
            Duration length,
            Path acknowledgedFile)
            throws IOException {
        try (LoadClient client = new LoadClient(target, round, acknowledgedFile)) {
            return client.runFixed(perSecond, mostConnections, length.toNanos());
        }
    }

    /**
     * The same for more than can be taken in: an event that is due while every connection is busy
     * is not sent at all, and counted, as a sender does who has that many under way.
     */
    static Outcome overload(
            Target target,
            Round round,
            int perSecond,
            int mostConnections,
            Duration length,
            Path acknowledgedFile)
            throws IOException {
        try (LoadClient client = new LoadClient(target, round, acknowledgedFile)) {
            client.skips = true;
            return client.runFixed(perSecond, mostConnections, length.toNanos());
        }
    }

    private Outcome runClosed(int connections, long length) throws IOException {
        for (int i = 0; i < connections; i++) {
            idle.add(line());
        }
        long start = System.nanoTime();
        long end = start + length;
        while (!idle.isEmpty() && next < round.count()) {
            begin(idle.poll(), System.nanoTime());
        }
        while (sending) {
            selector.select(20);
            handle();
            if (System.nanoTime() >= end || next >= round.count()) {
                sending = false;
            }
        }
        outcome.lasted(System.nanoTime() - start);
        lastAnswers();
        return outcome;
    }

    private Outcome runFixed(int perSecond, int mostConnections, long length) throws IOException {
        long start = System.nanoTime();
        long events = Math.min(round.count(), length / 1_000 * perSecond / 1_000_000);
        long due = start;
        long asked = 0;
        while (asked < events) {
            long now = System.nanoTime();
            while (asked < events && due <= now) {
                if (!idle.isEmpty() || open < mostConnections) {
                    begin(idle.isEmpty() ? line() : idle.poll(), due);
                } else if (skips) {
                    outcome.notSent();
                } else {
                    break;
                }
                asked++;
                due = start + (asked * 1_000_000_000L) / perSecond;
            }
            long pause = due - System.nanoTime();
            if (pause > 2_000_000 || open == mostConnections && idle.isEmpty()) {
                selector.select(1);
            } else {
                selector.selectNow();
                if (selector.selectedKeys().isEmpty() && pause > SHORT) {
                    LockSupport.parkNanos(SHORT);
                }
            }
            handle();
        }
        sending = false;
        outcome.lasted(System.nanoTime() - start);
        lastAnswers();
        return outcome;
    }

    private void lastAnswers() throws IOException {
        long deadline = System.nanoTime() + LAST_ANSWERS;
        while (System.nanoTime() < deadline && lines.stream().anyMatch(line -> line.index >= 0)) {
            selector.select(20);
            handle();
        }
        lines.stream().filter(line -> line.index >= 0).forEach(line -> outcome.broken());
    }

    private Line line() throws IOException {
        Line line = new Line();
        line.connect();
        lines.add(line);
        open++;
        return line;
    }

    private void begin(Line line, long began) throws IOException {
        try {
            line.send(began);
        } catch (IOException e) {
            cut(line);
        }
    }

    private void handle() throws IOException {
        for (SelectionKey key : selector.selectedKeys()) {
            Line line = (Line) key.attachment();
            try {
                if (key.isValid() && key.isWritable()) {
                    line.push();
                }
                if (key.isValid() && key.isReadable() && line.pull()) {
                    complete(line);
                }
            } catch (IOException e) {
                cut(line);
            }
        }
        selector.selectedKeys().clear();
    }

    private void complete(Line line) throws IOException {
        long now = System.nanoTime();
        int status = HttpAnswer.status(line.answer);
        boolean closes = HttpAnswer.has(line.answer, "connection: close");
        if (status >= 200 && status < 300) {
            acknowledged.write(
                    (Round.eventId(round.first() + line.index) + "\n")
                            .getBytes(StandardCharsets.US_ASCII));
        }
        outcome.answered(
                line.index, status, HttpAnswer.has(line.answer, "retry-after:"), now - line.since);
        line.index = -1;
        if (closes) {
            line.disconnect();
            line.connect();
        }
        again(line, now);
    }

    private void cut(Line line) throws IOException {
        if (line.index >= 0) {
            outcome.broken();
            line.index = -1;
        }
        line.disconnect();
        try {
            line.connect();
        } catch (IOException e) {
            // Nobody listens now; with nothing to send on, the round ends early or waits.
            lines.remove(line);
            open--;
            return;
        }
        again(line, System.nanoTime());
    }

    private void again(Line line, long now) throws IOException {
        if (closedLoop && sending && next < round.count()) {
            begin(line, now);
        } else {
            idle.add(line);
        }
    }

    @Override
    public void close() throws IOException {
        acknowledged.close();
        for (Line line : lines) {
            line.disconnect();
        }
        selector.close();
    }
}
