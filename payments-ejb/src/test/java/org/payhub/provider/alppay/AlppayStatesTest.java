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
        "0, 120, 0, 0, NONE",
        "0.000001, 120, 0, 0, UNDER",
        "119.999999, 120, 0, 0, UNDER",
        "120, 120, 0, 0, EXACT",
        "120.000001, 120, 0, 0, OVER",
        "118.8, 120, 1, 0, EXACT",
        "118.799999, 120, 1, 0, UNDER",
        "121.2, 120, 0, 1, EXACT",
        "121.200001, 120, 0, 1, OVER",
        "0.000019, 0.00002, 5, 0, EXACT",
        "0.000018, 0.00002, 5, 0, UNDER",
        "0.000001, 0.000001, 5, 5, EXACT",
        "5, 0, 0, 0, OVER",
    })
    void a_size_is_exact_within_the_tolerance_and_its_edge_belongs_to_it(
            String received, String asked, String under, String over, Size expected) {
        AlppayTolerance tolerance =
                new AlppayTolerance(new BigDecimal(under), new BigDecimal(over));

        assertThat(
                        tolerance.size(
                                Money.parse(received, "USDT:tron"),
                                Money.parse(asked, "USDT:tron")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"60", "5.01", "-1"})
    void a_tolerance_beyond_the_cap_is_refused(String percent) {
        assertThatThrownBy(() -> new AlppayTolerance(new BigDecimal(percent), BigDecimal.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AlppayTolerance(BigDecimal.ZERO, new BigDecimal(percent)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
