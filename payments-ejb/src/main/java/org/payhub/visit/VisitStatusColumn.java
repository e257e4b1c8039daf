package org.payhub.visit;

import jakarta.persistence.Converter;
import org.payhub.platform.WordColumn;

/** Stores a {@link VisitStatus} as its word. */
@Converter
public class VisitStatusColumn extends WordColumn<VisitStatus> {

    /** For Hibernate. */
    public VisitStatusColumn() {
        super(VisitStatus.class);
    }
}
