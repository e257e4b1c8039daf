package org.payhub.payment;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.payhub.integration.IntegrationId;
import org.payhub.integration.Integrations;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;
import org.payhub.platform.UnitOfWork;
import org.payhub.provider.Providers;
import org.payhub.provider.spi.CheckoutOpening;
import org.payhub.provider.spi.CheckoutOpening.CheckoutAnswer;
import org.payhub.provider.spi.ProviderEvent.CheckoutOutcome;
import org.payhub.provider.spi.ProviderRefused;
import org.payhub.provider.spi.ProviderUnavailable;
import org.payhub.tenancy.Scope;

/**
 * Opens a provider's page on which a client pays once. The payment is committed before the provider
 * is asked, and the payment's id is the order's idempotency key; no transaction is open while the
 * provider is waited for.
 *
 * <p><b>Guarantee</b>: at most one page of a link can be paid: an earlier one is closed first, or
 * used again where it asks for the same. Where the earlier one's provider does not answer, the
 * client may go to another one all the same: the earlier page is closed as soon as its provider
 * answers, and what is paid there before that, for a visit that is paid by then, waits for a
 * person.
 *
 * <p><b>Errors</b>: {@code link.not_usable}, {@code checkout.nothing_due}, {@code
 * checkout.provider_not_offered}, {@code checkout.amount_too_small}, {@code
 * checkout.amount_too_large}, {@code checkout.payment_on_its_way}, {@code
 * checkout.payment_in_review}, {@code checkout.unknown}, {@code checkout.being_opened}, {@code
 * checkout.earlier_page_open}, and the provider's refusals.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class OpenCheckout {

    private static final System.Logger LOG = System.getLogger(OpenCheckout.class.getName());

    /** A second press waits this often for the first one's page. */
    private static final int LOOKS = 40;

    private static final long PAUSE_NANOS = 250_000_000;

    @Inject CheckoutRecords records;
    @Inject Providers providers;
    @Inject Integrations integrations;
    @Inject NotedCalls calls;

    /** For the container. */
    public OpenCheckout() {}

    /** Opens the page, or finds the one that is open. */
    public CheckoutOpened open(OpenCheckoutCommand command) {
        return follow(() -> records.prepare(command));
    }

    /** Opens the payment by which the merchant tries an integration: the smallest there is. */
    public CheckoutOpened openProof(Scope scope, IntegrationId integration, Locale locale) {
        return follow(() -> records.prepareProof(scope, integration, locale));
    }

    private CheckoutOpened follow(Supplier<CheckoutStep> prepare) {
        for (int look = 0; look < LOOKS; look++) {
            CheckoutStep step = UnitOfWork.run(prepare);
            if (step instanceof CheckoutStep.Reuse reuse) {
                return reuse.opened();
            } else if (step instanceof CheckoutStep.Order order) {
                return order(order);
            } else if (step instanceof CheckoutStep.Close close) {
                close.pages().forEach(page -> close(page, close.next()));
            } else {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        throw new HubException(
                Problem.CONFLICT,
                "checkout.being_opened",
                "The page is being opened already. Try again in a moment.");
    }

    private CheckoutOpened order(CheckoutStep.Order step) {
        CheckoutOpening opening = opening(step.at().provider());
        PaymentId payment = step.payment();
        CheckoutAnswer answer;
        try {
            answer =
                    calls.make(
                            step.at().id(),
                            () ->
                                    opening.openCheckout(
                                            integrations.credentials(step.at().id()),
                                            step.order()));
        } catch (ProviderRefused e) {
            UnitOfWork.run(() -> records.refused(payment, e.code(), e.getMessage()));
            LOG.log(
                    System.Logger.Level.INFO,
                    "checkout refused payment=" + payment + " code=" + e.code());
            throw e;
        } catch (ProviderUnavailable e) {
            throw unavailable(payment, e);
        }
        CheckoutOpened opened = UnitOfWork.run(() -> records.opened(payment, answer));
        LOG.log(
                System.Logger.Level.INFO,
                "checkout opened payment=" + payment + " integration=" + step.at().id());
        return opened;
    }

    private HubException unavailable(PaymentId payment, ProviderUnavailable e) {
        if (e.mayHaveReachedProvider()) {
            UnitOfWork.run(() -> records.unanswered(payment));
            LOG.log(System.Logger.Level.WARNING, "checkout unknown payment=" + payment);
            return CheckoutRecords.unknown();
        }
        UnitOfWork.run(() -> records.refused(payment, e.code(), e.getMessage()));
        return e;
    }

    /**
     * Tries again to close the page of that payment, where another one took its place while its
     * provider did not answer.
     */
    public void closeUnwanted(PaymentId payment) {
        UnitOfWork.run(() -> records.unwanted(payment)).ifPresent(this::close);
    }

    private void close(CheckoutStep.OpenPage page, String next) {
        try {
            close(page);
        } catch (ProviderRefused | ProviderUnavailable e) {
            if (!page.provider().equals(next)) {
                UnitOfWork.run(() -> records.closeLater(page.payment()));
                LOG.log(
                        System.Logger.Level.WARNING,
                        "page left open payment=" + page.payment() + " code=" + e.code());
                return;
            }
            if (e instanceof ProviderRefused) {
                throw e;
            }
            throw new HubException(
                    Problem.UNAVAILABLE,
                    "checkout.earlier_page_open",
                    "An earlier page of this link can still be paid, and its provider does not"
                            + " answer. Use that page, choose another way to pay, or try again in"
                            + " a minute.",
                    e);
        }
    }

    private void close(CheckoutStep.OpenPage page) {
        CheckoutOutcome outcome =
                calls.make(
                        page.integration(),
                        () ->
                                opening(page.provider())
                                        .expireCheckout(
                                                integrations.credentials(page.integration()),
                                                page.key()));
        UnitOfWork.run(() -> records.closed(page.payment(), outcome));
    }

    private CheckoutOpening opening(String provider) {
        if (providers.get(provider) instanceof CheckoutOpening opening) {
            return opening;
        }
        throw new IllegalStateException(provider + " opened a page and cannot any more");
    }
}
