package org.payhub.payout;

import jakarta.persistence.Converter;
import org.payhub.platform.WordColumn;

/** Stores a {@link PayoutStatus} as its word. */
@Converter
public class PayoutStatusColumn extends WordColumn<PayoutStatus> {

    /** For Hibernate. */
    public PayoutStatusColumn() {
        super(PayoutStatus.class);
    }
}
