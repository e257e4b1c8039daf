package org.payhub.ledger;

import jakarta.persistence.Converter;
import org.payhub.platform.WordColumn;

/** Stores a {@link Fact} as its word. */
@Converter
public class FactColumn extends WordColumn<Fact> {

    /** For Hibernate. */
    public FactColumn() {
        super(Fact.class);
    }
}
