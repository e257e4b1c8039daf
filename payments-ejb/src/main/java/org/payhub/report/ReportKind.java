package org.payhub.report;

import java.util.Arrays;
import java.util.Optional;

/** A kind of file with fixed, versioned columns. */
public enum ReportKind {
    /** One row is one movement of one provider balance. */
    BALANCE_ITEMISED("balance_itemised.v1");

    private final String code;

    ReportKind(String code) {
        this.code = code;
    }

    /** The name in addresses and file names. */
    public String code() {
        return code;
    }

    public static Optional<ReportKind> find(String code) {
        return Arrays.stream(values()).filter(k -> k.code.equals(code)).findFirst();
    }
}
