package org.payhub.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.payhub.tenancy.Actor;

/**
 * One audit entry as people see it. {@code details} is flat JSON, absent once it was erased on
 * request; {@code seq} counts from 1 within the merchant's chain.
 */
public record AuditRow(
        UUID id,
        long seq,
        Instant at,
        Actor.Kind actorKind,
        UUID actorId,
        String actorName,
        String address,
        String requestId,
        String action,
        String objectType,
        String objectId,
        Optional<String> details) {}
