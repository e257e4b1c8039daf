package org.payhub.visit;

/** Where an appointment stands, apart from its money. Stored and shown in lower case. */
public enum VisitStatus {
    BOOKED,
    COMPLETED,
    CANCELLED;

    /** The word in files and interfaces. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
