package org.payhub.visit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.payhub.client.NewClient;
import org.payhub.money.Money;
import org.payhub.platform.HubException;
import org.payhub.tenancy.LocationId;

/**
 * A visit to be booked. Without lines it has one of its whole price; without a price it costs what
 * its lines add up to.
 *
 * <p><b>Errors</b>, each on its field: {@code visit.price_missing}, {@code
 * visit.price_not_positive}, {@code visit.price_differs_from_lines}, {@code visit.too_long}, {@code
 * visit.text_too_long}.
 */
public record CreateVisit(
        Optional<String> externalId,
        Optional<LocationId> location,
        NewClient client,
        List<VisitLineRow> lines,
        Instant startsAt,
        Optional<Instant> endsAt,
        Optional<Money> price,
        Optional<String> note) {

    private static final int MOST_LINES = 100;
    private static final Duration LONGEST = Duration.ofDays(7);

    public CreateVisit {
        lines = List.copyOf(lines);
        externalId = externalId.map(String::strip).filter(e -> !e.isEmpty());
        note = note.map(String::strip).filter(n -> !n.isEmpty());
        refuseLonger(externalId, 255, "externalId");
        refuseLonger(note, 1000, "note");
        if (startsAt == null) {
            throw HubException.ofField(
                    "startsAt", "visit.start_missing", "Say when the visit begins.");
        }
        if (lines.size() > MOST_LINES) {
            throw HubException.ofField(
                    "services", "visit.too_many_lines", "A visit has at most 100 lines.");
        }
        Instant start = startsAt;
        endsAt.ifPresent(
                end -> {
                    if (!end.isAfter(start)
                            || Duration.between(start, end).compareTo(LONGEST) > 0) {
                        throw HubException.ofField(
                                "endsAt",
                                "visit.end_invalid",
                                "The end must be after the start, within a week.");
                    }
                });
        for (VisitLineRow line : lines) {
            if (line.name().isBlank() || line.name().length() > 200) {
                throw HubException.ofField(
                        "services",
                        "visit.line_name_invalid",
                        "Each service or product needs a name of at most 200 letters.");
            }
            if (line.price().isNegative()) {
                throw HubException.ofField(
                        "services", "visit.line_price_negative", "A price cannot be negative.");
            }
        }
    }

    private static void refuseLonger(Optional<String> text, int longest, String field) {
        if (text.isPresent() && text.get().length() > longest) {
            throw HubException.ofField(
                    field, "visit.text_too_long", "This has more than " + longest + " letters.");
        }
    }

    /** What the visit costs, from the price or the lines; both must agree where both are told. */
    Money total() {
        Optional<Money> sum = lines.stream().map(VisitLineRow::price).reduce(Money::plus);
        if (price.isPresent() && sum.isPresent() && !price.get().equals(sum.get())) {
            throw HubException.ofField(
                    "price",
                    "visit.price_differs_from_lines",
                    "The price is " + price.get() + ", but the lines add up to " + sum.get() + ".");
        }
        Money total =
                price.or(() -> sum)
                        .orElseThrow(
                                () ->
                                        HubException.ofField(
                                                "price",
                                                "visit.price_missing",
                                                "Say what the visit costs, or list its services"
                                                        + " with their prices."));
        if (total.isNegative()) {
            throw HubException.ofField(
                    "price", "visit.price_not_positive", "A price cannot be negative.");
        }
        return total;
    }
}
