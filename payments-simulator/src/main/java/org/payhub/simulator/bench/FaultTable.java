package org.payhub.simulator.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The table of {@code TRUST.md}: every row over all seeds that were run. */
final class FaultTable {

    private final String fault;
    private final List<String> troubles = new ArrayList<>();
    private long runs;
    private long tried;
    private long survived;
    private long lost;
    private long doubled;
    private long drift;
    private long audit;
    private boolean audited;
    private String impossible = "";
    private String seen = "";

    private FaultTable(String fault) {
        this.fault = fault;
    }

    /**
     * The whole file.
     *
     * @param faults every row there is, so that one which was not run is seen to be missing
     */
    static String of(Map<Integer, String> faults, List<JsonObject> runs) {
        Map<Integer, FaultTable> rows = new TreeMap<>();
        faults.forEach((number, fault) -> rows.put(number, new FaultTable(fault)));
        List<String> seeds = new ArrayList<>();
        String last = "";
        for (JsonObject run : runs) {
            seeds.add(
                    run.get("seed").getAsString()
                            + (run.get("few").getAsBoolean() ? " (few rounds)" : ""));
            String at = run.get("at").getAsString();
            last = at.compareTo(last) > 0 ? at : last;
            for (JsonElement element : run.getAsJsonArray("rows")) {
                JsonObject row = element.getAsJsonObject();
                rows.get(row.get("row").getAsInt()).add(row, run.get("seed").getAsString());
            }
        }
        StringBuilder text = new StringBuilder(8_192);
        text.append("# What was tried to break Payhub\n\n")
                .append("Written by `./payhub bench faults`; do not edit. Seeds: ")
                .append(String.join(", ", seeds))
                .append(". Last run: ")
                .append(last)
                .append(
                        ".\n\nA fault is *survived* when nothing was found wrong after it. *Lost*"
                                + " are events that were acknowledged and are not stored; *doubled* are"
                                + " events stored twice and payments booked twice. *Drift* counts"
                                + " breaches of the ledger's invariants, asked in SQL and by the"
                                + " application; the audit chain is followed from its first entry, and"
                                + " every hash reckoned again. The numbers of the rows are those of the"
                                + " list of faults that Payhub is built against.\n\n")
                .append(
                        "| # | Fault | Seeds | Tried | Survived | Lost | Doubled | Drift | Audit"
                                + " chain | Seen, with the last seed |\n")
                .append("|---:|---|---:|---:|---:|---:|---:|---:|---|---|\n");
        rows.forEach((number, row) -> row.write(number, text));
        text.append("\n## What did not hold\n\n");
        List<String> troubles = new ArrayList<>();
        rows.forEach((number, row) -> row.troubles.forEach(t -> troubles.add(number + ": " + t)));
        if (troubles.isEmpty()) {
            text.append("Nothing.\n");
        }
        troubles.forEach(t -> text.append("- Row ").append(t).append('\n'));
        return text.toString();
    }

    private void add(JsonObject row, String seed) {
        if (!row.get("impossible").getAsString().isEmpty()) {
            impossible = row.get("impossible").getAsString();
            return;
        }
        runs++;
        tried += row.get("tried").getAsLong();
        survived += row.get("survived").getAsLong();
        lost += row.get("lost").getAsLong();
        doubled += row.get("doubled").getAsLong();
        drift += row.getAsJsonArray("drift").size();
        audit += row.getAsJsonArray("audit").size();
        audited |= row.get("audited").getAsBoolean();
        seen = row.get("seen").getAsString();
        for (String kind : List.of("broken", "drift", "audit")) {
            JsonArray found = row.getAsJsonArray(kind);
            found.forEach(t -> troubles.add("with seed " + seed + ", " + t.getAsString()));
        }
    }

    private void write(int number, StringBuilder text) {
        text.append("| ").append(number).append(" | ").append(fault).append(" | ");
        if (runs == 0) {
            text.append("0 | – | – | – | – | – | – | ")
                    .append(
                            impossible.isEmpty()
                                    ? "not run yet"
                                    : "not possible here: " + impossible)
                    .append(" |\n");
            return;
        }
        text.append(runs)
                .append(" | ")
                .append(tried)
                .append(" | ")
                .append(survived)
                .append(" | ")
                .append(lost)
                .append(" | ")
                .append(doubled)
                .append(" | ")
                .append(drift)
                .append(" | ")
                .append(!audited ? "not asked" : audit == 0 ? "valid" : "NOT valid")
                .append(" | ")
                .append(seen.isEmpty() ? "it stopped, see below" : seen.replace("|", "\\|"))
                .append(" |\n");
    }
}
