package org.payhub.integration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.payhub.platform.UnitOfWork;
import org.payhub.provider.spi.WebhookRejected;

/**
 * Gathers in memory what is seen of integrations (events, refused webhooks, calls) and writes it
 * down about once a second, so that no webhook waits for it. What could not be written is kept for
 * the next time; a crash loses at most the last second of these counts, never an event.
 */
@ApplicationScoped
public class IntegrationHealth {

    private static final System.Logger LOG = System.getLogger(IntegrationHealth.class.getName());

    /** How old the time of the last event may be on the page; not every event is written down. */
    private static final Duration EVENT_STEP = Duration.ofSeconds(5);

    private static final Duration ALARM_STEP = Duration.ofMinutes(1);

    @Inject Clock clock;
    @Inject HealthRecords records;
    @Inject IntegrationDirectory directory;

    private final Map<Subject, Seen> pending = new ConcurrentHashMap<>();
    private final Map<IntegrationId, Instant> eventWritten = new ConcurrentHashMap<>();
    private volatile Instant lastAlarm = Instant.MIN;

    /** What the facts are about: an integration, or a provider's address in general. */
    public record Subject(String provider, Optional<IntegrationId> integration) {}

    /** How often for one cause, and when last. */
    public record Refused(int times, Instant lastAt) {

        Refused and(Refused other) {
            return new Refused(
                    times + other.times, lastAt.isAfter(other.lastAt) ? lastAt : other.lastAt);
        }
    }

    /** What was seen since the last writing. */
    public record Seen(
            Optional<Instant> firstEvent,
            Optional<Instant> lastEvent,
            Map<WebhookRejected.Cause, Refused> refused,
            Optional<Instant> callOk,
            Optional<Instant> callFailed,
            Optional<String> callProblem) {

        static final Seen NOTHING =
                new Seen(
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());

        Seen event(Instant at) {
            return new Seen(
                    Optional.of(firstEvent.filter(f -> f.isBefore(at)).orElse(at)),
                    Optional.of(lastEvent.filter(l -> l.isAfter(at)).orElse(at)),
                    refused,
                    callOk,
                    callFailed,
                    callProblem);
        }

        Seen refused(WebhookRejected.Cause cause, Refused more) {
            Map<WebhookRejected.Cause, Refused> all = new EnumMap<>(WebhookRejected.Cause.class);
            all.putAll(refused);
            all.merge(cause, more, Refused::and);
            return new Seen(firstEvent, lastEvent, all, callOk, callFailed, callProblem);
        }

        Seen callSucceeded(Instant at) {
            return new Seen(
                    firstEvent, lastEvent, refused, Optional.of(at), callFailed, callProblem);
        }

        Seen callFailed(Instant at, String problem) {
            return new Seen(
                    firstEvent, lastEvent, refused, callOk, Optional.of(at), Optional.of(problem));
        }

        /** This, seen after the other. */
        Seen after(Seen earlier) {
            Seen sum = earlier;
            if (firstEvent.isPresent()) {
                sum = sum.event(firstEvent.get());
            }
            if (lastEvent.isPresent()) {
                sum = sum.event(lastEvent.get());
            }
            for (Map.Entry<WebhookRejected.Cause, Refused> entry : refused.entrySet()) {
                sum = sum.refused(entry.getKey(), entry.getValue());
            }
            if (callOk.isPresent()) {
                sum = sum.callSucceeded(callOk.get());
            }
            if (callFailed.isPresent()) {
                sum = sum.callFailed(callFailed.get(), callProblem.orElse(""));
            }
            return sum;
        }
    }

    /** For the container. */
    public IntegrationHealth() {}

    /** A genuine signed event arrived. */
    public void noteEvent(WebhookTarget target, Instant at) {
        Instant written = eventWritten.get(target.id());
        if (target.eventSeen() && written != null && at.isBefore(written.plus(EVENT_STEP))) {
            return;
        }
        note(target.provider(), Optional.of(target.id()), seen -> seen.event(at));
    }

    /** A webhook was refused; {@code integration} is empty where none could be told. */
    public void noteRefusal(
            String provider,
            Optional<IntegrationId> integration,
            WebhookRejected.Cause cause,
            Instant at) {
        note(provider, integration, seen -> seen.refused(cause, new Refused(1, at)));
        if (cause == WebhookRejected.Cause.STALE
                || cause == WebhookRejected.Cause.FROM_THE_FUTURE) {
            alarm(provider, integration, cause, at);
        }
    }

    void noteCallSucceeded(String provider, IntegrationId id) {
        Instant now = clock.instant();
        note(provider, Optional.of(id), seen -> seen.callSucceeded(now));
    }

    void noteCallFailed(String provider, IntegrationId id, String problem) {
        Instant now = clock.instant();
        note(provider, Optional.of(id), seen -> seen.callFailed(now, problem));
    }

    private void note(
            String provider, Optional<IntegrationId> integration, UnaryOperator<Seen> change) {
        pending.compute(
                new Subject(provider, integration),
                (subject, seen) -> change.apply(seen == null ? Seen.NOTHING : seen));
    }

    /** A signed time outside the window mostly means that one of two clocks is wrong: ours. */
    private void alarm(
            String provider,
            Optional<IntegrationId> integration,
            WebhookRejected.Cause cause,
            Instant at) {
        if (at.isBefore(lastAlarm.plus(ALARM_STEP))) {
            return;
        }
        lastAlarm = at;
        LOG.log(
                System.Logger.Level.WARNING,
                "webhook refused provider="
                        + provider
                        + integration.map(id -> " integration=" + id).orElse("")
                        + " cause="
                        + cause
                        + ": its signed time is outside the window; check this machine's clock");
    }

    /** Writes down what was seen. Called by a timer. */
    void flush() {
        for (Subject subject : pending.keySet()) {
            Seen seen = pending.remove(subject);
            if (seen == null) {
                continue;
            }
            boolean written = false;
            try {
                UnitOfWork.run(() -> records.write(subject, seen));
                written = true;
            } finally {
                if (!written) {
                    pending.merge(subject, seen, (newer, older) -> newer.after(older));
                }
            }
            Instant last = seen.lastEvent().orElse(null);
            if (last != null && subject.integration().isPresent()) {
                IntegrationId id = subject.integration().get();
                if (eventWritten.put(id, last) == null) {
                    directory.forget(id);
                }
            }
        }
    }
}
