package org.payhub.simulator.alppay;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Decimal texts of a coin, as ALPPAY writes them. */
final class Amounts {

    private static final int DIGITS = 8;

    private Amounts() {}

    /** Errors: {@link IllegalArgumentException} for what is no plain decimal. */
    static BigDecimal of(String text) {
        if (text.length() > 40 || !text.matches("[0-9]{1,18}(\\.[0-9]{1,18})?")) {
            throw new IllegalArgumentException("This is no amount: " + text);
        }
        return new BigDecimal(text);
    }

    static boolean fits(BigDecimal amount) {
        return amount.stripTrailingZeros().scale() <= DIGITS;
    }

    /** Without needless zeros; nothing is {@code 0}. */
    static String text(BigDecimal amount) {
        BigDecimal exact = amount.stripTrailingZeros();
        return exact.scale() < 0 ? exact.setScale(0).toPlainString() : exact.toPlainString();
    }

    /** With two digits at least, as people read it. */
    static String shown(BigDecimal amount) {
        BigDecimal exact = amount.stripTrailingZeros();
        return exact.setScale(Math.max(2, exact.scale())).toPlainString();
    }

    /** So many per cent, in millionths at the finest. */
    static BigDecimal percent(BigDecimal amount, long percent) {
        return amount.multiply(BigDecimal.valueOf(percent))
                .movePointLeft(2)
                .setScale(6, RoundingMode.HALF_UP);
    }

    /** The fee of half a per cent. */
    static BigDecimal fee(BigDecimal received) {
        return received.movePointLeft(3)
                .multiply(BigDecimal.valueOf(5))
                .setScale(6, RoundingMode.HALF_UP);
    }
}
