package org.payhub.refund;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import org.payhub.integration.Integrations;
import org.payhub.payment.NotedCalls;
import org.payhub.payment.Payments;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;
import org.payhub.platform.UnitOfWork;
import org.payhub.provider.Providers;
import org.payhub.provider.spi.ProviderEvent.RefundReported;
import org.payhub.provider.spi.ProviderRefused;
import org.payhub.provider.spi.ProviderUnavailable;
import org.payhub.provider.spi.Refunding;
import org.payhub.provider.spi.Refunding.RefundOrder;
import org.payhub.tenancy.Scope;

/**
 * Returns money to the client through the provider. The refund is committed, with its amount set
 * aside, before the provider is asked, and its id is the order's idempotency key: a crash between
 * the two, or a press of the button again, cannot return money twice.
 *
 * <p>Above the caller's limit the refund waits for a second person. Without an answer it is {@code
 * unknown} and blocks further refunds until the provider was asked.
 *
 * <p>Where the provider wants a code that only a person has, nothing was ordered yet and no refund
 * is left behind: the same call with the code orders it.
 *
 * <p><b>Errors</b>: {@code refund.second_factor_required}, {@code refund.second_factor_wrong},
 * {@code refund.more_than_captured}, {@code refund.nothing_left}, {@code
 * refund.earlier_one_unknown}, {@code refund.request_key_reused}, {@code refund.not_supported},
 * {@code access.right_missing}, {@code access.limit_missing}, and the provider's refusals, after
 * which the refund is {@code failed} with the provider's reason.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class IssueRefund {

    private static final System.Logger LOG = System.getLogger(IssueRefund.class.getName());
    private static final Set<String> WANTS_A_CODE =
            Set.of("refund.second_factor_required", "refund.second_factor_wrong");

    @Inject RefundRecords records;
    @Inject Refunds refunds;
    @Inject Payments payments;
    @Inject Providers providers;
    @Inject Integrations integrations;
    @Inject NotedCalls calls;

    /** For the container. */
    public IssueRefund() {}

    /** Orders a refund, or asks for one above the caller's limit. */
    public RefundRow issue(Scope scope, IssueRefundCommand command) {
        Refunding refunding = refunding(payments.get(scope, command.payment()).provider());
        RefundRecords.Ordered ordered = UnitOfWork.run(() -> records.order(scope, command));
        return ordered.toSend()
                ? send(scope, refunding, ordered, command.secondFactorCode())
                : ordered.refund();
    }

    /** A second person agrees, and the provider is asked. */
    public RefundRow approve(Scope scope, RefundId id) {
        return approve(scope, id, Optional.empty());
    }

    /** The same with the code that the provider wants; without it the refund goes on waiting. */
    public RefundRow approve(Scope scope, RefundId id, Optional<String> secondFactorCode) {
        RefundRow asked = refunds.get(scope, id);
        Refunding refunding = refunding(payments.get(scope, asked.payment()).provider());
        RefundRecords.Ordered ordered = UnitOfWork.run(() -> records.approve(scope, id));
        return send(scope, refunding, ordered, secondFactorCode);
    }

    /** A request that nobody agreed to yet is taken back. */
    public RefundRow withdraw(Scope scope, RefundId id) {
        return UnitOfWork.run(() -> records.withdraw(scope, id));
    }

    private RefundRow send(
            Scope scope,
            Refunding refunding,
            RefundRecords.Ordered ordered,
            Optional<String> secondFactor) {
        RefundRow refund = ordered.refund();
        RefundReported told;
        try {
            told =
                    calls.make(
                            refund.integration(),
                            () ->
                                    refunding.refund(
                                            integrations.credentials(refund.integration()),
                                            order(ordered, secondFactor)));
        } catch (ProviderRefused e) {
            if (WANTS_A_CODE.contains(e.code())) {
                UnitOfWork.run(() -> records.codeWanted(scope, refund.id(), e.getMessage()));
                LOG.log(System.Logger.Level.INFO, "refund wants a code refund=" + refund.id());
                throw HubException.ofField(
                        Problem.CONFLICT, "secondFactorCode", e.code(), e.getMessage(), e);
            }
            refused(refund, e.getMessage(), false);
            throw e;
        } catch (ProviderUnavailable e) {
            if (!e.mayHaveReachedProvider()) {
                refused(refund, e.getMessage(), true);
                throw e;
            }
            UnitOfWork.run(() -> records.unanswered(refund.id()));
            LOG.log(System.Logger.Level.WARNING, "refund unknown refund=" + refund.id());
            return refunds.get(scope, refund.id());
        }
        UnitOfWork.run(() -> records.answered(ordered.payment(), refund.id(), told));
        LOG.log(
                System.Logger.Level.INFO,
                "refund ordered refund=" + refund.id() + " payment=" + refund.payment());
        return refunds.get(scope, refund.id());
    }

    private void refused(RefundRow refund, String why, boolean mayBeRepeated) {
        UnitOfWork.run(() -> records.refused(refund.id(), why, mayBeRepeated));
        LOG.log(System.Logger.Level.INFO, "refund refused refund=" + refund.id());
    }

    private static RefundOrder order(RefundRecords.Ordered ordered, Optional<String> code) {
        RefundRow refund = ordered.refund();
        return new RefundOrder(
                refund.id().value(),
                ordered.payment().references(),
                refund.amount(),
                refund.reason(),
                code,
                refund.id().toString());
    }

    private Refunding refunding(String provider) {
        if (providers.get(provider) instanceof Refunding refunding) {
            return refunding;
        }
        throw new HubException(
                Problem.CONFLICT,
                "refund.not_supported",
                "Money cannot be returned through this provider from here; use its own cabinet.");
    }
}
