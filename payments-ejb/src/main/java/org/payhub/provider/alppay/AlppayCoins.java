package org.payhub.provider.alppay;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;
import org.payhub.provider.alppay.AlppayProtocol.Coin;
import org.payhub.provider.http.Json;
import org.payhub.provider.spi.ProviderRefused;

/**
 * Our assets and ALPPAY's coins, and amounts between the two.
 *
 * <p><b>Units</b>: on the wire an amount is a decimal text of the unit that people speak of.
 */
final class AlppayCoins {

    private static final Pattern FORM = Pattern.compile(AlppayProtocol.AMOUNT_FORM);

    private AlppayCoins() {}

    static Set<Asset> assets() {
        return AlppayProtocol.COINS.stream()
                .map(coin -> Asset.of(coin.asset()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** ALPPAY's name of an asset. */
    static Coin coin(Asset asset) {
        return AlppayProtocol.COINS.stream()
                .filter(coin -> coin.asset().equals(asset.code()))
                .findFirst()
                .orElseThrow(
                        () ->
                                ProviderRefused.ofField(
                                        "amount",
                                        "checkout.asset_not_supported",
                                        AlppayProtocol.NAME + " does not take " + asset + "."));
    }

    /** Our asset of the object {@code asset}, whichever way its network is spelt. */
    static Optional<Asset> asset(Json asset) {
        String ticker = asset.text(AlppayProtocol.SHORT).orElse("").toUpperCase(Locale.ROOT);
        String spelt = asset.text(AlppayProtocol.NETWORK).orElse("").toLowerCase(Locale.ROOT);
        String network = AlppayProtocol.NETWORK_ALIASES.getOrDefault(spelt, spelt);
        return AlppayProtocol.COINS.stream()
                .filter(coin -> coin.ticker().equals(ticker) && coin.network().equals(network))
                .findFirst()
                .map(coin -> Asset.of(coin.asset()));
    }

    /**
     * An amount as it is sent.
     *
     * <p><b>Errors</b>: {@code checkout.too_many_digits}: nothing is rounded here.
     *
     * @param decimals how many digits after the point are written at least
     */
    static String text(Money amount, int decimals) {
        BigDecimal exact = new BigDecimal(amount.toDecimal()).stripTrailingZeros();
        if (exact.scale() > AlppayProtocol.MOST_DECIMALS) {
            throw ProviderRefused.ofField(
                    "amount",
                    "checkout.too_many_digits",
                    AlppayProtocol.NAME
                            + " takes at most "
                            + AlppayProtocol.MOST_DECIMALS
                            + " digits after the point.");
        }
        return exact.setScale(Math.max(decimals, exact.scale())).toPlainString();
    }

    /**
     * An amount that ALPPAY told, as text or as a number; absent where there is none.
     *
     * <p><b>Errors</b>: {@code provider.amount_malformed} for anything that is no plain decimal, or
     * finer than the coin: it is never rounded.
     */
    static Optional<Money> find(Json object, String name, Asset asset) {
        if (!object.has(name)) {
            return Optional.empty();
        }
        Optional<String> text =
                object.text(name).or(() -> object.decimal(name).map(BigDecimal::toPlainString));
        if (text.isPresent() && text.get().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(amount(text.orElse("?"), asset));
    }

    /** As {@link #find}, with nothing for what is absent. */
    static Money orZero(Json object, String name, Asset asset) {
        return find(object, name, asset).orElseGet(() -> Money.zero(asset));
    }

    /** An amount that must be there. */
    static Money get(Json object, String name, Asset asset) {
        return find(object, name, asset).orElseThrow(AlppayCoins::malformed);
    }

    private static Money amount(String text, Asset asset) {
        if (text.length() > 40 || !FORM.matcher(text).matches() || !isAscii(text)) {
            throw malformed();
        }
        BigDecimal exact = new BigDecimal(text).stripTrailingZeros();
        if (exact.scale() > asset.exponent()) {
            throw malformed();
        }
        return Money.ofMajor(exact, asset);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }

    private static HubException malformed() {
        return new HubException(
                Problem.INVALID,
                "provider.amount_malformed",
                AlppayProtocol.NAME + " told an amount that this coin cannot have.");
    }
}
