package org.payhub.withdrawal;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.math.BigInteger;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.payhub.audit.AuditDetails;
import org.payhub.audit.AuditLog;
import org.payhub.integration.ActiveIntegration;
import org.payhub.integration.Integrations;
import org.payhub.money.Money;
import org.payhub.payment.PaymentId;
import org.payhub.payment.PaymentRow;
import org.payhub.payment.Payments;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;
import org.payhub.provider.Providers;
import org.payhub.provider.spi.Limiting.Limits;
import org.payhub.provider.spi.ProviderEvent.WithdrawalReported;
import org.payhub.provider.spi.Withdrawing;
import org.payhub.tenancy.Right;
import org.payhub.tenancy.Scope;
import org.payhub.transaction.Reporting;

/**
 * The transactions between which a withdrawal is asked for, approved and ordered. That it is sent
 * is committed before the provider is asked, so that nothing sends it a second time.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class WithdrawalRecords {

    /** No provider and no wallet takes more digits of a coin. */
    private static final int MOST_DIGITS = 8;

    private static final int LONGEST_REASON = 200;
    private static final int LONGEST_TAG = 64;

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Inject Clock clock;
    @Inject Integrations integrations;
    @Inject Providers providers;
    @Inject Payments payments;
    @Inject WithdrawalAddresses addresses;
    @Inject WithdrawalBooks books;
    @Inject AuditLog audit;

    /** For the container. */
    public WithdrawalRecords() {}

    /** Writes the request down, or finds the one that the same press made. */
    public WithdrawalRow request(Scope scope, AskWithdrawal asked) {
        scope.require(Right.ASK_WITHDRAWAL);
        ActiveIntegration at = integrations.active(asked.integration());
        if (!at.merchant().equals(scope.merchant())) {
            throw HubException.notFound("integration");
        }
        Optional<Withdrawal> same = asked.requestKey().flatMap(key -> byRequest(scope, key));
        if (same.isPresent()) {
            requireSame(asked, same.get());
            return same.get().row();
        }
        Withdrawing withdrawing = withdrawing(at.provider());
        requireWords(asked);
        requireAmount(at, asked.amount());
        String address = withdrawing.requireAddress(asked.amount().asset(), address(asked));
        requireWithinLimits(at, asked.amount(), address);
        asked.payment().ifPresent(payment -> requireReturnable(scope, asked, payment));
        Withdrawal made = new Withdrawal(scope, at, asked, address, clock.instant());
        em.persist(made);
        note(scope, "withdrawal.requested", made);
        return made.row();
    }

    private Optional<Withdrawal> byRequest(Scope scope, String key) {
        return em.createQuery(
                        "select w from Withdrawal w where w.merchant = :merchant"
                                + " and w.requestKey = :key",
                        Withdrawal.class)
                .setParameter("merchant", scope.merchant().value())
                .setParameter("key", key)
                .getResultStream()
                .findFirst();
    }

    private static void requireSame(AskWithdrawal asked, Withdrawal first) {
        if (!asked.amount().equals(first.amount())) {
            throw new HubException(
                    Problem.CONFLICT,
                    "withdrawal.request_key_reused",
                    "This key was used for a withdrawal of " + first.amount() + ".");
        }
    }

    private Withdrawing withdrawing(String provider) {
        return providers
                .ability(provider, Withdrawing.class)
                .orElseThrow(
                        () ->
                                new HubException(
                                        Problem.CONFLICT,
                                        "withdrawal.not_supported",
                                        "This provider does not send money to an address."));
    }

    private static String address(AskWithdrawal asked) {
        return asked.address() == null ? "" : asked.address().strip();
    }

    private static void requireWords(AskWithdrawal asked) {
        if (asked.reason() == null || asked.reason().isBlank()) {
            throw HubException.ofField(
                    "reason", "withdrawal.reason_missing", "Say what the money is withdrawn for.");
        }
        if (asked.reason().strip().length() > LONGEST_REASON) {
            throw HubException.ofField(
                    "reason",
                    "withdrawal.reason_too_long",
                    "The reason has at most " + LONGEST_REASON + " characters.");
        }
        if (asked.addressTag().filter(t -> t.length() > LONGEST_TAG).isPresent()) {
            throw HubException.ofField(
                    "addressTag",
                    "withdrawal.tag_too_long",
                    "The tag has at most " + LONGEST_TAG + " characters.");
        }
    }

    private void requireAmount(ActiveIntegration at, Money amount) {
        if (!providers.get(at.provider()).profile().assets().contains(amount.asset())) {
            throw HubException.ofField(
                    "amount",
                    "withdrawal.asset_not_held",
                    providers.get(at.provider()).profile().name()
                            + " does not hold "
                            + amount.asset().code()
                            + ".");
        }
        if (!amount.isPositive()) {
            throw HubException.ofField(
                    "amount", "withdrawal.amount_not_positive", "Withdraw more than nothing.");
        }
        int over = amount.asset().exponent() - MOST_DIGITS;
        if (over > 0 && amount.minor().mod(BigInteger.TEN.pow(over)).signum() != 0) {
            throw HubException.ofField(
                    "amount",
                    "withdrawal.too_many_digits",
                    "At most " + MOST_DIGITS + " digits after the point can be sent.");
        }
    }

    /** Money of a payment goes back once, and never more than came. */
    private void requireReturnable(Scope scope, AskWithdrawal asked, PaymentId id) {
        PaymentRow payment = payments.get(scope, id);
        boolean open =
                !em.createQuery(
                                "select w.id from Withdrawal w where w.payment = :payment"
                                        + " and w.status in :open",
                                java.util.UUID.class)
                        .setParameter("payment", id.value())
                        .setParameter(
                                "open",
                                List.of(
                                        WithdrawalStatus.REQUESTED,
                                        WithdrawalStatus.APPROVED,
                                        WithdrawalStatus.UNKNOWN,
                                        WithdrawalStatus.PENDING))
                        .setMaxResults(1)
                        .getResultList()
                        .isEmpty();
        if (open || payment.unknownWhat().isPresent()) {
            throw new HubException(
                    Problem.CONFLICT,
                    "withdrawal.payment_being_returned",
                    "Money of this payment is on its way back already, or about to be.");
        }
        if (!payment.integration().equals(asked.integration())
                || !payment.refundable().asset().equals(asked.amount().asset())) {
            throw HubException.ofField(
                    "payment",
                    "withdrawal.other_balance",
                    "The money of this payment lies elsewhere, or is of another kind.");
        }
        if (asked.amount().compareTo(payment.refundable()) > 0) {
            throw HubException.ofField(
                    "amount",
                    "withdrawal.more_than_came",
                    "At most " + payment.refundable() + " of this payment can be returned.");
        }
    }

    /** A second person agrees; what is committed here is sent once. */
    public WithdrawalRow approve(Scope scope, WithdrawalId id) {
        scope.require(Right.APPROVE_WITHDRAWAL);
        Withdrawal withdrawal = mine(scope, id);
        lockIntegration(withdrawal);
        requireAnswered(withdrawal);
        WithdrawalRow row = withdrawal.row();
        requireWithinLimits(integrations.active(row.integration()), row.amount(), row.address());
        withdrawal.approve(scope.actor(), clock.instant());
        note(scope, "withdrawal.approved", withdrawal);
        return withdrawal.row();
    }

    /** One withdrawal of an integration is agreed to at a time, so that each sees the others. */
    private void lockIntegration(Withdrawal withdrawal) {
        em.createNativeQuery("SELECT 1 FROM integration WHERE id = ?1 FOR UPDATE")
                .setParameter(1, withdrawal.integration().value())
                .getResultList();
    }

    /** The merchant's own limits: where to, and how much within a day. */
    private void requireWithinLimits(ActiveIntegration at, Money amount, String address) {
        Limits limits = integrations.limits(at, amount.asset());
        addresses.requireAllowed(at.merchant(), amount.asset(), address, limits.newAddressWaits());
        if (limits.withdrawnInADay().isPresent()) {
            new DayLimit(limits.withdrawnInADay().get())
                    .require(amount, sentWithinADay(at, amount));
        }
    }

    /** What left, or may have left, within the last 24 hours. */
    private Money sentWithinADay(ActiveIntegration at, Money like) {
        return em.createQuery(
                        "select w from Withdrawal w where w.integration = :integration"
                                + " and w.sentAt > :since and w.status in :sent",
                        Withdrawal.class)
                .setParameter("integration", at.id().value())
                .setParameter("since", clock.instant().minus(DayLimit.DAY))
                .setParameter(
                        "sent",
                        List.of(
                                WithdrawalStatus.APPROVED,
                                WithdrawalStatus.UNKNOWN,
                                WithdrawalStatus.PENDING,
                                WithdrawalStatus.SUCCEEDED))
                .getResultStream()
                .map(Withdrawal::amount)
                .filter(sent -> sent.asset().equals(like.asset()))
                .reduce(Money.zero(like.asset()), Money::plus);
    }

    /** UNKNOWN blocks: whether the money already left has to be known first. */
    private void requireAnswered(Withdrawal withdrawal) {
        boolean unknown =
                !em.createQuery(
                                "select w.id from Withdrawal w where w.integration = :integration"
                                        + " and w.status in :unanswered",
                                java.util.UUID.class)
                        .setParameter("integration", withdrawal.integration().value())
                        .setParameter(
                                "unanswered",
                                List.of(WithdrawalStatus.APPROVED, WithdrawalStatus.UNKNOWN))
                        .setMaxResults(1)
                        .getResultList()
                        .isEmpty();
        if (unknown) {
            throw new HubException(
                    Problem.CONFLICT,
                    "withdrawal.earlier_one_unknown",
                    "The provider has not answered an earlier withdrawal. Its answer is being"
                            + " sought; until then no other can be sent.");
        }
    }

    /** A request that nobody agreed to yet is taken back. */
    public WithdrawalRow cancel(Scope scope, WithdrawalId id) {
        scope.require(Right.ASK_WITHDRAWAL);
        Withdrawal withdrawal = mine(scope, id);
        withdrawal.cancel(clock.instant());
        note(scope, "withdrawal.cancelled", withdrawal);
        return withdrawal.row();
    }

    private Withdrawal mine(Scope scope, WithdrawalId id) {
        Withdrawal withdrawal = lock(id);
        if (!withdrawal.merchant().equals(scope.merchant())) {
            throw HubException.notFound("withdrawal");
        }
        return withdrawal;
    }

    private Withdrawal lock(WithdrawalId id) {
        Withdrawal withdrawal = em.find(Withdrawal.class, id.value());
        if (withdrawal == null) {
            throw HubException.notFound("withdrawal");
        }
        em.refresh(withdrawal, LockModeType.PESSIMISTIC_WRITE);
        return withdrawal;
    }

    private void note(Scope scope, String action, Withdrawal withdrawal) {
        WithdrawalRow row = withdrawal.row();
        audit.record(
                scope,
                action,
                "withdrawal",
                row.id().toString(),
                AuditDetails.of(
                        "amount", row.amount().toString(),
                        "address", row.address(),
                        "reason", row.reason(),
                        "payment", row.payment().map(PaymentId::toString).orElse(null)));
    }

    /** The provider answered: the same as if its webhook had said so. */
    public void answered(WithdrawalRow sent, WithdrawalReported told) {
        ActiveIntegration at = integrations.active(sent.integration());
        Reporting report = new Reporting(at.id(), at.merchant(), sent.livemode(), Optional.empty());
        books.apply(report, sent.id(), told);
    }

    /** The provider said no, or was never reached. */
    public void refused(WithdrawalId id, String why) {
        lock(id).refused(why, clock.instant());
    }

    /** The provider did not answer. */
    public void unanswered(WithdrawalId id) {
        lock(id).unanswered(clock.instant());
    }

    /** What is known before asking; an order that nobody answered is called unknown by now. */
    public WithdrawalRow beginAsking(WithdrawalId id) {
        Withdrawal withdrawal = lock(id);
        withdrawal.nobodyAnswered();
        return withdrawal.row();
    }

    /**
     * The provider was asked.
     *
     * @param unheardOf whether it answered that it knows no such order
     */
    public void asked(WithdrawalId id, boolean unheardOf) {
        Withdrawal withdrawal = lock(id);
        withdrawal.asked(clock.instant());
        if (unheardOf && withdrawal.isSurelyUnheardOf(clock.instant())) {
            withdrawal.refused(
                    "The provider never got the order. Nothing was sent; ask for it anew.",
                    clock.instant());
        }
    }
}
