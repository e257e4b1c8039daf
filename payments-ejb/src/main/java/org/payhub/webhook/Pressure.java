package org.payhub.webhook;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Whether so many webhooks press in that taking them in should have the processors. Told by how
 * many were stored in the last tenth of a second; it lasts a little longer than they do.
 */
final class Pressure {

    /** Far above what providers send in a day's business, far below what can be taken in. */
    private static final int PER_SECOND_AND_PROCESSOR = 200;

    private static final long WINDOW = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LASTS = TimeUnit.MILLISECONDS.toNanos(300);

    private final LongSupplier nanos;
    private final int limit;
    private long windowFrom;
    private int stored;
    private volatile long until;

    Pressure(int processors, LongSupplier nanos) {
        this.nanos = nanos;
        this.limit = Math.max(1, PER_SECOND_AND_PROCESSOR * processors / 10);
        this.windowFrom = nanos.getAsLong();
        this.until = windowFrom;
    }

    synchronized void stored(int rows) {
        long now = nanos.getAsLong();
        if (now - windowFrom > WINDOW) {
            windowFrom = now;
            stored = 0;
        }
        stored += rows;
        if (stored > limit) {
            until = now + LASTS;
        }
    }

    boolean isOn() {
        return nanos.getAsLong() - until < 0;
    }
}
