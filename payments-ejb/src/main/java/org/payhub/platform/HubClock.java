package org.payhub.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.Duration;

/**
 * Makes the one clock. It ticks in microseconds because the columns keep six digits: an instant
 * that was stored and read back must equal the one in memory.
 */
@ApplicationScoped
class HubClock {

    @Produces
    Clock clock() {
        return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
    }
}
