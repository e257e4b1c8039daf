package org.payhub.integration;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What was seen of an integration: events that came, events refused, calls made. */
public record HealthFacts(
        Optional<Instant> firstEventAt,
        Optional<Instant> lastEventAt,
        Optional<Instant> lastRefusedAt,
        Optional<String> lastRefusal,
        int refusalsInARow,
        List<RefusalCount> refusals,
        Optional<Instant> lastCallOkAt,
        Optional<Instant> lastCallFailedAt,
        Optional<String> lastCallProblem,
        Optional<String> webhookProblem) {

    public HealthFacts {
        refusals = List.copyOf(refusals);
    }

    /** How often webhooks were refused for one cause; nothing more is kept of them. */
    public record RefusalCount(String cause, long refused, Instant lastAt) {}
}
