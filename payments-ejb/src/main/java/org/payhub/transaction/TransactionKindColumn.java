package org.payhub.transaction;

import jakarta.persistence.Converter;
import org.payhub.platform.WordColumn;

/** Stores a {@link TransactionKind} as its word. */
@Converter
public class TransactionKindColumn extends WordColumn<TransactionKind> {

    /** For Hibernate. */
    public TransactionKindColumn() {
        super(TransactionKind.class);
    }
}
