package org.payhub.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.payhub.platform.HubException;

class RateTest {

    private static Money turned(String rate, String amount, String from, String to) {
        return Rate.parse(rate).ofRoundedUp(Money.parse(amount, from), Asset.of(to));
    }

    @Test
    void an_amount_is_turned_exactly_and_rounded_up_to_the_smallest_unit() {
        assertThat(turned("1.087", "100.00", "EUR", "USDT:tron").toDecimal())
                .isEqualTo("108.700000");
        assertThat(turned("0.00192307", "10500.00", "KZT", "USDT:tron").toDecimal())
                .isEqualTo("20.192235");
        assertThat(turned("0.333333333", "0.01", "EUR", "USDC").toDecimal()).isEqualTo("0.01");
        assertThat(turned("0.0000091", "33.33", "EUR", "BTC:bitcoin").toDecimal())
                .isEqualTo("0.00030331");
        assertThat(turned("7", "5", "JPY", "ETH:ethereum").toDecimal())
                .isEqualTo("35.000000000000000000");
    }

    @Test
    void what_is_asked_for_is_never_less_than_was_meant_and_less_than_one_unit_more() {
        Random random = new Random(20_261_121L);
        for (int i = 0; i < 10_000; i++) {
            Money asked = Money.ofMinor(1 + random.nextInt(10_000_000), "EUR");
            String text = random.nextInt(1_000) + "." + (1 + random.nextInt(999_999_999));
            Rate rate = Rate.parse(text);

            Money turned = rate.ofRoundedUp(asked, Asset.of("USDT:tron"));

            BigDecimal exact =
                    new BigDecimal(asked.toDecimal())
                            .multiply(new BigDecimal(text))
                            .movePointRight(6);
            BigDecimal over = new BigDecimal(turned.minor()).subtract(exact);
            assertThat(over.signum() >= 0 && over.compareTo(BigDecimal.ONE) < 0)
                    .as(asked + " at " + text)
                    .isTrue();
        }
    }

    @Test
    void what_is_no_rate_is_refused() {
        for (String text :
                new String[] {
                    "",
                    "0",
                    "0.000",
                    "-1",
                    "1e3",
                    "1,087",
                    " 1",
                    "1.",
                    ".5",
                    "NaN",
                    "1.087x",
                    "1234567890123456789",
                    "0.1234567890123456789",
                    "١"
                }) {
            assertThatThrownBy(() -> Rate.parse(text))
                    .as(text)
                    .isInstanceOfSatisfying(
                            HubException.class,
                            e -> assertThat(e.code()).isEqualTo("money.rate_invalid"));
        }
        assertThatThrownBy(() -> Rate.parse(null)).isInstanceOf(HubException.class);
    }
}
