package org.payhub.refund;

import jakarta.persistence.Converter;
import org.payhub.platform.WordColumn;

/** Stores a {@link RefundStatus} as its word. */
@Converter
public class RefundStatusColumn extends WordColumn<RefundStatus> {

    /** For Hibernate. */
    public RefundStatusColumn() {
        super(RefundStatus.class);
    }
}
