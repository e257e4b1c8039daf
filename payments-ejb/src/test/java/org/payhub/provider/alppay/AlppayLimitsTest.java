package org.payhub.provider.alppay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.Limiting.Limits;
import org.payhub.provider.spi.ProviderRefused;

class AlppayLimitsTest {

    private static final Asset USDT = Asset.of("USDT:tron");
    private static final Asset BTC = Asset.of("BTC:bitcoin");

    private static Limits limits(Asset asset, String field, String typed) {
        return AlppayLimits.of(Credentials.of(AlppaySamples.OWNER, Map.of(field, typed)), asset);
    }

    @Test
    void nothing_typed_limits_nothing() {
        Limits limits = AlppayLimits.of(AlppaySamples.credentials(), USDT);

        assertThat(limits).isEqualTo(Limits.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10                              | 10 | 10",
                "0                               |    |   ",
                "10, BTC:bitcoin 0.0002          | 10 | 0.0002",
                "BTC:bitcoin 0.0002; 10          | 10 | 0.0002",
                "usdt:TRON 10                    | 10 |   ",
                "10, BTC:bitcoin 0               | 10 |   ",
                "USDT:tron   10 , BTC:bitcoin 1, | 10 | 1",
            })
    void a_limit_is_one_number_for_all_coins_or_one_for_each(
            String typed, String usdt, String btc) {
        Optional<Money> ofUsdt = limits(USDT, "min_payment", typed).leastPayment();
        Optional<Money> ofBtc = limits(BTC, "min_payment", typed).leastPayment();

        assertThat(ofUsdt.map(Money::toDecimal).orElse(""))
                .isEqualTo(usdt == null ? "" : Money.parse(usdt, USDT).toDecimal());
        assertThat(ofBtc.map(Money::toDecimal).orElse(""))
                .isEqualTo(btc == null ? "" : Money.parse(btc, BTC).toDecimal());
    }

    @Test
    void a_limit_finer_than_the_coin_is_rounded_to_the_safe_side() {
        String fine = "1.00000001";

        assertThat(limits(USDT, "min_payment", fine).leastPayment())
                .contains(Money.parse("1.000001", USDT));
        assertThat(limits(USDT, "max_payment", fine).largestPayment())
                .contains(Money.parse("1", USDT));
        assertThat(limits(USDT, "daily_withdrawal", fine).withdrawnInADay())
                .contains(Money.parse("1", USDT));
    }

    @Test
    void a_new_address_waits_for_whole_hours() {
        Limits limits = limits(USDT, "address_wait", "24");

        assertThat(limits.newAddressWaits()).isEqualTo(Duration.ofHours(24));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "min_payment      | ten",
                "min_payment      | -1",
                "max_payment      | 1.000.000",
                "max_payment      | 10 USDT:tron",
                "max_payment      | DOGE 5",
                "max_payment      | USDT:tron 5 6",
                "daily_withdrawal | 5, 6",
                "daily_withdrawal | USDT:tron 5, usdt:tron 6",
                "address_wait     | 1.5",
                "address_wait     | 721",
                "address_wait     | -1",
                "address_wait     | a day",
            })
    void what_cannot_be_a_limit_is_refused_on_its_field(String field, String typed) {
        ProviderRefused refused =
                catchThrowableOfType(
                        ProviderRefused.class,
                        () ->
                                AlppayLimits.check(
                                        Credentials.of(AlppaySamples.OWNER, Map.of(field, typed))));

        assertThat(refused.code()).isEqualTo("integration.credentials_refused");
        assertThat(refused.field()).contains(field);
    }

    @Test
    void a_largest_payment_below_the_least_is_refused() {
        ProviderRefused refused =
                catchThrowableOfType(
                        ProviderRefused.class,
                        () ->
                                AlppayLimits.check(
                                        Credentials.of(
                                                AlppaySamples.OWNER,
                                                Map.of(
                                                        "min_payment", "10",
                                                        "max_payment", "BTC:bitcoin 1"))));

        assertThat(refused.field()).contains("max_payment");
        assertThat(refused.getMessage()).contains("BTC:bitcoin");
    }

    @Test
    void keys_are_named_from_their_ninetieth_day_on() {
        Instant entered = Instant.parse("2026-01-01T00:00:00Z");
        Map<String, Instant> since =
                Map.of("hmac_key", entered, "api_key", entered.plus(Duration.ofDays(30)));

        List<String> before =
                AlppayKeys.reminders(since, entered.plus(Duration.ofDays(90)).minusSeconds(1));
        List<String> then = AlppayKeys.reminders(since, entered.plus(Duration.ofDays(90)));
        List<String> later = AlppayKeys.reminders(since, entered.plus(Duration.ofDays(125)));

        assertThat(before).isEmpty();
        assertThat(then).singleElement().asString().contains("HMAC key", "90 days", "support");
        assertThat(later).hasSize(2).first().asString().contains("125 days");
    }
}
