package org.payhub.withdrawal;

import java.util.Optional;
import org.payhub.integration.IntegrationId;
import org.payhub.money.Money;
import org.payhub.payment.PaymentId;

/**
 * A withdrawal that is asked for.
 *
 * @param payment whose money it returns to whoever paid it; empty: the merchant's own
 * @param addressTag memo or destination tag, where the network has one
 * @param requestKey of the caller; the same one asks for the same withdrawal
 */
public record AskWithdrawal(
        IntegrationId integration,
        Optional<PaymentId> payment,
        Money amount,
        String address,
        Optional<String> addressTag,
        String reason,
        Optional<String> requestKey) {}
