package org.payhub.provider.tiptoppay;

import jakarta.json.Json;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.payhub.platform.Ids;
import org.payhub.provider.spi.DayListing.Listing;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.provider.spi.ProviderRefused;
import org.payhub.provider.spi.ProviderUnavailable;
import org.payhub.provider.spi.Reference;
import org.payhub.provider.spi.StateReading.Reading;
import org.payhub.provider.tiptoppay.TiptoppayCalls.Answer;
import org.payhub.provider.tiptoppay.TiptoppayCalls.Line;

/** Asks TipTop Pay how things stand: one operation, those of a payment, those of a time. */
final class TiptoppayReading {

    private static final int PAGE = 100;
    private static final int MOST_PAGES = 30;
    private static final Duration BEFORE_ORDER = Duration.ofHours(1);
    private static final Duration AFTER_ORDER = Duration.ofHours(25);
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,20}");

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'+00:00'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final Line line;
    private final Clock clock;

    TiptoppayReading(Line line, Clock clock) {
        this.line = line;
        this.clock = clock;
    }

    Reading read(Reference thing) {
        if (!thing.kind().equals(TiptoppayNotification.TRANSACTION)
                || !NUMBER.matcher(thing.key()).matches()) {
            return Reading.nothing();
        }
        Optional<TiptoppayTransaction> found = get(thing.key());
        if (found.isEmpty()) {
            return Reading.nothing();
        }
        List<ProviderEvent> events = new ArrayList<>();
        // A refund says nothing of the money it returns; that may not have been told yet.
        found.get()
                .original()
                .filter(o -> found.get().isRefund())
                .flatMap(o -> get(o))
                .ifPresent(original -> events.addAll(original.events()));
        events.addAll(found.get().events());
        return new Reading(true, events, Optional.empty(), found.get().livemode());
    }

    /** Among the operations around the order's time, by our id in its data. */
    Reading findRefund(UUID refund) {
        return reading(
                around(
                        refund,
                        t -> t.isRefund() && t.ourRefund().filter(refund::equals).isPresent()));
    }

    /** The last payment of our number, or, unless that settles the matter, all of them. */
    Reading findPayment(UUID payment) {
        Optional<TiptoppayTransaction> last =
                found(
                        line.ask(
                                "/payments/find",
                                Json.createObjectBuilder()
                                        .add("InvoiceId", Ids.text("pay", payment))
                                        .build()));
        if (last.isEmpty()) {
            return Reading.nothing();
        }
        String status = last.get().status();
        boolean telling = status.equals("Completed") || status.equals("Authorized");
        return telling
                ? reading(List.of(last.get()))
                : reading(
                        around(
                                payment,
                                t ->
                                        !t.isRefund()
                                                && t.ours().filter(payment::equals).isPresent()));
    }

    /** The list has whole seconds, so its last one is looked at too. */
    Listing list(Instant from, Instant to, Optional<String> cursor) {
        int number = cursor.map(Integer::parseInt).orElse(1);
        List<TiptoppayTransaction> page = page(from.truncatedTo(ChronoUnit.SECONDS), to, number);
        return new Listing(
                page.stream().flatMap(t -> t.listed().stream()).toList(),
                page.size() < PAGE ? Optional.empty() : Optional.of(Integer.toString(number + 1)));
    }

    /** The payment's operation; of several tries the one in that state. */
    String transaction(List<Reference> references, String status) {
        List<String> keys =
                references.stream()
                        .filter(r -> r.kind().equals(TiptoppayNotification.TRANSACTION))
                        .map(Reference::key)
                        .filter(k -> NUMBER.matcher(k).matches())
                        .toList();
        if (keys.size() == 1) {
            return keys.get(0);
        }
        return keys.stream()
                .filter(
                        k ->
                                get(k).filter(t -> !t.isRefund() && t.status().equals(status))
                                        .isPresent())
                .findFirst()
                .orElseThrow(
                        () ->
                                new ProviderRefused(
                                        "payment.no_charge",
                                        "TipTop Pay knows no payment for this yet.",
                                        null,
                                        null));
    }

    /** Empty when the provider knows no such operation. */
    Optional<TiptoppayTransaction> get(String key) {
        Answer answer =
                line.ask(
                        "/payments/get",
                        Json.createObjectBuilder()
                                .add("TransactionId", new BigInteger(key))
                                .build());
        return found(answer);
    }

    /** A declined payment is answered as no success, with all that is known of it. */
    private Optional<TiptoppayTransaction> found(Answer answer) {
        if (answer.isNotFound()) {
            return Optional.empty();
        }
        if (answer.isRefused() && answer.model().isEmpty()) {
            throw answer.refused("provider.refused");
        }
        return Optional.of(
                new TiptoppayTransaction(
                        answer.model().orElseThrow(TiptoppayCalls::unclear), clock.instant()));
    }

    private static Reading reading(List<TiptoppayTransaction> found) {
        List<ProviderEvent> events = new ArrayList<>();
        found.forEach(t -> events.addAll(t.events()));
        Optional<Boolean> livemode = found.stream().flatMap(t -> t.livemode().stream()).findFirst();
        return new Reading(!found.isEmpty(), events, Optional.empty(), livemode);
    }

    /** Operations around the time at which our id was made. */
    private List<TiptoppayTransaction> around(UUID ours, Predicate<TiptoppayTransaction> wanted) {
        Instant made = Ids.madeAt(ours).orElseGet(clock::instant);
        List<TiptoppayTransaction> found = new ArrayList<>();
        for (int page = 1; page <= MOST_PAGES; page++) {
            List<TiptoppayTransaction> all =
                    page(made.minus(BEFORE_ORDER), made.plus(AFTER_ORDER), page);
            all.stream().filter(wanted).forEach(found::add);
            if (all.size() < PAGE) {
                break;
            }
        }
        return found;
    }

    private List<TiptoppayTransaction> page(Instant from, Instant to, int page) {
        Answer answer =
                line.ask(
                        "/v2/payments/list",
                        Json.createObjectBuilder()
                                .add("CreatedDateGte", SECONDS.format(from))
                                .add("CreatedDateLte", SECONDS.format(to))
                                .add("PageNumber", page)
                                .add("TimeZone", "UTC")
                                .build());
        if (answer.isRefused()) {
            throw answer.refused("provider.refused");
        }
        if (!answer.whole().hasList("Model")) {
            throw new ProviderUnavailable("TipTop Pay's list has no list in it.", true, null);
        }
        Instant now = clock.instant();
        return answer.whole().list("Model").stream()
                .map(t -> new TiptoppayTransaction(t, now))
                .toList();
    }
}
