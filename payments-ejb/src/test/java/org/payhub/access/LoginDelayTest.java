package org.payhub.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LoginDelayTest {

    private static final Instant NOW = Instant.parse("2026-03-29T02:00:00Z");

    @Test
    void the_first_tries_wait_for_nothing() {
        assertThat(LoginDelay.ACCOUNT.after(0)).isZero();
        assertThat(LoginDelay.ACCOUNT.after(2)).isZero();
        assertThat(LoginDelay.ADDRESS.after(19)).isZero();
    }

    @Test
    void each_further_failure_doubles_the_wait() {
        assertThat(LoginDelay.ACCOUNT.after(3)).isEqualTo(Duration.ofSeconds(1));
        assertThat(LoginDelay.ACCOUNT.after(4)).isEqualTo(Duration.ofSeconds(2));
        assertThat(LoginDelay.ACCOUNT.after(7)).isEqualTo(Duration.ofSeconds(16));
        assertThat(LoginDelay.ADDRESS.after(21)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void the_wait_never_becomes_a_lock_out() {
        for (int failures = 0; failures < 10_000; failures++) {
            assertThat(LoginDelay.ACCOUNT.after(failures)).isBetween(seconds(0), seconds(30));
            assertThat(LoginDelay.ADDRESS.after(failures)).isBetween(seconds(0), seconds(60));
        }
        assertThat(LoginDelay.ACCOUNT.after(Integer.MAX_VALUE)).isEqualTo(seconds(30));
    }

    @Test
    void what_was_waited_already_counts() {
        assertThat(LoginDelay.ACCOUNT.left(5, NOW.minusSeconds(3), NOW)).isEqualTo(seconds(1));
        assertThat(LoginDelay.ACCOUNT.left(5, NOW.minusSeconds(4), NOW)).isZero();
        assertThat(LoginDelay.ACCOUNT.left(5, NOW.minusSeconds(400), NOW)).isZero();
    }

    @Test
    void an_hour_of_quiet_forgets_the_failures() {
        assertThat(LoginDelay.counted(50, NOW.minus(Duration.ofMinutes(59)), NOW)).isEqualTo(50);
        assertThat(LoginDelay.counted(50, NOW.minus(Duration.ofHours(1)), NOW)).isZero();
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }
}
