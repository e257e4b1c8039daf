package org.payhub.reconciliation;

import java.util.ArrayList;
import java.util.List;

/** What the comparison of a day has found so far. */
public final class DayFindings {

    /** So many rows of the account's other business are kept; the rest is counted. */
    private static final int MOST_NOT_OURS = 200;

    private final List<DifferenceRow> differences = new ArrayList<>();
    private int listed;
    private int matched;
    private int fetched;
    private int left;
    private int notOurs;

    void listedOne() {
        listed++;
    }

    void matchedOne() {
        matched++;
    }

    void fetchedOne() {
        fetched++;
    }

    void differs(DifferenceRow row) {
        if (row.kind() == DifferenceKind.NOT_OURS) {
            notOurs++;
            if (notOurs > MOST_NOT_OURS) {
                return;
            }
        } else {
            left++;
        }
        differences.add(row);
    }

    List<DifferenceRow> differences() {
        return List.copyOf(differences);
    }

    int listed() {
        return listed;
    }

    int matched() {
        return matched;
    }

    int fetched() {
        return fetched;
    }

    int left() {
        return left;
    }

    int notOurs() {
        return notOurs;
    }
}
