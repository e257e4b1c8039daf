package org.payhub.provider.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stops calling a provider that does not answer, per integration, so that clients are offered
 * another one at once instead of waiting. After a pause one call is let through to see; it decides
 * whether calls go on or pause again, twice as long.
 *
 * <p>Calls that read and calls that order are judged apart: where only reading fails, clients can
 * still pay.
 *
 * <p>Kept in memory: each node finds out for itself.
 */
@ApplicationScoped
public class Circuits {

    private static final int FAILURES_IN_A_ROW = 8;
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private record Key(UUID caller, String provider, boolean orders) {}

    /** Failures in a row, and, once there are too many, until when no call is made. */
    private record State(int failures, Instant pausedUntil, Duration pause) {

        boolean open() {
            return pausedUntil != null;
        }
    }

    private final Map<Key, State> states = new ConcurrentHashMap<>();
    private Clock clock;

    /** For the container. */
    protected Circuits() {}

    @Inject
    Circuits(Clock clock) {
        this.clock = clock;
    }

    /** Whether that integration's orders are paused now; asking changes nothing. */
    public boolean isPaused(UUID integration, String provider) {
        State state = states.get(new Key(integration, provider, true));
        return state != null && state.open() && clock.instant().isBefore(state.pausedUntil());
    }

    /** Whether a call may be made. Of those that ask after a pause, the first is the probe. */
    boolean admits(ProviderCall call) {
        boolean[] admitted = {true};
        if (call.isApart()) {
            return true;
        }
        states.computeIfPresent(
                key(call),
                (key, state) -> {
                    if (!state.open()) {
                        return state;
                    }
                    Instant now = clock.instant();
                    admitted[0] = !now.isBefore(state.pausedUntil());
                    // The probe's own time: others wait until it has answered or timed out.
                    return admitted[0]
                            ? new State(
                                    state.failures(), now.plus(ProviderCall.LONGEST), state.pause())
                            : state;
                });
        return admitted[0];
    }

    void succeeded(ProviderCall call) {
        if (!call.isApart()) {
            states.remove(key(call));
        }
    }

    void failed(ProviderCall call) {
        if (!call.isApart()) {
            states.compute(key(call), (key, state) -> afterFailure(state));
        }
    }

    private State afterFailure(State state) {
        int failures = state == null ? 1 : state.failures() + 1;
        if (failures < FAILURES_IN_A_ROW) {
            return new State(failures, null, null);
        }
        Duration pause = SHORTEST_PAUSE;
        if (state != null && state.pause() != null) {
            Duration doubled = state.pause().multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        }
        return new State(failures, clock.instant().plus(pause), pause);
    }

    private static Key key(ProviderCall call) {
        return new Key(
                call.owner().integration().orElse(call.owner().merchant()),
                call.provider(),
                !call.method().equals("GET"));
    }
}
