package org.payhub.unmatched;

import java.util.Set;

/** Which money a list shows; the mode is the scope's. */
public record UnmatchedFilter(Set<UnmatchedStatus> statuses) {

    public UnmatchedFilter {
        statuses = Set.copyOf(statuses);
    }

    /** Everything. */
    public static UnmatchedFilter all() {
        return new UnmatchedFilter(Set.of());
    }

    /** What waits for a person. */
    public static UnmatchedFilter open() {
        return new UnmatchedFilter(Set.of(UnmatchedStatus.OPEN));
    }
}
