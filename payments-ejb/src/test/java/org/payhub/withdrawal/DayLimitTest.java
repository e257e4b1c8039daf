package org.payhub.withdrawal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.payhub.money.Money;
import org.payhub.platform.HubException;

class DayLimitTest {

    private static Money coins(String amount) {
        return Money.parse(amount, "USDT:tron");
    }

    @ParameterizedTest
    @CsvSource({"100, 0", "0.000001, 99.999999", "40, 60"})
    void a_days_sum_may_reach_the_limit(String amount, String sent) {
        DayLimit limit = new DayLimit(coins("100"));

        assertThatCode(() -> limit.require(coins(amount), coins(sent))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"100.000001, 0", "0.000001, 100", "40, 60.000001", "1, 500"})
    void more_than_the_limit_is_refused_with_what_was_sent(String amount, String sent) {
        DayLimit limit = new DayLimit(coins("100"));

        HubException refused =
                catchThrowableOfType(
                        HubException.class, () -> limit.require(coins(amount), coins(sent)));

        assertThat(refused.code()).isEqualTo("withdrawal.daily_limit_exceeded");
        assertThat(refused.field()).contains("amount");
        assertThat(refused.getMessage()).contains("24 hours", coins("100").toString());
    }
}
