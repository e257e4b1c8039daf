package org.payhub.apikey;

import java.time.Instant;
import java.util.Optional;
import org.payhub.money.Money;

/** A key as people see it: by its name and last characters. */
public record ApiKeyRow(
        ApiKeyId id,
        String name,
        String ending,
        Optional<Money> moneyLimit,
        Instant createdAt,
        Optional<Instant> lastUsedAt,
        Optional<Instant> revokedAt) {}
