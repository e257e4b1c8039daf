package org.payhub.payment;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.payhub.provider.spi.CheckoutOpening.CheckoutAnswer;

/** The transactions around asking a provider what became of a payment. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class AskRecords {

    @Inject Clock clock;
    @Inject PaymentLocks locks;
    @Inject PaymentReferences references;

    /** For the container. */
    public AskRecords() {}

    /** What is known before asking; an order that nobody answered is called unknown by now. */
    public PaymentView begin(PaymentId id) {
        Payment payment = locks.lock(id);
        payment.nobodyAnswered();
        return locks.view(id);
    }

    /** The provider could not be asked; later again. */
    public void failed(PaymentId id) {
        locks.lock(id).asked(clock.instant());
    }

    /**
     * The provider answered, and what it said was recorded.
     *
     * @param open the page that is open there
     */
    public void asked(PaymentId id, boolean found, Optional<CheckoutAnswer> open) {
        Payment payment = locks.lock(id);
        Instant now = clock.instant();
        payment.asked(now);
        if (payment.isCheckoutUnknown() && open.isPresent()) {
            payment.checkoutOpened(
                    open.get().checkout().key(),
                    open.get().redirectUrl(),
                    open.get().expiresAt(),
                    now);
            references.add(payment.integration(), id, open.get().checkout());
        } else if (isUnheardOf(payment, found) && payment.isSurelyUnheardOf(now)) {
            payment.orderNeverArrived();
        } else if (!found && payment.isCheckoutOver(now)) {
            payment.checkoutOver();
        }
        locks.restate(payment);
    }

    /** A hold that is still there although it was to be taken or given back: that never arrived. */
    private static boolean isUnheardOf(Payment payment, boolean found) {
        return !found
                || !payment.isCheckoutUnknown() && payment.status() == PaymentStatus.AUTHORIZED;
    }
}
