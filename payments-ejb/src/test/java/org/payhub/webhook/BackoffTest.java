package org.payhub.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Random random = new Random(42);

    @Test
    void pauses_grow_and_stay_within_a_quarter_of_their_step() {
        long step = 5_000;
        for (int attempts = 1; attempts < Backoff.TRIES; attempts++) {
            for (int i = 0; i < 200; i++) {
                long pause = Backoff.after(attempts, random).orElseThrow().toMillis();

                assertThat(pause).isBetween(step - step / 4, step + step / 4 + 1);
            }
            step = Math.min(step * 3, Duration.ofHours(6).toMillis());
        }
    }

    @Test
    void after_twelve_tries_there_is_no_further_one() {
        assertThat(Backoff.after(11, random)).isPresent();
        assertThat(Backoff.after(12, random)).isEqualTo(Optional.empty());
        assertThat(Backoff.after(Integer.MAX_VALUE, random)).isEmpty();
    }

    @Test
    void pauses_of_one_step_differ() {
        assertThat(
                        random.ints(50)
                                .mapToObj(i -> Backoff.after(5, random).orElseThrow())
                                .distinct()
                                .count())
                .isGreaterThan(25);
    }
}
