package org.payhub.it;

import java.util.List;

/** What the audit of a merchant says about its own people asking for what is not theirs. */
public final class Strays {

    private Strays() {}

    /** One entry of the chain. */
    public record Entry(String actor, String objectType, String objectId, String details) {}

    /** Oldest first. */
    public static List<Entry> of(String merchant) {
        return Rows.of(
                        "SELECT e.actor_name, e.object_type, e.object_id, d.details FROM"
                                + " audit_entry e JOIN audit_detail d ON d.entry_id = e.id WHERE"
                                + " e.chain = ? AND e.action = 'access.not_theirs' ORDER BY e.seq",
                        Rows.id(merchant))
                .stream()
                .map(
                        row ->
                                new Entry(
                                        row.get("actor_name"),
                                        row.get("object_type"),
                                        row.get("object_id"),
                                        row.get("details")))
                .toList();
    }
}
