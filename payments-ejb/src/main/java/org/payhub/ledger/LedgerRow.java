package org.payhub.ledger;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.payhub.integration.IntegrationId;
import org.payhub.money.Money;

/**
 * One signed line of the books, debit positive.
 *
 * @param posting the lines of one posting bear the same id and sum to zero in each asset
 * @param fact what happened: {@code captured}, {@code refund_accepted}, …
 * @param factKey the provider's key of what happened; with the fact it makes the posting unique
 * @param payment the payment it belongs to (a {@code PaymentId}'s value)
 * @param bookingDate the day at the location where it occurred
 */
public record LedgerRow(
        EntryId id,
        UUID posting,
        int lineNo,
        IntegrationId integration,
        boolean livemode,
        LedgerAccount account,
        Money amount,
        String fact,
        String factKey,
        Optional<UUID> payment,
        Optional<UUID> refund,
        Optional<UUID> dispute,
        Instant occurredAt,
        Instant recordedAt,
        LocalDate bookingDate,
        String bookingZone)
        implements Serializable {}
