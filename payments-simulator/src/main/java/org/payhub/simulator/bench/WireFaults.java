package org.payhub.simulator.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Senders and wires that behave badly, clocks that are wrong, and bodies made to hurt. */
final class WireFaults {

    private static final int TEN_MEGABYTES = 10 << 20;
    private static final Duration ENDED_WITHIN = Duration.ofSeconds(12);

    private final FaultGround ground;
    private final FaultedHub hub;
    private final FaultMerchant merchant;

    WireFaults(FaultGround ground) {
        this.ground = ground;
        this.hub = ground.hub();
        this.merchant = ground.merchant();
    }

    // ---- answers that get lost ----

    /** Row 10. */
    void answersLost(FaultFindings findings) throws SQLException, InterruptedException {
        FaultLoad load = ground.load(hub.front().port());
        hub.front().loseAnswers(5, ground.random().nextLong());
        load.send(16, ground.random().nextLong(), ground.rounds(4_000, 400));
        int unanswered = load.unacknowledged();
        load.resend(8, Duration.ofMinutes(2));
        long lost = hub.front().struck();
        hub.front().heal();
        ground.promises(load, findings);
        ground.books(findings);
        findings.require(lost > 0, "no answer was lost");
        findings.require(
                load.answers().keySet().stream().allMatch(s -> s == 0 || s == 200),
                "the answers were " + load.answers());
        findings.faults(lost, findings.holds() ? lost : 0);
        findings.seen(
                lost
                        + " answers lost on the way; "
                        + unanswered
                        + " events were sent again, all "
                        + load.acknowledged().size()
                        + " answered 200 and stored once");
    }

    /** Row 11. */
    void senderGivesUp(FaultFindings findings) throws SQLException, InterruptedException {
        FaultLoad load = ground.load();
        int events = ground.rounds(400, 40);
        hub.databaseWire().delay(Duration.ofMillis(300));
        load.patience(Duration.ofMillis(100));
        load.send(8, ground.random().nextLong(), events);
        long given = load.answersOf(0);
        hub.databaseWire().heal();
        load.patience(Duration.ofSeconds(30));
        load.resend(8, Duration.ofMinutes(2));
        ground.promises(load, findings);
        ground.books(findings);
        findings.require(given > 0, "no sender gave up");
        findings.faults(given, findings.holds() ? given : 0);
        findings.seen(
                given
                        + " senders went away after 100 ms while the database took 300 ms; sent"
                        + " again, each of "
                        + load.acknowledged().size()
                        + " events is stored once");
    }

    // ---- clocks ----

    private static Optional<Path> fakeTime() throws IOException {
        for (Path root : List.of(Path.of("/usr/lib"), Path.of("/usr/local/lib"))) {
            if (!Files.isDirectory(root)) {
                continue;
            }
            try (Stream<Path> files =
                    Files.find(
                            root,
                            3,
                            (path, attributes) ->
                                    path.getFileName().toString().equals("libfaketimeMT.so.1"))) {
                Optional<Path> found = files.findFirst();
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** Row 44. */
    void clockWrong(FaultFindings findings) throws IOException, SQLException, InterruptedException {
        Optional<Path> library = fakeTime();
        if (library.isEmpty()) {
            findings.impossible("faketime is not installed");
            return;
        }
        List<String> seen = new ArrayList<>();
        FaultLoad load = ground.load();
        for (String skew : List.of("+10m", "-10m")) {
            findings.fault();
            hub.stopLauncher();
            hub.startLauncher(
                    Map.of(
                            "LD_PRELOAD",
                            library.get().toString(),
                            "FAKETIME",
                            skew,
                            "DONT_FAKE_MONOTONIC",
                            "1",
                            // Without this its waits by the monotonic clock end at once, and a
                            // JVM is busy with nothing else.
                            "FAKETIME_FORCE_MONOTONIC_FIX",
                            "0"));
            long before = refused();
            for (int i = 0; i < 20; i++) {
                String event = load.prefix() + skew.charAt(0) + i;
                load.deliver(event, FaultMerchant.charge(event, "", 900, event));
            }
            findings.require(
                    load.successes() == 0,
                    "with the clock at " + skew + " an event was taken: " + load.answers());
            FaultedHub.await(
                    "the refusals are counted",
                    Duration.ofSeconds(90),
                    () -> refusedQuietly() - before >= 20);
            String health = hub.operator("GET", "/internal/health", "").body();
            findings.require(
                    health.contains("clock.skew"),
                    "health does not say that the clock is wrong at " + skew);
            seen.add(skew + ": answers " + load.answers() + ", health says clock.skew");
            load.forgetAnswers();
            findings.over();
        }
        hub.stopLauncher();
        hub.startLauncher(Map.of());
        load.resend(4, Duration.ofMinutes(1));
        ground.promises(load, findings);
        ground.books(findings);
        findings.seen(
                String.join("; ", seen)
                        + "; refusals counted by cause; with the clock right again all "
                        + load.acknowledged().size()
                        + " were taken");
    }

    private long refused() throws SQLException {
        try (Connection connection = hub.owner()) {
            return merchant.refusedForTime(connection);
        }
    }

    private long refusedQuietly() {
        try {
            return refused();
        } catch (SQLException away) {
            return 0;
        }
    }

    // ---- bodies ----

    /** An answer's status, 0 when the connection ended without one, and how long it took. */
    private record Heard(int status, long millis, boolean closed) {}

    private interface Speech {
        void to(OutputStream out) throws IOException;
    }

    private Heard say(Speech speech) throws IOException {
        long start = System.nanoTime();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", hub.port()), 5_000);
            socket.setSoTimeout(30_000);
            boolean cut = false;
            try {
                speech.to(socket.getOutputStream());
                socket.getOutputStream().flush();
            } catch (IOException closedWhileSending) {
                cut = true;
            }
            int status = 0;
            boolean closed = cut;
            try {
                InputStream in = socket.getInputStream();
                byte[] head = in.readNBytes(12);
                if (head.length == 12) {
                    status = Integer.parseInt(new String(head, 9, 3, StandardCharsets.ISO_8859_1));
                }
                socket.setSoTimeout(3_000);
                long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
                byte[] rest = new byte[8_192];
                while (in.read(rest) >= 0) {
                    closed = false;
                }
                return new Heard(status, millis, true);
            } catch (IOException ended) {
                return new Heard(
                        status,
                        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
                        closed || !(ended instanceof SocketTimeoutException));
            }
        }
    }

    private byte[] head(String... lines) {
        return ("POST "
                        + merchant.path()
                        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                        + String.join("\r\n", lines)
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private Heard body(byte[] body, String... more) throws IOException {
        List<String> lines = new ArrayList<>(List.of(more));
        lines.add("Content-Length: " + body.length);
        lines.add("Stripe-Signature: " + merchant.signature(body, Instant.now()));
        return say(
                out -> {
                    out.write(head(lines.toArray(new String[0])));
                    out.write(body);
                });
    }

    private long residentKilobytes() throws IOException {
        Path status = Path.of("/proc", Long.toString(hub.server().pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS"))
                    .map(line -> Long.valueOf(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0L);
        }
    }

    /** Row 49. */
    void tooLarge(FaultFindings findings) throws IOException, SQLException, InterruptedException {
        byte[] block = new byte[64 * 1024];
        int times = ground.rounds(10, 2);
        long before = residentKilobytes();
        List<Heard> declared = new ArrayList<>();
        List<Heard> undeclared = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            findings.fault();
            declared.add(
                    say(
                            out -> {
                                out.write(head("Content-Length: " + TEN_MEGABYTES));
                                for (int sent = 0; sent < TEN_MEGABYTES; sent += block.length) {
                                    out.write(block);
                                }
                            }));
            findings.over();
            findings.fault();
            undeclared.add(
                    say(
                            out -> {
                                out.write(head("Transfer-Encoding: chunked"));
                                for (int sent = 0; sent < TEN_MEGABYTES; sent += block.length) {
                                    out.write("10000\r\n".getBytes(StandardCharsets.US_ASCII));
                                    out.write(block);
                                    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                                }
                                out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                            }));
            findings.over();
        }
        findings.fault();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            for (int i = 0; i < TEN_MEGABYTES / block.length; i++) {
                gzip.write(block);
            }
        }
        Heard bomb = body(packed.toByteArray(), "Content-Encoding: gzip");
        findings.require(
                bomb.status() >= 400 && bomb.status() < 500,
                "a packed body was answered " + bomb.status());
        findings.over();
        findings.fault();
        Heard none = say(out -> out.write(head("Stripe-Signature: t=1,v1=00")));
        findings.require(
                none.status() >= 400 && none.status() < 500,
                "a body without length was answered " + none.status());
        findings.over();
        long grown = (residentKilobytes() - before) / 1024;
        for (Heard heard : declared) {
            // 0: it hung up before we had finished, and the reset overtook its answer.
            findings.require(
                    heard.status() == 413 || heard.status() == 0,
                    "10 MB were answered " + heard.status());
            findings.require(heard.closed(), "the connection stayed open after 10 MB");
        }
        for (Heard heard : undeclared) {
            findings.require(
                    heard.status() == 413 || heard.status() == 0,
                    "10 MB in chunks were answered " + heard.status());
            findings.require(heard.closed(), "the connection stayed open after 10 MB in chunks");
        }
        findings.require(
                Stream.concat(declared.stream(), undeclared.stream())
                        .anyMatch(h -> h.status() == 413),
                "nobody heard a 413");
        well(findings);
        ground.books(findings);
        findings.seen(
                "10 MB with a length "
                        + statuses(declared)
                        + ", in chunks "
                        + statuses(undeclared)
                        + " (0: hung up while we were sending), 10 MB packed "
                        + bomb.status()
                        + ", no length "
                        + none.status()
                        + "; the process grew by "
                        + Math.max(0, grown)
                        + " MB");
    }

    private static List<Integer> statuses(List<Heard> heard) {
        return heard.stream().map(Heard::status).distinct().sorted().toList();
    }

    /** It still takes events as if nothing had been. */
    private void well(FaultFindings findings) throws SQLException {
        FaultLoad load = ground.load();
        for (int i = 0; i < 10; i++) {
            String event = load.prefix() + "w" + i;
            load.deliver(event, FaultMerchant.charge(event, "", 900, event));
        }
        findings.require(
                load.unacknowledged() == 0, "afterwards events were answered " + load.answers());
        ground.promises(load, findings);
    }

    /** Row 50. */
    void slowSenders(FaultFindings findings)
            throws IOException, SQLException, InterruptedException {
        int senders = ground.rounds(400, 60);
        FaultLoad quiet = paced();
        List<Socket> slow = new ArrayList<>();
        List<Long> ended = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < senders; i++) {
            Socket socket = new Socket();
            socket.connect(new InetSocketAddress("127.0.0.1", hub.port()), 5_000);
            socket.setSoTimeout(1);
            socket.getOutputStream()
                    .write(
                            i % 2 == 0
                                    ? head("Content-Length: 4000")
                                    : ("POST " + merchant.path() + " HTTP/1.1\r\nHost: 127")
                                            .getBytes(StandardCharsets.US_ASCII));
            slow.add(socket);
        }
        FaultLoad beside = ground.load();
        beside.start(2, ground.random().nextLong()).stopAfter(Duration.ofSeconds(6));
        long deadline = start + TimeUnit.SECONDS.toNanos(40);
        while (!slow.isEmpty() && System.nanoTime() < deadline) {
            for (Socket socket : List.copyOf(slow)) {
                if (hasEnded(socket)) {
                    ended.add(System.nanoTime() - start);
                    slow.remove(socket);
                    socket.close();
                }
            }
            FaultedHub.pause(Duration.ofMillis(500));
        }
        long longest =
                TimeUnit.NANOSECONDS.toSeconds(ended.stream().mapToLong(n -> n).max().orElse(0));
        for (Socket socket : slow) {
            socket.close();
        }
        findings.require(slow.isEmpty(), slow.size() + " slow senders were still there after 40 s");
        findings.require(
                longest <= ENDED_WITHIN.toSeconds(), "the last one ended after " + longest + " s");
        findings.require(
                beside.unacknowledged() == 0, "meanwhile events were answered " + beside.answers());
        long bound = Math.max(100, 2 * quiet.p99());
        findings.require(
                beside.p99() <= bound,
                "meanwhile the p99 was " + beside.p99() + " ms, alone " + quiet.p99() + " ms");
        ground.promises(beside, findings);
        ground.books(findings);
        findings.faults(senders, ended.size());
        findings.seen(
                senders
                        + " senders of a byte now and then were ended within "
                        + longest
                        + " s; other events meanwhile: p99 "
                        + beside.p99()
                        + " ms, alone "
                        + quiet.p99()
                        + " ms");
    }

    private FaultLoad paced() throws InterruptedException {
        FaultLoad load = ground.load();
        load.start(2, ground.random().nextLong()).stopAfter(Duration.ofSeconds(4));
        return load;
    }

    /** Sends one more byte and listens whether the other side has hung up. */
    private static boolean hasEnded(Socket socket) {
        try {
            socket.getOutputStream().write('x');
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Row 51. */
    void madeToHurt(FaultFindings findings) throws IOException, SQLException, InterruptedException {
        Map<String, String> bodies = new LinkedHashMap<>();
        bodies.put("200 000 [", "[".repeat(200_000));
        bodies.put(
                "40 000 objects in each other",
                "{\"a\":".repeat(40_000) + "1" + "}".repeat(40_000));
        bodies.put("a number of 200 000 digits", "{\"id\":" + "9".repeat(200_000) + "}");
        String huge = ground.load().prefix() + "huge";
        // In form it is an event: it may be taken, but nobody may reckon with that number.
        bodies.put(
                "an amount of 1e1000000000",
                FaultMerchant.charge(huge, ground.targets().get(0), 900, huge)
                        .replace(":900", ":1e1000000000"));
        bodies.put("20 000 keys", "{" + keys(20_000, "k") + "}");
        bodies.put("8 192 keys of one hash", "{" + colliding() + "}");
        long slowest = 0;
        List<String> seen = new ArrayList<>();
        for (Map.Entry<String, String> each : bodies.entrySet()) {
            findings.fault();
            byte[] bytes = each.getValue().getBytes(StandardCharsets.UTF_8);
            Heard first = body(bytes, "Connection: close");
            Heard heard = body(bytes, "Connection: close");
            slowest = Math.max(slowest, heard.millis());
            findings.require(
                    heard.status() >= 400 && heard.status() < 500
                            || heard.status() == 200 && each.getValue().contains("evt_"),
                    each.getKey() + " was answered " + heard.status());
            // The second time, so that no class is loaded meanwhile; the machine may be busy.
            findings.require(
                    heard.millis() <= 1_000 && first.status() == heard.status(),
                    each.getKey() + " took " + heard.millis() + " ms");
            seen.add(each.getKey() + " " + heard.status() + " in " + heard.millis() + " ms");
            findings.over();
        }
        well(findings);
        ground.books(findings);
        findings.require(hub.isReady(), "it is not ready afterwards");
        findings.seen(String.join(", ", seen));
    }

    private static String keys(int count, String name) {
        StringBuilder keys = new StringBuilder();
        for (int i = 0; i < count; i++) {
            keys.append(i == 0 ? "" : ",").append('"').append(name).append(i).append("\":1");
        }
        return keys.toString();
    }

    /** "Aa" and "BB" have one hash; so has every row of thirteen of them. */
    private static String colliding() {
        StringBuilder keys = new StringBuilder();
        for (int i = 0; i < 8_192; i++) {
            keys.append(i == 0 ? "\"" : ",\"");
            for (int bit = 0; bit < 13; bit++) {
                keys.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            keys.append("\":1");
        }
        return keys.toString();
    }
}
