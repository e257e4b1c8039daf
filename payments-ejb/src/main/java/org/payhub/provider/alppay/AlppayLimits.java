package org.payhub.provider.alppay;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.Limiting.Limits;
import org.payhub.provider.spi.Secret;

/** The limits that a merchant types: one number for every coin, or a number for each coin. */
final class AlppayLimits {

    private static final BigDecimal LONGEST_WAIT_HOURS = BigDecimal.valueOf(720);

    private AlppayLimits() {}

    /** Refuses what cannot be meant, naming the field. */
    static void check(Credentials credentials) {
        for (Asset asset : AlppayCoins.assets()) {
            Limits limits = of(credentials, asset);
            Optional<Money> least = limits.leastPayment();
            if (least.isPresent()
                    && limits.largestPayment()
                            .filter(l -> l.compareTo(least.get()) < 0)
                            .isPresent()) {
                throw AlppayKeys.refused(
                        AlppayKeys.MAX_PAYMENT,
                        "The largest payment is smaller than the least one: no payment would be"
                                + " taken in "
                                + asset.code()
                                + ".");
            }
        }
    }

    static Limits of(Credentials credentials, Asset asset) {
        return new Limits(
                limit(credentials, AlppayKeys.MIN_PAYMENT, asset, RoundingMode.UP),
                limit(credentials, AlppayKeys.MAX_PAYMENT, asset, RoundingMode.DOWN),
                limit(credentials, AlppayKeys.DAILY_WITHDRAWAL, asset, RoundingMode.DOWN),
                waits(credentials));
    }

    /** How long a new address waits. */
    private static Duration waits(Credentials credentials) {
        BigDecimal hours =
                AlppayKeys.number(credentials, AlppayKeys.ADDRESS_WAIT).orElse(BigDecimal.ZERO);
        if (hours.stripTrailingZeros().scale() > 0 || hours.compareTo(LONGEST_WAIT_HOURS) > 0) {
            throw AlppayKeys.refused(
                    AlppayKeys.ADDRESS_WAIT,
                    "Write whole hours, at most " + LONGEST_WAIT_HOURS + ".");
        }
        return Duration.ofHours(hours.longValueExact());
    }

    private static Optional<Money> limit(
            Credentials credentials, String field, Asset asset, RoundingMode rounding) {
        Map<Optional<Asset>, BigDecimal> typed = typed(credentials, field);
        return Optional.ofNullable(
                        typed.getOrDefault(Optional.of(asset), typed.get(Optional.<Asset>empty())))
                .filter(number -> number.signum() > 0)
                .map(number -> Money.ofMajor(number.setScale(asset.exponent(), rounding), asset));
    }

    /** What stands in the field, by coin; the number without a coin is for all others. */
    private static Map<Optional<Asset>, BigDecimal> typed(Credentials credentials, String field) {
        String text = credentials.find(field).map(Secret::reveal).orElse("");
        Map<Optional<Asset>, BigDecimal> limits = new HashMap<>();
        for (String part : text.split("[,;]")) {
            String[] words = part.strip().split("\\s+");
            if (words.length > 2) {
                throw AlppayKeys.refused(
                        field, "Write a number, or a coin and its number: USDT:tron 50.");
            }
            if (words[0].isEmpty()) {
                continue;
            }
            Optional<Asset> asset =
                    words.length == 1
                            ? Optional.empty()
                            : Optional.of(AlppayKeys.asset(field, words[0]));
            if (limits.put(asset, AlppayKeys.number(field, words[words.length - 1])) != null) {
                throw AlppayKeys.refused(field, "One coin has two numbers here.");
            }
        }
        return limits;
    }
}
