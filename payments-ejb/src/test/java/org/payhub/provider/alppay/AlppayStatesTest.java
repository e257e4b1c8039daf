package org.payhub.provider.alppay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.payhub.money.Money;
import org.payhub.provider.alppay.AlppayTolerance.Size;
import org.payhub.provider.spi.ProviderEvent.InvoiceOutcome;

class AlppayStatesTest {

    private static final List<String> SHOWN =
            List.of(
                    "",
                    "NEW",
                    "OPEN",
                    "COMPLETED",
                    "EXPIRED",
                    "OVERPAID",
                    "UNDERPAID",
                    "AML_CHECK_DANGER",
                    "INVENTED");

    /**
     * Status, then the four sizes in their order: nothing, under, exact, over. {@code U} is what
     * the second status UNDERPAID makes of it, {@code O} what OVERPAID does; one word where both
     * make no difference.
     */
    private static final Map<String, List<String>> TABLE =
            new LinkedHashMap<>(
                    Map.of(
                            "OPEN",
                            List.of("PENDING", "PARTIALLY_PAID", "CONFIRMING", "CONFIRMING"),
                            "COMPLETED",
                            List.of(
                                    "REVIEW U=UNKNOWN",
                                    "REVIEW U=UNDERPAID",
                                    "PAID O=OVERPAID",
                                    "OVERPAID"),
                            "EXPIRED",
                            List.of("EXPIRED", "UNDERPAID", "LATE U=PAID", "LATE"),
                            "CANCELLED",
                            List.of("CANCELLED", "UNDERPAID", "LATE", "LATE"),
                            "INVENTED",
                            List.of("UNKNOWN", "UNKNOWN", "UNKNOWN", "UNKNOWN"),
                            "",
                            List.of("UNKNOWN", "UNKNOWN", "UNKNOWN", "UNKNOWN")));

    private static String expected(String status, String shown, Size size) {
        if (shown.equals("AML_CHECK_DANGER")) {
            return "ON_HOLD";
        }
        if (shown.equals("INVENTED")) {
            return "UNKNOWN";
        }
        String cell = TABLE.get(status).get(size.ordinal());
        String mark =
                shown.equals("UNDERPAID") ? " U=" : shown.equals("OVERPAID") ? " O=" : " none=";
        int at = cell.indexOf(mark);
        return at >= 0 ? cell.substring(at + 3) : cell.split(" ")[0];
    }

    @Test
    void every_status_with_every_shown_status_and_every_size_is_what_the_table_says() {
        List<String> wrong = new ArrayList<>();
        int cells = 0;
        for (String status : TABLE.keySet()) {
            for (String shown : SHOWN) {
                for (Size size : Size.values()) {
                    cells++;
                    String expected = expected(status, shown, size);
                    String actual = AlppayStates.outcome(status, shown, false, size).name();
                    if (!actual.equals(expected)) {
                        wrong.add(status + "/" + shown + "/" + size + ": " + actual);
                    }
                }
            }
        }

        assertThat(cells).isEqualTo(216);
        assertThat(wrong).isEmpty();
    }

    @Test
    void a_transfer_of_doubtful_origin_holds_everything_whatever_else_is_said() {
        for (String status : TABLE.keySet()) {
            for (String shown : SHOWN) {
                for (Size size : Size.values()) {
                    assertThat(AlppayStates.outcome(status, shown, true, size))
                            .isEqualTo(InvoiceOutcome.ON_HOLD);
                    assertThat(AlppayStates.outcome("AML_CHECK_FAILED", shown, false, size))
                            .isEqualTo(InvoiceOutcome.ON_HOLD);
                }
            }
        }
    }

    @Test
    void nothing_but_a_completed_or_tolerated_invoice_is_ever_paid() {
        List<String> paid =
                TABLE.keySet().stream()
                        .flatMap(s -> SHOWN.stream().map(d -> List.of(s, d)))
                        .filter(
                                sd ->
                                        Stream.of(Size.values())
                                                .anyMatch(
                                                        size ->
                                                                AlppayStates.outcome(
                                                                                sd.get(0),
                                                                                sd.get(1), false,
                                                                                size)
                                                                        == InvoiceOutcome.PAID))
                        .map(sd -> sd.get(0) + "/" + sd.get(1))
                        .sorted()
                        .toList();

        assertThat(paid)
                .containsExactly(
                        "COMPLETED/",
                        "COMPLETED/COMPLETED",
                        "COMPLETED/EXPIRED",
                        "COMPLETED/NEW",
                        "COMPLETED/OPEN",
                        "COMPLETED/UNDERPAID",
                        "EXPIRED/UNDERPAID");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 120, 0, 0, 0, 0, NONE",
        "0.000001, 120, 0, 0, 0, 0, UNDER",
        "119.999999, 120, 0, 0, 0, 0, UNDER",
        "120, 120, 0, 0, 0, 0, EXACT",
        "120.000001, 120, 0, 0, 0, 0, OVER",
        "118.8, 120, 1, 0, 0, 0, EXACT",
        "118.799999, 120, 1, 0, 0, 0, UNDER",
        "121.2, 120, 0, 0, 1, 0, EXACT",
        "121.200001, 120, 0, 0, 1, 0, OVER",
        "0.000019, 0.00002, 5, 0, 0, 0, EXACT",
        "0.000018, 0.00002, 5, 0, 0, 0, UNDER",
        "0.000001, 0.000001, 5, 0, 5, 0, EXACT",
        "5, 0, 0, 0, 0, 0, OVER",
        // units alone
        "119, 120, 0, 1, 0, 0, EXACT",
        "118.999999, 120, 0, 1, 0, 0, UNDER",
        "121, 120, 0, 0, 0, 1, EXACT",
        "121.000001, 120, 0, 0, 0, 1, OVER",
        // both: the one that allows more
        "118, 120, 1, 2, 0, 0, EXACT",
        "117.999999, 120, 1, 2, 0, 0, UNDER",
        "118.8, 120, 1, 0.5, 0, 0, EXACT",
        "118.799999, 120, 1, 0.5, 0, 0, UNDER",
        "122, 120, 0, 0, 1, 2, EXACT",
        "122.000001, 120, 0, 0, 1, 2, OVER",
        "121.2, 120, 0, 0, 1, 0.5, EXACT",
        "121.200001, 120, 0, 0, 1, 0.5, OVER",
        // finer than the coin: rounded down
        "119.5, 120, 0, 0.50000099, 0, 0, EXACT",
        "119.499999, 120, 0, 0.50000099, 0, 0, UNDER",
        // more units than were asked for: anything that came is enough, nothing is still nothing
        "0.000001, 3, 0, 5, 0, 0, EXACT",
        "0, 3, 0, 5, 0, 0, NONE",
    })
    void a_size_is_exact_within_the_tolerance_and_its_edge_belongs_to_it(
            String received,
            String asked,
            String underPercent,
            String underUnits,
            String overPercent,
            String overUnits,
            Size expected) {
        AlppayTolerance tolerance = tolerance(underPercent, underUnits, overPercent, overUnits);

        Size size =
                tolerance.size(Money.parse(received, "USDT:tron"), Money.parse(asked, "USDT:tron"));

        assertThat(size).isEqualTo(expected);
    }

    /**
     * Each row of the table where one smallest unit decides: 120 asked for, 1.5 may be missing
     * (units above 1 per cent), 2.4 may be too much (2 per cent above the units).
     */
    @ParameterizedTest
    @CsvSource({
        // 1: a doubtful origin, whatever came
        "COMPLETED, COMPLETED, true, 120, ON_HOLD",
        "OPEN, AML_CHECK_DANGER, false, 0, ON_HOLD",
        "AML_CHECK_FAILED, '', false, 122.400001, ON_HOLD",
        // 2: completed with too much, by our measure or by ALPPAY's
        "COMPLETED, COMPLETED, false, 122.400001, OVERPAID",
        "COMPLETED, OVERPAID, false, 120.000001, OVERPAID",
        "COMPLETED, OVERPAID, false, 118.5, OVERPAID",
        // 3: completed within what is passed over
        "COMPLETED, COMPLETED, false, 122.4, PAID",
        "COMPLETED, COMPLETED, false, 120, PAID",
        "COMPLETED, COMPLETED, false, 118.5, PAID",
        "COMPLETED, UNDERPAID, false, 118.5, PAID",
        // 4: completed, and still short
        "COMPLETED, COMPLETED, false, 118.499999, REVIEW",
        "COMPLETED, OVERPAID, false, 118.499999, REVIEW",
        "COMPLETED, COMPLETED, false, 0, REVIEW",
        // 5: run out a little short
        "EXPIRED, UNDERPAID, false, 118.5, PAID",
        "EXPIRED, UNDERPAID, false, 122.4, PAID",
        // 6: a part of an open one
        "OPEN, OPEN, false, 118.499999, PARTIALLY_PAID",
        "OPEN, NEW, false, 0.000001, PARTIALLY_PAID",
        // 7: a part of one that is over
        "EXPIRED, UNDERPAID, false, 118.499999, UNDERPAID",
        "EXPIRED, EXPIRED, false, 0.000001, UNDERPAID",
        "COMPLETED, UNDERPAID, false, 118.499999, UNDERPAID",
        "CANCELLED, '', false, 118.499999, UNDERPAID",
        // 8: enough, and too late
        "EXPIRED, EXPIRED, false, 118.5, LATE",
        "EXPIRED, UNDERPAID, false, 122.400001, LATE",
        "CANCELLED, '', false, 118.5, LATE",
        "CANCELLED, '', false, 122.400001, LATE",
        // 9 and 10: over, and nothing came
        "EXPIRED, EXPIRED, false, 0, EXPIRED",
        "CANCELLED, '', false, 0, CANCELLED",
        // 11: enough of an open one
        "OPEN, OPEN, false, 118.5, CONFIRMING",
        "OPEN, COMPLETED, false, 122.400001, CONFIRMING",
        // 12: nothing yet
        "OPEN, NEW, false, 0, PENDING",
        // 13: what nobody told us of
        "'', COMPLETED, false, 120, UNKNOWN",
        "SETTLED, COMPLETED, false, 120, UNKNOWN",
        "COMPLETED, SETTLED, false, 120, UNKNOWN",
        "COMPLETED, UNDERPAID, false, 0, UNKNOWN",
    })
    void each_row_begins_and_ends_at_its_smallest_unit(
            String status, String shown, boolean danger, String received, InvoiceOutcome expected) {
        Size size =
                tolerance("1", "1.5", "2", "1")
                        .size(Money.parse(received, "USDT:tron"), Money.parse("120", "USDT:tron"));

        InvoiceOutcome outcome = AlppayStates.outcome(status, shown, danger, size);

        assertThat(outcome).isEqualTo(expected);
    }

    private static AlppayTolerance tolerance(
            String underPercent, String underUnits, String overPercent, String overUnits) {
        return new AlppayTolerance(
                new BigDecimal(underPercent),
                new BigDecimal(underUnits),
                new BigDecimal(overPercent),
                new BigDecimal(overUnits));
    }

    @ParameterizedTest
    @ValueSource(strings = {"60", "5.01", "-1"})
    void a_tolerance_beyond_the_cap_is_refused(String tolerated) {
        assertThatThrownBy(() -> tolerance(tolerated, "0", "0", "0"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tolerance("0", tolerated, "0", "0"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tolerance("0", "0", tolerated, "0"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tolerance("0", "0", "0", tolerated))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
