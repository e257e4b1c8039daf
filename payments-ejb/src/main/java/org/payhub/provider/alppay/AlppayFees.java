package org.payhub.provider.alppay;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.provider.spi.Credentials;

/** What was agreed on fees, for transfers of which ALPPAY does not tell the fee. */
record AlppayFees(
        Optional<BigDecimal> percent, Optional<BigDecimal> fixed, Optional<BigDecimal> least) {

    static final AlppayFees UNKNOWN =
            new AlppayFees(Optional.empty(), Optional.empty(), Optional.empty());

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    static AlppayFees of(Credentials credentials) {
        Optional<BigDecimal> percent = AlppayKeys.number(credentials, AlppayKeys.FEE_PERCENT);
        if (percent.isPresent() && percent.get().compareTo(HUNDRED) > 0) {
            throw AlppayKeys.refused(
                    AlppayKeys.FEE_PERCENT, "A fee of more than 100 per cent cannot be meant.");
        }
        Optional<BigDecimal> fixed = AlppayKeys.number(credentials, AlppayKeys.FEE_FIXED);
        Optional<BigDecimal> least = AlppayKeys.number(credentials, AlppayKeys.MIN_FEE);
        if (percent.isEmpty() && fixed.isEmpty() && least.filter(l -> l.signum() > 0).isPresent()) {
            throw AlppayKeys.refused(
                    AlppayKeys.MIN_FEE,
                    "A least fee is the least of something: enter the agreed fee in per cent or the"
                            + " fixed one too.");
        }
        return new AlppayFees(percent, fixed, least);
    }

    /**
     * The fee that a transfer should have cost: the share and the fixed part together, at least the
     * least fee, never more than the transfer.
     */
    Optional<Money> estimate(Money received) {
        if (percent.isEmpty() && fixed.isEmpty()) {
            return Optional.empty();
        }
        Asset asset = received.asset();
        BigDecimal share =
                new BigDecimal(received.toDecimal())
                        .multiply(percent.orElse(BigDecimal.ZERO))
                        .movePointLeft(2)
                        .add(fixed.orElse(BigDecimal.ZERO))
                        .max(least.orElse(BigDecimal.ZERO))
                        .setScale(asset.exponent(), RoundingMode.HALF_UP);
        return Optional.of(Money.ofMajor(share, asset).min(received));
    }
}
