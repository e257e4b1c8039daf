package org.payhub.payment;

import jakarta.persistence.Converter;
import org.payhub.platform.WordColumn;
import org.payhub.provider.spi.ProviderEvent.InvoiceOutcome;

/** Stores an {@link InvoiceOutcome} as its word. */
@Converter
public class InvoiceOutcomeColumn extends WordColumn<InvoiceOutcome> {

    /** For Hibernate. */
    public InvoiceOutcomeColumn() {
        super(InvoiceOutcome.class);
    }
}
