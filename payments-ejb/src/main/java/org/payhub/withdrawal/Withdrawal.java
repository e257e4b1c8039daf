package org.payhub.withdrawal;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.payhub.integration.ActiveIntegration;
import org.payhub.integration.IntegrationId;
import org.payhub.money.Money;
import org.payhub.payment.PaymentId;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;
import org.payhub.provider.spi.ProviderEvent.WithdrawalReported;
import org.payhub.tenancy.Actor;
import org.payhub.tenancy.MerchantId;
import org.payhub.tenancy.Scope;

/** Money that is to leave, or left, for an address. Its methods are the rules. */
@Entity
@Table(name = "withdrawal")
class Withdrawal {

    /** When the provider is asked again, by how often it was asked already. */
    private static final Duration[] PAUSES = {
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(2),
        Duration.ofMinutes(5),
        Duration.ofMinutes(10),
        Duration.ofMinutes(30),
        Duration.ofHours(1),
        Duration.ofHours(6)
    };

    /** By then a call has its answer or none. */
    private static final Duration ANSWERED_BY = Duration.ofSeconds(40);

    /** An order that was not found for so long, and so often, never arrived. */
    private static final Duration LONGEST_FLIGHT = Duration.ofMinutes(15);

    private static final int FEWEST_QUESTIONS = 4;

    /** After so many questions it is a person's turn. */
    private static final int MOST_QUESTIONS = 60;

    private static final int LONGEST_REASON = 255;

    @Id private UUID id;

    @Column(name = "merchant_id")
    private UUID merchant;

    @Column(name = "integration_id")
    private UUID integration;

    private boolean livemode;

    @Column(name = "payment_id")
    private UUID payment;

    @Embedded
    @AttributeOverride(name = "minor", column = @Column(name = "amount_minor", precision = 38))
    @AttributeOverride(name = "asset", column = @Column(name = "amount_asset"))
    private Money amount;

    @Column(name = "arrived_minor", precision = 38)
    private BigInteger arrivedMinor;

    private String address;

    @Column(name = "address_tag")
    private String addressTag;

    private String reason;

    @Convert(converter = WithdrawalStatusColumn.class)
    private WithdrawalStatus status;

    @Column(name = "withdrawal_key")
    private String withdrawalKey;

    @Column(name = "network_key")
    private String networkKey;

    @Column(name = "failure_reason")
    private String failureReason;

    @Column(name = "request_key")
    private String requestKey;

    @Column(name = "requested_by_id")
    private UUID requestedById;

    @Column(name = "requested_by")
    private String requestedBy;

    @Column(name = "approved_by")
    private String approvedBy;

    @Column(name = "approved_at")
    private Instant approvedAt;

    @Column(name = "sent_at")
    private Instant sentAt;

    @Column(name = "ask_at")
    private Instant askAt;

    @Column(name = "asked_times")
    private int askedTimes;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "settled_at")
    private Instant settledAt;

    @Version private int version;

    Withdrawal() {}

    /** Somebody asks for it; {@code address} was checked and is spelled as usual. */
    Withdrawal(
            Scope scope, ActiveIntegration at, AskWithdrawal asked, String address, Instant now) {
        this.id = WithdrawalId.next().value();
        this.merchant = scope.merchant().value();
        this.integration = at.id().value();
        this.livemode = at.livemode();
        this.payment = asked.payment().map(PaymentId::value).orElse(null);
        this.amount = asked.amount();
        this.address = address;
        this.addressTag = asked.addressTag().orElse(null);
        this.reason = asked.reason().strip();
        this.status = WithdrawalStatus.REQUESTED;
        this.requestKey = asked.requestKey().orElse(null);
        this.requestedById = scope.actor().id();
        this.requestedBy = scope.actor().name();
        this.createdAt = now;
    }

    /** A second person agrees; from here on the one order is on its way. */
    void approve(Actor by, Instant now) {
        requireWaiting();
        if (!by.isPerson()) {
            throw new HubException(
                    Problem.FORBIDDEN,
                    "withdrawal.approval_needs_a_person",
                    "Only a person can agree to a withdrawal.");
        }
        if (by.id().equals(requestedById)) {
            throw new HubException(
                    Problem.FORBIDDEN,
                    "withdrawal.approval_needs_another_person",
                    "Who asked for the withdrawal cannot agree to it. Ask a colleague.");
        }
        status = WithdrawalStatus.APPROVED;
        approvedBy = by.name();
        approvedAt = now;
        sentAt = now;
        askAt = now.plus(ANSWERED_BY);
        askedTimes = 0;
    }

    /** It is taken back before anybody agreed. */
    void cancel(Instant now) {
        requireWaiting();
        status = WithdrawalStatus.CANCELLED;
        settledAt = now;
    }

    private void requireWaiting() {
        if (status != WithdrawalStatus.REQUESTED) {
            throw new HubException(
                    Problem.CONFLICT,
                    "withdrawal.not_awaiting_approval",
                    "This withdrawal does not wait for a second person: it is "
                            + status.word()
                            + ".");
        }
    }

    /** The provider did not answer: whether the money left is not known. */
    void unanswered(Instant now) {
        nobodyAnswered();
        askAt = now.plus(PAUSES[0]);
    }

    /** What was sent and not answered for so long that it is called unknown. */
    void nobodyAnswered() {
        if (status == WithdrawalStatus.APPROVED) {
            status = WithdrawalStatus.UNKNOWN;
        }
    }

    /** The provider said no, or never got it: nothing was sent. */
    void refused(String why, Instant now) {
        if (status == WithdrawalStatus.APPROVED || status == WithdrawalStatus.UNKNOWN) {
            status = WithdrawalStatus.FAILED;
            failureReason = cut(why);
            settledAt = now;
            askAt = null;
        }
    }

    /** Whether a report speaks of what was ordered. */
    boolean isSame(WithdrawalReported told) {
        return told.amount().equals(amount);
    }

    /** The provider speaks of another amount than was ordered: nothing is taken from its words. */
    void contradicted(WithdrawalReported told) {
        failureReason = cut("The provider speaks of " + told.amount() + ".");
    }

    /** Takes a report over; says from which status to which. */
    Step report(WithdrawalReported told, Instant now) {
        WithdrawalStatus before = status;
        status = status.after(told.outcome());
        withdrawalKey = withdrawalKey == null ? told.withdrawalKey() : withdrawalKey;
        networkKey = told.networkKey().orElse(networkKey);
        boolean newlyArrived = false;
        if (status == WithdrawalStatus.SUCCEEDED) {
            failureReason = null;
            newlyArrived = arrivedMinor == null && arrived(told).isPresent();
            arrivedMinor = arrived(told).map(Money::minor).orElse(arrivedMinor);
        } else if (!status.isOpen()) {
            failureReason = told.failureReason().map(Withdrawal::cut).orElse(failureReason);
        }
        if (!status.isOpen()) {
            settledAt = settledAt == null || before != status ? now : settledAt;
            askAt = null;
        } else if (askAt == null || before != status) {
            askedTimes = 0;
            askAt = now.plus(PAUSES[2]);
        }
        return new Step(before, status, newlyArrived);
    }

    /** From where to where a report led, and whether it told first what arrived. */
    record Step(WithdrawalStatus before, WithdrawalStatus after, boolean newlyArrived) {

        boolean becomes(WithdrawalStatus one) {
            return before != after && after == one;
        }
    }

    private Optional<Money> arrived(WithdrawalReported told) {
        return told.outcome() != org.payhub.provider.spi.ProviderEvent.WithdrawalOutcome.SUCCEEDED
                ? Optional.empty()
                : told.arrived()
                        .filter(a -> a.asset().equals(amount.asset()))
                        .filter(a -> a.isPositive() && a.compareTo(amount) <= 0);
    }

    /** The provider was asked once more. */
    void asked(Instant now) {
        askedTimes++;
        if (askAt != null && !askAt.isAfter(now)) {
            boolean enough = askedTimes >= MOST_QUESTIONS;
            askAt = enough ? null : now.plus(PAUSES[Math.min(askedTimes, PAUSES.length - 1)]);
        }
    }

    /** It was sent so long ago, and not found so often, that it never arrived. */
    boolean isSurelyUnheardOf(Instant now) {
        return status == WithdrawalStatus.UNKNOWN
                && withdrawalKey == null
                && askedTimes >= FEWEST_QUESTIONS
                && sentAt.plus(LONGEST_FLIGHT).isBefore(now);
    }

    UUID id() {
        return id;
    }

    WithdrawalId key() {
        return new WithdrawalId(id);
    }

    MerchantId merchant() {
        return new MerchantId(merchant);
    }

    IntegrationId integration() {
        return new IntegrationId(integration);
    }

    boolean livemode() {
        return livemode;
    }

    Optional<PaymentId> payment() {
        return Optional.ofNullable(payment).map(PaymentId::new);
    }

    Money amount() {
        return amount;
    }

    Money arrived() {
        return arrivedMinor == null ? amount : new Money(arrivedMinor, amount.asset());
    }

    WithdrawalStatus status() {
        return status;
    }

    Optional<String> withdrawalKey() {
        return Optional.ofNullable(withdrawalKey);
    }

    WithdrawalRow row() {
        return new WithdrawalRow(
                key(),
                integration(),
                livemode,
                payment(),
                amount,
                Optional.ofNullable(arrivedMinor).map(m -> new Money(m, amount.asset())),
                address,
                Optional.ofNullable(addressTag),
                reason,
                status,
                withdrawalKey(),
                Optional.ofNullable(networkKey),
                Optional.ofNullable(failureReason),
                requestedById,
                requestedBy,
                Optional.ofNullable(approvedBy),
                Optional.ofNullable(approvedAt),
                Optional.ofNullable(sentAt),
                createdAt,
                Optional.ofNullable(settledAt));
    }

    private static String cut(String text) {
        return text == null || text.length() <= LONGEST_REASON
                ? text
                : text.substring(0, LONGEST_REASON);
    }
}
