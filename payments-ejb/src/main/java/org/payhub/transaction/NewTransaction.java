package org.payhub.transaction;

import java.time.Instant;
import java.util.Optional;
import org.payhub.integration.IntegrationId;
import org.payhub.money.Money;

/**
 * An operation as a provider reports it, on its way into the table.
 *
 * @param integration whose books: the payment's integration, also when another one told it
 * @param amount signed for bookings and movements of disputes, else positive
 * @param source of a booking or movement: what it belongs to
 */
public record NewTransaction(
        IntegrationId integration,
        TransactionKind kind,
        String key,
        Money amount,
        Optional<Booked> booked,
        Optional<String> source,
        Instant occurredAt) {

    /** What a provider's booking says beyond the amount. */
    public record Booked(Money fee, Optional<String> exchangeRate, Optional<Instant> availableAt) {}

    public static NewTransaction of(
            IntegrationId integration,
            TransactionKind kind,
            String key,
            Money amount,
            Instant occurredAt) {
        return new NewTransaction(
                integration, kind, key, amount, Optional.empty(), Optional.empty(), occurredAt);
    }
}
