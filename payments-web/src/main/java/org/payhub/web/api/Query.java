package org.payhub.web.api;

import jakarta.ws.rs.core.UriInfo;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.payhub.platform.HubException;
import org.payhub.platform.PageRequest;

/** The parameters of a list or a report, read by name. */
final class Query {

    private static final int USUAL_LIMIT = 50;

    private final UriInfo uri;

    Query(UriInfo uri) {
        this.uri = uri;
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(uri.getQueryParameters().getFirst(name))
                .map(String::strip)
                .filter(t -> !t.isEmpty());
    }

    PageRequest page() {
        int limit = text("limit").map(Query::limit).orElse(USUAL_LIMIT);
        return PageRequest.of(limit, text("cursor").orElse(""));
    }

    private static int limit(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw HubException.ofField(
                    "limit",
                    "page.limit_out_of_range",
                    "limit must be 1 to " + PageRequest.LARGEST + ".");
        }
    }

    /** An instant with its offset, or a day that begins at midnight in that zone. */
    Optional<Instant> moment(String name, ZoneId zone) {
        return text(name).map(text -> moment(name, text, zone));
    }

    private static Instant moment(String name, String text, ZoneId zone) {
        if (text.length() != 10) {
            return JsonIn.instant(name, text);
        }
        try {
            return LocalDate.parse(text).atStartOfDay(zone).toInstant();
        } catch (DateTimeException e) {
            throw HubException.ofField(
                    name,
                    "request.not_a_time",
                    name + " must be a day such as 2026-03-08 or a time with its offset.");
        }
    }

    /** A zone by its IANA name. */
    Optional<ZoneId> zone(String name) {
        return text(name)
                .map(
                        text -> {
                            try {
                                return ZoneId.of(text);
                            } catch (DateTimeException e) {
                                throw HubException.ofField(
                                        name,
                                        "request.zone_unknown",
                                        name + " must be a zone such as Europe/Madrid.");
                            }
                        });
    }

    /** Words of a status, one parameter each or separated by commas. */
    <E extends Enum<E>> Set<E> words(String name, E[] values, Function<E, String> word) {
        List<String> given = uri.getQueryParameters().getOrDefault(name, List.of());
        return given.stream()
                .flatMap(g -> java.util.Arrays.stream(g.split(",")))
                .map(String::strip)
                .filter(g -> !g.isEmpty())
                .map(g -> word(name, g, values, word))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static <E> E word(String name, String given, E[] values, Function<E, String> word) {
        for (E value : values) {
            if (word.apply(value).equals(given)) {
                return value;
            }
        }
        throw HubException.ofField(
                name,
                "request.word_unknown",
                name
                        + " is one of "
                        + java.util.Arrays.stream(values)
                                .map(word)
                                .collect(Collectors.joining(", "))
                        + ".");
    }
}
