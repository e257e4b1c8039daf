package org.payhub.payment;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.payhub.integration.Integrations;
import org.payhub.money.Money;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;
import org.payhub.platform.UnitOfWork;
import org.payhub.provider.Providers;
import org.payhub.provider.spi.Capturing;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.provider.spi.ProviderRefused;
import org.payhub.provider.spi.ProviderUnavailable;
import org.payhub.tenancy.Scope;

/**
 * Takes a hold, in whole or in part, or gives it back. What is ordered is committed before the
 * provider is asked; of two orders at once one wins under the payment's lock. Without an answer the
 * payment stays held, bears what was ordered as unknown, and nothing more can be ordered until the
 * provider was asked.
 *
 * <p><b>Errors</b>: {@code payment.not_held}, {@code payment.order_unanswered}, {@code
 * payment.more_than_held}, {@code payment.nothing_due}, {@code payment.hold_not_supported}, {@code
 * access.above_limit}, and the provider's refusals.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SettleHold {

    private static final System.Logger LOG = System.getLogger(SettleHold.class.getName());

    @Inject HoldRecords records;
    @Inject Payments payments;
    @Inject Providers providers;
    @Inject Integrations integrations;
    @Inject NotedCalls calls;

    /** For the container. */
    public SettleHold() {}

    /** Takes so much of the hold, or all of it; the rest is given back. */
    public PaymentRow capture(Scope scope, PaymentId id, Optional<Money> amount) {
        Capturing capturing = capturing(payments.get(scope, id));
        HoldRecords.Ordered ordered = UnitOfWork.run(() -> records.orderCapture(scope, id, amount));
        Credentials credentials = integrations.credentials(ordered.payment().integration());
        return settle(
                scope,
                ordered,
                () ->
                        capturing.capture(
                                credentials,
                                ordered.payment().references(),
                                ordered.amount(),
                                id + ":capture:" + ordered.amount().minor()));
    }

    /** Gives the hold back. */
    public PaymentRow voidHold(Scope scope, PaymentId id) {
        Capturing capturing = capturing(payments.get(scope, id));
        HoldRecords.Ordered ordered = UnitOfWork.run(() -> records.orderVoid(scope, id));
        Credentials credentials = integrations.credentials(ordered.payment().integration());
        return settle(
                scope,
                ordered,
                () ->
                        capturing.voidHold(
                                credentials, ordered.payment().references(), id + ":void"));
    }

    private PaymentRow settle(
            Scope scope, HoldRecords.Ordered ordered, Supplier<List<ProviderEvent>> call) {
        PaymentId id = ordered.payment().id();
        List<ProviderEvent> events;
        try {
            events = calls.make(ordered.payment().integration(), call);
        } catch (ProviderRefused e) {
            UnitOfWork.run(() -> records.refused(id));
            throw e;
        } catch (ProviderUnavailable e) {
            if (e.mayHaveReachedProvider()) {
                UnitOfWork.run(() -> records.unanswered(id));
                LOG.log(System.Logger.Level.WARNING, "hold unknown payment=" + id);
                return payments.get(scope, id);
            }
            UnitOfWork.run(() -> records.refused(id));
            throw e;
        }
        UnitOfWork.run(() -> records.answered(ordered.payment(), events));
        LOG.log(System.Logger.Level.INFO, "hold settled payment=" + id);
        return payments.get(scope, id);
    }

    private Capturing capturing(PaymentRow payment) {
        if (providers.get(payment.provider()) instanceof Capturing capturing) {
            return capturing;
        }
        throw new HubException(
                Problem.CONFLICT,
                "payment.hold_not_supported",
                "This provider cannot hold money and take it later.");
    }
}
