package org.payhub.finance;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.List;
import org.payhub.provider.spi.ProviderEvent;

/**
 * Records what a provider reported: every record it concerns, and the delivery's mark, in one
 * transaction of its own. Callers wrap it in {@code UnitOfWork.run}.
 */
@Stateless
public class FinanceRecorder {

    /** For the container. */
    public FinanceRecorder() {}

    /**
     * Records the events.
     *
     * <p><b>Guarantee</b>: all or nothing; the same events again change nothing. A delivery is
     * marked with the outcome in the same transaction, unless that is {@code WAITING}.
     *
     * <p><b>Errors</b>: {@code webhook.claim_lost} when the claim no longer holds; nothing is kept.
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public RecordingResult record(RecordingContext context, List<ProviderEvent> events) {
        throw new UnsupportedOperationException();
    }
}
