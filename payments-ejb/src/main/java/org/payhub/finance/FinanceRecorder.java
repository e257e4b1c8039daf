package org.payhub.finance;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.List;
import org.payhub.dispute.DisputeBooks;
import org.payhub.payment.PaymentBooks;
import org.payhub.payment.PaymentLocks;
import org.payhub.payout.Payouts;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.refund.RefundBooks;
import org.payhub.transaction.Reporting;
import org.payhub.withdrawal.WithdrawalBooks;

/**
 * Records what a provider reported: every record it concerns, and the delivery's mark, in one
 * transaction of its own. Callers wrap it in {@code UnitOfWork.run}.
 */
@Stateless
public class FinanceRecorder {

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Inject Clock clock;
    @Inject PaymentBooks payments;
    @Inject PaymentLocks locks;
    @Inject RefundBooks refunds;
    @Inject DisputeBooks disputes;
    @Inject Payouts payouts;
    @Inject WithdrawalBooks withdrawals;

    /** For the container. */
    public FinanceRecorder() {}

    /**
     * Records the events.
     *
     * <p><b>Guarantee</b>: all or nothing; the same events again change nothing. A delivery is
     * marked with the outcome in the same transaction, unless that is {@code WAITING}: then what
     * could be recorded is, and the rest waits for the keys that are named.
     *
     * <p><b>Errors</b>: {@code webhook.claim_lost} when the claim no longer holds; nothing is kept.
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public RecordingResult record(RecordingContext context, List<ProviderEvent> events) {
        Reporting report =
                new Reporting(
                        context.integration(),
                        context.merchant(),
                        context.livemode(),
                        context.delivery().map(DeliveryClaim::delivery));
        Application application =
                new Application(
                        context, report, payments, locks, refunds, disputes, payouts, withdrawals);
        // Money first, then what hangs on it: within one telling nothing has to wait for the rest.
        events.stream().sorted(Application.ORDER).forEach(application::apply);
        RecordingResult result = application.result();
        if (result.outcome() != DeliveryOutcome.WAITING) {
            context.delivery()
                    .ifPresent(claim -> DeliveryMark.set(em, claim, result, clock.instant()));
        }
        DeliveryMark.wake(em, context.integration(), report.appeared(), clock.instant());
        return result;
    }
}
