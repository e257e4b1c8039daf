package org.payhub.webhook;

import java.time.Instant;
import java.util.Optional;

/** What of the inbox somebody may have to look at. */
public record InboxCounts(
        long waiting, long parked, long conflicts, Optional<Instant> oldestWaiting) {}
