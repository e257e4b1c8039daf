package org.payhub.access;

import java.time.Duration;
import java.time.Instant;

/**
 * How long the next try must wait after so many failures: nothing at first, then twice as long each
 * time, never longer than a bound. Nobody is locked out; an hour of quiet forgets everything.
 */
enum LoginDelay {
    /** Tries against one account, from wherever they come. */
    ACCOUNT(3, Duration.ofSeconds(30)),
    /** Tries from one address, against whichever accounts; a whole office may share one. */
    ADDRESS(20, Duration.ofSeconds(60));

    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private final int free;
    private final Duration longest;

    LoginDelay(int free, Duration longest) {
        this.free = free;
        this.longest = longest;
    }

    /** What the try after so many failures has to wait for. */
    Duration after(int failures) {
        if (failures < free) {
            return Duration.ZERO;
        }
        int doublings = Math.min(failures - free, 20);
        Duration delay = Duration.ofSeconds(1L << doublings);
        return delay.compareTo(longest) > 0 ? longest : delay;
    }

    /** What is still to be waited. */
    Duration left(int failures, Instant lastAt, Instant now) {
        Duration left = Duration.between(now, lastAt.plus(after(counted(failures, lastAt, now))));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** How many failures still count. */
    static int counted(int failures, Instant lastAt, Instant now) {
        return lastAt.plus(FORGOTTEN).isAfter(now) ? failures : 0;
    }
}
