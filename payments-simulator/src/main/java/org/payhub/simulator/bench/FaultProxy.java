package org.payhub.simulator.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A wire between two programs on this machine that can be made bad: cut, reset, half open, slow,
 * narrow, or losing what comes back. One thread for each direction of a connection.
 */
final class FaultProxy implements AutoCloseable {

    /** What happens to a statement that the wire recognises. */
    enum Ending {
        /** The answer is held back for a while. */
        HELD,
        /** It is carried out, and the connection is reset before the answer comes. */
        ANSWER_LOST,
        /** The connection is reset while it is on its way; whether it arrived nobody knows. */
        RESET
    }

    private static final int CHUNK = 16 * 1024;

    // Of MySQL's protocol: three bytes of length and a number before each command.
    private static final int HEADER = 4;
    private static final byte PREPARE = 0x16;
    private static final byte EXECUTE_PREPARED = 0x17;
    private static final byte CLOSE_PREPARED = 0x19;
    private static final int CLOSE_LENGTH = 9;

    private final ServerSocket listener;
    private final int target;
    private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
    private final AtomicLong recognised = new AtomicLong();
    private final AtomicLong struck = new AtomicLong();

    private volatile boolean refusing;
    private volatile boolean halfOpen;
    private volatile long delayNanos;
    private volatile long bytesPerSecond;
    private volatile String needle = "";
    private volatile Ending ending = Ending.HELD;
    private volatile int every = 1;
    private volatile Duration hold = Duration.ZERO;
    private volatile int lostPercent;
    private volatile Random chance = new Random(0);

    private FaultProxy(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    /** A good wire to that port of this machine. */
    static FaultProxy to(int target) throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(loopback(), 0), 512);
        FaultProxy proxy = new FaultProxy(listener, target);
        thread(proxy::accept, "fault-proxy-" + target);
        return proxy;
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    int port() {
        return listener.getLocalPort();
    }

    // ---- faults ----

    /** Everything is well again; what is open stays open. */
    void heal() {
        refusing = false;
        halfOpen = false;
        delayNanos = 0;
        bytesPerSecond = 0;
        needle = "";
        lostPercent = 0;
    }

    /** Resets what is open; new connections are reset too, until {@link #heal}. */
    void cut() {
        refusing = true;
        reset();
    }

    /** Resets what is open, once. */
    void reset() {
        wires.forEach(Wire::reset);
    }

    /** Connections stay open, and nothing passes in either direction. */
    void halfOpen() {
        halfOpen = true;
    }

    /** Every piece that the client sends comes so much later. */
    void delay(Duration by) {
        delayNanos = by.toNanos();
    }

    /** No more than so much passes in a second in each direction. */
    void throttle(long bytes) {
        bytesPerSecond = bytes;
    }

    /** Every so-manieth statement with that text in it ends like that. */
    void strike(String text, Ending how, int everySoMany, Duration holdBack) {
        ending = how;
        every = everySoMany;
        hold = holdBack;
        recognised.set(0);
        struck.set(0);
        needle = text.toLowerCase(Locale.ROOT);
    }

    /** How many statements were struck since {@link #strike}. */
    long struck() {
        return struck.get();
    }

    /** Of a hundred answers so many never come back; their connections are reset. */
    void loseAnswers(int percent, long seed) {
        chance = new Random(seed);
        struck.set(0);
        lostPercent = percent;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        reset();
    }

    // ---- the wire ----

    private void accept() {
        while (!listener.isClosed()) {
            Socket client;
            try {
                client = listener.accept();
            } catch (IOException closed) {
                return;
            }
            open(client);
        }
    }

    private synchronized boolean drawn() {
        return chance.nextInt(100) < lostPercent;
    }

    private void open(Socket client) {
        try {
            if (refusing) {
                client.setSoLinger(true, 0);
                client.close();
                return;
            }
            Socket server = new Socket(loopback(), target);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Wire wire = new Wire(client, server);
            wires.add(wire);
            thread(() -> wire.pump(true), "to-" + target);
            thread(() -> wire.pump(false), "from-" + target);
        } catch (IOException nobodyThere) {
            closeQuietly(client);
        }
    }

    private static void thread(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException gone) {
            // It was closed by the other side at the same moment.
            return;
        }
    }

    private final class Wire {

        private final Socket client;
        private final Socket server;
        private final Map<Integer, String> prepared = new ConcurrentHashMap<>();
        private volatile boolean answered = true;
        private volatile String preparing = "";
        private volatile boolean answerLost;
        private volatile long holdUntil;

        private Wire(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        private void reset() {
            wires.remove(this);
            closeQuietly(client);
            closeQuietly(server);
        }

        private void pump(boolean toServer) {
            byte[] chunk = new byte[CHUNK];
            try {
                InputStream in = (toServer ? client : server).getInputStream();
                OutputStream out = (toServer ? server : client).getOutputStream();
                for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                    if (halfOpen) {
                        continue;
                    }
                    if (toServer ? !before(chunk, length) : !back(chunk, length)) {
                        reset();
                        return;
                    }
                    if (bytesPerSecond > 0) {
                        LockSupport.parkNanos(
                                TimeUnit.SECONDS.toNanos(1) * length / bytesPerSecond);
                    }
                    out.write(chunk, 0, length);
                }
                // One side has said all; what the other still sends may pass.
                (toServer ? server : client).shutdownOutput();
                if (client.isOutputShutdown() && server.isOutputShutdown()) {
                    reset();
                }
            } catch (IOException ended) {
                reset();
            }
        }

        /** On the way to the server; false when the connection is to be reset now. */
        private boolean before(byte[] chunk, int length) {
            if (delayNanos > 0) {
                LockSupport.parkNanos(delayNanos);
            }
            String wanted = needle;
            String statement = statement(chunk, length);
            if (wanted.isEmpty() || !statement.contains(wanted)) {
                return true;
            }
            if (recognised.incrementAndGet() % every != 0) {
                return true;
            }
            struck.incrementAndGet();
            switch (ending) {
                case HELD -> holdUntil = System.nanoTime() + hold.toNanos();
                case ANSWER_LOST -> answerLost = true;
                case RESET -> {
                    return false;
                }
            }
            return true;
        }

        /** On the way back to the client; false when the connection is to be reset now. */
        private boolean back(byte[] chunk, int length) {
            answered = true;
            if (!preparing.isEmpty()) {
                if (length >= HEADER + 5 && chunk[HEADER] == 0) {
                    prepared.put(number(chunk, HEADER + 1), preparing);
                }
                preparing = "";
            }
            if (answerLost) {
                return false;
            }
            if (lostPercent > 0 && drawn()) {
                struck.incrementAndGet();
                return false;
            }
            for (long left = holdUntil - System.nanoTime();
                    holdUntil != 0 && left > 0;
                    left = holdUntil - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            return true;
        }

        /**
         * What is carried out because of the command that begins here, in small letters: its text,
         * or the text with which it was prepared. A command begins after an answer.
         */
        private String statement(byte[] chunk, int length) {
            int at = 0;
            while (at + HEADER < length && chunk[at + HEADER] == CLOSE_PREPARED) {
                at += CLOSE_LENGTH; // Nobody answers that; the next command follows.
            }
            if (!answered || at >= length) {
                return "";
            }
            answered = false;
            switch (at + HEADER + 5 > length ? 0 : chunk[at + HEADER]) {
                case PREPARE -> {
                    preparing = text(chunk, at, length);
                    return "";
                }
                case EXECUTE_PREPARED -> {
                    return prepared.getOrDefault(number(chunk, at + HEADER + 1), "");
                }
                default -> {
                    return needle.isEmpty() ? "" : text(chunk, at, length);
                }
            }
        }

        private static String text(byte[] chunk, int from, int to) {
            return new String(chunk, from, to - from, StandardCharsets.ISO_8859_1)
                    .toLowerCase(Locale.ROOT);
        }

        private static int number(byte[] chunk, int at) {
            return ByteBuffer.wrap(chunk, at, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
        }
    }
}
