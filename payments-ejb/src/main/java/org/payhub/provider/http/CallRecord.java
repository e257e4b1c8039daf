package org.payhub.provider.http;

import java.time.Instant;
import java.util.UUID;

/** What is kept of one call; already redacted. */
record CallRecord(
        UUID id,
        UUID merchant,
        UUID integration,
        String provider,
        String operation,
        String method,
        String address,
        String result,
        Integer httpStatus,
        String problem,
        int durationMillis,
        String providerRequestId,
        String requestExcerpt,
        String responseExcerpt,
        Instant calledAt) {}
