package org.payhub.payment;

import java.util.Locale;

/** What a provider was asked to do and has not answered. It blocks the next such order. */
enum UnknownWhat {
    CHECKOUT,
    CAPTURE,
    VOID;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
