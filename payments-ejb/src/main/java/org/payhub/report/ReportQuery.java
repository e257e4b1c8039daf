package org.payhub.report;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.payhub.platform.HubException;
import org.payhub.tenancy.Scope;

/**
 * Which file is wanted; the mode is the scope's.
 *
 * @param from movements at or after
 * @param to movements before
 * @param zone in which local times are written; empty: each location's own
 */
public record ReportQuery(
        Scope scope, ReportKind kind, Instant from, Instant to, Optional<ZoneId> zone) {

    public ReportQuery {
        if (!from.isBefore(to)) {
            throw HubException.ofField(
                    "to", "report.range_empty", "The end must be later than the beginning.");
        }
    }
}
