package org.payhub.link;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.payhub.money.Money;
import org.payhub.visit.VisitId;

/**
 * A payment link as pages and interfaces show it.
 *
 * @param url what the client is sent
 * @param providers codes that may be used; none: every one that is connected
 */
public record LinkRow(
        LinkId id,
        VisitId visit,
        String token,
        String url,
        Money amount,
        LinkStatus status,
        boolean livemode,
        List<String> providers,
        Instant createdAt,
        String createdBy,
        Instant expiresAt,
        Optional<Instant> openedAt,
        Optional<Instant> paidAt)
        implements Serializable {}
