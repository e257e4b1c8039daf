package org.payhub.visit;

import jakarta.persistence.Converter;
import org.payhub.platform.WordColumn;

/** Stores a {@link VisitPaymentStatus} as its word. */
@Converter
public class VisitPaymentStatusColumn extends WordColumn<VisitPaymentStatus> {

    /** For Hibernate. */
    public VisitPaymentStatusColumn() {
        super(VisitPaymentStatus.class);
    }
}
