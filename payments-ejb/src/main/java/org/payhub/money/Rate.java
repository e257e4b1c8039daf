package org.payhub.money;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;
import org.payhub.platform.HubException;

/**
 * So many units of one asset for one unit of another, as people write it: {@code 1.087} dollars of
 * a coin for one euro. Exact; what it turns an amount into is rounded up to the asset's smallest
 * unit, so that never less is asked for than was meant.
 *
 * <p><b>Units</b>: the units that people speak of, not the smallest ones.
 *
 * <p><b>Errors</b>: {@code money.rate_invalid}.
 */
public record Rate(BigDecimal value) implements Serializable {

    /** No coin is worth more or less than so many digits on either side of the point. */
    private static final int MOST_DIGITS = 18;

    public Rate {
        Objects.requireNonNull(value, "value");
        if (value.signum() <= 0
                || value.scale() > MOST_DIGITS
                || value.precision() - (long) value.scale() > MOST_DIGITS) {
            throw invalid();
        }
    }

    /** Reads plain digits with a point: {@code 1.087}. */
    public static Rate parse(String text) {
        if (text == null || !text.matches("[0-9]{1,18}(\\.[0-9]{1,18})?")) {
            throw invalid();
        }
        return new Rate(new BigDecimal(text));
    }

    /** What that amount is in the other asset, rounded up. */
    public Money ofRoundedUp(Money amount, Asset other) {
        BigInteger above =
                amount.minor()
                        .multiply(value.unscaledValue())
                        .multiply(BigInteger.TEN.pow(other.exponent()));
        BigInteger below = BigInteger.TEN.pow(amount.asset().exponent());
        if (value.scale() >= 0) {
            below = below.multiply(BigInteger.TEN.pow(value.scale()));
        } else {
            above = above.multiply(BigInteger.TEN.pow(-value.scale()));
        }
        BigInteger[] whole = above.divideAndRemainder(below);
        return new Money(whole[1].signum() > 0 ? whole[0].add(BigInteger.ONE) : whole[0], other);
    }

    private static HubException invalid() {
        return HubException.ofField(
                "rate",
                "money.rate_invalid",
                "Type the rate in plain digits with a point, more than nothing, for example 1.087.");
    }

    /** Plain digits, as {@link #parse} reads them. */
    @Override
    public String toString() {
        return value.toPlainString();
    }
}
