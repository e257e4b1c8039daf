package org.payhub.platform;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Which page of a list is wanted: newest first, after the place that the cursor names.
 *
 * <p>A list is ordered by an instant and the id, both descending; a cursor is that pair. The query
 * uses the expanded form {@code at <= ? and (at < ? or id < ?)}, the only one that both databases
 * answer from the index at any depth.
 */
public record PageRequest(int limit, Optional<Place> after) {

    public static final int LARGEST = 200;

    /** Where a page ends: the last row's instant and id. */
    public record Place(Instant at, UUID id) {}

    public PageRequest {
        if (limit < 1 || limit > LARGEST) {
            throw HubException.ofField(
                    "limit", "page.limit_out_of_range", "limit must be 1 to " + LARGEST + ".");
        }
    }

    public static PageRequest first(int limit) {
        return new PageRequest(limit, Optional.empty());
    }

    /**
     * Reads a cursor that we gave out.
     *
     * <p><b>Errors</b>: {@code page.cursor_invalid}.
     */
    public static PageRequest of(int limit, String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return first(limit);
        }
        try {
            String[] parts =
                    new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII)
                            .split("~", -1);
            if (parts.length != 2) {
                throw invalidCursor();
            }
            Instant at = Instant.EPOCH.plus(Long.parseLong(parts[0]), ChronoUnit.MICROS);
            return new PageRequest(limit, Optional.of(new Place(at, UUID.fromString(parts[1]))));
        } catch (IllegalArgumentException e) {
            throw invalidCursor();
        }
    }

    private static HubException invalidCursor() {
        return HubException.ofField(
                "cursor", "page.cursor_invalid", "The cursor is not one that a list gave out.");
    }

    /** Cuts rows read with {@code limit + 1} to a page and makes the next cursor. */
    public <T> Page<T> page(List<T> rows, Function<T, Instant> at, Function<T, UUID> id) {
        if (rows.size() <= limit) {
            return new Page<>(rows, Optional.empty());
        }
        List<T> items = rows.subList(0, limit);
        T last = items.get(limit - 1);
        String text =
                ChronoUnit.MICROS.between(Instant.EPOCH, at.apply(last)) + "~" + id.apply(last);
        String cursor =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
        return new Page<>(items, Optional.of(cursor));
    }
}
