package org.payhub.simulator.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.payhub.simulator.kit.Json;

/** What a run of the intake benchmark measured: every round, and what follows from them. */
final class Figures {

    /** A ratio is trusted while its rounds differ by less than this share of the median. */
    private static final long MOST_SPREAD = 350;

    /** One round of one system. */
    record Row(
            String target,
            String system,
            int round,
            int connections,
            Outcome outcome,
            Oracle.Verdict verdict,
            long fsyncs,
            int others) {

        boolean noisy() {
            return others > Machine.NOISY;
        }
    }

    /** One figure with what it is held against; parts of 1 000 where it is a ratio. */
    record Figure(
            String id, String what, String reached, String first, String aim, Boolean holds) {}

    private final Durability durability;
    private final List<Row> rows = new ArrayList<>();
    private final List<Figure> figures = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    Figures(Durability durability) {
        this.durability = durability;
        remarks.addAll(durability.weaker());
    }

    void add(Row row) {
        rows.add(row);
        say(line(row));
        if (!row.verdict.holds()) {
            broken.add(
                    row.target
                            + " "
                            + row.system
                            + " lost "
                            + row.verdict.lost()
                            + " and doubled "
                            + row.verdict.doubled()
                            + " "
                            + row.verdict.firstLost());
        }
    }

    void add(Figure figure) {
        figures.add(figure);
        say(
                String.format(
                        Locale.ROOT,
                        "%s %s: %s (first release %s, aim %s)%s",
                        figure.id,
                        figure.what,
                        figure.reached,
                        figure.first,
                        figure.aim,
                        figure.holds == null ? "" : figure.holds ? "  reached" : "  NOT reached"));
    }

    void remark(String remark) {
        remarks.add(remark);
        say("! " + remark);
    }

    void broke(String what) {
        broken.add(what);
        say("!! " + what);
    }

    static void say(String line) {
        System.out.println(line);
    }

    /** Whether no event was lost or doubled and nothing else that must hold broke. */
    boolean nothingBroke() {
        return broken.isEmpty();
    }

    /** What a figure's rounds of that system were, in the order of the rounds. */
    List<Row> of(String target, String system) {
        return rows.stream()
                .filter(row -> row.target.equals(target) && row.system.equals(system))
                .toList();
    }

    boolean noisy() {
        return rows.stream().anyMatch(Row::noisy);
    }

    static long median(List<Long> values) {
        List<Long> sorted = values.stream().sorted().toList();
        if (sorted.isEmpty()) {
            return 0;
        }
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Says so when the rounds of a ratio are too far apart to mean anything. */
    void judgeSpread(String what, List<Long> ratios) {
        long median = median(ratios);
        long spread =
                ratios.stream().mapToLong(Long::longValue).max().orElse(0)
                        - ratios.stream().mapToLong(Long::longValue).min().orElse(0);
        if (median > 0 && spread * 1_000 / median > MOST_SPREAD) {
            remark(
                    what
                            + ": the rounds gave "
                            + ratios.stream().map(Figures::times).toList()
                            + ", too far apart to count; the machine was too noisy.");
        }
    }

    /** 1 300 as "1.30×". */
    static String times(long perMille) {
        return String.format(Locale.ROOT, "%d.%02d×", perMille / 1_000, perMille % 1_000 / 10);
    }

    /** 12 345 µs as "12.3 ms". */
    static String millis(long micros) {
        return String.format(Locale.ROOT, "%d.%d ms", micros / 1_000, micros % 1_000 / 100);
    }

    void head() {
        say("Database: " + durability);
        say(
                String.format(
                        Locale.ROOT,
                        "%-4s %-5s %5s %5s %8s %9s %9s %9s %8s %6s %6s  %s",
                        "what",
                        "who",
                        "round",
                        "conns",
                        "acks/s",
                        "p50 ms",
                        "p99 ms",
                        "p99.9 ms",
                        "fsyncs",
                        "lost",
                        "others",
                        "settings"));
    }

    private String line(Row row) {
        return String.format(
                Locale.ROOT,
                "%-4s %-5s %5d %5d %8d %9s %9s %9s %8d %6d %5s%%  flush=%s binlog=%s%s%s",
                row.target,
                row.system,
                row.round,
                row.connections,
                row.outcome.rate(),
                plainMillis(row.outcome.accepted().p50()),
                plainMillis(row.outcome.accepted().p99()),
                plainMillis(row.outcome.accepted().p999()),
                row.fsyncs,
                row.verdict.lost(),
                row.others < 0 ? "?" : Integer.toString(row.others / 10),
                durability.flush(),
                durability.binlog() ? "on/" + durability.syncBinlog() : "off",
                row.outcome.refusedCount() + row.outcome.brokenCount() > 0
                        ? " answers="
                                + row.outcome.answers()
                                + " broken="
                                + row.outcome.brokenCount()
                        : "",
                row.noisy() ? "  NOISY" : "");
    }

    private static String plainMillis(long micros) {
        return String.format(Locale.ROOT, "%d.%02d", micros / 1_000, micros % 1_000 / 10);
    }

    void table() {
        say("");
        say(
                String.format(
                        Locale.ROOT,
                        "%-4s %-52s %-34s %-24s %-14s",
                        "",
                        "",
                        "reached",
                        "first release",
                        "aim"));
        for (Figure figure : figures) {
            say(
                    String.format(
                            Locale.ROOT,
                            "%-4s %-52s %-34s %-24s %-14s %s",
                            figure.id,
                            figure.what,
                            figure.reached,
                            figure.first,
                            figure.aim,
                            figure.holds == null ? "" : figure.holds ? "✓" : "✗"));
        }
        if (noisy()) {
            remarks.add("The machine did something else in some rounds: they are marked NOISY.");
        }
        say("");
        remarks.forEach(remark -> say("! " + remark));
        broken.forEach(what -> say("!! " + what));
        say(
                nothingBroke()
                        ? "Nothing acknowledged was lost, nothing was stored twice."
                        : "Something broke; see above.");
    }

    JsonObject json() {
        JsonArray rounds = new JsonArray();
        for (Row row : rows) {
            rounds.add(
                    Json.of(
                            "target", row.target,
                            "system", row.system,
                            "round", row.round,
                            "connections", row.connections,
                            "acksPerSecond", row.outcome.rate(),
                            "acknowledged", row.verdict.acknowledged(),
                            "stored", row.verdict.stored(),
                            "lost", row.verdict.lost(),
                            "doubled", row.verdict.doubled(),
                            "refused", row.outcome.refusedCount(),
                            "broken", row.outcome.brokenCount(),
                            "p50Micros", row.outcome.accepted().p50(),
                            "p99Micros", row.outcome.accepted().p99(),
                            "p999Micros", row.outcome.accepted().p999(),
                            "millis", row.outcome.millis(),
                            "fsyncs", row.fsyncs,
                            "flush", durability.flush(),
                            "binlog", durability.binlog(),
                            "syncBinlog", durability.syncBinlog(),
                            "othersPerMille", row.others,
                            "noisy", row.noisy()));
        }
        JsonArray reached = new JsonArray();
        for (Figure figure : figures) {
            reached.add(
                    Json.of(
                            "id", figure.id,
                            "what", figure.what,
                            "reached", figure.reached,
                            "firstRelease", figure.first,
                            "aim", figure.aim,
                            "holds", figure.holds));
        }
        return Json.of(
                "database", durability.toString(),
                "figures", reached,
                "rounds", rounds,
                "remarks", Json.list(remarks.toArray()),
                "broken", Json.list(broken.toArray()));
    }
}
