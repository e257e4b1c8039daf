package org.payhub.simulator.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.payhub.simulator.kit.Json;

/** What one row tried and saw. */
final class FaultFindings {

    private final int row;
    private final String fault;
    private final List<String> broken = new ArrayList<>();
    private final List<String> drift = new ArrayList<>();
    private final List<String> audit = new ArrayList<>();
    private boolean audited;
    private String impossible = "";
    private String seen = "";
    private long tried;
    private long survived;
    private long lost;
    private long doubled;
    private long seconds;
    private int brokenBefore;

    FaultFindings(int row, String fault) {
        this.row = row;
        this.fault = fault;
    }

    int row() {
        return row;
    }

    /** One more fault is about to be made. */
    void fault() {
        tried++;
        brokenBefore = troubles();
    }

    /** What the fault did is known: it was survived when nothing was found since it was made. */
    void over() {
        if (troubles() == brokenBefore) {
            survived++;
        }
    }

    /** So many faults of one kind, and so many of them survived. */
    void faults(long made, long withstood) {
        tried += made;
        survived += withstood;
    }

    private int troubles() {
        return broken.size() + drift.size() + audit.size() + Math.toIntExact(lost + doubled);
    }

    /** What must be so. */
    void require(boolean holds, String otherwise) {
        if (!holds) {
            broken(otherwise);
        }
    }

    void broken(String what) {
        broken.add(what);
    }

    void lost(long events) {
        lost += events;
    }

    void doubled(long units) {
        doubled += units;
    }

    void drift(String what) {
        drift.add(what);
    }

    void audit(List<String> problems) {
        audited = true;
        audit.addAll(problems);
    }

    /** In one sentence for the table. */
    void seen(String sentence) {
        seen = sentence;
    }

    /** How long the row took. */
    void lasted(long time) {
        seconds = time;
    }

    /** This machine does not allow it. */
    void impossible(String why) {
        impossible = why;
    }

    boolean holds() {
        return troubles() == 0;
    }

    JsonObject json() {
        return Json.of(
                "row", row,
                "fault", fault,
                "impossible", impossible,
                "tried", tried,
                "survived", survived,
                "lost", lost,
                "doubled", doubled,
                "drift", texts(drift),
                "audited", audited,
                "audit", texts(audit),
                "broken", texts(broken),
                "seconds", seconds,
                "seen", seen);
    }

    private static JsonArray texts(List<String> texts) {
        return Json.list(texts.toArray());
    }

    @Override
    public String toString() {
        String verdict;
        if (!impossible.isEmpty()) {
            verdict = "not possible here: " + impossible;
        } else {
            verdict =
                    (holds() ? "held" : "NOT held")
                            + ", tried "
                            + tried
                            + ", survived "
                            + survived
                            + ", lost "
                            + lost
                            + ", doubled "
                            + doubled
                            + " in "
                            + seconds
                            + " s. "
                            + seen;
        }
        List<String> troubles = new ArrayList<>(broken);
        troubles.addAll(drift);
        troubles.addAll(audit);
        return "row "
                + row
                + ", "
                + fault
                + ": "
                + verdict
                + (troubles.isEmpty()
                        ? ""
                        : System.lineSeparator()
                                + "  "
                                + String.join(System.lineSeparator() + "  ", troubles));
    }
}
