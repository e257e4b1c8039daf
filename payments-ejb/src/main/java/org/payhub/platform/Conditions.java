package org.payhub.platform;

import jakarta.persistence.Query;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The conditions of a list, written as JPQL text with bound parameters: what a filter leaves open
 * adds nothing.
 */
public final class Conditions {

    private final List<String> parts = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();

    /** A condition without a parameter. */
    public Conditions add(String part) {
        parts.add("(" + part + ")");
        return this;
    }

    /** A condition with one parameter; left out where the value is an empty Optional. */
    public Conditions add(String part, String name, Object value) {
        Object bound = value instanceof Optional<?> maybe ? maybe.orElse(null) : value;
        if (bound != null) {
            add(part).set(name, bound);
        }
        return this;
    }

    /** Binds one more parameter of a condition that has several. */
    public Conditions set(String name, Object value) {
        values.put(name, value);
        return this;
    }

    /** What comes after the request's cursor, newest first. */
    public Conditions before(String at, String id, PageRequest request) {
        request.after()
                .ifPresent(
                        place ->
                                add(at
                                                + " <= :cursorAt and ("
                                                + at
                                                + " < :cursorAt or "
                                                + id
                                                + " < :cursorId)")
                                        .set("cursorAt", place.at())
                                        .set("cursorId", place.id()));
        return this;
    }

    public void bind(Query query) {
        values.forEach(query::setParameter);
    }

    @Override
    public String toString() {
        return parts.isEmpty() ? "1 = 1" : String.join(" and ", parts);
    }
}
