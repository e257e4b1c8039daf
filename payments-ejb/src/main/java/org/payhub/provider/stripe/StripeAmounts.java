package org.payhub.provider.stripe;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.payhub.money.Asset;
import org.payhub.money.Assets;
import org.payhub.money.Money;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;
import org.payhub.provider.spi.ProviderRefused;

/**
 * The one place where Stripe's amounts become ours and back.
 *
 * <p><b>Units</b>: Stripe counts integers of a currency's smallest unit. Two currencies without
 * decimals, ISK and UGX, are written with two zeros (5 ISK is 500); in currencies with three
 * decimals the last digit must be 0. Everything else is written as we count it.
 *
 * <p><b>Source</b>: docs.stripe.com/currencies, read 2026-11-20.
 */
final class StripeAmounts {

    /** Counted without decimals by everyone, written with two by Stripe. */
    private static final Set<String> WRITTEN_WITH_TWO_ZEROS = Set.of("ISK", "UGX");

    private static final BigInteger HUNDRED = BigInteger.valueOf(100);

    /** Known to us, not charged by Stripe; coins with a network are not either. */
    private static final Set<String> NOT_AT_STRIPE = Set.of("IQD", "LYD", "CUP", "USDC");

    /** By settlement currency, in Stripe's units, which for these are ours. */
    private static final Map<String, Integer> MINIMUM =
            Map.ofEntries(
                    Map.entry("USD", 50),
                    Map.entry("AED", 200),
                    Map.entry("ARS", 50),
                    Map.entry("AUD", 50),
                    Map.entry("BRL", 50),
                    Map.entry("CAD", 50),
                    Map.entry("CHF", 50),
                    Map.entry("COP", 50),
                    Map.entry("CZK", 1500),
                    Map.entry("DKK", 250),
                    Map.entry("EUR", 50),
                    Map.entry("GBP", 30),
                    Map.entry("HKD", 400),
                    Map.entry("HUF", 17500),
                    Map.entry("IDR", 50),
                    Map.entry("ILS", 50),
                    Map.entry("INR", 50),
                    Map.entry("JPY", 50),
                    Map.entry("KRW", 50),
                    Map.entry("MXN", 1000),
                    Map.entry("MYR", 200),
                    Map.entry("NOK", 300),
                    Map.entry("NZD", 50),
                    Map.entry("PHP", 50),
                    Map.entry("PLN", 200),
                    Map.entry("RON", 200),
                    Map.entry("RUB", 50),
                    Map.entry("SEK", 300),
                    Map.entry("SGD", 50),
                    Map.entry("THB", 1000),
                    Map.entry("ZAR", 50));

    private StripeAmounts() {}

    /** The currencies that a Stripe account can charge. */
    static Set<Asset> assets() {
        return Assets.all().stream()
                .filter(a -> a.code().indexOf(':') < 0 && !NOT_AT_STRIPE.contains(a.code()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The asset of a currency as Stripe writes it, in lower case.
     *
     * <p><b>Errors</b>: {@code money.asset_unknown}.
     */
    static Asset asset(String currency) {
        return Asset.of(currency.toUpperCase(Locale.ROOT));
    }

    /** How Stripe writes an asset. */
    static String currency(Asset asset) {
        return asset.code().toLowerCase(Locale.ROOT);
    }

    /**
     * An amount that Stripe told.
     *
     * <p><b>Errors</b>: {@code money.asset_unknown}; {@code money.too_many_digits} for a fraction
     * of a crown or shilling: nothing is rounded.
     */
    static Money fromStripe(BigInteger amount, String currency) {
        Asset asset = asset(currency);
        if (!WRITTEN_WITH_TWO_ZEROS.contains(asset.code())) {
            return Money.ofMinor(amount, asset);
        }
        BigInteger[] parts = amount.divideAndRemainder(HUNDRED);
        if (parts[1].signum() != 0) {
            throw new HubException(
                    Problem.INVALID,
                    "money.too_many_digits",
                    "Stripe told a fraction of " + asset.code() + ", which has no decimals.");
        }
        return Money.ofMinor(parts[0], asset);
    }

    /**
     * An amount as Stripe wants it.
     *
     * <p><b>Errors</b>: {@code checkout.asset_unsupported}, {@code
     * checkout.amount_not_representable}, {@code checkout.amount_too_large}.
     */
    static long toStripe(Money money) {
        Asset asset = money.asset();
        if (asset.code().indexOf(':') >= 0 || NOT_AT_STRIPE.contains(asset.code())) {
            throw ProviderRefused.ofField(
                    "currency",
                    "checkout.asset_unsupported",
                    "Stripe does not charge " + asset.code() + ".");
        }
        BigInteger amount = money.minor();
        if (WRITTEN_WITH_TWO_ZEROS.contains(asset.code())) {
            amount = amount.multiply(HUNDRED);
        }
        if (asset.exponent() == 3 && amount.mod(BigInteger.TEN).signum() != 0) {
            throw ProviderRefused.ofField(
                    "amount",
                    "checkout.amount_not_representable",
                    "Stripe takes "
                            + asset.code()
                            + " only with 0 as the last of its three decimals.");
        }
        if (amount.bitLength() > 62) {
            throw ProviderRefused.ofField(
                    "amount",
                    "checkout.amount_too_large",
                    "The amount is larger than Stripe takes.");
        }
        return amount.longValueExact();
    }

    /**
     * The smallest charge, where it can be told without Stripe. It follows the currency that the
     * account is paid out in; when that is another one, only Stripe knows after converting.
     */
    static Optional<Money> minimum(Asset charged, Set<Asset> settlementAssets) {
        if (!settlementAssets.isEmpty() && !settlementAssets.contains(charged)) {
            return Optional.empty();
        }
        return Optional.ofNullable(MINIMUM.get(charged.code()))
                .map(minor -> Money.ofMinor(minor, charged));
    }
}
