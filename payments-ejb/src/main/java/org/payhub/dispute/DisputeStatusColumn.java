package org.payhub.dispute;

import jakarta.persistence.Converter;
import org.payhub.platform.WordColumn;

/** Stores a {@link DisputeStatus} as its word. */
@Converter
public class DisputeStatusColumn extends WordColumn<DisputeStatus> {

    /** For Hibernate. */
    public DisputeStatusColumn() {
        super(DisputeStatus.class);
    }
}
