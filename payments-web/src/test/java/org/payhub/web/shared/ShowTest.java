package org.payhub.web.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.payhub.money.Money;

class ShowTest {

    private static final ZoneId ALMATY = ZoneId.of("Asia/Almaty");

    /** A Friday afternoon in Almaty. */
    private final Show show =
            new Show(
                    Clock.fixed(Instant.parse("2026-11-20T09:06:00Z"), ZoneOffset.UTC),
                    Locale.ENGLISH);

    @Test
    void today_is_a_time_and_other_days_are_said() {
        assertThat(show.time(Instant.parse("2026-11-20T09:02:00Z"), ALMATY)).isEqualTo("14:02");
        assertThat(show.time(Instant.parse("2026-11-18T06:20:00Z"), ALMATY))
                .isEqualTo("18 Nov, 11:20");
        assertThat(show.time(Instant.parse("2025-11-18T06:20:00Z"), ALMATY))
                .isEqualTo("18 Nov 2025, 11:20");
    }

    @Test
    void the_day_turns_at_midnight_of_the_location() {
        assertThat(show.time(Instant.parse("2026-11-19T19:30:00Z"), ALMATY)).isEqualTo("00:30");
        assertThat(show.dayOf(Instant.parse("2026-11-19T19:30:00Z"), ALMATY))
                .hasToString("2026-11-20");
    }

    @Test
    void a_front_desk_sees_no_zeros_that_nobody_speaks_of() {
        assertThat(Show.money(Money.parse("18000.00", "KZT"), Locale.ENGLISH))
                .isEqualTo("18,000\u00a0₸");
        assertThat(Show.money(Money.parse("18000.50", "KZT"), Locale.ENGLISH))
                .isEqualTo("18,000.50\u00a0₸");
        assertThat(Show.money(Money.parse("60.00", "EUR"), Locale.ENGLISH))
                .isEqualTo("60.00\u00a0€");
        assertThat(Show.money(Money.parse("4500", "JPY"), Locale.ENGLISH))
                .isEqualTo("4,500\u00a0¥");
        assertThat(Show.money(Money.parse("1.500", "BHD"), Locale.ENGLISH))
                .isEqualTo("1.500\u00a0BHD");
        assertThat(Show.money(Money.parse("24.310246", "USDT:tron"), Locale.ENGLISH))
                .isEqualTo("24.310246\u00a0USDT");
        assertThat(Show.money(Money.parse("0.000000000000000001", "ETH:ethereum"), Locale.ENGLISH))
                .isEqualTo("0.000000000000000001\u00a0ETH");
    }

    @Test
    void a_bar_shows_that_something_came_and_never_more_than_all() {
        Money price = Money.parse("1000.00", "EUR");

        assertThat(show.share(Money.parse("1.00", "EUR"), price)).isEqualTo(1);
        assertThat(show.share(Money.parse("300.00", "EUR"), price)).isEqualTo(30);
        assertThat(show.share(Money.parse("2000.00", "EUR"), price)).isEqualTo(100);
        assertThat(show.share(price, Money.parse("0.00", "EUR"))).isZero();
    }

    @Test
    void the_zone_is_named_by_its_city_and_hours() {
        assertThat(show.zone(ALMATY)).isEqualTo("Almaty (UTC+5)");
        assertThat(show.zone(ZoneId.of("Asia/Kolkata"))).isEqualTo("Kolkata (UTC+05:30)");
        assertThat(show.zone(ZoneId.of("America/New_York"))).isEqualTo("New York (UTC−5)");
        assertThat(show.zone(ZoneOffset.UTC)).startsWith("Z (UTC");
    }

    @Test
    void a_list_shows_enough_of_a_phone_to_know_it_again() {
        assertThat(show.phone("+34600123456")).isEqualTo("+346 •• 3456");
        assertThat(show.phone(null)).isEmpty();
    }

    @Test
    void initials_are_whole_letters() {
        assertThat(show.initials("Salon Aigerim")).isEqualTo("SA");
        assertThat(show.initials("Ángel")).isEqualTo("Á");
        assertThat(show.initials("  ")).isEqualTo("·");
    }
}
