package org.payhub.refund;

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
import org.payhub.integration.IntegrationId;
import org.payhub.money.Money;
import org.payhub.payment.PaymentId;
import org.payhub.payment.PaymentView;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;
import org.payhub.provider.spi.ProviderEvent.RefundOutcome;
import org.payhub.provider.spi.ProviderEvent.RefundReported;
import org.payhub.tenancy.Actor;

/** Money on its way back to the client. Its methods are the rules; they know no database. */
@Entity
@Table(name = "refund")
class Refund {

    private static final Duration[] PAUSES = {
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(3),
        Duration.ofMinutes(10),
        Duration.ofMinutes(30),
        Duration.ofHours(2),
        Duration.ofHours(6),
        Duration.ofHours(24)
    };

    /** No request of ours is on its way for longer. */
    private static final Duration LONGEST_FLIGHT = Duration.ofMinutes(2);

    private static final int MOST_QUESTIONS = 40;
    private static final int LONGEST_REASON = 255;
    private static final UUID NOBODY = new UUID(0, 0);

    @Id private UUID id;

    @Column(name = "merchant_id")
    private UUID merchant;

    @Column(name = "payment_id")
    private UUID payment;

    @Column(name = "integration_id")
    private UUID integration;

    private boolean livemode;

    @Embedded
    @AttributeOverride(name = "minor", column = @Column(name = "amount_minor", precision = 38))
    @AttributeOverride(name = "asset", column = @Column(name = "amount_asset"))
    private Money amount;

    @Convert(converter = RefundStatusColumn.class)
    private RefundStatus status;

    @Column(name = "needs_approval")
    private boolean needsApproval;

    private String reason;
    private String note;

    @Column(name = "refund_key")
    private String refundKey;

    @Column(name = "request_key")
    private String requestKey;

    @Column(name = "failure_reason")
    private String failureReason;

    @Column(name = "from_suspense_minor", precision = 38)
    private BigInteger fromSuspenseMinor;

    @Column(name = "made_at_provider")
    private boolean madeAtProvider;

    @Column(name = "requested_by_id")
    private UUID requestedById;

    @Column(name = "requested_by")
    private String requestedBy;

    @Column(name = "approved_by")
    private String approvedBy;

    @Column(name = "unknown_since")
    private Instant unknownSince;

    @Column(name = "ask_at")
    private Instant askAt;

    @Column(name = "asked_times")
    private int askedTimes;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "settled_at")
    private Instant settledAt;

    @Version private int version;

    Refund() {}

    private Refund(PaymentView of, Money amount, Instant now) {
        if (!amount.isPositive()) {
            throw new IllegalArgumentException("A refund returns more than nothing");
        }
        this.id = RefundId.next().value();
        this.merchant = of.merchant().value();
        this.payment = of.uuid();
        this.integration = of.integration().value();
        this.livemode = of.livemode();
        this.amount = amount;
        this.status = RefundStatus.REQUESTED;
        this.fromSuspenseMinor = BigInteger.ZERO;
        this.createdAt = now;
    }

    /** Somebody orders a refund through us. */
    static Refund ordered(
            PaymentView of,
            Money amount,
            IssueRefundCommand command,
            boolean needsApproval,
            Actor by,
            Instant now) {
        Refund refund = new Refund(of, amount, now);
        refund.reason = command.reason();
        refund.note = command.note().orElse(null);
        refund.requestKey = command.requestKey().orElse(null);
        refund.needsApproval = needsApproval;
        refund.requestedById = by.id();
        refund.requestedBy = by.name();
        if (!needsApproval) {
            refund.sent(now);
        }
        return refund;
    }

    /** A refund turns up that was made in the provider's cabinet. */
    static Refund adopted(PaymentView of, RefundReported told, Instant now) {
        Refund refund = new Refund(of, told.amount(), now);
        refund.reason = "made_at_provider";
        refund.refundKey = told.refundKey();
        refund.madeAtProvider = true;
        refund.requestedById = NOBODY;
        refund.requestedBy = of.provider();
        return refund;
    }

    // What we order.

    private void sent(Instant now) {
        unknownSince = now;
        askAt = now.plus(PAUSES[0]);
        askedTimes = 0;
    }

    /** A second person agrees. */
    void approve(Actor by, Instant now) {
        requireAwaitingApproval();
        if (!by.isPerson()) {
            throw new HubException(
                    Problem.FORBIDDEN,
                    "refund.approval_needs_a_person",
                    "Only a person can agree to a refund above a limit.");
        }
        if (by.id().equals(requestedById)) {
            throw new HubException(
                    Problem.FORBIDDEN,
                    "refund.approval_needs_another_person",
                    "Who asked for the refund cannot agree to it. Ask a colleague.");
        }
        approvedBy = by.name();
        sent(now);
    }

    /** It is taken back before anybody agreed. */
    void withdraw(Instant now) {
        requireAwaitingApproval();
        status = RefundStatus.CANCELLED;
        settledAt = now;
    }

    private void requireAwaitingApproval() {
        if (status != RefundStatus.REQUESTED || !needsApproval || approvedBy != null) {
            throw new HubException(
                    Problem.CONFLICT,
                    "refund.not_awaiting_approval",
                    "This refund does not wait for a second person: it is " + status.word() + ".");
        }
    }

    /** The provider did not answer. */
    void unanswered(Instant now) {
        nobodyAnswered();
        askAt = now.plus(PAUSES[0]);
    }

    /** What was sent and not answered for so long that it is called unknown. */
    void nobodyAnswered() {
        if (status == RefundStatus.REQUESTED && unknownSince != null) {
            status = RefundStatus.UNKNOWN;
        }
    }

    /** The provider said no, or never got the order. */
    boolean refused(String why, boolean mayBeRepeated, Instant now) {
        if (status != RefundStatus.REQUESTED && status != RefundStatus.UNKNOWN) {
            return false;
        }
        status = RefundStatus.FAILED;
        failureReason = cut(why);
        settledAt = now;
        askAt = null;
        unknownSince = null;
        if (mayBeRepeated) {
            // The same press may be made again with what was missing.
            requestKey = null;
        }
        return true;
    }

    /**
     * The provider wants a code that only a person has, and did nothing. What a second person
     * agreed to goes on waiting for that person, now with the code.
     *
     * @return whether nothing is left of it: the same press with the code orders it anew
     */
    boolean codeWanted() {
        if (status != RefundStatus.REQUESTED && status != RefundStatus.UNKNOWN) {
            return false;
        }
        status = RefundStatus.REQUESTED;
        unknownSince = null;
        askAt = null;
        approvedBy = null;
        return !needsApproval;
    }

    /** The provider was asked once more. */
    void asked(Instant now) {
        askedTimes++;
        if (askAt != null && !askAt.isAfter(now)) {
            askAt =
                    askedTimes >= MOST_QUESTIONS
                            ? null
                            : now.plus(PAUSES[Math.min(askedTimes, PAUSES.length - 1)]);
        }
    }

    /** Whether the provider was asked often enough to believe that it never got the order. */
    boolean isSurelyUnheardOf(Instant now) {
        return askedTimes >= 2
                && unknownSince != null
                && unknownSince.plus(LONGEST_FLIGHT).isBefore(now);
    }

    // What the provider reports.

    /**
     * What a report does.
     *
     * @param anew our own record said that nothing came of it, and the provider knows better: the
     *     amount has to be set aside again
     * @param accepts the provider takes it from what it holds for us
     * @param fails it came to nothing after all
     */
    record Turn(
            RefundStatus before, boolean anew, boolean accepts, boolean succeeds, boolean fails) {

        boolean changes() {
            return anew || accepts || succeeds || fails;
        }

        boolean wasAccepted() {
            return before == RefundStatus.PENDING || before == RefundStatus.SUCCEEDED;
        }
    }

    /** What that report would do. */
    Turn turn(RefundOutcome outcome) {
        boolean anew = status.isOver() && refundKey == null;
        RefundStatus before = anew ? RefundStatus.UNKNOWN : status;
        RefundStatus after = before.after(outcome);
        boolean alive = after == RefundStatus.PENDING || after == RefundStatus.SUCCEEDED;
        return new Turn(
                before,
                anew && alive,
                alive && before.compareTo(RefundStatus.PENDING) < 0,
                after == RefundStatus.SUCCEEDED && before != RefundStatus.SUCCEEDED,
                after.isOver() && !status.isOver());
    }

    void report(RefundReported told, Turn turn, Instant now) {
        status = turn.before().after(told.outcome());
        refundKey = told.refundKey();
        unknownSince = null;
        if (status.isOver()) {
            failureReason = told.failureReason().map(Refund::cut).orElse(failureReason);
        } else {
            failureReason = null;
        }
        if (status == RefundStatus.PENDING) {
            askAt = now.plus(PAUSES[5]);
            settledAt = null;
        } else {
            askAt = null;
            settledAt = turn.changes() || settledAt == null ? told.occurredAt() : settledAt;
        }
    }

    /** The provider returns another amount than we ordered, and its word counts. */
    void correct(Money told) {
        amount = told;
    }

    void takenFromSuspense(Money part) {
        fromSuspenseMinor = part.minor();
    }

    Money fromSuspense() {
        return new Money(fromSuspenseMinor, amount.asset());
    }

    // What others read.

    UUID id() {
        return id;
    }

    RefundId key() {
        return new RefundId(id);
    }

    UUID merchant() {
        return merchant;
    }

    PaymentId payment() {
        return new PaymentId(payment);
    }

    Money amount() {
        return amount;
    }

    RefundStatus status() {
        return status;
    }

    String reason() {
        return reason;
    }

    Optional<String> refundKey() {
        return Optional.ofNullable(refundKey);
    }

    boolean isAwaitingApproval() {
        return status == RefundStatus.REQUESTED && needsApproval && approvedBy == null;
    }

    RefundRow row() {
        return new RefundRow(
                key(),
                payment(),
                new IntegrationId(integration),
                livemode,
                amount,
                status,
                needsApproval,
                reason,
                Optional.ofNullable(note),
                refundKey(),
                Optional.ofNullable(failureReason),
                madeAtProvider,
                requestedBy,
                Optional.ofNullable(approvedBy),
                createdAt,
                Optional.ofNullable(settledAt));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON);
    }
}
