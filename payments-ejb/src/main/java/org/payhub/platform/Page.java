package org.payhub.platform;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One bounded page of a list that is walked by key, never by offset. {@code nextCursor} is opaque
 * and absent on the last page.
 */
public record Page<T>(List<T> items, Optional<String> nextCursor) {

    public Page {
        items = List.copyOf(items);
    }

    public <R> Page<R> map(Function<? super T, ? extends R> change) {
        return new Page<>(items.stream().<R>map(change).toList(), nextCursor);
    }
}
