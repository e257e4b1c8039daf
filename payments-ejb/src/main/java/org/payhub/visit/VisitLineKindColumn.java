package org.payhub.visit;

import jakarta.persistence.Converter;
import org.payhub.platform.WordColumn;

/** Stores a {@link VisitLineKind} as its word. */
@Converter
public class VisitLineKindColumn extends WordColumn<VisitLineKind> {

    /** For Hibernate. */
    public VisitLineKindColumn() {
        super(VisitLineKind.class);
    }
}
