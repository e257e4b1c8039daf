package org.payhub.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PressureTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000_000);
    private final Pressure pressure = new Pressure(2, now::get);

    private void pass(int millis) {
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void a_days_business_is_no_pressure() {
        for (int i = 0; i < 600; i++) {
            pressure.stored(1);
            pass(5);

            assertThat(pressure.isOn()).isFalse();
        }
    }

    @Test
    void many_at_once_are_and_it_passes_soon_after_them() {
        for (int i = 0; i < 50; i++) {
            pressure.stored(20);
            pass(10);
        }
        boolean during = pressure.isOn();
        pass(400);

        assertThat(during).isTrue();
        assertThat(pressure.isOn()).isFalse();
    }
}
