package org.payhub.simulator.bench;

import com.google.gson.JsonElement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.payhub.simulator.bench.Figures.Figure;
import org.payhub.simulator.bench.Figures.Row;
import org.payhub.simulator.kit.Json;

/**
 * How fast webhooks are taken in, with the whole production path, beside floors in the same run:
 * F1, ours, F2, ours, F7, ours, and again. After each round every acknowledged event is looked for.
 */
final class IntakeBench {

    private static final String OURS = "ours";
    private static final List<String> FLOORS = List.of("F1", "F2", "F7");
    private static final int AUDITED = 500;
    private static final int SIGNED = 400_000;
    private static final int OVERLOAD_CONNECTIONS = 2_000;
    private static final int STEADY = 200;

    /**
     * Few enough a second for the compiler to have the processors most of the time, and for what is
     * stored to be worked off at once: that code has to be known too.
     */
    private static final int WARM_RATE = 300;

    private final Options options;
    private final HubUnderTest hub;
    private final StripeMerchant merchant;
    private final Floors floors;
    private final Path acknowledged;
    private final Machine machine;
    private final Figures figures;
    private final Clock clock = Clock.systemUTC();
    private final Duration length;
    private long nextNumber;

    private IntakeBench(
            Options options,
            HubUnderTest hub,
            StripeMerchant merchant,
            Floors floors,
            Durability durability) {
        this.options = options;
        this.hub = hub;
        this.merchant = merchant;
        this.floors = floors;
        this.acknowledged = hub.folder().resolve("acknowledged.txt");
        this.machine = new Machine(HubUnderTest.processes());
        this.figures = new Figures(durability);
        this.length = Duration.ofSeconds(options.number("seconds", 6));
    }

    static boolean run(Options options) throws IOException, SQLException, InterruptedException {
        options.knowing(
                "rounds",
                "seconds",
                "only",
                "warm",
                "settle",
                "port",
                "overload",
                "backlog",
                "out");
        int port = options.number("port", 18_080);
        Path target = HubUnderTest.home().resolve("target").resolve("bench");
        Figures.say("Starting a Payhub of its own in " + target.resolve("hub") + " …");
        try (HubUnderTest hub = HubUnderTest.start(target.resolve("hub"), port, port + 10)) {
            StripeMerchant merchant = StripeMerchant.connect(hub);
            Set<String> wanted = wanted(options);
            boolean compared = wanted.stream().anyMatch(Set.of("P1", "P2", "P3")::contains);
            Durability durability;
            try (Connection connection = hub.owner()) {
                durability = Durability.of(connection);
            }
            try (Floors floors =
                    Floors.start(
                            hub,
                            merchant.secret(),
                            compared ? FLOORS : List.of(),
                            port + 20,
                            target.resolve("floors"))) {
                IntakeBench bench = new IntakeBench(options, hub, merchant, floors, durability);
                return bench.run(wanted, target);
            }
        }
    }

    private static Set<String> wanted(Options options) {
        return Set.of(options.text("only", "H9,P1,P2,P3,P4,P5,P7,P8").split(","));
    }

    private boolean run(Set<String> wanted, Path target)
            throws IOException, SQLException, InterruptedException {
        figures.head();
        sayWhetherHealthKnows();
        int rounds = options.number("rounds", 3);
        warm(wanted);
        if (wanted.contains("H9")) {
            audit();
        }
        for (int round = 1; round <= rounds; round++) {
            compare(wanted, "P1", 64, round);
            compare(wanted, "P2", 16, round);
            compare(wanted, "P3", 1, round);
        }
        if (wanted.contains("P1")) {
            ratios("P1", "acks/s at 64 connections", 800, 1_300);
        }
        if (wanted.contains("P2")) {
            ratios("P2", "acks/s at 16 connections", 600, 900);
        }
        if (wanted.contains("P3")) {
            latency();
        }
        long most = most(wanted);
        if (wanted.contains("P4")) {
            halfOfOurMost(most);
        }
        if (wanted.contains("P5")) {
            overload(most);
        }
        if (wanted.contains("P7")) {
            acknowledgedToApplied();
        }
        if (wanted.contains("P8")) {
            backlog();
        }
        checkInvariants();
        figures.table();
        Path out = Path.of(options.text("out", target.resolve("intake.json").toString()));
        Files.writeString(out, Json.pretty(figures.json()) + "\n");
        Figures.say("Written to " + out);
        return figures.nothingBroke();
    }

    // ---- rounds ----

    private void warm(Set<String> wanted) throws IOException, SQLException, InterruptedException {
        Duration each = Duration.ofSeconds(options.number("warm", 20));
        List<String> systems = new ArrayList<>();
        if (wanted.stream().anyMatch(Set.of("P1", "P2", "P3")::contains)) {
            systems.addAll(FLOORS);
        }
        systems.add(OURS);
        for (String system : systems) {
            Figures.say("Warming " + system + " …");
            empty();
            press(system, each);
            if (system.equals(OURS)) {
                // There is far more of ours for the compiler to get to know, and it needs the
                // processors for that: see BENCH.md.
                int settle = options.number("settle", 150);
                LoadClient.fixedRate(
                        merchant.target(),
                        sign(merchant.target(), WARM_RATE * settle),
                        WARM_RATE,
                        64,
                        Duration.ofSeconds(settle),
                        acknowledged);
                press(system, each);
            }
        }
    }

    private void press(String system, Duration length) throws IOException {
        Round signed = sign(target(system), SIGNED);
        LoadClient.closedLoop(target(system), signed, 64, length, acknowledged);
    }

    private void compare(Set<String> wanted, String target, int connections, int round)
            throws IOException, SQLException, InterruptedException {
        if (!wanted.contains(target)) {
            return;
        }
        for (String floor : FLOORS) {
            // Who goes first changes from round to round.
            List<String> pair = round % 2 == 1 ? List.of(floor, OURS) : List.of(OURS, floor);
            for (String system : pair) {
                figures.add(measure(target, system, round, connections));
            }
        }
    }

    private Row measure(String target, String system, int round, int connections)
            throws IOException, SQLException, InterruptedException {
        empty();
        Round signed = sign(target(system), SIGNED);
        return observed(
                target,
                system,
                round,
                connections,
                () ->
                        LoadClient.closedLoop(
                                target(system), signed, connections, length, acknowledged));
    }

    /** A piece of load. */
    private interface Load {
        Outcome run() throws IOException;
    }

    private Row observed(String target, String system, int round, int connections, Load load)
            throws IOException, SQLException {
        try (Connection connection = hub.owner()) {
            long fsyncs = Durability.fsyncs(connection);
            machine.begin();
            Outcome outcome = load.run();
            int others = machine.takenByOthers();
            fsyncs = Durability.fsyncs(connection) - fsyncs;
            Oracle.Verdict verdict =
                    system.equals(OURS)
                            ? Oracle.ofInbox(connection, outcome)
                            : Oracle.ofFloor(connection, outcome);
            return new Row(target, system, round, connections, outcome, verdict, fsyncs, others);
        }
    }

    private LoadClient.Target target(String system) {
        return system.equals(OURS) ? merchant.target() : floors.target(system);
    }

    private Round sign(LoadClient.Target target, int count) throws IOException {
        Round round = Round.sign(target, merchant.secret(), Instant.now(clock), nextNumber, count);
        nextNumber += count;
        return round;
    }

    /** Every round begins alike: with nothing stored and nothing left to work off. */
    private void empty() throws SQLException {
        try (Connection connection = hub.owner();
                Statement statement = connection.createStatement()) {
            // Both: what ours has still to work off would cost a floor that comes next its speed.
            statement.execute("TRUNCATE TABLE webhook_delivery");
            statement.execute("TRUNCATE TABLE floor_inbox");
        }
        // What was claimed before finds nothing; that takes the workers a moment.
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(700));
    }

    // ---- what follows from them ----

    private void ratios(String target, String what, long first, long aim) {
        for (String floor : FLOORS) {
            List<Row> theirs = figures.of(target, floor);
            List<Row> ours = besides(target, floor);
            List<Long> ratios = new ArrayList<>();
            for (int i = 0; i < theirs.size(); i++) {
                ratios.add(
                        ours.get(i).outcome().rate()
                                * 1_000
                                / Math.max(1, theirs.get(i).outcome().rate()));
            }
            long median = Figures.median(ratios);
            figures.judgeSpread(target + " to " + floor, ratios);
            boolean judged = floor.equals("F1");
            figures.add(
                    new Figure(
                            target,
                            what + " to " + floor,
                            Figures.times(median) + " " + all(ratios),
                            judged ? "≥ " + Figures.times(first) : "–",
                            judged ? "≥ " + Figures.times(aim) : "–",
                            judged ? median >= first : null));
        }
    }

    private void latency() {
        List<Long> ratios = new ArrayList<>();
        List<Row> theirs = figures.of("P3", "F1");
        List<Row> ours = besides("P3", "F1");
        for (int i = 0; i < theirs.size(); i++) {
            ratios.add(
                    ours.get(i).outcome().accepted().p50()
                            * 1_000L
                            / Math.max(1, theirs.get(i).outcome().accepted().p50()));
        }
        figures.judgeSpread("P3 to F1", ratios);
        long median = Figures.median(ratios);
        figures.add(
                new Figure(
                        "P3",
                        "p50 of one connection to F1's",
                        Figures.times(median) + " " + all(ratios),
                        "≤ 2.50×",
                        "≤ 1.50×",
                        median <= 2_500));
    }

    private static String all(List<Long> ratios) {
        return ratios.stream().map(Figures::times).toList().toString();
    }

    /** Our rounds that stood beside that floor's: one of three. */
    private List<Row> besides(String target, String floor) {
        List<Row> ours = figures.of(target, OURS);
        List<Row> beside = new ArrayList<>();
        for (int i = FLOORS.indexOf(floor); i < ours.size(); i += FLOORS.size()) {
            beside.add(ours.get(i));
        }
        return beside;
    }

    private long most(Set<String> wanted) throws IOException, SQLException, InterruptedException {
        if (!wanted.contains("P4") && !wanted.contains("P5")) {
            return 0;
        }
        if (!wanted.contains("P1")) {
            figures.add(measure("P1", OURS, 1, 64));
        }
        return Figures.median(
                figures.of("P1", OURS).stream().map(row -> row.outcome().rate()).toList());
    }

    private void halfOfOurMost(long most) throws IOException, SQLException, InterruptedException {
        int rate = (int) Math.max(1, most / 2);
        Duration time = length.multipliedBy(2);
        empty();
        Round signed = sign(merchant.target(), (int) Math.max(SIGNED, rate * time.toSeconds()));
        Row row =
                observed(
                        "P4",
                        OURS,
                        1,
                        256,
                        () ->
                                LoadClient.fixedRate(
                                        merchant.target(), signed, rate, 256, time, acknowledged));
        figures.add(row);
        int p99 = row.outcome().accepted().p99();
        int p999 = row.outcome().accepted().p999();
        figures.add(
                new Figure(
                        "P4",
                        "p99 at " + rate + "/s, half of our most",
                        Figures.millis(p99) + ", p99.9 " + Figures.millis(p999),
                        "≤ 25 ms, p99.9 ≤ 100 ms",
                        "≤ 12 ms",
                        p99 <= 25_000 && p999 <= 100_000));
    }

    private void overload(long most) throws IOException, SQLException, InterruptedException {
        int rate = (int) Math.max(1, most * 2);
        Duration time = Duration.ofSeconds(options.number("overload", 60));
        empty();
        Round signed = sign(merchant.target(), (int) Math.max(SIGNED, rate * time.toSeconds()));
        Row row =
                observed(
                        "P5",
                        OURS,
                        1,
                        OVERLOAD_CONNECTIONS,
                        () ->
                                LoadClient.overload(
                                        merchant.target(),
                                        signed,
                                        rate,
                                        OVERLOAD_CONNECTIONS,
                                        time,
                                        acknowledged));
        figures.add(row);
        Optional<Duration> normal = normalAgain();
        Outcome outcome = row.outcome();
        int p99 = outcome.accepted().p99();
        boolean holds =
                p99 <= 1_000_000
                        && outcome.refused().p99() <= 50_000
                        && outcome.refusedWithoutRetryAfter() == 0
                        && row.verdict().holds()
                        && normal.isPresent();
        figures.add(
                new Figure(
                        "P5",
                        "accepted p99 at " + rate + "/s asked, twice our most",
                        Figures.millis(p99)
                                + ", "
                                + outcome.refusedCount()
                                + " refused (p99 "
                                + Figures.millis(outcome.refused().p99())
                                + "), "
                                + outcome.notSentCount()
                                + " found no connection (of "
                                + OVERLOAD_CONNECTIONS
                                + "), normal after "
                                + normal.map(d -> d.toMillis() + " ms").orElse("more than 10 s"),
                        "≤ 1 s, 503 in ≤ 50 ms, ≤ 5 s",
                        "–",
                        holds));
    }

    /** How long until a second of light load is answered as lightly as ever. */
    private Optional<Duration> normalAgain() throws IOException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(10)) {
            long began = System.nanoTime();
            Outcome light =
                    LoadClient.fixedRate(
                            merchant.target(),
                            sign(merchant.target(), STEADY),
                            STEADY,
                            32,
                            Duration.ofSeconds(1),
                            acknowledged);
            if (light.refusedCount() + light.brokenCount() == 0
                    && light.accepted().p99() <= 100_000) {
                return Optional.of(Duration.ofNanos(began - start));
            }
        }
        return Optional.empty();
    }

    // ---- from the inbox on ----

    private void acknowledgedToApplied() throws IOException, SQLException, InterruptedException {
        Duration time = Duration.ofSeconds(20);
        empty();
        steady(Duration.ofSeconds(5)); // The workers' code is cold after nothing but intake.
        awaitNothingLeft(Duration.ofMinutes(1), Instant.now(clock));
        empty();
        Row row =
                observed(
                        "P7",
                        OURS,
                        1,
                        32,
                        () ->
                                LoadClient.fixedRate(
                                        merchant.target(),
                                        sign(merchant.target(), STEADY * 20),
                                        STEADY,
                                        32,
                                        time,
                                        acknowledged));
        figures.add(row);
        boolean done = awaitNothingLeft(Duration.ofMinutes(1), Instant.now(clock)).isPresent();
        Latencies latencies = new Latencies();
        try (Connection connection = hub.owner();
                Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery(
                                "SELECT TIMESTAMPDIFF(MICROSECOND, received_at, applied_at) FROM"
                                        + " webhook_delivery WHERE applied_at IS NOT NULL")) {
            while (result.next()) {
                latencies.add(result.getLong(1) * 1_000);
            }
        }
        figures.add(
                new Figure(
                        "P7",
                        "received → applied at " + STEADY + "/s",
                        "p50 "
                                + Figures.millis(latencies.p50())
                                + ", p99 "
                                + Figures.millis(latencies.p99())
                                + " of "
                                + latencies.size(),
                        "p50 ≤ 50 ms, p99 ≤ 500 ms",
                        "p99 ≤ 150 ms",
                        done
                                && latencies.size() == row.verdict().stored()
                                && latencies.p50() <= 50_000
                                && latencies.p99() <= 500_000));
    }

    private void backlog() throws IOException, SQLException, InterruptedException {
        int wanted = options.number("backlog", 100_000);
        empty();
        Figures.say("Making a backlog of " + wanted + " …");
        long left = 0;
        while (left < wanted) {
            Outcome outcome =
                    LoadClient.closedLoop(
                            merchant.target(),
                            sign(merchant.target(), (int) Math.max(1_000, wanted - left)),
                            64,
                            Duration.ofMinutes(2),
                            acknowledged);
            if (outcome.acknowledgedCount() == 0) {
                throw new IllegalStateException("No backlog can be made: " + outcome.answers());
            }
            left = left(Instant.now(clock));
        }
        Instant before = Instant.now(clock);
        long start = System.nanoTime();
        CompletableFuture<Optional<Duration>> drained =
                CompletableFuture.supplyAsync(() -> drained(before));
        Outcome last = null;
        while (!drained.isDone()) {
            last = steady(Duration.ofSeconds(2));
        }
        try {
            Optional<Duration> took = drained.get();
            figures.add(
                    new Figure(
                            "P8",
                            "backlog of " + left + " drained while receiving " + STEADY + "/s",
                            took.map(d -> d.toSeconds() + " s").orElse("not in 10 minutes")
                                    + took.map(d -> ", " + wanted / Math.max(1, d.toSeconds()))
                                            .map(r -> r + "/s")
                                            .orElse(""),
                            "≤ 300 s",
                            "≤ 120 s",
                            took.filter(d -> d.toSeconds() <= 300).isPresent()));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        Figures.say(
                "While draining, intake answered "
                        + STEADY
                        + "/s with p99 "
                        + Figures.millis(last == null ? 0 : last.accepted().p99())
                        + "; "
                        + (System.nanoTime() - start) / 1_000_000_000
                        + " s in all.");
    }

    private Optional<Duration> drained(Instant before) {
        try {
            return awaitNothingLeft(Duration.ofMinutes(10), before);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Outcome steady(Duration time) throws IOException {
        return LoadClient.fixedRate(
                merchant.target(),
                sign(merchant.target(), (int) (STEADY * time.toSeconds())),
                STEADY,
                32,
                time,
                acknowledged);
    }

    /** How long until everything received before that moment was worked off. */
    private Optional<Duration> awaitNothingLeft(Duration patience, Instant before)
            throws SQLException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < patience.toNanos()) {
            if (left(before) == 0) {
                return Optional.of(Duration.ofNanos(System.nanoTime() - start));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
        }
        return Optional.empty();
    }

    private long left(Instant before) throws SQLException {
        // By merchant, because the index is; there is one.
        try (Connection connection = hub.owner();
                PreparedStatement query =
                        connection.prepareStatement(
                                "SELECT COUNT(*) FROM webhook_delivery d WHERE d.merchant_id IN"
                                        + " (SELECT id FROM merchant) AND d.status = 'received'"
                                        + " AND d.received_at <= ?")) {
            query.setTimestamp(1, Timestamp.from(before));
            try (ResultSet result = query.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    // ---- what must hold ----

    /** One acknowledgement after the other: each must have made the disk keep something. */
    private void audit() throws IOException, SQLException, InterruptedException {
        empty();
        Optional<Durability.Watch> watch = hub.database().flatMap(Durability.Watch::on);
        Round signed = sign(merchant.target(), AUDITED);
        Row row =
                observed(
                        "H9",
                        OURS,
                        1,
                        1,
                        () ->
                                LoadClient.closedLoop(
                                        merchant.target(),
                                        signed,
                                        1,
                                        Duration.ofMinutes(1),
                                        acknowledged));
        figures.add(row);
        long kernel = watch.isPresent() ? watch.get().end() : -1;
        long seen = Math.max(kernel, row.fsyncs());
        boolean holds = seen >= row.verdict().acknowledged() && row.verdict().acknowledged() > 0;
        figures.add(
                new Figure(
                        "H9",
                        "disk writes made durable by " + row.verdict().acknowledged() + " acks",
                        row.fsyncs()
                                + " by the database, "
                                + (kernel < 0 ? "kernel not asked" : kernel + " by the kernel"),
                        "≥ acks",
                        "–",
                        holds));
        if (!holds) {
            figures.broke(
                    String.format(
                            Locale.ROOT,
                            "%d acknowledgements made the disk keep only %d times: what was"
                                    + " confirmed can be lost.",
                            row.verdict().acknowledged(),
                            seen));
        }
    }

    /** A weaker setting must be on the health page too, not only here. */
    private void sayWhetherHealthKnows() throws IOException, InterruptedException, SQLException {
        List<String> codes = new ArrayList<>();
        for (JsonElement warning : hub.health().getAsJsonArray("warnings")) {
            codes.add(warning.getAsJsonObject().get("code").getAsString());
        }
        try (Connection connection = hub.owner()) {
            List<String> weaker = Durability.of(connection).weaker();
            boolean told = codes.stream().anyMatch(code -> code.startsWith("durability."));
            if (!weaker.isEmpty() && !told) {
                figures.broke("The health page does not say that durability is weaker.");
            } else if (!weaker.isEmpty()) {
                figures.remark("The health page says it too: " + codes);
            }
        }
    }

    private void checkInvariants() throws SQLException {
        try (Connection connection = hub.owner()) {
            InvariantSql.breaches(connection).forEach(figures::broke);
        }
    }
}
