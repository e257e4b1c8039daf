package org.payhub.webhook;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long a delivery that failed waits before it is tried again: five seconds at first, three
 * times as long each time, six hours at most, a quarter more or less so that an outage's deliveries
 * do not all come back at one moment. After twelve tries it is a person's.
 */
final class Backoff {

    static final int TRIES = 12;

    private static final long FIRST_MILLIS = 5_000;
    private static final long LONGEST_MILLIS = Duration.ofHours(6).toMillis();

    private Backoff() {}

    /** The pause after that many attempts; empty when there were enough. */
    static Optional<Duration> after(int attempts, RandomGenerator random) {
        if (attempts >= TRIES) {
            return Optional.empty();
        }
        long pause = FIRST_MILLIS;
        for (int i = 1; i < attempts && pause < LONGEST_MILLIS; i++) {
            pause *= 3;
        }
        pause = Math.min(pause, LONGEST_MILLIS);
        return Optional.of(Duration.ofMillis(pause - pause / 4 + random.nextLong(pause / 2 + 1)));
    }
}
