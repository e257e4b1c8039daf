package org.payhub.money;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;

/**
 * An exact amount: an integer count of an asset's smallest unit. An amount that the asset cannot
 * represent cannot be built, and two assets never mix.
 *
 * <p><b>Units</b>: {@code minor} counts the asset's smallest unit (cents for {@code EUR}, whole yen
 * for {@code JPY}, millionths for {@code USDT:tron}). Negative amounts belong to the ledger alone;
 * elsewhere direction is a word.
 *
 * <p><b>Errors</b>: {@code money.assets_differ}, {@code money.too_many_digits}, {@code
 * money.not_a_number}, {@code money.too_large}.
 */
@Embeddable
public record Money(
        @Column(precision = 38) BigInteger minor,
        @Convert(converter = AssetColumn.class) Asset asset)
        implements Comparable<Money>, Serializable {

    /** What a {@code DECIMAL(38,0)} column holds; more is refused, never cut. */
    private static final BigInteger LIMIT = BigInteger.TEN.pow(38);

    /** Longest text that is looked at as a number: 38 digits, sign, point and some zeros. */
    private static final int LONGEST_TEXT = 64;

    public Money {
        Objects.requireNonNull(minor, "minor");
        Objects.requireNonNull(asset, "asset");
        if (minor.abs().compareTo(LIMIT) >= 0) {
            throw new HubException(
                    Problem.INVALID, "money.too_large", "The amount has more than 38 digits.");
        }
    }

    /** So many smallest units of the asset. */
    public static Money ofMinor(BigInteger minor, Asset asset) {
        return new Money(minor, asset);
    }

    /** So many smallest units of the asset. */
    public static Money ofMinor(long minor, Asset asset) {
        return new Money(BigInteger.valueOf(minor), asset);
    }

    /** So many smallest units of the asset of that code. */
    public static Money ofMinor(long minor, String asset) {
        return ofMinor(minor, Asset.of(asset));
    }

    /** Nothing of that asset. */
    public static Money zero(Asset asset) {
        return new Money(BigInteger.ZERO, asset);
    }

    /**
     * Reads plain decimal text with a point, as interfaces send it: {@code 25.00}, {@code -3}.
     * Exponents, grouping marks and blanks are refused, and so is a digit that the asset does not
     * have: nothing is rounded.
     */
    public static Money parse(String text, Asset asset) {
        if (text == null
                || text.isEmpty()
                || text.length() > LONGEST_TEXT
                || !isPlainDecimal(text)) {
            throw new HubException(
                    Problem.INVALID,
                    "money.not_a_number",
                    "The amount must be plain digits with a point, for example 25.00.");
        }
        return ofMajor(new BigDecimal(text), asset);
    }

    /** The same as {@link #parse(String, Asset)} for an asset's code. */
    public static Money parse(String text, String asset) {
        return parse(text, Asset.of(asset));
    }

    /**
     * A decimal count of the unit that people speak of; refused when the asset has fewer digits.
     */
    public static Money ofMajor(BigDecimal major, Asset asset) {
        // Bounds first: shifting 1e1000000000 would build the number in memory.
        if (major.precision() - (long) major.scale() > 38 || major.scale() > LONGEST_TEXT) {
            throw new HubException(
                    Problem.INVALID, "money.too_large", "The amount has more than 38 digits.");
        }
        BigDecimal minor = major.movePointRight(asset.exponent()).stripTrailingZeros();
        if (minor.scale() > 0) {
            throw new HubException(
                    Problem.INVALID,
                    "money.too_many_digits",
                    asset.code()
                            + " has "
                            + asset.exponent()
                            + " decimal digits; the amount has more.");
        }
        return new Money(minor.toBigIntegerExact(), asset);
    }

    private static boolean isPlainDecimal(String text) {
        int start = text.charAt(0) == '-' ? 1 : 0;
        boolean point = false;
        int digits = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '.' && !point && digits > 0 && i < text.length() - 1) {
                point = true;
            } else {
                return false;
            }
        }
        return digits > 0;
    }

    public Money plus(Money other) {
        return new Money(minor.add(same(other).minor), asset);
    }

    public Money minus(Money other) {
        return new Money(minor.subtract(same(other).minor), asset);
    }

    public Money negated() {
        return new Money(minor.negate(), asset);
    }

    public boolean isZero() {
        return minor.signum() == 0;
    }

    public boolean isPositive() {
        return minor.signum() > 0;
    }

    public boolean isNegative() {
        return minor.signum() < 0;
    }

    /** The smaller of two amounts of one asset. */
    public Money min(Money other) {
        return compareTo(other) <= 0 ? this : other;
    }

    /** The larger of two amounts of one asset. */
    public Money max(Money other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** Parts that add up to this amount exactly; the first ones take what does not divide. */
    public List<Money> split(int parts) {
        if (parts < 1) {
            throw new IllegalArgumentException("There must be at least one part");
        }
        BigInteger[] each = minor.divideAndRemainder(BigInteger.valueOf(parts));
        BigInteger step = BigInteger.valueOf(each[1].signum());
        int extra = each[1].abs().intValueExact();
        List<Money> split = new ArrayList<>(parts);
        for (int i = 0; i < parts; i++) {
            split.add(new Money(i < extra ? each[0].add(step) : each[0], asset));
        }
        return List.copyOf(split);
    }

    /** The amount in the unit that people speak of, with all digits of the asset: {@code 25.00}. */
    public String toDecimal() {
        return new BigDecimal(minor, asset.exponent()).toPlainString();
    }

    private Money same(Money other) {
        if (!asset.equals(other.asset)) {
            throw new HubException(
                    Problem.INVALID,
                    "money.assets_differ",
                    asset.code() + " and " + other.asset.code() + " cannot be reckoned together.");
        }
        return other;
    }

    @Override
    public int compareTo(Money other) {
        return minor.compareTo(same(other).minor);
    }

    @Override
    public String toString() {
        return toDecimal() + " " + asset.code();
    }
}
