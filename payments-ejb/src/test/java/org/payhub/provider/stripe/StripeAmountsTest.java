package org.payhub.provider.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.platform.HubException;
import org.payhub.provider.spi.ProviderRefused;

class StripeAmountsTest {

    @ParameterizedTest
    @CsvSource({
        "25.00, USD, 2500",
        "25.01, EUR, 2501",
        "0.50, KZT, 50",
        "5000, JPY, 5000",
        "5000, KRW, 5000",
        "5000, CLP, 5000",
        "5000, VND, 5000",
        "5000, XAF, 5000",
        "5000, MGA, 5000",
        "5, ISK, 500",
        "1500, UGX, 150000",
        "175.00, HUF, 17500",
        "10.00, TWD, 1000",
        "1.230, KWD, 1230",
        "1.000, BHD, 1000",
        "999999999999.99, USD, 99999999999999"
    })
    void amounts_go_out_and_come_back_as_stripe_counts_them(
            String amount, String asset, long wire) {
        Money money = Money.parse(amount, asset);

        assertThat(StripeAmounts.toStripe(money)).isEqualTo(wire);
        assertThat(
                        StripeAmounts.fromStripe(
                                BigInteger.valueOf(wire), StripeAmounts.currency(money.asset())))
                .isEqualTo(money);
    }

    @Test
    void every_currency_of_the_profile_goes_there_and_back() {
        for (Asset asset : StripeAmounts.assets()) {
            Money money = Money.ofMinor(12_340, asset);

            assertThat(
                            StripeAmounts.fromStripe(
                                    BigInteger.valueOf(StripeAmounts.toStripe(money)),
                                    StripeAmounts.currency(asset)))
                    .isEqualTo(money);
        }
    }

    @Test
    void a_third_decimal_that_stripe_does_not_take_is_refused_not_rounded() {
        assertThatThrownBy(() -> StripeAmounts.toStripe(Money.parse("1.234", "KWD")))
                .isInstanceOfSatisfying(
                        ProviderRefused.class,
                        e -> assertThat(e.code()).isEqualTo("checkout.amount_not_representable"));
    }

    @Test
    void a_fraction_of_a_crown_is_refused_not_rounded() {
        assertThatThrownBy(() -> StripeAmounts.fromStripe(BigInteger.valueOf(550), "isk"))
                .isInstanceOfSatisfying(
                        HubException.class,
                        e -> assertThat(e.code()).isEqualTo("money.too_many_digits"));
    }

    @Test
    void coins_and_amounts_beyond_64_bits_do_not_reach_stripe() {
        assertThatThrownBy(() -> StripeAmounts.toStripe(Money.ofMinor(1, "USDT:tron")))
                .isInstanceOf(ProviderRefused.class);
        assertThatThrownBy(
                        () ->
                                StripeAmounts.toStripe(
                                        Money.ofMinor(
                                                BigInteger.ONE.shiftLeft(63), Asset.of("USD"))))
                .isInstanceOf(ProviderRefused.class);
    }

    @ParameterizedTest
    @CsvSource({
        "USD, 0.50", "EUR, 0.50", "GBP, 0.30", "AED, 2.00", "CZK, 15.00", "DKK, 2.50", "HKD, 4.00",
        "HUF, 175.00", "JPY, 50", "KRW, 50", "MXN, 10.00", "MYR, 2.00", "NOK, 3.00", "PLN, 2.00",
        "RON, 2.00", "SEK, 3.00", "THB, 10.00", "ZAR, 0.50"
    })
    void the_smallest_charge_is_known_in_the_settlement_currency(String code, String least) {
        Asset asset = Asset.of(code);

        assertThat(StripeAmounts.minimum(asset, Set.of(asset))).contains(Money.parse(least, code));
    }

    @Test
    void the_smallest_charge_in_another_currency_is_stripes_to_say() {
        assertThat(StripeAmounts.minimum(Asset.of("USD"), Set.of(Asset.of("EUR")))).isEmpty();
        assertThat(StripeAmounts.minimum(Asset.of("KZT"), Set.of())).isEmpty();
    }
}
