package org.payhub.provider.http;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One call to a provider, as people see it: redacted.
 *
 * @param result {@code ok}, {@code refused} (the provider answered no) or {@code failed} (no answer
 *     that counts)
 * @param httpStatus empty where there was no answer
 * @param providerRequestId what to tell the provider's support
 */
public record ProviderCallRow(
        UUID id,
        Optional<UUID> integration,
        String provider,
        String operation,
        String method,
        String address,
        String result,
        Optional<Integer> httpStatus,
        Optional<String> problem,
        int durationMillis,
        Optional<String> providerRequestId,
        Optional<String> requestExcerpt,
        Optional<String> responseExcerpt,
        Instant calledAt) {}
