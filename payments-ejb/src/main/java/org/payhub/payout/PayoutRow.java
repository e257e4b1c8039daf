package org.payhub.payout;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.payhub.integration.IntegrationId;
import org.payhub.money.Money;

/**
 * A payout as pages and interfaces show it.
 *
 * @param automatic by the provider's calendar, not by hand
 * @param reconciled whether the provider can list what it is made of
 * @param traceId what the bank knows it by
 */
public record PayoutRow(
        PayoutId id,
        IntegrationId integration,
        boolean livemode,
        String key,
        PayoutStatus status,
        Money amount,
        Optional<LocalDate> arrivalDate,
        boolean automatic,
        boolean reconciled,
        Optional<String> traceId,
        Optional<String> failureReason,
        Instant createdAt)
        implements Serializable {}
