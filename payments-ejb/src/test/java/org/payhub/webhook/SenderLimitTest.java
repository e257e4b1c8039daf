package org.payhub.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SenderLimitTest {

    private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");

    private final SenderLimit limit = new SenderLimit();

    private void fail(String address, int times, Instant at) {
        for (int i = 0; i < times; i++) {
            limit.failed(address, at);
        }
    }

    @Test
    void a_sender_who_failed_too_often_waits_until_the_window_is_over() {
        fail("192.0.2.1", SenderLimit.FAILURES, T0);

        assertThat(limit.allows("192.0.2.1", T0.plusSeconds(59))).isFalse();
        assertThat(limit.allows("192.0.2.1", T0.plus(SenderLimit.WINDOW))).isTrue();
    }

    @Test
    void other_senders_are_not_touched() {
        fail("192.0.2.1", 1_000, T0);

        assertThat(limit.allows("192.0.2.2", T0)).isTrue();
    }

    @Test
    void a_few_failures_are_allowed() {
        fail("192.0.2.1", SenderLimit.FAILURES - 1, T0);

        assertThat(limit.allows("192.0.2.1", T0)).isTrue();
    }

    @Test
    void very_many_addresses_do_not_grow_it_without_end() {
        for (int i = 0; i < 50_000; i++) {
            limit.failed("2001:db8::" + Integer.toHexString(i), T0);
        }

        assertThat(limit.allows("2001:db8::ffff", T0)).isTrue();
    }
}
