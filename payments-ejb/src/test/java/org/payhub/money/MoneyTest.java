package org.payhub.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.payhub.platform.HubException;

class MoneyTest {

    /** Asset → its smallest unit as a decimal. */
    private static final Map<String, String> SMALLEST =
            Map.of(
                    "JPY", "1",
                    "USD", "0.01",
                    "KZT", "0.01",
                    "KWD", "0.001",
                    "BHD", "0.001",
                    "USDT:tron", "0.000001",
                    "BTC:bitcoin", "0.00000001",
                    "ETH:ethereum", "0.000000000000000001");

    private static String code(ThrowingCallable call) {
        return catchThrowableOfType(HubException.class, call).code();
    }

    @Test
    void the_smallest_unit_of_each_asset_is_one_and_reads_back() {
        SMALLEST.forEach(
                (asset, text) -> {
                    Money money = Money.parse(text, asset);

                    assertThat(money.minor()).isEqualTo(BigInteger.ONE);
                    assertThat(money.toDecimal()).isEqualTo(text);
                });
    }

    @Test
    void a_digit_that_the_asset_does_not_have_is_refused_and_not_rounded() {
        SMALLEST.forEach(
                (asset, text) -> {
                    String finer = text.contains(".") ? text + "5" : text + ".5";

                    assertThat(code(() -> Money.parse(finer, asset)))
                            .isEqualTo("money.too_many_digits");
                });
    }

    @Test
    void zeros_beyond_the_digits_of_the_asset_are_no_more_digits() {
        assertThat(Money.parse("10.500", "USD")).isEqualTo(Money.ofMinor(1_050, "USD"));
        assertThat(Money.parse("5.00", "JPY")).isEqualTo(Money.ofMinor(5, "JPY"));
    }

    @Test
    void two_assets_are_never_reckoned_together() {
        Money dollars = Money.ofMinor(1, "USD");
        Money yen = Money.ofMinor(1, "JPY");

        assertThat(code(() -> dollars.plus(yen))).isEqualTo("money.assets_differ");
        assertThat(code(() -> dollars.minus(yen))).isEqualTo("money.assets_differ");
        assertThat(code(() -> dollars.compareTo(yen))).isEqualTo("money.assets_differ");
        assertThat(code(() -> Money.ofMinor(1, "USDT:tron").plus(Money.ofMinor(1, "USDC:tron"))))
                .isEqualTo("money.assets_differ");
    }

    @Test
    void what_is_no_plain_decimal_is_refused() {
        for (String text :
                List.of(
                        "",
                        " ",
                        "1e3",
                        "1e1000000000",
                        "+1",
                        "1,5",
                        "1 000",
                        ".5",
                        "5.",
                        "--1",
                        "0x10",
                        "٣",
                        "1.2.3",
                        "NaN",
                        "1".repeat(65))) {
            assertThat(code(() -> Money.parse(text, "USD")))
                    .as(text)
                    .isEqualTo("money.not_a_number");
        }
    }

    @Test
    void more_than_the_column_holds_is_refused_before_it_is_reckoned() {
        Asset usd = Asset.of("USD");
        Money largest = new Money(BigInteger.TEN.pow(38).subtract(BigInteger.ONE), usd);

        assertThat(code(() -> largest.plus(Money.ofMinor(1, usd)))).isEqualTo("money.too_large");
        assertThat(code(() -> Money.ofMajor(new BigDecimal("1e1000000000"), usd)))
                .isEqualTo("money.too_large");
        assertThat(code(() -> Money.ofMajor(new BigDecimal("1e-1000000000"), usd)))
                .isEqualTo("money.too_large");
        assertThat(largest.minus(largest).isZero()).isTrue();
    }

    @Test
    void sums_near_the_end_of_a_long_are_exact() {
        for (String asset : SMALLEST.keySet()) {
            Money near = Money.ofMinor(Long.MAX_VALUE, asset);

            assertThat(near.plus(near).minor()).hasToString("18446744073709551614");
        }
    }

    @Test
    void parts_add_up_to_the_whole() {
        Random random = new Random(11);
        for (String asset : SMALLEST.keySet()) {
            for (int round = 0; round < 200; round++) {
                Money whole = Money.ofMinor(random.nextLong() / 2, asset);
                int parts = 1 + random.nextInt(9);

                List<Money> split = whole.split(parts);

                assertThat(split).hasSize(parts);
                assertThat(split.stream().reduce(Money::plus)).contains(whole);
            }
        }
    }

    @Test
    void a_currency_and_a_coin_of_one_name_are_two_assets() {
        assertThat(Asset.of("USDC")).isNotEqualTo(Asset.of("USDC:tron"));
        assertThat(Asset.of("USDC").exponent()).isEqualTo(2);
        assertThat(Asset.of("USDC:tron").exponent()).isEqualTo(6);
        assertThatThrownBy(() -> Asset.of("usd")).isInstanceOf(HubException.class);
        assertThatThrownBy(() -> Asset.of("XYZ")).isInstanceOf(HubException.class);
    }

    @Test
    void what_a_person_sees_can_be_typed_back_in_every_language() {
        for (String tag : List.of("en", "es", "ru", "kk", "de", "ar")) {
            Locale locale = Locale.forLanguageTag(tag);
            for (String asset : SMALLEST.keySet()) {
                Money money = Money.ofMinor(123_456_789, asset);

                String shown = MoneyText.digits(money, locale);

                assertThat(MoneyText.parse(shown, money.asset(), locale))
                        .as(tag + " " + shown)
                        .isEqualTo(money);
            }
        }
    }
}
