package org.payhub.refund;

import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import org.payhub.integration.IntegrationId;
import org.payhub.money.Money;
import org.payhub.payment.PaymentId;

/**
 * A refund as pages and interfaces show it.
 *
 * @param needsApproval a second person has to agree first
 * @param failureReason the provider's reason, in its words
 * @param madeAtProvider made in the provider's cabinet, not through us
 */
public record RefundRow(
        RefundId id,
        PaymentId payment,
        IntegrationId integration,
        boolean livemode,
        Money amount,
        RefundStatus status,
        boolean needsApproval,
        String reason,
        Optional<String> note,
        Optional<String> providerKey,
        Optional<String> failureReason,
        boolean madeAtProvider,
        String requestedBy,
        Optional<String> approvedBy,
        Instant createdAt,
        Optional<Instant> settledAt)
        implements Serializable {

    /** Waits for a second person. */
    public boolean awaitsApproval() {
        return status == RefundStatus.REQUESTED && needsApproval && approvedBy.isEmpty();
    }
}
