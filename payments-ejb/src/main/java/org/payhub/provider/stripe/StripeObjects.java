package org.payhub.provider.stripe;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.payhub.money.Money;
import org.payhub.platform.Ids;
import org.payhub.provider.http.Json;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.provider.spi.ProviderEvent.BookingCategory;
import org.payhub.provider.spi.ProviderEvent.CheckoutOutcome;
import org.payhub.provider.spi.ProviderEvent.CheckoutReported;
import org.payhub.provider.spi.ProviderEvent.DisputeMovement;
import org.payhub.provider.spi.ProviderEvent.DisputeOutcome;
import org.payhub.provider.spi.ProviderEvent.DisputeReported;
import org.payhub.provider.spi.ProviderEvent.FeeReported;
import org.payhub.provider.spi.ProviderEvent.PaymentDetails;
import org.payhub.provider.spi.ProviderEvent.PaymentOutcome;
import org.payhub.provider.spi.ProviderEvent.PaymentReported;
import org.payhub.provider.spi.ProviderEvent.PayoutOutcome;
import org.payhub.provider.spi.ProviderEvent.PayoutReported;
import org.payhub.provider.spi.ProviderEvent.RefundOutcome;
import org.payhub.provider.spi.ProviderEvent.RefundReported;
import org.payhub.provider.spi.Reference;
import org.payhub.provider.spi.References;

/**
 * What one of Stripe's objects says, in our words; the same whether a webhook brought it or a
 * reading. Tolerates every shape since 2017: what a version lacks is absent, not wrong.
 */
final class StripeObjects {

    /** Our payment's id in the metadata of sessions, intents and so of charges. */
    static final String PAYMENT_KEY = "payhub_payment";

    /** Our refund's id in the metadata of refunds. */
    static final String REFUND_KEY = "payhub_refund";

    static final String CHARGE = "charge";
    static final String INTENT = "intent";
    static final String SESSION = "session";
    static final String REFUND = "refund";
    static final String DISPUTE = "dispute";
    static final String BOOKING = "balance_transaction";
    static final String PAYOUT = "payout";

    private static final String EXPIRED_HOLD = "expired_uncaptured_charge";

    private StripeObjects() {}

    // --- ids and references ---

    /** The id under that name, also where the object itself stands in its place. */
    static Optional<String> id(Json object, String name) {
        return object.text(name)
                .or(() -> object.get(name).text("id"))
                .filter(id -> !id.isEmpty() && id.length() <= 255);
    }

    /** The text that goes out as our payment's id. */
    static String paymentText(UUID payment) {
        return Ids.text("pay", payment);
    }

    /** The text that goes out as our refund's id. */
    static String refundText(UUID refund) {
        return Ids.text("ref", refund);
    }

    private static Optional<UUID> ours(String prefix, Optional<String> text) {
        return text.flatMap(t -> Ids.parse(prefix, t).or(() -> uuid(t)));
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return text.length() == 36 ? Optional.of(UUID.fromString(text)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Our payment's id in an object's metadata. */
    static Optional<UUID> payment(Json object) {
        return ours("pay", object.get("metadata").text(PAYMENT_KEY));
    }

    /** Our refund's id in a refund's metadata. */
    static Optional<UUID> refundId(Json refund) {
        return ours("ref", refund.get("metadata").text(REFUND_KEY));
    }

    private static void add(List<Reference> keys, String kind, Optional<String> id) {
        id.map(i -> new Reference(kind, i)).ifPresent(keys::add);
    }

    /** By what a charge is found: itself, its intent, our metadata. */
    static References ofCharge(Json charge) {
        List<Reference> keys = new ArrayList<>();
        add(keys, CHARGE, id(charge, "id"));
        add(keys, INTENT, id(charge, "payment_intent"));
        return new References(payment(charge), keys, charge.get("metadata").has(PAYMENT_KEY));
    }

    /**
     * By what a refund or dispute is found: its charge and intent. A refund of ours bears a trace;
     * a dispute bears none, whatever its metadata says.
     */
    static References ofChargesChild(Json child) {
        List<Reference> keys = new ArrayList<>();
        add(keys, CHARGE, id(child, "charge"));
        add(keys, INTENT, id(child, "payment_intent"));
        return new References(Optional.empty(), keys, refundId(child).isPresent());
    }

    /** By what a session is found: its intent once there is one, itself, our metadata. */
    static References ofSession(Json session) {
        List<Reference> keys = new ArrayList<>();
        add(keys, INTENT, id(session, "payment_intent"));
        add(keys, SESSION, id(session, "id"));
        Optional<UUID> ours =
                payment(session).or(() -> ours("pay", session.text("client_reference_id")));
        return new References(
                ours, keys, ours.isPresent() || session.get("metadata").has(PAYMENT_KEY));
    }

    /** By what an intent is found: its newest charge, itself, our metadata. */
    static References ofIntent(Json intent) {
        List<Reference> keys = new ArrayList<>();
        add(keys, CHARGE, id(intent, "latest_charge"));
        add(keys, INTENT, id(intent, "id"));
        return new References(payment(intent), keys, intent.get("metadata").has(PAYMENT_KEY));
    }

    // --- money ---

    /** The amount under that name in the object's currency; empty when either is not there. */
    static Optional<Money> money(Json object, String name) {
        Optional<BigInteger> amount = object.integer(name);
        Optional<String> currency = object.filled("currency");
        if (amount.isEmpty() || currency.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(StripeAmounts.fromStripe(amount.get(), currency.get()));
    }

    // --- charges ---

    /** How a hold that was never taken ended. */
    enum HoldEnd {
        NOT_YET,
        GIVEN_BACK,
        RAN_OUT
    }

    /**
     * What a charge says of its money. The flags decide, not {@code status} alone: a hold has
     * succeeded too, and an old hold that ran out calls itself refunded.
     *
     * @return empty when it has no amount, currency or id
     */
    static Optional<PaymentReported> payment(Json charge, HoldEnd told, Instant occurredAt) {
        Optional<String> key = id(charge, "id");
        Optional<Money> asked = money(charge, "amount");
        if (key.isEmpty() || asked.isEmpty()) {
            return Optional.empty();
        }
        PaymentOutcome outcome = outcome(charge, told);
        Money amount =
                outcome == PaymentOutcome.CAPTURED
                        ? money(charge, "amount_captured")
                                .filter(Money::isPositive)
                                .orElse(asked.get())
                        : asked.get();
        return Optional.of(
                new PaymentReported(
                        ofCharge(charge), key.get(), outcome, amount, occurredAt, details(charge)));
    }

    static PaymentOutcome outcome(Json charge, HoldEnd told) {
        String status =
                charge.text("status")
                        .orElseGet(() -> charge.isTrue("paid") ? "succeeded" : "failed");
        if (status.equals("pending")) {
            return PaymentOutcome.PENDING;
        }
        if (!status.equals("succeeded") && !status.equals("paid")) {
            return PaymentOutcome.DECLINED;
        }
        if (isCaptured(charge)) {
            return PaymentOutcome.CAPTURED;
        }
        HoldEnd end = told == HoldEnd.NOT_YET ? holdEnd(charge) : told;
        return switch (end) {
            case NOT_YET -> PaymentOutcome.AUTHORIZED;
            case GIVEN_BACK -> PaymentOutcome.VOIDED;
            case RAN_OUT -> PaymentOutcome.HOLD_EXPIRED;
        };
    }

    /** A charge without the flag is from before holds existed in the shape: it was taken. */
    static boolean isCaptured(Json charge) {
        return charge.flag("captured").orElse(true);
    }

    /** Before 2025-03-31.basil a hold that ended looks like a refund of money never taken. */
    private static HoldEnd holdEnd(Json charge) {
        boolean ended =
                charge.isTrue("refunded")
                        || charge.integer("amount_refunded")
                                .filter(n -> n.signum() > 0)
                                .isPresent();
        if (!ended) {
            return HoldEnd.NOT_YET;
        }
        boolean ranOut =
                charge.get("refunds").list("data").stream().anyMatch(StripeObjects::isHoldRelease);
        return ranOut ? HoldEnd.RAN_OUT : HoldEnd.GIVEN_BACK;
    }

    /** How a hold ended, by its intent; not yet, where it did not. */
    static HoldEnd holdEndOfIntent(Json intent) {
        if (!intent.text("status").filter("canceled"::equals).isPresent()) {
            return HoldEnd.NOT_YET;
        }
        String reason = intent.text("cancellation_reason").orElse("");
        // "automatic" was the word for it before basil.
        return reason.equals("expired") || reason.equals("automatic")
                ? HoldEnd.RAN_OUT
                : HoldEnd.GIVEN_BACK;
    }

    private static PaymentDetails details(Json charge) {
        Json method = charge.get("payment_method_details");
        Json card = method.find("card").or(() -> charge.find("source")).orElse(method);
        Optional<String> type =
                method.filled("type").or(() -> charge.get("source").filled("object"));
        Optional<String> failure = charge.filled("failure_code");
        Optional<String> reason = charge.get("outcome").filled("reason");
        boolean failed = outcome(charge, HoldEnd.NOT_YET) == PaymentOutcome.DECLINED;
        return new PaymentDetails(
                type,
                card.filled("brand").map(b -> b.toLowerCase(Locale.ROOT)),
                card.filled("last4"),
                card.seconds("capture_before"),
                failed ? reason.or(() -> failure) : Optional.empty(),
                failed
                        ? charge.filled("failure_message")
                                .or(() -> charge.get("outcome").filled("seller_message"))
                        : Optional.empty());
    }

    // --- refunds ---

    /** Whether this "refund" only let go of a hold: no money was ever taken. */
    static boolean isHoldRelease(Json refund) {
        return refund.text("reason").filter(EXPIRED_HOLD::equals).isPresent()
                || refund.get(BOOKING)
                        .text("reporting_category")
                        .filter("partial_capture_reversal"::equals)
                        .isPresent();
    }

    /**
     * What a refund says of itself.
     *
     * @param payment by what its payment is found; the refund's own keys where the caller has no
     *     better ones
     * @return empty when it has no amount, currency or id
     */
    static Optional<RefundReported> refund(Json refund, References payment, Instant occurredAt) {
        Optional<String> key = id(refund, "id");
        Optional<Money> amount = money(refund, "amount");
        if (key.isEmpty() || amount.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new RefundReported(
                        payment,
                        refundId(refund),
                        key.get(),
                        refundOutcome(refund.text("status").orElse("succeeded")),
                        amount.get(),
                        refund.filled("failure_reason"),
                        occurredAt));
    }

    private static RefundOutcome refundOutcome(String status) {
        return switch (status) {
            case "succeeded" -> RefundOutcome.SUCCEEDED;
            case "failed" -> RefundOutcome.FAILED;
            case "canceled" -> RefundOutcome.CANCELLED;
            // pending, requires_action, and whatever Stripe may invent: not over yet.
            default -> RefundOutcome.PENDING;
        };
    }

    // --- disputes ---

    /** What a dispute says of itself; empty when it has no amount, currency or id. */
    static Optional<DisputeReported> dispute(Json dispute, Instant occurredAt) {
        Optional<String> key = id(dispute, "id");
        Optional<Money> amount = money(dispute, "amount");
        if (key.isEmpty() || amount.isEmpty()) {
            return Optional.empty();
        }
        List<DisputeMovement> movements = new ArrayList<>();
        for (Json booking : dispute.list("balance_transactions")) {
            movement(booking).ifPresent(movements::add);
        }
        return Optional.of(
                new DisputeReported(
                        ofChargesChild(dispute),
                        key.get(),
                        disputeOutcome(dispute.text("status").orElse("")),
                        amount.get(),
                        dispute.filled("reason").orElse("general"),
                        dispute.get("evidence_details")
                                .seconds("due_by")
                                .filter(at -> at.getEpochSecond() > 0),
                        movements,
                        occurredAt));
    }

    private static Optional<DisputeMovement> movement(Json booking) {
        Optional<String> key = id(booking, "id");
        Optional<Money> amount = money(booking, "amount");
        Optional<Instant> at = booking.seconds("created");
        if (key.isEmpty() || amount.isEmpty() || at.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new DisputeMovement(key.get(), amount.get(), fee(booking, amount.get()), at.get()));
    }

    private static Money fee(Json booking, Money gross) {
        return money(booking, "fee")
                .or(() -> money(booking, "net").map(gross::minus))
                .orElseGet(() -> Money.zero(gross.asset()));
    }

    private static DisputeOutcome disputeOutcome(String status) {
        return switch (status) {
            case "warning_needs_response", "warning_under_review" -> DisputeOutcome.INQUIRY;
            // charge_refunded is an old word for a dispute that a refund ended.
            case "warning_closed", "charge_refunded" -> DisputeOutcome.CLOSED;
            case "needs_response" -> DisputeOutcome.NEEDS_RESPONSE;
            case "won" -> DisputeOutcome.WON;
            case "lost" -> DisputeOutcome.LOST;
            case "prevented" -> DisputeOutcome.PREVENTED;
            // under_review, and whatever Stripe may invent: open, nothing to do now.
            default -> DisputeOutcome.UNDER_REVIEW;
        };
    }

    // --- bookings ---

    /**
     * What a balance transaction books.
     *
     * @param payment by what the payment is found
     * @param source what it belongs to, where the booking itself does not say
     */
    static Optional<FeeReported> booking(Json booking, References payment, String source) {
        Optional<String> key = id(booking, "id");
        Optional<Money> gross = money(booking, "amount");
        if (key.isEmpty() || gross.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new FeeReported(
                        payment,
                        key.get(),
                        category(booking),
                        id(booking, "source").orElse(source),
                        gross.get(),
                        fee(booking, gross.get()),
                        booking.decimal("exchange_rate").map(BigDecimal::stripTrailingZeros),
                        booking.seconds("available_on"),
                        booking.seconds("created").orElse(Instant.EPOCH)));
    }

    private static BookingCategory category(Json booking) {
        String said =
                booking.filled("reporting_category")
                        .orElseGet(() -> booking.text("type").orElse(""));
        return switch (said) {
            case "charge", "payment" -> BookingCategory.CHARGE;
            case "refund", "payment_refund" -> BookingCategory.REFUND;
            case "refund_failure", "payment_failure_refund" -> BookingCategory.REFUND_FAILURE;
            case "dispute" -> BookingCategory.DISPUTE;
            case "dispute_reversal" -> BookingCategory.DISPUTE_REVERSAL;
            default -> BookingCategory.OTHER;
        };
    }

    // --- sessions and payouts ---

    /** What became of a session; empty while it is open. */
    static Optional<CheckoutReported> session(Json session, Instant occurredAt) {
        return sessionOutcome(session)
                .map(outcome -> new CheckoutReported(ofSession(session), outcome, occurredAt));
    }

    private static Optional<CheckoutOutcome> sessionOutcome(Json session) {
        String status = session.text("status").orElse("");
        if (status.equals("expired")) {
            return Optional.of(CheckoutOutcome.EXPIRED);
        }
        if (!status.equals("complete")) {
            return Optional.empty();
        }
        if (!session.text("payment_status").filter("unpaid"::equals).isPresent()) {
            return Optional.of(CheckoutOutcome.COMPLETED);
        }
        // Unpaid: on its way, or held; when the intent wants another method the money failed.
        String intent = session.get("payment_intent").text("status").orElse("");
        return Optional.of(
                intent.equals("requires_payment_method")
                        ? CheckoutOutcome.FAILED
                        : CheckoutOutcome.PENDING);
    }

    /** What a payout says of itself; empty when it has no amount, currency or id. */
    static Optional<PayoutReported> payout(Json payout, Instant occurredAt) {
        Optional<String> key = id(payout, "id");
        Optional<Money> amount = money(payout, "amount");
        if (key.isEmpty() || amount.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new PayoutReported(
                        key.get(),
                        payoutOutcome(payout.text("status").orElse("")),
                        amount.get(),
                        payout.seconds("arrival_date")
                                .map(at -> LocalDate.ofInstant(at, ZoneOffset.UTC)),
                        payout.flag("automatic").orElse(true),
                        payout.text("reconciliation_status")
                                .filter("completed"::equals)
                                .isPresent(),
                        payout.filled("trace_id").or(() -> payout.get("trace_id").filled("value")),
                        payout.filled("failure_message").or(() -> payout.filled("failure_code")),
                        occurredAt));
    }

    private static PayoutOutcome payoutOutcome(String status) {
        return switch (status) {
            case "in_transit" -> PayoutOutcome.IN_TRANSIT;
            case "paid" -> PayoutOutcome.PAID;
            case "failed" -> PayoutOutcome.FAILED;
            case "canceled" -> PayoutOutcome.CANCELLED;
            default -> PayoutOutcome.PENDING;
        };
    }

    /** Whichever of the events are there. */
    @SafeVarargs
    static List<ProviderEvent> present(Optional<? extends ProviderEvent>... events) {
        List<ProviderEvent> present = new ArrayList<>();
        for (Optional<? extends ProviderEvent> event : events) {
            event.ifPresent(present::add);
        }
        return present;
    }
}
