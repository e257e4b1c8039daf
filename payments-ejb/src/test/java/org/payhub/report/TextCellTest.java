package org.payhub.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextCellTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+7 700",
                "-cmd|' /C calc'!A0",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "\n=1",
                "  =HYPERLINK(\"x\")",
                "\u00a0=1",
                "＝1+1",
                "＋1",
                "－1",
                "＠A1"
            })
    void what_begins_like_a_formula_is_shown_as_text(String text) {
        assertThat(TextCell.safe(text)).isEqualTo("'" + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Lucía", "a=b", "Жук 💇", "1-2", " plain", "O'Neil"})
    void other_text_stays_as_it_is(String text) {
        assertThat(TextCell.safe(text)).isEqualTo(text);
    }

    @Test
    void marks_that_turn_the_reading_direction_are_dropped() {
        assertThat(TextCell.safe("abc\u202Efdp.exe\u2069")).isEqualTo("abcfdp.exe");
        assertThat(TextCell.safe("\u200F=1")).isEqualTo("'=1");
    }

    @Test
    void nothing_is_an_empty_cell() {
        assertThat(TextCell.safe(null)).isEmpty();
    }
}
