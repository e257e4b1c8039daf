package org.payhub.simulator.kit;

import com.google.gson.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What every imitated provider has around its own rules: a clock, webhooks, faults of its
 * interface, a log of requests, and time that passes by itself.
 */
public abstract class ImitatedProvider implements Provider {

    private final SimulatorClock clock;
    private final WebhookQueue queue;
    private final List<Duration> waits;
    private final ApiFaults faults = new ApiFaults();
    private final RequestLog log = new RequestLog();
    private final ScheduledExecutorService ticker =
            Executors.newSingleThreadScheduledExecutor(
                    work -> {
                        Thread thread = new Thread(work, "simulator-time");
                        thread.setDaemon(true);
                        return thread;
                    });

    /**
     * @param waits before the second, third and later tries of a webhook
     */
    protected ImitatedProvider(Clock base, List<Duration> waits) {
        this.clock = new SimulatorClock(base);
        this.waits = List.copyOf(waits);
        this.queue = new WebhookQueue(clock, this.waits);
    }

    // ---- switches ----

    /** Late, repeated, held, shuffled and lost webhooks, and the log of every try. */
    public final WebhookQueue webhooks() {
        return queue;
    }

    /** Slow, silent and wrong answers of the interface. */
    public final ApiFaults api() {
        return faults;
    }

    /** The provider's clock, which can be set apart from ours. */
    public final SimulatorClock clock() {
        return clock;
    }

    /** Every switch as it stands. */
    public abstract JsonObject describe();

    /**
     * Sends one delivery, by the name that the log of tries gives it, once more.
     *
     * <p>Errors: {@link IllegalArgumentException} when there is no such delivery.
     */
    public abstract void resend(String delivery);

    // ---- what tests look at ----

    /** Every request to the interface since the last reset, oldest first. */
    public final List<JsonObject> requests() {
        return log.all();
    }

    /** How many requests of this method came for paths that start so. */
    public final long requests(String method, String path) {
        return log.all().stream()
                .filter(r -> method.equals(Json.need(r, "method")))
                .filter(r -> Json.need(r, "path").startsWith(path))
                .count();
    }

    // ---- for the providers ----

    /** Where the interface notes what it was asked. */
    protected final RequestLog log() {
        return log;
    }

    /** Does that again and again until the simulator is closed. */
    protected final void every(Duration period, Runnable work) {
        ticker.scheduleWithFixedDelay(
                work, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The switches as they are at first, and an empty log. */
    protected final void resetSwitches() {
        faults.reset();
        queue.reset(waits);
        log.clear();
        clock.offset(Duration.ZERO);
    }

    @Override
    public final void close() {
        ticker.shutdownNow();
        faults.release();
        queue.close();
    }
}
