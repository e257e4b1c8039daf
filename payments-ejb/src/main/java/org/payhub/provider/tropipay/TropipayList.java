package org.payhub.provider.tropipay;

import jakarta.json.JsonArrayBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.payhub.provider.http.Json;

/**
 * Tropipay's lists. Filters have been seen to be passed over, so what comes is filtered here again;
 * and the rows of an answer go by several names.
 */
final class TropipayList {

    /** Bounds a search among lines that no filter kept out. */
    private static final int MOST_PAGES = 10;

    private TropipayList() {}

    /** One condition that a line has to meet. */
    record Condition(String key, String op, String value) {}

    /** A page of movements, and whether there may be another. */
    record Page(List<Json> rows, boolean more) {}

    static Page movements(TropipayCalls.Line line, List<Condition> conditions, int offset) {
        JsonArrayBuilder query = TropipayCalls.JSON.createArrayBuilder();
        for (Condition condition : conditions) {
            query.add(
                    TropipayCalls.JSON
                            .createObjectBuilder()
                            .add(TropipayProtocol.QUERY_KEY, condition.key())
                            .add(TropipayProtocol.QUERY_OP, condition.op())
                            .add(TropipayProtocol.QUERY_VALUE, condition.value()));
        }
        Json answer =
                line.get(
                        TropipayProtocol.MOVEMENTS
                                + "?"
                                + TropipayProtocol.LIMIT
                                + "="
                                + TropipayProtocol.PAGE
                                + "&"
                                + TropipayProtocol.OFFSET
                                + "="
                                + offset
                                + "&"
                                + TropipayProtocol.QUERY
                                + "="
                                + TropipayCalls.encoded(query.build().toString()));
        List<Json> rows = rows(answer);
        boolean more =
                answer.flag(TropipayProtocol.HAS_MORE)
                        .orElseGet(
                                () ->
                                        answer.integer(TropipayProtocol.COUNT)
                                                .map(
                                                        count ->
                                                                count.bitLength() < 31
                                                                        && count.intValue()
                                                                                > offset
                                                                                        + rows
                                                                                                .size())
                                                .orElse(rows.size() >= TropipayProtocol.PAGE));
        return new Page(rows, more && !rows.isEmpty());
    }

    /** The movements that meet the condition, here and there. */
    static List<TropipayMovement> search(
            TropipayCalls.Line line, Condition condition, Predicate<TropipayMovement> wanted) {
        List<TropipayMovement> found = new ArrayList<>();
        int offset = 0;
        for (int page = 0; page < MOST_PAGES; page++) {
            Page got = movements(line, List.of(condition), offset);
            got.rows().stream().map(TropipayMovement::new).filter(wanted).forEach(found::add);
            if (!got.more()) {
                break;
            }
            offset += got.rows().size();
        }
        return found;
    }

    /** The objects of an answer that is a list, however it is wrapped. */
    static List<Json> rows(Json answer) {
        return wrapped(answer).map(answer::list).orElse(List.of());
    }

    /** The texts of an answer that is a list. */
    static List<String> texts(Json answer) {
        return wrapped(answer).map(answer::texts).orElse(List.of());
    }

    private static Optional<String> wrapped(Json answer) {
        return TropipayProtocol.ROWS.stream().filter(answer::hasList).findFirst();
    }
}
