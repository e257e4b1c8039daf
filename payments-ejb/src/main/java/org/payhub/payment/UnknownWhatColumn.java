package org.payhub.payment;

import jakarta.persistence.Converter;
import org.payhub.platform.WordColumn;

/** Stores an {@link UnknownWhat} as its word. */
@Converter
public class UnknownWhatColumn extends WordColumn<UnknownWhat> {

    /** For Hibernate. */
    public UnknownWhatColumn() {
        super(UnknownWhat.class);
    }
}
