package org.payhub.provider.stripe;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.payhub.provider.http.Json;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.provider.spi.ProviderEvent.CheckoutOutcome;
import org.payhub.provider.spi.ProviderEvent.CheckoutReported;
import org.payhub.provider.spi.ProviderEvent.Ignored;
import org.payhub.provider.spi.ProviderEvent.ReadFirst;
import org.payhub.provider.spi.References;
import org.payhub.provider.stripe.StripeObjects.HoldEnd;

/**
 * What one of Stripe's events says: one method for each family. Pure. An object that lacks what its
 * family needs is read first; one of a type that we do not use is ignored.
 */
final class StripeEvents {

    /** The events without which money would be missed; the merchant's guide names the same. */
    static final List<String> REQUIRED =
            List.of(
                    "charge.captured",
                    "charge.expired",
                    "charge.failed",
                    "charge.pending",
                    "charge.refunded",
                    "charge.succeeded",
                    "charge.updated",
                    "charge.dispute.closed",
                    "charge.dispute.created",
                    "charge.dispute.funds_reinstated",
                    "charge.dispute.funds_withdrawn",
                    "charge.dispute.updated",
                    "charge.refund.updated");

    /** What makes things faster or more complete; all of it can be read instead. */
    static final List<String> USEFUL =
            List.of(
                    "refund.created",
                    "refund.updated",
                    "refund.failed",
                    "checkout.session.completed",
                    "checkout.session.expired",
                    "checkout.session.async_payment_succeeded",
                    "checkout.session.async_payment_failed",
                    "payout.created",
                    "payout.updated",
                    "payout.paid",
                    "payout.failed",
                    "payout.canceled",
                    "payout.reconciliation_completed");

    private final Json event;
    private final String type;
    private final Json object;
    private final Instant receivedAt;

    private StripeEvents(Json event, Instant receivedAt) {
        this.event = event;
        this.type = event.text("type").orElse("");
        this.object = event.get("data").get("object");
        this.receivedAt = receivedAt;
    }

    /** The events of one delivery, in the order in which they are to be applied. */
    static List<ProviderEvent> of(Json event, Instant receivedAt) {
        return new StripeEvents(event, receivedAt).events();
    }

    private List<ProviderEvent> events() {
        boolean wanted = REQUIRED.contains(type) || USEFUL.contains(type);
        if (type.equals("payment_intent.canceled") && !object.names().isEmpty()) {
            return canceledIntent();
        }
        if (!wanted) {
            return ignored("Events of this type are not used: " + type);
        }
        if (object.names().isEmpty()) {
            return ignored("The event bears no object");
        }
        if (type.startsWith("charge.dispute.")) {
            return is("dispute") ? dispute() : contradiction();
        }
        if (type.startsWith("charge.refund.") || type.startsWith("refund.")) {
            return is("refund") ? refund() : contradiction();
        }
        if (type.startsWith("charge.")) {
            return is("charge") ? charge() : contradiction();
        }
        if (type.startsWith("payout.")) {
            return is("payout") ? payout() : contradiction();
        }
        return is("checkout.session") ? session() : contradiction();
    }

    private boolean is(String kind) {
        return object.text("object").map(kind::equals).orElse(true);
    }

    private List<ProviderEvent> contradiction() {
        return ignored("The event's type and its object contradict each other");
    }

    private static List<ProviderEvent> ignored(String reason) {
        return List.of(new Ignored(reason));
    }

    private Instant toldAt() {
        return event.seconds("created").orElse(receivedAt);
    }

    private Instant madeAt() {
        return object.seconds("created").orElseGet(this::toldAt);
    }

    // --- charges ---

    private List<ProviderEvent> charge() {
        References references = StripeObjects.ofCharge(object);
        HoldEnd end = type.equals("charge.expired") ? HoldEnd.RAN_OUT : HoldEnd.NOT_YET;
        boolean later = type.equals("charge.captured") || type.equals("charge.expired");
        Optional<? extends ProviderEvent> payment =
                StripeObjects.payment(object, end, later ? toldAt() : madeAt());
        if (payment.isEmpty()) {
            return unreadable(references, StripeObjects.CHARGE);
        }
        List<ProviderEvent> events = new ArrayList<>();
        events.add(payment.get());
        if (StripeObjects.isCaptured(object)) {
            events.addAll(refunds(references));
            booked(references).ifPresent(events::add);
        }
        return events;
    }

    /**
     * The refunds of a charge, from the list inside it (versions before 2022-11-15) or, where that
     * is not to be had, to be read. The sum {@code amount_refunded} is never booked: it says
     * neither which refunds they were nor whether one of them failed.
     */
    private List<ProviderEvent> refunds(References references) {
        List<Json> told = object.get("refunds").list("data");
        boolean whole = !told.isEmpty() && !object.get("refunds").isTrue("has_more");
        boolean someRefunded =
                object.integer("amount_refunded").filter(n -> n.signum() > 0).isPresent();
        // Before basil the rest of a hold taken in part came back as a "refund" of money that was
        // never taken; the list alone does not tell which one that is.
        boolean partlyTaken =
                object.integer("amount_captured")
                        .filter(taken -> !taken.equals(object.integer("amount").orElse(taken)))
                        .isPresent();
        if (whole && !partlyTaken) {
            List<ProviderEvent> events = new ArrayList<>();
            for (Json refund : told) {
                if (!StripeObjects.isHoldRelease(refund)) {
                    StripeObjects.refund(
                                    refund,
                                    references,
                                    refund.seconds("created").orElseGet(this::toldAt))
                            .ifPresent(events::add);
                }
            }
            if (told.stream().anyMatch(r -> r.has(StripeObjects.BOOKING))) {
                events.addAll(read(references, StripeObjects.CHARGE, false));
            }
            return events;
        }
        if (type.equals("charge.refunded") || someRefunded && !told.isEmpty()) {
            return read(references, StripeObjects.CHARGE, true);
        }
        return List.of();
    }

    /**
     * The fee is in the balance transaction. With asynchronous capture it comes with a later {@code
     * charge.updated}; most of these say something else, so what changed is looked at.
     */
    private Optional<ProviderEvent> booked(References references) {
        Optional<String> booking = StripeObjects.id(object, StripeObjects.BOOKING);
        Json previous = event.get("data").get("previous_attributes");
        boolean news =
                switch (type) {
                    case "charge.succeeded", "charge.captured" -> true;
                    case "charge.updated" ->
                            previous.names().isEmpty() || previous.names(StripeObjects.BOOKING);
                    default -> false;
                };
        return booking.filter(b -> news)
                .map(b -> new ReadFirst(references, StripeObjects.BOOKING, b, false));
    }

    private List<ProviderEvent> canceledIntent() {
        References references = StripeObjects.ofIntent(object);
        return read(references, StripeObjects.INTENT, true);
    }

    // --- refunds, disputes ---

    private List<ProviderEvent> refund() {
        References references = StripeObjects.ofChargesChild(object);
        if (StripeObjects.isHoldRelease(object)) {
            return ignored("A hold was let go; no money had been taken");
        }
        boolean changed = type.equals("refund.updated") || type.equals("refund.failed");
        Optional<? extends ProviderEvent> refund =
                StripeObjects.refund(
                        object,
                        references,
                        changed || type.equals("charge.refund.updated") ? toldAt() : madeAt());
        if (refund.isEmpty() || references.keys().isEmpty()) {
            return unreadable(references, StripeObjects.REFUND);
        }
        List<ProviderEvent> events = new ArrayList<>();
        events.add(refund.get());
        for (String name : List.of(StripeObjects.BOOKING, "failure_balance_transaction")) {
            StripeObjects.id(object, name)
                    .map(b -> new ReadFirst(references, StripeObjects.BOOKING, b, false))
                    .ifPresent(events::add);
        }
        return events;
    }

    private List<ProviderEvent> dispute() {
        References references = StripeObjects.ofChargesChild(object);
        Optional<? extends ProviderEvent> dispute = StripeObjects.dispute(object, toldAt());
        if (dispute.isEmpty() || references.keys().isEmpty()) {
            return unreadable(references, StripeObjects.DISPUTE);
        }
        List<ProviderEvent> events = new ArrayList<>();
        events.add(dispute.get());
        if (!object.hasList("balance_transactions")) {
            // The oldest shape names the movement without its sums.
            events.addAll(read(references, StripeObjects.DISPUTE, true));
        }
        return events;
    }

    // --- sessions, payouts ---

    private List<ProviderEvent> session() {
        References references = StripeObjects.ofSession(object);
        if (references.keys().isEmpty()) {
            return ignored("The session has no id");
        }
        CheckoutOutcome outcome =
                switch (type) {
                    case "checkout.session.expired" -> CheckoutOutcome.EXPIRED;
                    case "checkout.session.async_payment_failed" -> CheckoutOutcome.FAILED;
                    case "checkout.session.async_payment_succeeded" -> CheckoutOutcome.COMPLETED;
                    default ->
                            object.text("payment_status").filter("unpaid"::equals).isPresent()
                                    ? CheckoutOutcome.PENDING
                                    : CheckoutOutcome.COMPLETED;
                };
        return List.of(new CheckoutReported(references, outcome, toldAt()));
    }

    private List<ProviderEvent> payout() {
        List<ProviderEvent> payout = StripeObjects.present(StripeObjects.payout(object, toldAt()));
        return payout.isEmpty()
                ? unreadable(
                        new References(Optional.empty(), List.of(), false), StripeObjects.PAYOUT)
                : payout;
    }

    // --- reading ---

    private List<ProviderEvent> read(References references, String kind, boolean required) {
        return StripeObjects.id(object, "id")
                .<List<ProviderEvent>>map(
                        id -> List.of(new ReadFirst(references, kind, id, required)))
                .orElse(List.of());
    }

    private List<ProviderEvent> unreadable(References references, String kind) {
        List<ProviderEvent> read = read(references, kind, true);
        return read.isEmpty() ? ignored("The event's object has no id") : read;
    }
}
