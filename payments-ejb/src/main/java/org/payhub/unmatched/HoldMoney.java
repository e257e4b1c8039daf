package org.payhub.unmatched;

import java.time.Instant;
import java.util.UUID;
import org.payhub.integration.IntegrationId;
import org.payhub.money.Money;

/**
 * Money that has to wait for a person.
 *
 * @param payment the payment that holds it (a {@code PaymentId}'s value)
 */
public record HoldMoney(
        UUID payment,
        IntegrationId integration,
        String reason,
        String transactionKey,
        Money amount,
        Instant occurredAt) {}
