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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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
import org.payhub.provider.spi.ProviderEvent.InvoiceOutcome;
import org.payhub.provider.spi.ProviderEvent.InvoiceReported;
import org.payhub.provider.spi.ProviderEvent.InvoiceTransfer;
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

    /** Money that comes after an invoice's end is looked for so long. */
    private static final Duration LATE_MONEY = Duration.ofHours(24);

    /** In hundredths of what is asked for, and in units: no tolerance is wider. */
    private static final BigInteger MOST_TOLERATED = BigInteger.valueOf(5);

    private static final BigInteger HUNDRED = BigInteger.valueOf(100);

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

    /** Another page took its place before it could be closed. */
    @Column(name = "checkout_unwanted")
    private boolean checkoutUnwanted;

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

    @Embedded private Quote quote;

    @Embedded private Invoice invoice = new Invoice();

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
            Priced price,
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
                        price.asked(),
                        by,
                        now);
        made.expected = price.expected();
        made.moved = price.expected().asset();
        made.quote = price.quote().orElse(null);
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
    static Payment found(ActiveIntegration at, boolean livemode, Money amount, Instant now) {
        Payment made =
                new Payment(
                        at.merchant(),
                        at.id(),
                        at.provider(),
                        PaymentPurpose.FOUND,
                        livemode,
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
        if (quote != null) {
            quote.holdsUntil(expiresAt);
        }
        if (status == PaymentStatus.UNKNOWN) {
            // The answer that was missing; nothing that a provider reported is taken back by it.
            stands(PaymentStatus.CREATED);
        }
        checkoutOpen =
                status == PaymentStatus.CREATED
                        || status == PaymentStatus.FAILED
                        || invoice.isKnown() && !invoice.isFinal();
        answered(UnknownWhat.CHECKOUT);
        askAt = now.plus(PAUSES[0]);
    }

    /** Its provider does not let the page be closed at present: closed as soon as it does. */
    void closeLater(Instant now) {
        if (checkoutOpen && !checkoutUnwanted) {
            checkoutUnwanted = true;
            askedTimes = 0;
            askAt = now.plus(UNKNOWN_PAUSES[0]);
        }
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

    // Invoices: told as a whole, booked once they are final.

    /**
     * An invoice was told as a whole.
     *
     * @return whether this report is now the one by which money is booked
     */
    boolean invoiced(InvoiceReported told, Instant now) {
        if (told.outcome() == InvoiceOutcome.UNKNOWN) {
            askSoon(now);
            return false;
        }
        boolean news = invoice.isNews(told);
        boolean newest = invoice.tell(told);
        PaymentStatus meant = reported.after(told.outcome(), told.received().isPositive());
        if (meant == PaymentStatus.REVIEW) {
            // Where it goes when a person has looked and gave none of it to the visit.
            meant =
                    reported.compareTo(PaymentStatus.EXPIRED) > 0
                            ? reported
                            : PaymentStatus.EXPIRED;
        }
        stands(meant);
        if (told.outcome().isFinal()) {
            if (news) {
                doubts(told).forEach(this::review);
            }
            checkoutOpen = false;
        }
        if (newest) {
            method = "crypto";
            takeOver(told);
        }
        if (unknownWhat == UnknownWhat.CHECKOUT) {
            answered(UnknownWhat.CHECKOUT);
        }
        askAboutInvoice(told, now);
        return newest;
    }

    private void takeOver(InvoiceReported told) {
        Asset asset = told.received().asset();
        if (!asset.equals(moved)) {
            if (!isUntouched()) {
                throw new IllegalStateException("Two assets in one payment");
            }
            moved = asset;
            authorizedMinor = BigInteger.ZERO;
        }
        if (told.received().isPositive()) {
            paidAt =
                    told.transfers().stream()
                            .map(InvoiceTransfer::occurredAt)
                            .max(Comparator.naturalOrder())
                            .orElse(told.changedAt());
        }
    }

    private List<ReviewReason> doubts(InvoiceReported told) {
        List<ReviewReason> doubts = new ArrayList<>();
        boolean danger = told.transfers().stream().anyMatch(InvoiceTransfer::suspicious);
        if (!told.received().asset().equals(expected.asset())) {
            doubts.add(ReviewReason.CURRENCY_DIFFERS);
        } else if (!told.ordered().equals(expected) || isTooLittle(told)) {
            doubts.add(ReviewReason.AMOUNT_DIFFERS);
        }
        switch (told.outcome()) {
            case ON_HOLD -> doubts.add(ReviewReason.ON_HOLD);
            case LATE -> doubts.add(ReviewReason.LATE);
            case REVIEW -> doubts.add(ReviewReason.CONTRADICTORY);
            case PAID, OVERPAID -> {
                if (!told.received().isPositive()) {
                    doubts.add(ReviewReason.CONTRADICTORY);
                }
            }
            default -> {
                // The rest is as it should be.
            }
        }
        if (danger) {
            doubts.add(ReviewReason.ON_HOLD);
        }
        return doubts;
    }

    /** Called paid, and short of it by more than any tolerance that can be agreed. */
    private boolean isTooLittle(InvoiceReported told) {
        BigInteger unit = BigInteger.TEN.pow(expected.asset().exponent());
        BigInteger tolerated =
                unit.multiply(MOST_TOLERATED)
                        .max(expected.minor().multiply(MOST_TOLERATED).divide(HUNDRED));
        return told.outcome() == InvoiceOutcome.PAID
                && told.received().isPositive()
                && told.received().minor().add(tolerated).compareTo(expected.minor()) < 0;
    }

    private void askAboutInvoice(InvoiceReported told, Instant now) {
        if (!told.outcome().isFinal()) {
            askSoon(now);
        } else if (mayStillGrow(told) && now.isBefore(told.changedAt().plus(LATE_MONEY))) {
            askAt = askAt == null || askAt.isBefore(now) ? now.plus(PAUSES[4]) : askAt;
        } else {
            askAt = null;
        }
    }

    private static boolean mayStillGrow(InvoiceReported told) {
        return told.outcome() == InvoiceOutcome.EXPIRED
                || told.outcome() == InvoiceOutcome.CANCELLED
                || told.outcome() == InvoiceOutcome.UNDERPAID;
    }

    /**
     * What the books have to hold by the final report that counts, and takes it over.
     *
     * @param wanted whether something is due for the visit
     */
    InvoiceSteps.Held settle(boolean wanted) {
        BigInteger all = invoice.cameMinor();
        boolean first = capturedMinor.signum() == 0 && all.signum() > 0;
        if (first && !wanted) {
            review(ReviewReason.NOTHING_DUE);
        }
        boolean nobodys = status == PaymentStatus.REVIEW || purpose == PaymentPurpose.FOUND;
        BigInteger share =
                invoice.decidedShare()
                        .orElseGet(() -> nobodys ? BigInteger.ZERO : all.min(expected.minor()))
                        // What was returned of the visit's money stays the visit's.
                        .max(refundedMinor.subtract(refundedSuspenseMinor))
                        .min(all);
        capturedMinor = all;
        suspenseMinor = all.subtract(share).max(suspenseOutMinor);
        return inBooks();
    }

    /** What of the captured money is the visit's and what ever waited, as the books have it. */
    InvoiceSteps.Held inBooks() {
        return InvoiceSteps.split(capturedMinor, suspenseMinor, captured());
    }

    /** The key of the next posting that is not of one transfer alone. */
    String nextPostingKey() {
        return invoice.nextPostingKey();
    }

    /** Why so much of it waits for a person. */
    String waitsBecause() {
        return status == PaymentStatus.REVIEW && reviewReason != null
                ? reviewReason.word()
                : "overpaid";
    }

    /** A person takes the too little that came for all that was asked. */
    void acceptShortfall() {
        boolean fallsShort =
                status == PaymentStatus.PART_PAID
                        && invoice.isFinal()
                        && capturedMinor.signum() > 0
                        && !invoice.isAccepted();
        if (!fallsShort) {
            throw new HubException(
                    Problem.CONFLICT,
                    "payment.not_short",
                    "Only what came short and can no longer be completed can be accepted: this"
                            + " payment is "
                            + status.word()
                            + ".");
        }
        invoice.decide(capturedMinor.subtract(suspenseMinor));
        invoice.accept();
        stands(PaymentStatus.PAID);
    }

    /** Whether its money is counted in another asset than the visit's. */
    boolean isConverted() {
        return !moved.equals(asked.asset());
    }

    /**
     * A person says that money in suspense is for the very visit for which it was asked, at the
     * quote that was given: as much of it as the visit still wants.
     *
     * @param due what the visit still wants
     * @return how much left suspense
     */
    Money giveToVisit(Money due) {
        BigInteger had = capturedMinor.subtract(suspenseMinor);
        BigInteger room = expected.minor().subtract(had).max(BigInteger.ZERO);
        BigInteger[] wanted =
                expected.minor().multiply(due.minor()).divideAndRemainder(asked.minor());
        BigInteger wants = wanted[1].signum() > 0 ? wanted[0].add(BigInteger.ONE) : wanted[0];
        BigInteger given = heldMinor().min(room).min(wants);
        if (!moved.equals(expected.asset()) || given.signum() <= 0) {
            throw new HubException(
                    Problem.CONFLICT,
                    "unmatched.nothing_due",
                    "The visit wants none of this money. Give it back instead.");
        }
        suspenseMinor = suspenseMinor.subtract(given);
        leaveReview();
        return new Money(given, moved);
    }

    /** Money is on its way or held. An invoice that is open and was not paid into is not. */
    boolean isOnItsWay() {
        boolean nothingSeen =
                invoice.isKnown() && invoice.seen().orElse(BigInteger.ZERO).signum() == 0;
        return status == PaymentStatus.AUTHORIZED
                || status == PaymentStatus.PENDING && !nothingSeen;
    }

    /** Part of what is asked for was seen, and the rest can still come. */
    boolean isBegun() {
        return status == PaymentStatus.PART_PAID && capturedMinor.signum() == 0;
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
                (status == PaymentStatus.REVIEW || invoice.isKnown())
                        && suspenseMinor.signum() > 0
                        && heldMinor().signum() == 0
                        && refundedSuspenseMinor.equals(suspenseMinor);
        if (all && status == PaymentStatus.REVIEW) {
            status = PaymentStatus.PAID;
        }
        return all;
    }

    /** Money that had left suspense, so that nobody looked any more, is there again. */
    boolean cameBackToSuspense() {
        boolean held = status != PaymentStatus.REVIEW && heldMinor().signum() > 0;
        boolean again = held && reviewReason != null;
        if (again) {
            status = PaymentStatus.REVIEW;
        }
        // What came too much waits without keeping the rest of the payment in review.
        return again || held && invoice.isKnown();
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
        if (invoice.isKnown()) {
            BigInteger share = capturedMinor.subtract(suspenseMinor);
            invoice.decide(share);
            boolean all = share.compareTo(expected.minor()) >= 0 || invoice.isAccepted();
            PaymentStatus now = all ? PaymentStatus.PAID : PaymentStatus.PART_PAID;
            if (share.signum() > 0) {
                reported = now;
            }
            status = reported;
            return;
        }
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
            boolean waitedFor = unknownWhat != null || isUnwanted();
            Duration[] pauses = waitedFor ? UNKNOWN_PAUSES : PAUSES;
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
        BigInteger returned = refundedMinor.subtract(refundedSuspenseMinor);
        BigInteger share = capturedMinor.subtract(suspenseMinor);
        if (!isConverted() || share.signum() == 0) {
            return inAsked(returned).min(visitCaptured());
        }
        // In proportion to what counts for the visit, so that all of it returned is all of it.
        Money counts = visitCaptured();
        return new Money(counts.minor().multiply(returned).divide(share), counts.asset())
                .min(counts);
    }

    private Money inAsked(BigInteger minor) {
        if (moved.equals(asked.asset())) {
            return new Money(minor, moved);
        }
        if (!moved.equals(expected.asset()) || expected.asset().equals(asked.asset())) {
            return Money.zero(asked.asset());
        }
        // Paid in another asset at the quote that was given: in proportion, never more than asked.
        boolean all = minor.signum() > 0 && invoice.isInFull();
        BigInteger part = asked.minor().multiply(minor).divide(expected.minor());
        return all ? asked : new Money(part, asked.asset()).min(asked);
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
        return checkoutOpen
                && !checkoutUnwanted
                && checkoutUrl != null
                && checkoutExpiresAt.isAfter(now);
    }

    /** It can still be paid, and nobody is sent there any more. */
    boolean isUnwanted() {
        return checkoutOpen && checkoutUnwanted;
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

    boolean hasInvoice() {
        return invoice.isKnown();
    }

    String invoiceKey() {
        return invoice.key();
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
                Optional.ofNullable(quote).map(Quote::row),
                invoice.seen().map(seen -> new Money(seen, moved)),
                invoice.outcome().map(o -> o.name().toLowerCase(Locale.ROOT)),
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
