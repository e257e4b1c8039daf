package org.payhub.money;

import java.util.Objects;

/**
 * What money is counted in: an ISO 4217 currency ({@code USD}) or a crypto asset on one network
 * ({@code USDT:tron}). Two assets never mix, also when people call them by one name.
 *
 * <p><b>Units</b>: {@code exponent} is the number of decimal digits between the unit that people
 * speak of and the smallest unit that is counted.
 */
public record Asset(String code, int exponent) {

    public Asset {
        Objects.requireNonNull(code, "code");
        if (code.isEmpty() || code.length() > 24) {
            throw new IllegalArgumentException("An asset's code has 1 to 24 characters");
        }
        if (exponent < 0 || exponent > 18) {
            throw new IllegalArgumentException("An asset has 0 to 18 decimal digits");
        }
    }

    /**
     * The asset of that code.
     *
     * <p><b>Errors</b>: {@code money.asset_unknown} when no such asset is known to the hub.
     */
    public static Asset of(String code) {
        return Assets.get(code);
    }

    /** The currency or coin without its network: {@code USDT} of {@code USDT:tron}. */
    public String symbol() {
        int colon = code.indexOf(':');
        return colon < 0 ? code : code.substring(0, colon);
    }

    @Override
    public String toString() {
        return code;
    }
}
