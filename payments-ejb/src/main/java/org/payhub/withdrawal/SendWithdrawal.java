package org.payhub.withdrawal;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.payhub.integration.ActiveIntegration;
import org.payhub.integration.Integrations;
import org.payhub.payment.NotedCalls;
import org.payhub.platform.HubException;
import org.payhub.platform.UnitOfWork;
import org.payhub.provider.Providers;
import org.payhub.provider.spi.ProviderEvent.WithdrawalReported;
import org.payhub.provider.spi.ProviderRefused;
import org.payhub.provider.spi.ProviderUnavailable;
import org.payhub.provider.spi.Withdrawing;
import org.payhub.provider.spi.Withdrawing.WithdrawalOrder;
import org.payhub.tenancy.Scope;

/**
 * Sends money to an address. One person asks, another agrees, and then it is ordered once: that it
 * was is committed before, so that neither a crash nor a second press orders it again. Without an
 * answer it is {@code unknown}, blocks the next one, and is looked for.
 *
 * <p><b>Errors</b>: {@code withdrawal.not_supported}, {@code withdrawal.asset_not_held}, {@code
 * withdrawal.amount_not_positive}, {@code withdrawal.address_not_listed}, {@code
 * withdrawal.address_too_new}, {@code withdrawal.daily_limit_exceeded}, {@code
 * withdrawal.more_than_came}, {@code withdrawal.payment_being_returned}, {@code
 * withdrawal.approval_needs_another_person}, {@code withdrawal.approval_needs_a_person}, {@code
 * withdrawal.not_awaiting_approval}, {@code withdrawal.earlier_one_unknown}, {@code
 * access.right_missing}, and the provider's refusals, after which it is {@code failed}.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SendWithdrawal {

    private static final System.Logger LOG = System.getLogger(SendWithdrawal.class.getName());

    @Inject Clock clock;
    @Inject WithdrawalRecords records;
    @Inject Withdrawals withdrawals;
    @Inject Integrations integrations;
    @Inject Providers providers;
    @Inject NotedCalls calls;

    /** For the container. */
    public SendWithdrawal() {}

    /** Asks for a withdrawal; nothing is sent before a second person agrees. */
    public WithdrawalRow request(Scope scope, AskWithdrawal asked) {
        return UnitOfWork.run(() -> records.request(scope, asked));
    }

    /** A request that nobody agreed to yet is taken back. */
    public WithdrawalRow cancel(Scope scope, WithdrawalId id) {
        return UnitOfWork.run(() -> records.cancel(scope, id));
    }

    /** A second person agrees, and the provider is asked, once. */
    public WithdrawalRow approve(Scope scope, WithdrawalId id) {
        Withdrawing withdrawing = withdrawing(withdrawals.get(scope, id));
        WithdrawalRow sent = UnitOfWork.run(() -> records.approve(scope, id));
        try {
            WithdrawalReported told =
                    calls.make(
                            sent.integration(),
                            () ->
                                    withdrawing.withdraw(
                                            integrations.credentials(sent.integration()),
                                            new WithdrawalOrder(
                                                    id.value(),
                                                    sent.amount(),
                                                    sent.address(),
                                                    sent.addressTag(),
                                                    sent.reason())));
            UnitOfWork.run(() -> records.answered(sent, told));
            LOG.log(System.Logger.Level.INFO, "withdrawal ordered withdrawal=" + id);
        } catch (ProviderRefused e) {
            UnitOfWork.run(() -> records.refused(id, e.getMessage()));
            LOG.log(System.Logger.Level.INFO, "withdrawal refused withdrawal=" + id);
            throw e;
        } catch (ProviderUnavailable e) {
            if (!e.mayHaveReachedProvider()) {
                UnitOfWork.run(() -> records.refused(id, e.getMessage()));
                throw e;
            }
            UnitOfWork.run(() -> records.unanswered(id));
            LOG.log(System.Logger.Level.WARNING, "withdrawal unknown withdrawal=" + id);
        }
        return withdrawals.get(scope, id);
    }

    private Withdrawing withdrawing(WithdrawalRow row) {
        ActiveIntegration at = integrations.active(row.integration());
        return providers
                .ability(at.provider(), Withdrawing.class)
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        at.provider() + " cannot withdraw any more"));
    }

    /**
     * Asks providers what became of withdrawals that are due for it.
     *
     * @return how many questions that were
     */
    public int askDue(int most) {
        List<WithdrawalId> due = withdrawals.dueForAsking(clock.instant(), most);
        for (WithdrawalId id : due) {
            try {
                ask(id);
            } catch (HubException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "not asked withdrawal=" + id + ": " + e.getMessage());
            }
        }
        return due.size();
    }

    private void ask(WithdrawalId id) {
        WithdrawalRow row = UnitOfWork.run(() -> records.beginAsking(id));
        boolean unheardOf = false;
        try {
            Optional<WithdrawalReported> found =
                    calls.make(
                            row.integration(),
                            () ->
                                    withdrawing(row)
                                            .findWithdrawal(
                                                    integrations.credentials(row.integration()),
                                                    id.value(),
                                                    row.withdrawalKey()));
            found.ifPresent(told -> UnitOfWork.run(() -> records.answered(row, told)));
            unheardOf = found.isEmpty();
        } catch (ProviderRefused | ProviderUnavailable e) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "cannot be asked withdrawal=" + id + ": " + e.getMessage());
        }
        boolean never = unheardOf;
        UnitOfWork.run(() -> records.asked(id, never));
        LOG.log(System.Logger.Level.INFO, "asked withdrawal=" + id + " known=" + !unheardOf);
    }
}
