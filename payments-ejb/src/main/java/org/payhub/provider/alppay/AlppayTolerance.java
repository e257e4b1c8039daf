package org.payhub.provider.alppay;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.payhub.money.Asset;
import org.payhub.money.Money;

/**
 * By how much a payment may be off and still count as exact: per cent of the amount asked for, at
 * most five.
 */
record AlppayTolerance(BigDecimal underPercent, BigDecimal overPercent) {

    static final BigDecimal HIGHEST = BigDecimal.valueOf(5);

    static final AlppayTolerance NONE = new AlppayTolerance(BigDecimal.ZERO, BigDecimal.ZERO);

    AlppayTolerance {
        if (!isAllowed(underPercent) || !isAllowed(overPercent)) {
            throw new IllegalArgumentException("A tolerance is 0 to 5 per cent");
        }
    }

    static boolean isAllowed(BigDecimal percent) {
        return percent.signum() >= 0 && percent.compareTo(HIGHEST) <= 0;
    }

    /** Where what was received stands to what was asked for. */
    enum Size {
        NONE,
        UNDER,
        EXACT,
        OVER
    }

    Size size(Money received, Money asked) {
        if (received.isZero()) {
            return Size.NONE;
        }
        if (received.compareTo(asked.minus(part(asked, underPercent))) < 0) {
            return Size.UNDER;
        }
        return received.compareTo(asked.plus(part(asked, overPercent))) > 0
                ? Size.OVER
                : Size.EXACT;
    }

    private static Money part(Money asked, BigDecimal percent) {
        Asset asset = asked.asset();
        return Money.ofMinor(
                new BigDecimal(asked.minor())
                        .multiply(percent)
                        .movePointLeft(2)
                        .setScale(0, RoundingMode.DOWN)
                        .toBigIntegerExact(),
                asset);
    }
}
