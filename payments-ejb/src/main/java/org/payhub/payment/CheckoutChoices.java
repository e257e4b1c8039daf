package org.payhub.payment;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.payhub.integration.ActiveIntegration;
import org.payhub.integration.Integrations;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.provider.Providers;
import org.payhub.provider.spi.CheckoutOpening;
import org.payhub.provider.spi.ProviderConnector;
import org.payhub.rate.RateRow;
import org.payhub.rate.Rates;
import org.payhub.tenancy.LocationId;
import org.payhub.tenancy.MerchantId;

/**
 * In which ways an amount can be paid: at the integrations that take its currency, and at those
 * that take something else for which there is a rate that counts now. Without one a provider, or a
 * coin, is not offered.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class CheckoutChoices {

    /** No wallet and no provider takes more digits of a coin. */
    private static final int MOST_DIGITS = 8;

    @Inject Integrations integrations;
    @Inject Providers providers;
    @Inject Rates rates;

    /** For the container. */
    public CheckoutChoices() {}

    /** What is offered at that location, in the merchant's order. */
    public List<CheckoutChoice> of(
            MerchantId merchant, LocationId location, boolean livemode, Money asked) {
        List<CheckoutChoice> choices = new ArrayList<>();
        for (ActiveIntegration at : integrations.forCheckout(merchant, location, livemode)) {
            Optional<ProviderConnector> connector =
                    providers.find(at.provider()).filter(CheckoutOpening.class::isInstance);
            if (connector.isPresent()) {
                add(choices, at, connector.get().profile().assets(), asked);
            }
        }
        return List.copyOf(choices);
    }

    private void add(
            List<CheckoutChoice> choices, ActiveIntegration at, Set<Asset> takes, Money asked) {
        if (takes.contains(asked.asset())) {
            choices.add(new CheckoutChoice(at, asked, asked, Optional.empty()));
            return;
        }
        takes.stream()
                .filter(a -> at.settlementAssets().isEmpty() || at.settlementAssets().contains(a))
                .sorted(Comparator.comparing(Asset::code))
                .flatMap(a -> rates.find(at.merchant(), asked.asset(), a).stream())
                .map(rate -> new CheckoutChoice(at, asked, charged(asked, rate), Optional.of(rate)))
                .forEach(choices::add);
    }

    /** Rounded up, to as many digits as can be sent. */
    static Money charged(Money asked, RateRow rate) {
        Money exact = rate.rate().ofRoundedUp(asked, rate.to());
        int over = rate.to().exponent() - MOST_DIGITS;
        if (over <= 0) {
            return exact;
        }
        BigInteger step = BigInteger.TEN.pow(over);
        BigInteger[] steps = exact.minor().divideAndRemainder(step);
        BigInteger whole = steps[1].signum() > 0 ? steps[0].add(BigInteger.ONE) : steps[0];
        return new Money(whole.multiply(step), rate.to());
    }
}
