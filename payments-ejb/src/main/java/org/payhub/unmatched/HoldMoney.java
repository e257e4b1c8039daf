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
        Instant occurredAt) {

    /** The same under a key of its own, where an earlier piece has that key. */
    HoldMoney numbered(int number) {
        return number == 1
                ? this
                : new HoldMoney(
                        payment,
                        integration,
                        reason,
                        transactionKey + "#" + number,
                        amount,
                        occurredAt);
    }
}
