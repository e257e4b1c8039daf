package org.payhub.audit;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** Which audit entries are wanted; an empty part means all. {@code to} is exclusive. */
public record AuditFilter(
        Optional<String> action,
        Optional<String> objectType,
        Optional<String> objectId,
        Optional<String> actorName,
        Optional<Instant> from,
        Optional<Instant> to) {

    public AuditFilter {
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(objectType, "objectType");
        Objects.requireNonNull(objectId, "objectId");
        Objects.requireNonNull(actorName, "actorName");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
    }

    /** Everything. */
    public static AuditFilter all() {
        return new AuditFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Everything that happened to one object. */
    public static AuditFilter ofObject(String objectType, String objectId) {
        return new AuditFilter(
                Optional.empty(),
                Optional.of(objectType),
                Optional.of(objectId),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
