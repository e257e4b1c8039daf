package org.payhub.provider.stripe;

import com.stripe.param.BalanceTransactionListParams;
import com.stripe.param.ChargeListParams;
import com.stripe.param.DisputeListParams;
import com.stripe.param.PayoutListParams;
import com.stripe.param.RefundListParams;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.payhub.money.Money;
import org.payhub.provider.http.Json;
import org.payhub.provider.spi.DayListing.Kind;
import org.payhub.provider.spi.DayListing.Listed;
import org.payhub.provider.spi.DayListing.Listing;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.provider.spi.ProviderRefused;
import org.payhub.provider.spi.Reference;
import org.payhub.provider.spi.References;

/**
 * What Stripe did in a span of time: the charges, refunds, disputes and payouts that were made in
 * it, then its bookings, for what was made earlier and moved only now (a hold that was taken, a
 * refund that failed, a dispute that was decided).
 *
 * <p>The parts follow each other; a cursor is the part's name and the last id. A restricted key
 * that may not see one part lists the others.
 */
final class StripeDays {

    private static final long PAGE = 100;
    private static final char MARK = ':';

    /** The parts in their order: what others hang on comes first. */
    private enum Part {
        CHARGES,
        REFUNDS,
        DISPUTES,
        PAYOUTS,
        BOOKINGS
    }

    /** One page of one part, with or without the bookings in it. */
    private interface Question {
        Json ask(boolean withBookings);
    }

    private final StripeCalls.Line line;
    private final long first;
    private final long end;

    StripeDays(StripeCalls.Line line, Instant from, Instant to) {
        this.line = line;
        this.first = from.getEpochSecond();
        this.end = to.getEpochSecond();
    }

    Listing page(Optional<String> cursor) {
        Part part = Part.CHARGES;
        String after = null;
        if (cursor.isPresent()) {
            int mark = cursor.get().indexOf(MARK);
            part = Part.valueOf(cursor.get().substring(0, mark));
            after = mark + 1 == cursor.get().length() ? null : cursor.get().substring(mark + 1);
        }
        Optional<Json> answer = ask(part, after);
        List<Json> items = answer.map(a -> a.list("data")).orElse(List.of());
        List<Listed> listed = new ArrayList<>();
        for (Json item : items) {
            listed(part, item).ifPresent(listed::add);
        }
        boolean more = answer.filter(a -> a.isTrue("has_more")).isPresent();
        return new Listing(listed, next(part, more, items));
    }

    private static Optional<String> next(Part part, boolean more, List<Json> items) {
        if (more && !items.isEmpty()) {
            return StripeObjects.id(items.get(items.size() - 1), "id")
                    .map(last -> part.name() + MARK + last);
        }
        int following = part.ordinal() + 1;
        return following < Part.values().length
                ? Optional.of(Part.values()[following].name() + MARK)
                : Optional.empty();
    }

    /** Empty where the key may not see the part; payments and refunds have to be seen. */
    private Optional<Json> ask(Part part, String after) {
        try {
            return Optional.of(
                    switch (part) {
                        case CHARGES -> charges(after);
                        case REFUNDS -> refunds(after);
                        case DISPUTES -> disputes(after);
                        case PAYOUTS -> payouts(after);
                        case BOOKINGS -> bookings(after);
                    });
        } catch (ProviderRefused e) {
            boolean needed = part == Part.CHARGES || part == Part.REFUNDS;
            if (needed || !e.code().equals(StripeCalls.RIGHT_MISSING)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static Json withOrWithoutBookings(Question question) {
        try {
            return question.ask(true);
        } catch (ProviderRefused e) {
            if (!e.code().equals(StripeCalls.RIGHT_MISSING)) {
                throw e;
            }
            return question.ask(false);
        }
    }

    private Optional<Listed> listed(Part part, Json item) {
        return switch (part) {
            case CHARGES -> charge(item, item.get(StripeObjects.BOOKING), made(item));
            case REFUNDS -> refund(item, item.get(StripeObjects.BOOKING), made(item));
            case DISPUTES -> dispute(item, made(item));
            case PAYOUTS -> payout(item);
            case BOOKINGS -> booking(item);
        };
    }

    private static Instant made(Json object) {
        return object.seconds("created").orElse(Instant.EPOCH);
    }

    // --- charges ---

    private Json charges(String after) {
        return withOrWithoutBookings(
                with -> {
                    ChargeListParams.Builder wanted =
                            ChargeListParams.builder()
                                    .setLimit(PAGE)
                                    .setStartingAfter(after)
                                    .setCreated(
                                            ChargeListParams.Created.builder()
                                                    .setGte(first)
                                                    .setLt(end)
                                                    .build())
                                    .addExpand("data.payment_intent");
                    if (with) {
                        wanted.addExpand("data." + StripeObjects.BOOKING);
                    }
                    return line.ask((c, o) -> c.v1().charges().list(wanted.build(), o));
                });
    }

    private static Optional<Listed> charge(Json charge, Json booking, Instant at) {
        References references = StripeObjects.ofCharge(charge);
        List<ProviderEvent> events = StripeReading.ofChargeAlone(charge, booking);
        boolean moved = StripeObjects.isCaptured(charge) && charge.isTrue("paid");
        return StripeObjects.money(charge, moved ? "amount_captured" : "amount")
                .flatMap(
                        amount ->
                                listed(
                                        StripeObjects.CHARGE,
                                        Kind.PAYMENT,
                                        charge,
                                        references,
                                        amount,
                                        moved,
                                        at,
                                        events));
    }

    private static Optional<Listed> listed(
            String kind,
            Kind what,
            Json object,
            References references,
            Money amount,
            boolean moved,
            Instant at,
            List<ProviderEvent> events) {
        return StripeObjects.id(object, "id")
                .map(
                        id ->
                                new Listed(
                                        new Reference(kind, id),
                                        what,
                                        references,
                                        amount.isNegative() ? amount.negated() : amount,
                                        moved,
                                        object.flag("livemode"),
                                        at,
                                        events));
    }

    // --- refunds ---

    private Json refunds(String after) {
        return withOrWithoutBookings(
                with -> {
                    RefundListParams.Builder wanted =
                            RefundListParams.builder()
                                    .setLimit(PAGE)
                                    .setStartingAfter(after)
                                    .setCreated(
                                            RefundListParams.Created.builder()
                                                    .setGte(first)
                                                    .setLt(end)
                                                    .build());
                    if (with) {
                        wanted.addExpand("data." + StripeObjects.BOOKING);
                    }
                    return line.ask((c, o) -> c.v1().refunds().list(wanted.build(), o));
                });
    }

    private static Optional<Listed> refund(Json refund, Json booking, Instant at) {
        if (StripeObjects.isHoldRelease(refund)) {
            return Optional.empty();
        }
        References references = StripeObjects.ofChargesChild(refund);
        List<ProviderEvent> events = StripeReading.ofRefund(refund, references);
        StripeObjects.booking(booking, references, StripeObjects.id(refund, "id").orElse(""))
                .filter(told -> !events.contains(told))
                .ifPresent(events::add);
        boolean moved = refund.text("status").filter("succeeded"::equals).isPresent();
        return StripeObjects.money(refund, "amount")
                .flatMap(
                        amount ->
                                listed(
                                        StripeObjects.REFUND,
                                        Kind.REFUND,
                                        refund,
                                        references,
                                        amount,
                                        moved,
                                        at,
                                        events));
    }

    // --- disputes ---

    private Json disputes(String after) {
        DisputeListParams wanted =
                DisputeListParams.builder()
                        .setLimit(PAGE)
                        .setStartingAfter(after)
                        .setCreated(
                                DisputeListParams.Created.builder()
                                        .setGte(first)
                                        .setLt(end)
                                        .build())
                        .build();
        return line.ask((c, o) -> c.v1().disputes().list(wanted, o));
    }

    private static Optional<Listed> dispute(Json dispute, Instant at) {
        return StripeObjects.dispute(dispute, made(dispute))
                .flatMap(
                        told ->
                                listed(
                                        StripeObjects.DISPUTE,
                                        Kind.DISPUTE,
                                        dispute,
                                        told.references(),
                                        told.amount(),
                                        !told.movements().isEmpty(),
                                        at,
                                        List.of(told)));
    }

    // --- payouts ---

    private Json payouts(String after) {
        PayoutListParams wanted =
                PayoutListParams.builder()
                        .setLimit(PAGE)
                        .setStartingAfter(after)
                        .setCreated(
                                PayoutListParams.Created.builder().setGte(first).setLt(end).build())
                        .build();
        return line.ask((c, o) -> c.v1().payouts().list(wanted, o));
    }

    private static Optional<Listed> payout(Json payout) {
        return StripeObjects.payout(payout, made(payout))
                .flatMap(
                        told ->
                                listed(
                                        StripeObjects.PAYOUT,
                                        Kind.PAYOUT,
                                        payout,
                                        References.of(
                                                List.of(
                                                        new Reference(
                                                                StripeObjects.PAYOUT,
                                                                told.payoutKey()))),
                                        told.amount(),
                                        payout.text("status").filter("paid"::equals).isPresent(),
                                        made(payout),
                                        List.of(told)));
    }

    // --- bookings ---

    private Json bookings(String after) {
        BalanceTransactionListParams wanted =
                BalanceTransactionListParams.builder()
                        .setLimit(PAGE)
                        .setStartingAfter(after)
                        .setCreated(
                                BalanceTransactionListParams.Created.builder()
                                        .setGte(first)
                                        .setLt(end)
                                        .build())
                        .addExpand("data.source")
                        .build();
        return line.ask((c, o) -> c.v1().balanceTransactions().list(wanted, o));
    }

    /** What it books, unless that was made in the same span and so is listed by itself. */
    private Optional<Listed> booking(Json booking) {
        Json source = booking.get("source");
        if (made(source).getEpochSecond() >= first || source.text("id").isEmpty()) {
            return Optional.empty();
        }
        return switch (source.text("object").orElse("")) {
            case "charge" -> charge(source, booking, made(booking));
            case "refund" -> refund(source, booking, made(booking));
            case "dispute" -> dispute(source, made(booking));
            default -> Optional.empty();
        };
    }
}
