package org.payhub.reconciliation;

import jakarta.persistence.Converter;
import org.payhub.platform.WordColumn;

/** Stores a {@link DayStatus} as its word. */
@Converter
public class DayStatusColumn extends WordColumn<DayStatus> {

    /** For Hibernate. */
    public DayStatusColumn() {
        super(DayStatus.class);
    }
}
