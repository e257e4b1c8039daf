package org.payhub.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Limits how often one sender's address may make us try many merchants' secrets in vain. Genuine
 * webhooks are found and never count.
 */
final class SenderLimit {

    static final int FAILURES = 30;
    static final Duration WINDOW = Duration.ofMinutes(1);

    private static final int MOST_REMEMBERED = 10_000;

    private final Map<String, Failures> byAddress = new ConcurrentHashMap<>();

    private record Failures(Instant since, int count) {

        boolean over(Instant now) {
            return !now.isBefore(since.plus(WINDOW));
        }
    }

    boolean allows(String address, Instant now) {
        Failures failures = byAddress.get(address);
        return failures == null || failures.over(now) || failures.count < FAILURES;
    }

    void failed(String address, Instant now) {
        if (byAddress.size() >= MOST_REMEMBERED) {
            byAddress.values().removeIf(failures -> failures.over(now));
        }
        if (byAddress.size() >= MOST_REMEMBERED && !byAddress.containsKey(address)) {
            return;
        }
        byAddress.merge(
                address,
                new Failures(now, 1),
                (known, one) -> known.over(now) ? one : new Failures(known.since, known.count + 1));
    }
}
