package org.payhub.reconciliation;

import jakarta.persistence.Converter;
import org.payhub.platform.WordColumn;

/** Stores a {@link DifferenceKind} as its word. */
@Converter
public class DifferenceKindColumn extends WordColumn<DifferenceKind> {

    /** For Hibernate. */
    public DifferenceKindColumn() {
        super(DifferenceKind.class);
    }
}
