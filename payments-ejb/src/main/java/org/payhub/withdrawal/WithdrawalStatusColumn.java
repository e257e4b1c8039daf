package org.payhub.withdrawal;

import jakarta.persistence.Converter;
import org.payhub.platform.WordColumn;

/** Stores a {@link WithdrawalStatus} as its word. */
@Converter
public class WithdrawalStatusColumn extends WordColumn<WithdrawalStatus> {

    /** For Hibernate. */
    public WithdrawalStatusColumn() {
        super(WithdrawalStatus.class);
    }
}
