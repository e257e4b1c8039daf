package org.payhub.visit;

import java.util.Locale;

/** What a line of a visit is. */
public enum VisitLineKind {
    SERVICE,
    PRODUCT;

    /** The word in files and interfaces. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
