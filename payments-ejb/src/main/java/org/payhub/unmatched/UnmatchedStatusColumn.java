package org.payhub.unmatched;

import jakarta.persistence.Converter;
import org.payhub.platform.WordColumn;

/** Stores a {@link UnmatchedStatus} as its word. */
@Converter
public class UnmatchedStatusColumn extends WordColumn<UnmatchedStatus> {

    /** For Hibernate. */
    public UnmatchedStatusColumn() {
        super(UnmatchedStatus.class);
    }
}
