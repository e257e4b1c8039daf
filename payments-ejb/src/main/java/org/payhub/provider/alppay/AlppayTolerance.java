package org.payhub.provider.alppay;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.payhub.money.Asset;
import org.payhub.money.Money;

/**
 * By how much a payment may be off and still count as exact: per cent of the amount asked for, or
 * units of its coin, each at most five. Where both are given, the one that allows more counts.
 */
record AlppayTolerance(
        BigDecimal underPercent,
        BigDecimal underUnits,
        BigDecimal overPercent,
        BigDecimal overUnits) {

    static final BigDecimal HIGHEST = BigDecimal.valueOf(5);

    static final AlppayTolerance NONE =
            new AlppayTolerance(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    AlppayTolerance {
        if (!isAllowed(underPercent)
                || !isAllowed(underUnits)
                || !isAllowed(overPercent)
                || !isAllowed(overUnits)) {
            throw new IllegalArgumentException("A tolerance is 0 to 5 per cent or units");
        }
    }

    static boolean isAllowed(BigDecimal tolerated) {
        return tolerated.signum() >= 0 && tolerated.compareTo(HIGHEST) <= 0;
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
        if (received.compareTo(asked.minus(tolerated(asked, underPercent, underUnits))) < 0) {
            return Size.UNDER;
        }
        return received.compareTo(asked.plus(tolerated(asked, overPercent, overUnits))) > 0
                ? Size.OVER
                : Size.EXACT;
    }

    /** What the merchant passes over; never a fraction of the coin's smallest unit more. */
    private static Money tolerated(Money asked, BigDecimal percent, BigDecimal units) {
        Asset asset = asked.asset();
        BigDecimal share =
                new BigDecimal(asked.toDecimal()).multiply(percent).movePointLeft(2).max(units);
        return Money.ofMajor(share.setScale(asset.exponent(), RoundingMode.DOWN), asset);
    }
}
