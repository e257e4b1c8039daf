package org.payhub.simulator.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.payhub.simulator.kit.Json;

/**
 * {@code ./payhub bench faults}: starts a Payhub of its own, hurts it row by row, and looks after
 * each row whether what was acknowledged is there, once, and whether books and audit chain are
 * whole. What it found of every seed is kept in {@code target/bench/faults} and makes the table in
 * {@code TRUST.md}. A seed makes the same choices again; what the machine does in between it cannot
 * repeat.
 */
public final class FaultsBench {

    private interface Fault {
        void make(FaultFindings findings) throws IOException, SQLException, InterruptedException;
    }

    /** Told of every row as soon as it is over. */
    private interface Kept {
        void row(FaultFindings found) throws IOException;
    }

    private record Row(int number, Fault make) {}

    /** What a test has time for. */
    private static final Set<Integer> BRIEF = Set.of(1, 2, 3, 8, 10, 11, 49, 51);

    /** The rows by their numbers in the list of faults. */
    private static final Map<Integer, String> FAULTS = new LinkedHashMap<>();

    static {
        FAULTS.put(1, "application killed under load");
        FAULTS.put(2, "database killed under load");
        FAULTS.put(3, "answer before the commit");
        FAULTS.put(5, "database's disk full");
        FAULTS.put(6, "application's disk full");
        FAULTS.put(7, "database slow");
        FAULTS.put(8, "connection dies before the commit's reply");
        FAULTS.put(9, "all workers held up");
        FAULTS.put(10, "answer lost after the commit");
        FAULTS.put(11, "sender gives up while we work");
        FAULTS.put(14, "stopped in order under load");
        FAULTS.put(15, "everything killed at once");
        FAULTS.put(24, "killed between an effect and its mark");
        FAULTS.put(26, "storm of repeats after an outage");
        FAULTS.put(44, "our clock ten minutes wrong");
        FAULTS.put(49, "bodies of 10 MB, packed, without length");
        FAULTS.put(50, "slow senders");
        FAULTS.put(51, "JSON made to hurt");
    }

    private FaultsBench() {}

    static boolean run(Options options) throws IOException, SQLException, InterruptedException {
        options.knowing("seed", "short", "few", "only", "rounds");
        int kills = options.number("rounds", 20);
        boolean brief = !options.text("short", "").isEmpty();
        boolean few = brief || !options.text("few", "").isEmpty();
        Path home = HubUnderTest.home();
        Path kept = home.resolve("target").resolve("bench").resolve("faults");
        Path folder = kept.resolveSibling("faults-hub");
        Set<Integer> only = new TreeSet<>(brief ? BRIEF : Set.of());
        for (String number : options.text("only", "").split(",")) {
            if (!number.isBlank()) {
                only.add(number(number.strip(), "only"));
            }
        }
        boolean good = true;
        for (String text : options.text("seed", "1").split(",")) {
            long seed = number(text.strip(), "seed");
            HubUnderTest.delete(folder);
            Kept keep =
                    found -> {
                        if (!brief) {
                            keep(kept.resolve("seed-" + seed + ".json"), seed, few, found);
                            Files.writeString(
                                    home.resolve("TRUST.md"), FaultTable.of(FAULTS, read(kept)));
                        }
                    };
            List<FaultFindings> found = hurt(folder, launcher(), seed, few, kills, only, keep);
            good &= found.stream().allMatch(FaultFindings::holds);
        }
        return good;
    }

    private static int number(String text, String option) {
        if (!text.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException(
                    "--" + option + " wants whole numbers with commas between.");
        }
        return Integer.parseInt(text);
    }

    /** What starts the launcher, as {@code ./payhub} does. */
    private static List<String> launcher() {
        String jar = System.getProperty("payhub.launcher", "");
        Path parts = HubUnderTest.home();
        if (jar.isEmpty()) {
            return List.of(parts.resolve("payhub").toString());
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-Dpayhub.agent=" + jar,
                "-Dpayhub.server=" + System.getProperty("payhub.server", ""),
                "-Dpayhub.application=" + System.getProperty("payhub.application", ""),
                "-cp",
                jar + File.pathSeparator + parts.resolve("payments-launcher/target/lib") + "/*",
                "org.payhub.launcher.Launcher");
    }

    /**
     * The short form, for a test: a few rounds of the rows that fit into three minutes.
     *
     * @param folder empty, or with the database's programs already in {@code db/base}
     * @param launcher what starts the launcher, without the word {@code run}
     * @return what did not hold, in a sentence each; empty is good
     */
    public static List<String> brief(Path folder, List<String> launcher, long seed)
            throws IOException, SQLException, InterruptedException {
        return hurt(folder, launcher, seed, true, 1, BRIEF, found -> {}).stream()
                .filter(found -> !found.holds())
                .map(FaultFindings::toString)
                .toList();
    }

    private static List<FaultFindings> hurt(
            Path folder,
            List<String> launcher,
            long seed,
            boolean brief,
            int kills,
            Set<Integer> only,
            Kept keep)
            throws IOException, SQLException, InterruptedException {
        List<FaultFindings> all = new ArrayList<>();
        say("Starting a Payhub to be hurt, seed " + seed + " …");
        try (FaultedHub hub = FaultedHub.start(folder, launcher)) {
            FaultGround ground = new FaultGround(hub, seed, brief, kills);
            for (Row row : rows(ground)) {
                if (only.isEmpty() || only.contains(row.number())) {
                    FaultFindings findings =
                            new FaultFindings(row.number(), FAULTS.get(row.number()));
                    make(ground, row, findings);
                    all.add(findings);
                    say(findings.toString());
                    keep.row(findings);
                }
            }
        }
        return all;
    }

    private static void make(FaultGround ground, Row row, FaultFindings findings)
            throws InterruptedException {
        ground.begin(row.number());
        long start = System.nanoTime();
        try {
            row.make().make(findings);
        } catch (IOException | SQLException | IllegalStateException e) {
            findings.broken("it stopped: " + e.getMessage());
            try {
                ground.tidy();
            } catch (IOException | IllegalStateException again) {
                findings.broken("and did not recover: " + again.getMessage());
            }
        }
        findings.lasted((System.nanoTime() - start) / 1_000_000_000);
    }

    private static List<Row> rows(FaultGround ground) {
        CrashFaults crash = new CrashFaults(ground);
        DatabaseFaults database = new DatabaseFaults(ground);
        WireFaults wire = new WireFaults(ground);
        return List.of(
                new Row(1, crash::applicationKilled),
                new Row(2, crash::databaseKilled),
                new Row(3, database::answeredAfterTheCommit),
                new Row(5, database::databaseDiskFull),
                new Row(6, database::applicationDiskFull),
                new Row(7, database::slow),
                new Row(8, database::diesBeforeTheReply),
                new Row(9, database::heldUp),
                new Row(10, wire::answersLost),
                new Row(11, wire::senderGivesUp),
                new Row(14, crash::stoppedUnderLoad),
                new Row(15, crash::everythingKilled),
                new Row(24, crash::killedBetween),
                new Row(26, database::stormAfterAnOutage),
                new Row(44, wire::clockWrong),
                new Row(49, wire::tooLarge),
                new Row(50, wire::slowSenders),
                new Row(51, wire::madeToHurt));
    }

    // ---- what is kept ----

    /** Rows that were run now take the place of earlier ones of the same seed. */
    private static void keep(Path file, long seed, boolean few, FaultFindings found)
            throws IOException {
        Map<Integer, JsonObject> rows = new LinkedHashMap<>();
        if (Files.exists(file)) {
            for (JsonElement row : Json.parse(Files.readString(file)).getAsJsonArray("rows")) {
                rows.put(row.getAsJsonObject().get("row").getAsInt(), row.getAsJsonObject());
            }
        }
        rows.put(found.row(), found.json());
        JsonArray sorted = new JsonArray();
        rows.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(each -> sorted.add(each.getValue()));
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                Json.pretty(
                        Json.of(
                                "seed",
                                seed,
                                "few",
                                few,
                                "at",
                                Instant.now().truncatedTo(ChronoUnit.MINUTES).toString(),
                                "processors",
                                Runtime.getRuntime().availableProcessors(),
                                "rows",
                                sorted)));
    }

    private static List<JsonObject> read(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<JsonObject> runs = new ArrayList<>();
            for (Path file :
                    files.filter(f -> f.getFileName().toString().matches("seed-[0-9]+\\.json"))
                            .sorted()
                            .collect(Collectors.toList())) {
                runs.add(Json.parse(Files.readString(file)));
            }
            runs.sort(Comparator.comparing(run -> run.get("seed").getAsLong()));
            return runs;
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
