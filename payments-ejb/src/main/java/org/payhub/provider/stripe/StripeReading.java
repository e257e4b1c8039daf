package org.payhub.provider.stripe;

import com.stripe.param.BalanceTransactionRetrieveParams;
import com.stripe.param.ChargeListParams;
import com.stripe.param.ChargeRetrieveParams;
import com.stripe.param.DisputeListParams;
import com.stripe.param.RefundListParams;
import com.stripe.param.RefundRetrieveParams;
import com.stripe.param.checkout.SessionListParams;
import com.stripe.param.checkout.SessionRetrieveParams;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.payhub.platform.Ids;
import org.payhub.provider.http.Json;
import org.payhub.provider.spi.CheckoutOpening.CheckoutAnswer;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.provider.spi.ProviderRefused;
import org.payhub.provider.spi.Reference;
import org.payhub.provider.spi.References;
import org.payhub.provider.spi.StateReading.Reading;
import org.payhub.provider.stripe.StripeObjects.HoldEnd;

/**
 * What Stripe says now. A payment is read with all that hangs on it: its charges and their fees,
 * its refunds, its disputes. Answers come in the version of our calls, whatever the merchant's
 * webhooks are written in.
 *
 * <p>A restricted key that may not see balance transactions or disputes still reads the rest.
 */
final class StripeReading {

    private static final long PAGE = 100;

    /** Bounds the search for a session that is not known by its key. */
    private static final int MOST_PAGES = 10;

    private static final Duration BEFORE_ORDER = Duration.ofHours(1);
    private static final Duration AFTER_ORDER = Duration.ofHours(25);

    private static final String FAILURE_BOOKING = "failure_balance_transaction";

    private final StripeCalls.Line line;
    private boolean withBookings = true;

    StripeReading(StripeCalls.Line line) {
        this.line = line;
    }

    Reading read(Reference thing) {
        return switch (thing.kind()) {
            case StripeObjects.SESSION -> session(thing.key());
            case StripeObjects.INTENT -> intent(thing.key());
            case StripeObjects.CHARGE -> charge(thing.key());
            case StripeObjects.REFUND -> refund(thing.key());
            case StripeObjects.DISPUTE -> dispute(thing.key());
            case StripeObjects.BOOKING -> booking(thing.key());
            case StripeObjects.PAYOUT -> payout(thing.key());
            default -> Reading.nothing();
        };
    }

    // --- orders whose answer was lost ---

    /** The most telling of the payment's keys, read; without any, the session is searched for. */
    Reading findPayment(UUID payment, List<Reference> references) {
        for (String kind :
                List.of(StripeObjects.SESSION, StripeObjects.INTENT, StripeObjects.CHARGE)) {
            Optional<Reference> known = ofKind(references, kind);
            if (known.isPresent()) {
                return read(known.get());
            }
        }
        return searchSession(payment).map(this::session).orElseGet(Reading::nothing);
    }

    /** Everything of the payment; found only if that refund of ours is among its refunds. */
    Reading findRefund(UUID payment, UUID refund, List<Reference> references) {
        Reading whole = findPayment(payment, references);
        boolean found =
                whole.events().stream()
                        .anyMatch(
                                e ->
                                        e instanceof ProviderEvent.RefundReported r
                                                && r.ours().filter(refund::equals).isPresent());
        return new Reading(found, whole.events());
    }

    static Optional<Reference> ofKind(List<Reference> references, String kind) {
        return references.stream().filter(r -> r.kind().equals(kind)).findFirst();
    }

    /**
     * Stripe lists sessions by time only, so the pages around the order's time are looked through.
     */
    private Optional<String> searchSession(UUID payment) {
        String ours = StripeObjects.paymentText(payment);
        String after = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            SessionListParams.Builder wanted = SessionListParams.builder().setLimit(PAGE);
            Ids.madeAt(payment)
                    .ifPresent(
                            at ->
                                    wanted.setCreated(
                                            SessionListParams.Created.builder()
                                                    .setGte(seconds(at.minus(BEFORE_ORDER)))
                                                    .setLte(seconds(at.plus(AFTER_ORDER)))
                                                    .build()));
            if (after != null) {
                wanted.setStartingAfter(after);
            }
            Json list = line.ask((c, o) -> c.v1().checkout().sessions().list(wanted.build(), o));
            List<Json> sessions = list.list("data");
            for (Json session : sessions) {
                if (session.text("client_reference_id").filter(ours::equals).isPresent()) {
                    return StripeObjects.id(session, "id");
                }
            }
            if (!list.isTrue("has_more") || sessions.isEmpty()) {
                return Optional.empty();
            }
            after = StripeObjects.id(sessions.get(sessions.size() - 1), "id").orElse(null);
        }
        return Optional.empty();
    }

    private static long seconds(Instant at) {
        return at.getEpochSecond();
    }

    // --- payments ---

    private Reading session(String key) {
        Optional<Json> found =
                line.find(
                        (c, o) ->
                                c.v1().checkout()
                                        .sessions()
                                        .retrieve(
                                                key,
                                                SessionRetrieveParams.builder()
                                                        .addExpand("payment_intent")
                                                        .build(),
                                                o));
        if (found.isEmpty()) {
            return Reading.nothing();
        }
        Json session = found.get();
        List<ProviderEvent> events =
                StripeObjects.present(StripeObjects.session(session, created(session)));
        session.find("payment_intent").ifPresent(intent -> events.addAll(ofIntent(intent)));
        return new Reading(true, events, open(session));
    }

    /** The page of a session, while it can be paid. */
    static Optional<CheckoutAnswer> open(Json session) {
        Optional<String> id = StripeObjects.id(session, "id");
        Optional<String> url = session.filled("url");
        Optional<Instant> expiresAt = session.seconds("expires_at");
        boolean open = session.text("status").filter("open"::equals).isPresent();
        return open && id.isPresent() && url.isPresent() && expiresAt.isPresent()
                ? Optional.of(
                        new CheckoutAnswer(
                                new Reference(StripeObjects.SESSION, id.get()),
                                url.get(),
                                expiresAt.get()))
                : Optional.empty();
    }

    private Reading intent(String key) {
        return line.find((c, o) -> c.v1().paymentIntents().retrieve(key, o))
                .map(intent -> new Reading(true, ofIntent(intent)))
                .orElseGet(Reading::nothing);
    }

    private List<ProviderEvent> ofIntent(Json intent) {
        Optional<String> key = StripeObjects.id(intent, "id");
        if (key.isEmpty()) {
            return List.of();
        }
        List<Json> charges =
                withBookings(
                                () ->
                                        line.ask(
                                                (c, o) ->
                                                        c.v1().charges()
                                                                .list(
                                                                        chargesOf(
                                                                                key.get(),
                                                                                withBookings),
                                                                        o)))
                        .list("data");
        List<ProviderEvent> events = new ArrayList<>();
        for (Json charge : charges) {
            events.addAll(ofCharge(charge, StripeObjects.holdEndOfIntent(intent), intent));
        }
        return events;
    }

    private static ChargeListParams chargesOf(String intent, boolean withBookings) {
        ChargeListParams.Builder wanted =
                ChargeListParams.builder().setPaymentIntent(intent).setLimit(PAGE);
        if (withBookings) {
            wanted.addExpand("data." + StripeObjects.BOOKING);
        }
        return wanted.build();
    }

    private Reading charge(String key) {
        Optional<Json> found =
                Optional.ofNullable(
                        withBookings(
                                () ->
                                        line.find(
                                                        (c, o) ->
                                                                c.v1().charges()
                                                                        .retrieve(
                                                                                key,
                                                                                oneCharge(
                                                                                        withBookings),
                                                                                o))
                                                .orElse(null)));
        if (found.isEmpty()) {
            return Reading.nothing();
        }
        Json intent = found.get().get("payment_intent");
        return new Reading(
                true, ofCharge(found.get(), StripeObjects.holdEndOfIntent(intent), intent));
    }

    private static ChargeRetrieveParams oneCharge(boolean withBookings) {
        ChargeRetrieveParams.Builder wanted =
                ChargeRetrieveParams.builder().addExpand("payment_intent");
        if (withBookings) {
            wanted.addExpand(StripeObjects.BOOKING);
        }
        return wanted.build();
    }

    /** A charge, with its intent in it, and its booking; not what hangs on them. */
    static List<ProviderEvent> ofChargeAlone(Json charge, Json booking) {
        Json intent = charge.get("payment_intent");
        return ofChargeAlone(charge, StripeObjects.holdEndOfIntent(intent), intent, booking);
    }

    private static List<ProviderEvent> ofChargeAlone(
            Json charge, HoldEnd end, Json intent, Json booking) {
        Instant at =
                StripeObjects.isCaptured(charge)
                        // Money was taken when it was booked, which for a hold is later.
                        ? booking.seconds("created").orElse(created(charge))
                        : intent.seconds("canceled_at").orElse(created(charge));
        return StripeObjects.present(
                StripeObjects.payment(charge, end, at),
                StripeObjects.booking(booking, StripeObjects.ofCharge(charge), key(charge)));
    }

    private List<ProviderEvent> ofCharge(Json charge, HoldEnd end, Json intent) {
        References references = StripeObjects.ofCharge(charge);
        boolean captured = StripeObjects.isCaptured(charge);
        List<ProviderEvent> events =
                ofChargeAlone(charge, end, intent, charge.get(StripeObjects.BOOKING));
        if (captured && charge.isTrue("paid")) {
            events.addAll(refundsOf(charge, references));
        }
        if (charge.isTrue("disputed")) {
            events.addAll(disputesOf(charge));
        }
        return events;
    }

    private static Instant created(Json object) {
        return object.seconds("created").orElse(Instant.EPOCH);
    }

    private static String key(Json object) {
        return StripeObjects.id(object, "id").orElse("");
    }

    // --- refunds ---

    private List<ProviderEvent> refundsOf(Json charge, References payment) {
        Json list =
                withBookings(
                        () ->
                                line.ask(
                                        (c, o) ->
                                                c.v1().refunds()
                                                        .list(
                                                                refundsOf(
                                                                        key(charge), withBookings),
                                                                o)));
        List<ProviderEvent> events = new ArrayList<>();
        for (Json refund : list.list("data")) {
            events.addAll(ofRefund(refund, payment));
        }
        return events;
    }

    private static RefundListParams refundsOf(String charge, boolean withBookings) {
        RefundListParams.Builder wanted =
                RefundListParams.builder().setCharge(charge).setLimit(PAGE);
        if (withBookings) {
            wanted.addExpand("data." + StripeObjects.BOOKING);
            wanted.addExpand("data." + FAILURE_BOOKING);
        }
        return wanted.build();
    }

    private Reading refund(String key) {
        Json refund =
                withBookings(
                        () ->
                                line.find(
                                                (c, o) ->
                                                        c.v1().refunds()
                                                                .retrieve(
                                                                        key,
                                                                        oneRefund(withBookings),
                                                                        o))
                                        .orElse(null));
        return refund == null
                ? Reading.nothing()
                : new Reading(true, ofRefund(refund, StripeObjects.ofChargesChild(refund)));
    }

    private static RefundRetrieveParams oneRefund(boolean withBookings) {
        RefundRetrieveParams.Builder wanted = RefundRetrieveParams.builder();
        if (withBookings) {
            wanted.addExpand(StripeObjects.BOOKING).addExpand(FAILURE_BOOKING);
        }
        return wanted.build();
    }

    static List<ProviderEvent> ofRefund(Json refund, References payment) {
        if (StripeObjects.isHoldRelease(refund)) {
            return List.of();
        }
        return StripeObjects.present(
                StripeObjects.refund(refund, payment, created(refund)),
                StripeObjects.booking(refund.get(StripeObjects.BOOKING), payment, key(refund)),
                StripeObjects.booking(refund.get(FAILURE_BOOKING), payment, key(refund)));
    }

    // --- disputes ---

    private List<ProviderEvent> disputesOf(Json charge) {
        Json list;
        try {
            list =
                    line.ask(
                            (c, o) ->
                                    c.v1().disputes()
                                            .list(
                                                    DisputeListParams.builder()
                                                            .setCharge(key(charge))
                                                            .setLimit(PAGE)
                                                            .build(),
                                                    o));
        } catch (ProviderRefused e) {
            if (e.code().equals(StripeCalls.RIGHT_MISSING)) {
                return List.of();
            }
            throw e;
        }
        List<ProviderEvent> events = new ArrayList<>();
        for (Json dispute : list.list("data")) {
            StripeObjects.dispute(dispute, created(dispute)).ifPresent(events::add);
        }
        return events;
    }

    private Reading dispute(String key) {
        return line.find((c, o) -> c.v1().disputes().retrieve(key, o))
                .map(
                        dispute ->
                                new Reading(
                                        true,
                                        StripeObjects.present(
                                                StripeObjects.dispute(dispute, created(dispute)))))
                .orElseGet(Reading::nothing);
    }

    // --- bookings and payouts ---

    private Reading booking(String key) {
        Optional<Json> found =
                line.find(
                        (c, o) ->
                                c.v1().balanceTransactions()
                                        .retrieve(
                                                key,
                                                BalanceTransactionRetrieveParams.builder()
                                                        .addExpand("source")
                                                        .build(),
                                                o));
        if (found.isEmpty()) {
            return Reading.nothing();
        }
        Json source = found.get().get("source");
        References payment =
                source.text("object").filter("charge"::equals).isPresent()
                        ? StripeObjects.ofCharge(source)
                        : StripeObjects.ofChargesChild(source);
        return new Reading(
                true,
                StripeObjects.present(StripeObjects.booking(found.get(), payment, key(source))));
    }

    private Reading payout(String key) {
        return line.find((c, o) -> c.v1().payouts().retrieve(key, o))
                .map(
                        payout ->
                                new Reading(
                                        true,
                                        StripeObjects.present(
                                                StripeObjects.payout(payout, created(payout)))))
                .orElseGet(Reading::nothing);
    }

    // --- rights ---

    private interface Asked {
        Json ask();
    }

    /** Asks with the bookings; once the key may not see them, without. */
    private Json withBookings(Asked question) {
        try {
            return question.ask();
        } catch (ProviderRefused e) {
            if (!withBookings || !e.code().equals(StripeCalls.RIGHT_MISSING)) {
                throw e;
            }
            withBookings = false;
            return question.ask();
        }
    }
}
