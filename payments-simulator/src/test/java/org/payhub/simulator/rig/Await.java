package org.payhub.simulator.rig;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for something that another thread brings about, at most thirty seconds. */
public final class Await {

    private Await() {}

    /**
     * @param otherwise says what there was instead
     */
    public static void until(BooleanSupplier condition, Supplier<String> otherwise) {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("It did not happen in time; " + otherwise.get());
            }
            LockSupport.parkNanos(5_000_000);
        }
    }
}
