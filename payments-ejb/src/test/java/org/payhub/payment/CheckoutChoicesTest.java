package org.payhub.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.money.Rate;
import org.payhub.rate.RateId;
import org.payhub.rate.RateRow;

class CheckoutChoicesTest {

    private static Money charged(String amount, String rate, String coin) {
        Instant now = Instant.parse("2026-11-21T10:00:00Z");
        return CheckoutChoices.charged(
                Money.parse(amount, "EUR"),
                new RateRow(
                        RateId.next(),
                        Asset.of("EUR"),
                        Asset.of(coin),
                        Rate.parse(rate),
                        "bank",
                        now,
                        "Olga",
                        now,
                        true));
    }

    @Test
    void what_is_charged_is_rounded_up_to_digits_that_can_be_sent() {
        assertThat(charged("10.00", "0.000333333333333333", "ETH:ethereum").toDecimal())
                .isEqualTo("0.003333340000000000");
        assertThat(charged("10.00", "0.5", "ETH:ethereum").toDecimal())
                .isEqualTo("5.000000000000000000");
        assertThat(charged("0.01", "0.0000000001", "TON:ton").toDecimal()).isEqualTo("0.000000010");
        assertThat(charged("92.00", "1.086956522", "USDT:tron").toDecimal())
                .isEqualTo("100.000001");
    }
}
