package org.payhub.payment;

import jakarta.persistence.Converter;
import org.payhub.platform.WordColumn;

/** Stores a {@link PaymentStatus} as its word. */
@Converter
public class PaymentStatusColumn extends WordColumn<PaymentStatus> {

    /** For Hibernate. */
    public PaymentStatusColumn() {
        super(PaymentStatus.class);
    }
}
