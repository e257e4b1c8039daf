package org.payhub.reconciliation;

import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import org.payhub.money.Money;
import org.payhub.payment.PaymentId;
import org.payhub.provider.spi.DayListing;

/**
 * One difference that is left.
 *
 * @param thing what differs
 * @param key the provider's key of it
 * @param ours what we know, where we know it
 * @param theirs what the provider lists, where it does
 * @param occurredAt by the provider's clock
 */
public record DifferenceRow(
        DifferenceKind kind,
        DayListing.Kind thing,
        String key,
        Optional<PaymentId> payment,
        Optional<Money> ours,
        Optional<Money> theirs,
        Instant occurredAt)
        implements Serializable {}
