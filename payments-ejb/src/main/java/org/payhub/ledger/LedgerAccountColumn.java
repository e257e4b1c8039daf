package org.payhub.ledger;

import jakarta.persistence.Converter;
import org.payhub.platform.WordColumn;

/** Stores a {@link LedgerAccount} as its word. */
@Converter
public class LedgerAccountColumn extends WordColumn<LedgerAccount> {

    /** For Hibernate. */
    public LedgerAccountColumn() {
        super(LedgerAccount.class);
    }
}
