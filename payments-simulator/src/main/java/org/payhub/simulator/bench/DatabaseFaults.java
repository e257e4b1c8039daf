package org.payhub.simulator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A database that is slow, full, held up, gone, or whose answers get lost; and full disks. */
final class DatabaseFaults {

    private static final String STORING = "insert into webhook_delivery";
    private static final String COMMITTING = "commit";
    private static final int SEQUENTIAL = 500;
    private static final Duration HELD_BACK = Duration.ofSeconds(3);

    /** Half of the time within which the fastest of the providers gives up on an answer. */
    private static final long PATIENCE_MILLIS = 5_000;

    private final FaultGround ground;
    private final FaultedHub hub;
    private final FaultMerchant merchant;

    DatabaseFaults(FaultGround ground) {
        this.ground = ground;
        this.hub = ground.hub();
        this.merchant = ground.merchant();
    }

    private static String event(FaultLoad load, int number) {
        return load.prefix() + "n" + number;
    }

    /** Delivers one after the other, each an event of nobody's. */
    private static void deliver(FaultLoad load, int from, int count) {
        for (int i = from; i < from + count; i++) {
            load.deliver(
                    event(load, i), FaultMerchant.charge(event(load, i), "", 900, event(load, i)));
        }
    }

    /** Row 3. */
    void answeredAfterTheCommit(FaultFindings findings) throws SQLException, InterruptedException {
        FaultLoad load = ground.load();
        deliver(load, 0, 20);
        long soonest = Long.MAX_VALUE;
        for (int i = 0; i < ground.rounds(5, 2); i++) {
            findings.fault();
            hub.databaseWire().strike(STORING, FaultProxy.Ending.HELD, 1, HELD_BACK);
            long start = System.nanoTime();
            deliver(load, 100 + i, 1);
            soonest = Math.min(soonest, System.nanoTime() - start);
            findings.require(hub.databaseWire().struck() >= 1, "no commit was held back");
            hub.databaseWire().heal();
            findings.require(
                    soonest >= HELD_BACK.toNanos(), "an answer came before the commit's did");
            findings.over();
        }
        hub.databaseWire().heal();
        String fsyncs = fsyncs(ground, findings);
        load.resend(4, Duration.ofMinutes(1));
        ground.promises(load, findings);
        ground.books(findings);
        findings.seen(
                "with the commit's answer held back "
                        + HELD_BACK.toMillis()
                        + " ms, the soonest answer came after "
                        + TimeUnit.NANOSECONDS.toMillis(soonest)
                        + " ms; "
                        + fsyncs);
    }

    /** So many acknowledgements one after the other are at least so many writes to the disk. */
    static String fsyncs(FaultGround ground, FaultFindings findings) throws SQLException {
        FaultLoad load = ground.load();
        try (Connection connection = ground.hub().owner()) {
            String flush =
                    status(
                            connection,
                            "SHOW GLOBAL VARIABLES LIKE 'innodb_flush_log_at_trx_commit'");
            long before = writes(connection);
            deliver(load, 0, SEQUENTIAL);
            long after = writes(connection);
            findings.require(
                    load.acknowledged().size() == SEQUENTIAL,
                    "not every event was taken: " + load.answers());
            findings.require(
                    after - before >= SEQUENTIAL,
                    SEQUENTIAL + " acknowledgements were " + (after - before) + " fsyncs only");
            findings.require(flush.equals("1"), "innodb_flush_log_at_trx_commit is " + flush);
            return SEQUENTIAL
                    + " acknowledgements in sequence moved the database's fsyncs by "
                    + (after - before)
                    + " (flush "
                    + flush
                    + ")";
        }
    }

    private static long writes(Connection connection) throws SQLException {
        String log = status(connection, "SHOW GLOBAL STATUS LIKE 'Innodb_os_log_fsyncs'");
        return Long.parseLong(
                log.isEmpty()
                        ? status(connection, "SHOW GLOBAL STATUS LIKE 'Innodb_data_fsyncs'")
                        : log);
    }

    private static String status(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(2) : "";
        }
    }

    /** Row 7. */
    void slow(FaultFindings findings) throws SQLException, InterruptedException {
        FaultLoad load = ground.load();
        findings.fault();
        hub.databaseWire().delay(Duration.ofMillis(50));
        FaultLoad.Running running = load.start(64, ground.random().nextLong());
        FaultedHub.pause(Duration.ofSeconds(ground.brief() ? 4 : 15));
        long start = System.nanoTime();
        int admin = merchant.get("/payments/" + ground.targets().get(0)).status();
        long adminMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        running.stop();
        hub.databaseWire().heal();
        Map<Integer, Long> answers = load.answers();
        findings.require(
                Set.of(200, 429, 503).containsAll(answers.keySet()), "the answers were " + answers);
        findings.require(
                load.p99() <= PATIENCE_MILLIS, "p99 of what was accepted: " + load.p99() + " ms");
        findings.require(
                admin == 200 && adminMillis < 10_000,
                "meanwhile the interface answered " + admin + " after " + adminMillis + " ms");
        findings.require(load.withoutRetryAfter() == 0, "a 503 did not say when to come again");
        ground.promises(load, findings);
        ground.books(findings);
        findings.over();
        findings.seen(
                "50 ms more for every statement, 64 connections without a pause: answers "
                        + answers
                        + ", p99 of what was accepted "
                        + load.p99()
                        + " ms; the interface answered meanwhile in "
                        + adminMillis
                        + " ms");
    }

    /** Row 8. */
    void diesBeforeTheReply(FaultFindings findings) throws SQLException, InterruptedException {
        FaultLoad load = ground.load();
        long struck = 0;
        int events = ground.rounds(1_000, 120);
        for (FaultProxy.Ending ending :
                List.of(FaultProxy.Ending.ANSWER_LOST, FaultProxy.Ending.RESET)) {
            hub.databaseWire().strike(STORING, ending, 3, Duration.ZERO);
            load.send(16, ground.random().nextLong(), events / 2);
            struck += hub.databaseWire().struck();
        }
        // The workers' own commits, with money in them.
        hub.databaseWire().strike(COMMITTING, FaultProxy.Ending.ANSWER_LOST, 7, Duration.ZERO);
        load.send(8, ground.random().nextLong(), events / 2);
        FaultedHub.pause(Duration.ofSeconds(2));
        struck += hub.databaseWire().struck();
        hub.databaseWire().heal();
        int unanswered = load.unacknowledged();
        Map<Integer, Long> answers = load.answers();
        load.resend(16, Duration.ofMinutes(3));
        ground.promises(load, findings);
        ground.books(findings);
        findings.require(struck > 0, "no statement was struck");
        findings.require(
                Set.of(200, 503).containsAll(answers.keySet()), "the answers were " + answers);
        findings.faults(struck, findings.holds() ? struck : 0);
        findings.seen(
                struck
                        + " connections died between a statement and its answer; "
                        + load.acknowledged().size()
                        + " events, "
                        + unanswered
                        + " of them not acknowledged at first and sent again");
    }

    /** Row 9. */
    void heldUp(FaultFindings findings) throws SQLException, InterruptedException {
        FaultLoad stuck = ground.load();
        FaultLoad load = ground.load();
        findings.fault();
        try (Connection connection = hub.owner()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < ground.targets().size(); i++) {
                try (PreparedStatement lock =
                        connection.prepareStatement(
                                "SELECT v.id FROM visit v JOIN payment p ON p.visit_id = v.id"
                                        + " WHERE p.id = ? FOR UPDATE")) {
                    lock.setBytes(1, ground.target(i));
                    lock.executeQuery();
                }
            }
            for (int i = 0; i < 60; i++) {
                String payment = ground.targets().get(i % ground.targets().size());
                stuck.deliver(
                        event(stuck, i),
                        FaultMerchant.charge(event(stuck, i), payment, 900, payment));
            }
            deliver(load, 0, ground.rounds(500, 100));
            int admin = merchant.get("/payments/" + ground.targets().get(0)).status();
            findings.require(admin == 200, "meanwhile the interface answered " + admin);
            connection.rollback();
        }
        findings.require(
                stuck.unacknowledged() + load.unacknowledged() == 0,
                "not every event was taken: " + stuck.answers() + ", " + load.answers());
        findings.require(
                load.p99() < 2_000, "with all workers held up the p99 was " + load.p99() + " ms");
        ground.promises(stuck, findings);
        ground.promises(load, findings);
        ground.books(findings);
        findings.over();
        findings.seen(
                "all workers waiting for locked visits: "
                        + load.acknowledged().size()
                        + " more events were taken with a p99 of "
                        + load.p99()
                        + " ms, and the interface answered");
    }

    /** Row 26. */
    void stormAfterAnOutage(FaultFindings findings) throws SQLException, InterruptedException {
        FaultLoad load = ground.load();
        int events = ground.rounds(20_000, 500);
        findings.fault();
        hub.databaseWire().cut();
        load.send(32, ground.random().nextLong(), events);
        findings.require(load.successes() == 0, "an event was acknowledged without a database");
        findings.require(load.withoutRetryAfter() == 0, "a 503 did not say when to come again");
        Map<Integer, Long> away = load.answers();
        hub.databaseWire().heal();
        long start = System.nanoTime();
        load.resend(64, Duration.ofMinutes(5));
        long taken = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        ground.promises(load, findings);
        ground.books(findings);
        long worked = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        findings.over();
        findings.seen(
                "without a database the answers were "
                        + away
                        + "; all "
                        + load.acknowledged().size()
                        + " sent again at once from 64 connections were taken in "
                        + taken
                        + " ms and worked off after "
                        + worked
                        + " ms. The outage lasted as long as those answers, not ten minutes");
    }

    // ---- full disks ----

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        return process.waitFor() == 0;
    }

    private static boolean mount(Path at, long bytes) throws IOException, InterruptedException {
        Files.createDirectories(at);
        try {
            return run("mount", "-t", "tmpfs", "-o", "size=" + bytes, "none", at.toString());
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    /** Writes until there is no room left. */
    private static void fill(Path file, long room) throws IOException {
        byte[] block = new byte[64 * 1024];
        try (var out = Files.newOutputStream(file)) {
            while (file.toFile().getUsableSpace() > room) {
                out.write(block);
            }
            while (room == 0) {
                out.write(block);
            }
        } catch (IOException full) {
            // That is what was wanted.
            return;
        }
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            long sum = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sum += Files.size(file);
            }
            return sum;
        }
    }

    /** Row 5. */
    void databaseDiskFull(FaultFindings findings)
            throws IOException, SQLException, InterruptedException {
        Path small = hub.folder().resolve("small-disk");
        if (!mount(small, size(hub.databaseFiles()) + (96L << 20))) {
            findings.impossible("only root may mount a small disk");
            return;
        }
        try {
            onSmallDisk(small, findings);
        } finally {
            if (hub.database().isAlive()) {
                hub.stopDatabase();
            }
            run("umount", small.toString());
            hub.startDatabase();
        }
    }

    private void onSmallDisk(Path small, FaultFindings findings)
            throws IOException, SQLException, InterruptedException {
        FaultLoad load = ground.load();
        long server = hub.server().pid();
        hub.stopDatabase();
        Path data = small.resolve("data");
        if (!run("cp", "-a", hub.databaseFiles().toString(), data.toString())) {
            findings.impossible("the small disk could not be filled with the database's files");
            return;
        }
        hub.startDatabase(data);
        findings.fault();
        load.resend(1, Duration.ofSeconds(60));
        FaultedHub.await(
                "events are taken on the small disk",
                Duration.ofSeconds(60),
                () ->
                        load.deliver(
                                        load.prefix() + "first",
                                        FaultMerchant.charge(
                                                load.prefix() + "first", "", 900, load.prefix()))
                                == 200);
        Path ballast = small.resolve("ballast");
        fill(ballast, 2L << 20);
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        load.send(
                16,
                ground.random().nextLong(),
                () -> load.answersOf(503) < 200 && System.nanoTime() < deadline);
        Map<Integer, Long> answers = load.answers();
        boolean died = !hub.database().isAlive();
        findings.require(load.answersOf(503) > 0, "the disk never got full: " + answers);
        findings.require(load.withoutRetryAfter() == 0, "a 503 did not say when to come again");
        findings.require(
                Set.of(0, 200, 503).containsAll(answers.keySet()), "the answers were " + answers);
        Files.delete(ballast);
        if (died) {
            hub.startDatabase(data);
        }
        load.resend(8, Duration.ofMinutes(2));
        findings.require(hub.server().pid() == server, "the application was started again");
        ground.promises(load, findings);
        ground.books(findings);
        findings.over();
        findings.seen(
                "answers while the disk filled up: "
                        + answers
                        + (died ? ", the database ended and was started again" : "")
                        + "; with room again all "
                        + load.acknowledged().size()
                        + " events were taken by the same process");
        // What was taken on the small disk must last.
        hub.stopDatabase();
        run("rm", "-rf", hub.databaseFiles().toString());
        run("cp", "-a", data.toString(), hub.databaseFiles().toString());
    }

    /** Row 6. */
    void applicationDiskFull(FaultFindings findings)
            throws IOException, SQLException, InterruptedException {
        Path logs = hub.folder().resolve("logs");
        Path scratch = hub.folder().resolve("tmp");
        hub.stopLauncher();
        if (!mount(logs, 16L << 20)) {
            hub.startLauncher(Map.of());
            findings.impossible("only root may mount a small disk");
            return;
        }
        try {
            hub.startLauncher(Map.of());
            mount(scratch, 16L << 20);
            findings.fault();
            fill(logs.resolve("ballast"), 0);
            fill(scratch.resolve("ballast"), 0);
            FaultLoad load = ground.load();
            load.send(16, ground.random().nextLong(), ground.rounds(2_000, 300));
            findings.require(
                    load.unacknowledged() == 0, "not every event was taken: " + load.answers());
            FaultedHub.Answer page = merchant.get("/payments/" + ground.targets().get(0));
            findings.require(page.status() == 200, "the interface answered " + page.status());
            FaultedHub.Answer file =
                    merchant.get("/reports/balance_itemised.v1?from=2026-01-01&to=2030-01-01");
            ground.promises(load, findings);
            ground.books(findings);
            findings.over();
            findings.seen(
                    "with no byte left for logs and temporary files "
                            + load.acknowledged().size()
                            + " events were taken and the interface answered; a report "
                            + (file.status() == 200
                                    ? "came whole"
                                    : "was answered " + file.status()));
        } finally {
            hub.stopLauncher();
            run("umount", "-l", scratch.toString());
            run("umount", "-l", logs.toString());
            hub.startLauncher(Map.of());
        }
    }
}
