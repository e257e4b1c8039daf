package org.payhub.provider.spi;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.payhub.money.Money;

/** Money can be returned through the provider, in whole or in part. */
public interface Refunding {

    /**
     * Orders a refund. The same {@code idempotencyKey} orders the same one.
     *
     * <p><b>Errors</b>: {@link ProviderRefused}: nothing was returned; {@link ProviderUnavailable}:
     * unknown.
     */
    ProviderEvent.RefundReported refund(Credentials credentials, RefundOrder order);

    /**
     * What is to be returned.
     *
     * @param refund our refund's id; the provider keeps it with the refund where it can
     * @param references every key of the payment
     * @param reason one of {@code requested_by_customer}, {@code duplicate}
     */
    record RefundOrder(
            UUID refund,
            List<Reference> references,
            Money amount,
            String reason,
            Optional<String> secondFactorCode,
            String idempotencyKey) {

        public RefundOrder {
            references = List.copyOf(references);
        }
    }
}
