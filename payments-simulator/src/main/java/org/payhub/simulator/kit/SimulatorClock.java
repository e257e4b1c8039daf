package org.payhub.simulator.kit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** The provider's own clock: it can be set apart from ours, as a real one's would be. */
public final class SimulatorClock extends Clock {

    private final Clock base;
    private volatile Duration offset = Duration.ZERO;

    public SimulatorClock(Clock base) {
        this.base = base;
    }

    public void offset(Duration newOffset) {
        offset = newOffset;
    }

    public Duration offset() {
        return offset;
    }

    public void advance(Duration by) {
        offset = offset.plus(by);
    }

    @Override
    public Instant instant() {
        return base.instant().plus(offset);
    }

    @Override
    public ZoneId getZone() {
        return base.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return base.withZone(zone);
    }
}
