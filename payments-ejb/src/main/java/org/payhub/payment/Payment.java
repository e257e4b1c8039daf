package org.payhub.payment;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.payhub.integration.ActiveIntegration;
import org.payhub.integration.IntegrationId;
import org.payhub.link.LinkForCheckout;
import org.payhub.link.LinkId;
import org.payhub.money.Asset;
import org.payhub.money.AssetColumn;
import org.payhub.money.Money;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;
import org.payhub.provider.spi.ProviderEvent.CheckoutOutcome;
import org.payhub.provider.spi.ProviderEvent.PaymentDetails;
import org.payhub.provider.spi.ProviderEvent.PaymentOutcome;
import org.payhub.tenancy.LocationId;
import org.payhub.tenancy.MerchantId;
import org.payhub.visit.VisitId;

/**
 * What was to be paid and what became of it. Its methods are the rules; they know no database.
 *
 * <p>Amounts that moved are all in one asset: the expected one, or, where the very first money came
 * in another, that one (and then a person looks).
 */
@Entity
@Table(name = "payment")
class Payment {

    /** When the provider is asked again, by how often it was asked already. */
    private static final Duration[] PAUSES = {
        Duration.ofMinutes(2),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15),
        Duration.ofMinutes(30),
        Duration.ofHours(1),
        Duration.ofHours(3),
        Duration.ofHours(6),
        Duration.ofHours(12),
        Duration.ofHours(24)
    };

    /** The same while an order is unanswered: people wait for it. */
    private static final Duration[] UNKNOWN_PAUSES = {
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(2),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15),
        Duration.ofHours(1)
    };

    /** By then a call has its answer or none; what was not written down by then is lost. */
    private static final Duration ANSWERED_BY = Duration.ofSeconds(40);

    /** No request of ours is on its way for longer. */
    private static final Duration LONGEST_FLIGHT = Duration.ofMinutes(2);

    /** After so many questions it is a person's turn. */
    private static final int MOST_QUESTIONS = 30;

    @Id private UUID id;

    @Column(name = "merchant_id")
    private UUID merchant;

    @Column(name = "location_id")
    private UUID location;

    @Column(name = "visit_id")
    private UUID visit;

    @Column(name = "link_id")
    private UUID link;

    @Column(name = "integration_id")
    private UUID integration;

    private String provider;

    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.VARCHAR)
    private PaymentPurpose purpose;

    private boolean livemode;

    @Convert(converter = PaymentStatusColumn.class)
    private PaymentStatus status;

    /** The status by what was reported alone: where a payment goes that leaves review. */
    @Convert(converter = PaymentStatusColumn.class)
    @Column(name = "reported_status")
    private PaymentStatus reported;

    @Convert(converter = ReviewReasonColumn.class)
    @Column(name = "review_reason")
    private ReviewReason reviewReason;

    @Embedded
    @AttributeOverride(name = "minor", column = @Column(name = "asked_minor", precision = 38))
    @AttributeOverride(name = "asset", column = @Column(name = "asked_asset"))
    private Money asked;

    @Embedded
    @AttributeOverride(name = "minor", column = @Column(name = "expected_minor", precision = 38))
    @AttributeOverride(name = "asset", column = @Column(name = "expected_asset"))
    private Money expected;

    @Convert(converter = AssetColumn.class)
    @Column(name = "moved_asset")
    private Asset moved;

    @Column(name = "authorized_minor", precision = 38)
    private BigInteger authorizedMinor;

    @Column(name = "capture_ordered_minor", precision = 38)
    private BigInteger captureOrderedMinor;

    @Column(name = "captured_minor", precision = 38)
    private BigInteger capturedMinor;

    @Column(name = "refunded_minor", precision = 38)
    private BigInteger refundedMinor;

    @Column(name = "refund_pending_minor", precision = 38)
    private BigInteger refundPendingMinor;

    @Column(name = "suspense_minor", precision = 38)
    private BigInteger suspenseMinor;

    @Column(name = "suspense_out_minor", precision = 38)
    private BigInteger suspenseOutMinor;

    @Column(name = "refunded_suspense_minor", precision = 38)
    private BigInteger refundedSuspenseMinor;

    @Embedded
    @AttributeOverride(name = "minor", column = @Column(name = "fee_minor", precision = 38))
    @AttributeOverride(name = "asset", column = @Column(name = "fee_asset"))
    private Money fee;

    @Column(name = "hold_only")
    private boolean holdOnly;

    @Column(name = "hold_until")
    private Instant holdUntil;

    @Column(name = "checkout_key")
    private String checkoutKey;

    @Column(name = "checkout_url")
    private String checkoutUrl;

    @Column(name = "checkout_expires_at")
    private Instant checkoutExpiresAt;

    @Column(name = "checkout_open")
    private boolean checkoutOpen;

    @Column(name = "shown_to_client")
    private boolean shownToClient;

    private String method;

    @Column(name = "card_brand")
    private String cardBrand;

    @Column(name = "card_last4")
    private String cardLast4;

    @Column(name = "decline_code")
    private String declineCode;

    @Column(name = "decline_message")
    private String declineMessage;

    @Column(name = "unknown_since")
    private Instant unknownSince;

    @Convert(converter = UnknownWhatColumn.class)
    @Column(name = "unknown_what")
    private UnknownWhat unknownWhat;

    @Column(name = "unknown_minor", precision = 38)
    private BigInteger unknownMinor;

    @Column(name = "ask_at")
    private Instant askAt;

    @Column(name = "asked_times")
    private int askedTimes;

    private boolean disputed;

    @Column(name = "created_by")
    private String createdBy;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "paid_at")
    private Instant paidAt;

    @Version private int version;

    Payment() {}

    private Payment(
            MerchantId merchant,
            IntegrationId integration,
            String provider,
            PaymentPurpose purpose,
            boolean livemode,
            Money asked,
            String by,
            Instant now) {
        if (!asked.isPositive()) {
            throw new IllegalArgumentException("A payment asks for more than nothing");
        }
        this.id = PaymentId.next().value();
        this.merchant = merchant.value();
        this.integration = integration.value();
        this.provider = provider;
        this.purpose = purpose;
        this.livemode = livemode;
        this.status = PaymentStatus.CREATED;
        this.reported = PaymentStatus.CREATED;
        this.asked = asked;
        this.expected = asked;
        this.moved = asked.asset();
        this.authorizedMinor = BigInteger.ZERO;
        this.capturedMinor = BigInteger.ZERO;
        this.refundedMinor = BigInteger.ZERO;
        this.refundPendingMinor = BigInteger.ZERO;
        this.suspenseMinor = BigInteger.ZERO;
        this.suspenseOutMinor = BigInteger.ZERO;
        this.refundedSuspenseMinor = BigInteger.ZERO;
        this.createdBy = by;
        this.createdAt = now;
    }

    /** A client is about to be sent to the provider's page. */
    static Payment forLink(
            LinkForCheckout link,
            ActiveIntegration at,
            Money amount,
            boolean holdOnly,
            String by,
            Instant now) {
        Payment made =
                new Payment(
                        link.merchant(),
                        at.id(),
                        at.provider(),
                        PaymentPurpose.VISIT,
                        at.livemode(),
                        amount,
                        by,
                        now);
        made.location = link.location().value();
        made.visit = link.visit().value();
        made.link = link.id().value();
        made.holdOnly = holdOnly;
        made.ordered(UnknownWhat.CHECKOUT, now);
        return made;
    }

    /** The merchant is about to try an integration. */
    static Payment forProof(ActiveIntegration at, Money amount, String by, Instant now) {
        Payment made =
                new Payment(
                        at.merchant(),
                        at.id(),
                        at.provider(),
                        PaymentPurpose.PROOF,
                        at.livemode(),
                        amount,
                        by,
                        now);
        made.ordered(UnknownWhat.CHECKOUT, now);
        return made;
    }

    /** Money turned up that bears our mark and fits nothing. */
    static Payment found(ActiveIntegration at, Money amount, Instant now) {
        Payment made =
                new Payment(
                        at.merchant(),
                        at.id(),
                        at.provider(),
                        PaymentPurpose.FOUND,
                        at.livemode(),
                        amount,
                        at.provider(),
                        now);
        made.review(ReviewReason.NO_PAYMENT);
        return made;
    }

    // What we order, and the answers to it.

    private void ordered(UnknownWhat what, Instant now) {
        unknownWhat = what;
        unknownSince = now;
        askAt = now.plus(ANSWERED_BY);
        askedTimes = 0;
    }

    /** The provider's page is there. */
    void checkoutOpened(String key, String url, Instant expiresAt, Instant now) {
        checkoutKey = key;
        checkoutUrl = url;
        checkoutExpiresAt = expiresAt;
        shownToClient = true;
        if (status == PaymentStatus.UNKNOWN) {
            // The answer that was missing; nothing that a provider reported is taken back by it.
            stands(PaymentStatus.CREATED);
        }
        checkoutOpen = status == PaymentStatus.CREATED || status == PaymentStatus.FAILED;
        answered(UnknownWhat.CHECKOUT);
        askAt = now.plus(PAUSES[0]);
    }

    /** The provider said no to opening its page. */
    void checkoutRefused(String code, String reason) {
        answered(UnknownWhat.CHECKOUT);
        checkoutOpen = false;
        askAt = null;
        if (status.compareTo(PaymentStatus.FAILED) < 0) {
            stands(PaymentStatus.FAILED);
            declineCode = cut(code, 64);
            declineMessage = cut(reason, 500);
        }
    }

    /** The provider did not answer: whether it did what was ordered is not known. */
    void unanswered(Instant now) {
        nobodyAnswered();
        askAt = now.plus(UNKNOWN_PAUSES[0]);
    }

    /** The order never arrived, as the provider says when it is asked. */
    void orderNeverArrived() {
        if (unknownWhat == UnknownWhat.CHECKOUT) {
            checkoutRefused("never_arrived", "The provider never got the order.");
        } else {
            captureOrderedMinor = null;
            answered(unknownWhat);
            askAt = null;
        }
    }

    /** Orders the hold to be taken. */
    void orderCapture(Money amount, Instant now) {
        requireHeld();
        if (!amount.asset().equals(moved) || !amount.isPositive()) {
            throw HubException.ofField(
                    "amount",
                    "payment.capture_amount_invalid",
                    "The amount must be more than nothing and in " + moved.code() + ".");
        }
        if (amount.compareTo(authorized()) > 0) {
            throw HubException.ofField(
                    "amount", "payment.more_than_held", "Only " + authorized() + " is held.");
        }
        captureOrderedMinor = amount.minor();
        unknownMinor = amount.minor();
        ordered(UnknownWhat.CAPTURE, now);
    }

    /** Orders the hold to be given back. */
    void orderVoid(Instant now) {
        requireHeld();
        ordered(UnknownWhat.VOID, now);
    }

    /** Orders are taken for a hold only, and one at a time. */
    void requireHeld() {
        if (unknownWhat != null) {
            throw new HubException(
                    Problem.CONFLICT,
                    "payment.order_unanswered",
                    "The provider has not answered the last order yet. Its answer is being"
                            + " sought; until then nothing more can be ordered.");
        }
        if (status != PaymentStatus.AUTHORIZED) {
            throw new HubException(
                    Problem.CONFLICT,
                    "payment.not_held",
                    "No money is held for this payment: it is " + status.word() + ".");
        }
    }

    /** The provider said no to taking or giving back the hold. */
    void settlingRefused() {
        captureOrderedMinor = null;
        answered(unknownWhat);
        askAt = null;
    }

    private void answered(UnknownWhat what) {
        if (unknownWhat == what) {
            unknownWhat = null;
            unknownSince = null;
            unknownMinor = null;
            askedTimes = 0;
        }
    }

    // What providers report.

    /** How captured money is to be booked. */
    record Captured(Money amount, boolean toSuspense, Optional<ReviewReason> why) {}

    /** What became of the provider's page. */
    void report(CheckoutOutcome outcome, Instant now) {
        stands(reported.after(outcome));
        checkoutOpen = false;
        if (unknownWhat == UnknownWhat.CHECKOUT) {
            answered(UnknownWhat.CHECKOUT);
        }
        if (status.isSettled() && !isFeeMissing()) {
            askAt = null;
        } else if (outcome == CheckoutOutcome.COMPLETED) {
            askSoon(now);
        }
    }

    /** Something other than captured money. */
    void report(PaymentOutcome outcome, Money amount, PaymentDetails details, Instant now) {
        if (outcome == PaymentOutcome.AUTHORIZED) {
            authorized(amount);
        }
        stands(reported.after(outcome));
        describe(outcome, details);
        orderAnsweredBy(outcome);
        if (status.compareTo(PaymentStatus.AUTHORIZED) >= 0) {
            checkoutOpen = false;
            askAt = isFeeMissing() ? askAt : null;
        } else {
            askSoon(now);
        }
    }

    private void authorized(Money amount) {
        if (!amount.asset().equals(expected.asset())) {
            review(ReviewReason.CURRENCY_DIFFERS);
        } else if (!amount.equals(expected)) {
            review(ReviewReason.AMOUNT_DIFFERS);
        }
        if (amount.asset().equals(moved)) {
            authorizedMinor = amount.minor().max(authorizedMinor);
        }
    }

    /** Whether money of that asset can be kept with what came before. */
    boolean takes(Asset asset) {
        return asset.equals(moved) || isUntouched();
    }

    private boolean isUntouched() {
        return capturedMinor.signum() == 0
                && refundedMinor.signum() == 0
                && refundPendingMinor.signum() == 0;
    }

    /**
     * Money was taken. It is the visit's only if it is what was ordered in that very step and the
     * visit still wants it; otherwise a person looks.
     *
     * @param wanted whether something is due for the visit
     */
    Captured captured(
            Money amount, boolean wanted, PaymentDetails details, Instant at, Instant now) {
        Optional<ReviewReason> why = doubt(amount, wanted);
        if (!amount.asset().equals(moved)) {
            if (!isUntouched()) {
                throw new IllegalStateException("Two assets in one payment");
            }
            moved = amount.asset();
            authorizedMinor = BigInteger.ZERO;
        }
        capturedMinor = capturedMinor.add(amount.minor());
        stands(reported.after(PaymentOutcome.CAPTURED));
        why.ifPresent(
                reason -> {
                    suspenseMinor = suspenseMinor.add(amount.minor());
                    review(reason);
                });
        if (paidAt == null || at.isBefore(paidAt)) {
            paidAt = at;
        }
        checkoutOpen = false;
        describe(PaymentOutcome.CAPTURED, details);
        orderAnsweredBy(PaymentOutcome.CAPTURED);
        askedTimes = 0;
        askAt = fee == null ? now.plus(PAUSES[2]) : null;
        return new Captured(amount, why.isPresent(), why);
    }

    private Optional<ReviewReason> doubt(Money amount, boolean wanted) {
        if (purpose == PaymentPurpose.FOUND) {
            return Optional.of(ReviewReason.NO_PAYMENT);
        }
        if (!amount.asset().equals(expected.asset())) {
            return Optional.of(ReviewReason.CURRENCY_DIFFERS);
        }
        boolean first = capturedMinor.signum() == 0;
        BigInteger ordered = captureOrderedMinor == null ? expected.minor() : captureOrderedMinor;
        if (!first || !amount.minor().equals(ordered)) {
            return Optional.of(ReviewReason.AMOUNT_DIFFERS);
        }
        return wanted ? Optional.empty() : Optional.of(ReviewReason.NOTHING_DUE);
    }

    /** One operation was told again, with another amount. */
    void toldDifferently() {
        review(ReviewReason.TOLD_DIFFERENTLY);
    }

    /** Takes a status over; a payment in review stays there until a person has looked. */
    private void stands(PaymentStatus now) {
        reported = now;
        if (status != PaymentStatus.REVIEW) {
            status = now;
        }
    }

    private void review(ReviewReason reason) {
        status = PaymentStatus.REVIEW;
        // Two reasons at once: the one that stands first, whatever came first.
        if (reviewReason == null || reason.compareTo(reviewReason) < 0) {
            reviewReason = reason;
        }
    }

    private void orderAnsweredBy(PaymentOutcome outcome) {
        boolean settles =
                outcome == PaymentOutcome.CAPTURED
                        || outcome == PaymentOutcome.VOIDED
                        || outcome == PaymentOutcome.HOLD_EXPIRED;
        if (unknownWhat == UnknownWhat.CHECKOUT || settles) {
            answered(unknownWhat);
        }
    }

    /** For people; what a later success says stands over what an earlier attempt said. */
    void describe(PaymentOutcome outcome, PaymentDetails details) {
        boolean telling =
                outcome == PaymentOutcome.CAPTURED || outcome == PaymentOutcome.AUTHORIZED;
        boolean open = status.compareTo(PaymentStatus.FAILED) <= 0;
        if (telling || open || method == null) {
            method = details.method().map(m -> cut(m, 32)).orElse(method);
            cardBrand = details.cardBrand().map(b -> cut(b, 32)).orElse(cardBrand);
            cardLast4 = details.cardLast4().map(l -> cut(l, 4)).orElse(cardLast4);
        }
        if (outcome == PaymentOutcome.AUTHORIZED) {
            holdUntil = details.holdUntil().orElse(holdUntil);
        }
        if (outcome == PaymentOutcome.DECLINED) {
            declineCode = details.declineCode().map(c -> cut(c, 64)).orElse(declineCode);
            declineMessage = details.declineMessage().map(m -> cut(m, 500)).orElse(declineMessage);
        }
    }

    /** The provider kept so much of the money that was taken. */
    void feeKnown(Money amount) {
        if (fee == null) {
            fee = amount;
        } else if (fee.asset().equals(amount.asset())) {
            fee = fee.plus(amount);
        }
        if (status.isSettled()) {
            askAt = null;
        }
    }

    private boolean isFeeMissing() {
        return fee == null && capturedMinor.signum() > 0;
    }

    // Money that leaves again.

    /** Sets an amount aside for a refund that is ordered, or waits for a second person. */
    void reserve(Money amount) {
        requireAsset(amount);
        refundPendingMinor = refundPendingMinor.add(amount.minor());
    }

    void release(Money amount) {
        requireAsset(amount);
        refundPendingMinor = refundPendingMinor.subtract(amount.minor()).max(BigInteger.ZERO);
    }

    /** Takes up to so much out of suspense; tells how much there was. */
    Money takeFromSuspense(Money amount) {
        requireAsset(amount);
        BigInteger taken = amount.minor().min(heldMinor());
        suspenseOutMinor = suspenseOutMinor.add(taken);
        return new Money(taken, moved);
    }

    void putBackIntoSuspense(Money amount) {
        requireAsset(amount);
        suspenseOutMinor = suspenseOutMinor.subtract(amount.minor()).max(BigInteger.ZERO);
    }

    void refunded(Money amount, Money fromSuspense) {
        requireAsset(amount);
        if (amount.compareTo(unreturned()) > 0) {
            throw new IllegalStateException("More would be returned than was taken");
        }
        refundedMinor = refundedMinor.add(amount.minor());
        refundedSuspenseMinor = refundedSuspenseMinor.add(fromSuspense.minor());
    }

    void refundCameBack(Money amount, Money fromSuspense) {
        requireAsset(amount);
        refundedMinor = refundedMinor.subtract(amount.minor());
        refundedSuspenseMinor = refundedSuspenseMinor.subtract(fromSuspense.minor());
    }

    private void requireAsset(Money amount) {
        if (!amount.asset().equals(moved)) {
            throw new HubException(
                    Problem.CONFLICT,
                    "payment.currency_differs",
                    "The money of this payment is in " + moved.code() + ".");
        }
    }

    /** Nothing is held in suspense any more, because it all left: the question is answered. */
    boolean returnedInFull() {
        boolean all =
                status == PaymentStatus.REVIEW
                        && suspenseMinor.signum() > 0
                        && heldMinor().signum() == 0
                        && refundedSuspenseMinor.equals(suspenseMinor);
        if (all) {
            status = PaymentStatus.PAID;
        }
        return all;
    }

    /** Money that had left suspense, so that nobody looked any more, is there again. */
    boolean cameBackToSuspense() {
        boolean again =
                status != PaymentStatus.REVIEW && reviewReason != null && heldMinor().signum() > 0;
        if (again) {
            status = PaymentStatus.REVIEW;
        }
        return again;
    }

    /** A person says for which visit the money in suspense is. */
    Money attach(VisitId to, LocationId at) {
        Money attached = held();
        visit = to.value();
        location = at.value();
        purpose = PaymentPurpose.VISIT;
        if (!moved.equals(asked.asset())) {
            // What came is what is now asked for; the order in another currency is history.
            asked = captured();
            expected = asked;
        }
        suspenseMinor = suspenseOutMinor;
        leaveReview();
        return attached;
    }

    /** A person has looked: from here on it stands where the reports put it. */
    void leaveReview() {
        reviewReason = null;
        boolean part =
                reported == PaymentStatus.PAID
                        && moved.equals(expected.asset())
                        && captureOrderedMinor == null
                        && capturedMinor.compareTo(expected.minor()) < 0;
        status = part ? PaymentStatus.PART_PAID : reported;
    }

    /** Some of its money is set aside for refunds that are not carried out. */
    boolean isReturning() {
        return refundPendingMinor.signum() > 0;
    }

    void disputed(boolean open) {
        disputed = open;
    }

    // Asking.

    void askSoon(Instant now) {
        Instant soon = now.plus(PAUSES[0]);
        if (askAt == null || askAt.isAfter(soon)) {
            askAt = soon;
        }
    }

    /** The provider was asked once more; says when next, and gives up after many times. */
    void asked(Instant now) {
        askedTimes++;
        if (askAt != null && !askAt.isAfter(now)) {
            Duration[] pauses = unknownWhat == null ? PAUSES : UNKNOWN_PAUSES;
            boolean enough = askedTimes >= MOST_QUESTIONS;
            askAt = enough ? null : now.plus(pauses[Math.min(askedTimes, pauses.length - 1)]);
        }
    }

    /**
     * The provider was asked, and what was ordered is not there: believed once no request of ours
     * can be on its way any more.
     */
    boolean isSurelyUnheardOf(Instant now) {
        return unknownWhat != null
                && askedTimes >= 2
                && unknownSince.plus(LONGEST_FLIGHT).isBefore(now);
    }

    /** What nobody answered for so long that it is called unknown. */
    void nobodyAnswered() {
        if (unknownWhat == UnknownWhat.CHECKOUT && status == PaymentStatus.CREATED) {
            stands(PaymentStatus.UNKNOWN);
        }
    }

    // What others read.

    /** What of this payment is the visit's, in the visit's currency. */
    Money visitCaptured() {
        return inAsked(capturedMinor.subtract(suspenseMinor));
    }

    /** What of that was returned. */
    Money visitRefunded() {
        return inAsked(refundedMinor.subtract(refundedSuspenseMinor)).min(visitCaptured());
    }

    private Money inAsked(BigInteger minor) {
        if (moved.equals(asked.asset())) {
            return new Money(minor, moved);
        }
        if (!moved.equals(expected.asset()) || expected.asset().equals(asked.asset())) {
            return Money.zero(asked.asset());
        }
        // Paid in another asset at the quote that was given: in proportion, never more than asked.
        return new Money(asked.minor().multiply(minor).divide(expected.minor()), asked.asset());
    }

    Money held() {
        return new Money(heldMinor(), moved);
    }

    private BigInteger heldMinor() {
        return suspenseMinor.subtract(suspenseOutMinor);
    }

    Money authorized() {
        return new Money(authorizedMinor, moved);
    }

    Money captured() {
        return new Money(capturedMinor, moved);
    }

    Money refunded() {
        return new Money(refundedMinor, moved);
    }

    /** Captured and not confirmed as returned. */
    Money unreturned() {
        return new Money(capturedMinor.subtract(refundedMinor), moved);
    }

    /** What may still be ordered to be returned. */
    Money returnable() {
        return unreturned().minus(new Money(refundPendingMinor, moved)).max(Money.zero(moved));
    }

    boolean isBeingOpened(Instant now) {
        return unknownWhat == UnknownWhat.CHECKOUT
                && status == PaymentStatus.CREATED
                && unknownSince.plusSeconds(30).isAfter(now);
    }

    /** The page's time is over by long, and the provider knows nothing of it. */
    boolean isCheckoutOver(Instant now) {
        return status.compareTo(PaymentStatus.FAILED) <= 0
                && checkoutExpiresAt != null
                && checkoutExpiresAt.plus(Duration.ofHours(1)).isBefore(now);
    }

    void checkoutOver() {
        stands(reported.after(CheckoutOutcome.EXPIRED));
        checkoutOpen = false;
        askAt = null;
    }

    boolean isCheckoutUnknown() {
        return unknownWhat == UnknownWhat.CHECKOUT;
    }

    boolean isCheckoutUsable(Instant now) {
        return checkoutOpen && checkoutUrl != null && checkoutExpiresAt.isAfter(now);
    }

    boolean isCheckoutOpen() {
        return checkoutOpen;
    }

    Optional<UnknownWhat> unknown() {
        return Optional.ofNullable(unknownWhat);
    }

    UUID id() {
        return id;
    }

    PaymentId key() {
        return new PaymentId(id);
    }

    UUID merchant() {
        return merchant;
    }

    Optional<LocationId> location() {
        return Optional.ofNullable(location).map(LocationId::new);
    }

    Optional<VisitId> visit() {
        return Optional.ofNullable(visit).map(VisitId::new);
    }

    Optional<LinkId> link() {
        return Optional.ofNullable(link).map(LinkId::new);
    }

    IntegrationId integration() {
        return new IntegrationId(integration);
    }

    String provider() {
        return provider;
    }

    PaymentPurpose purpose() {
        return purpose;
    }

    boolean livemode() {
        return livemode;
    }

    PaymentStatus status() {
        return status;
    }

    Optional<ReviewReason> reviewReason() {
        return Optional.ofNullable(reviewReason);
    }

    Money asked() {
        return asked;
    }

    Money expected() {
        return expected;
    }

    boolean holdOnly() {
        return holdOnly;
    }

    Optional<String> checkoutKey() {
        return Optional.ofNullable(checkoutKey);
    }

    String checkoutUrl() {
        return checkoutUrl;
    }

    Instant checkoutExpiresAt() {
        return checkoutExpiresAt;
    }

    Optional<Instant> askAt() {
        return Optional.ofNullable(askAt);
    }

    int askedTimes() {
        return askedTimes;
    }

    Optional<Instant> unknownSince() {
        return Optional.ofNullable(unknownSince);
    }

    PaymentRow row(Optional<String> clientName, Optional<Instant> visitStartsAt, String anyKey) {
        return new PaymentRow(
                key(),
                location(),
                visit(),
                link(),
                integration(),
                provider,
                purpose,
                livemode,
                status,
                status == PaymentStatus.REVIEW
                        ? reviewReason().map(ReviewReason::word)
                        : Optional.empty(),
                asked,
                expected,
                authorized(),
                captured(),
                refunded(),
                new Money(refundPendingMinor, moved),
                held(),
                Optional.ofNullable(fee),
                holdOnly,
                Optional.ofNullable(holdUntil),
                Optional.ofNullable(method),
                Optional.ofNullable(cardBrand),
                Optional.ofNullable(cardLast4),
                Optional.ofNullable(declineCode),
                Optional.ofNullable(declineMessage),
                unknown().map(UnknownWhat::word),
                disputed,
                Optional.ofNullable(anyKey).or(this::checkoutKey),
                clientName,
                visitStartsAt,
                createdBy,
                createdAt,
                Optional.ofNullable(paidAt));
    }

    private static String cut(String text, int longest) {
        return text == null || text.length() <= longest ? text : text.substring(0, longest);
    }
}
