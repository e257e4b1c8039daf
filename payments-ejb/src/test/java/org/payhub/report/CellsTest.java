package org.payhub.report;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.payhub.money.Money;

class CellsTest {

    @Test
    void a_text_that_a_spreadsheet_would_run_is_defused() {
        for (String formula :
                List.of(
                        "=1+1",
                        "+1",
                        "-1",
                        "@SUM(A1)",
                        "\t=1",
                        "\r=1",
                        "\n=1",
                        "  =cmd|' /C calc'!A0",
                        "\u00a0=1",
                        "\u200b=1",
                        "\ufeff=1",
                        "\u202e=1",
                        "\uff1d1+1",
                        "\uff0b1",
                        "\uff0d1",
                        "\uff20SUM",
                        "\u22121",
                        "\u0000=1")) {
            assertThat(Cells.text(formula)).as(formula).startsWith("'");
        }
    }

    @Test
    void an_ordinary_text_stays_as_it_is() {
        for (String text :
                List.of("Ana Pérez", "5 = 5", "a-b", "Айгүл", "😀 cut", "", "'quoted'", "1+1")) {
            assertThat(Cells.text(text)).isEqualTo(text);
        }
    }

    @Test
    void marks_that_turn_the_reading_direction_and_broken_letters_are_taken_out() {
        assertThat(Cells.text("a\u202eb\u2066c\u200fd")).isEqualTo("abcd");
        assertThat(Cells.text("x\ud83dy")).isEqualTo("x\ufffdy");
        assertThat(Cells.text("x\ude00")).isEqualTo("x\ufffd");
    }

    @Test
    void amounts_are_exact_decimals_and_stay_numbers() {
        assertThat(Cells.amount(Money.ofMinor(-3_000, "EUR"))).isEqualTo("-30.00");
        assertThat(Cells.amount(Money.ofMinor(500, "JPY"))).isEqualTo("500");
        assertThat(Cells.amount(Money.ofMinor(1_234, "BHD"))).isEqualTo("1.234");
        assertThat(Cells.amount(Money.ofMinor(1, "USDT:tron"))).isEqualTo("0.000001");
        assertThat(Cells.amount(Money.ofMinor(1, "ETH:ethereum")))
                .isEqualTo("0.000000000000000001");
    }

    @Test
    void a_time_is_written_in_utc_and_at_the_place_with_its_offset() {
        Instant twice = Instant.parse("2026-10-25T01:30:00Z");

        assertThat(Cells.utc(twice)).isEqualTo("2026-10-25T01:30:00Z");
        assertThat(Cells.local(twice, ZoneId.of("Europe/Madrid")))
                .isEqualTo("2026-10-25T02:30:00+01:00");
        assertThat(Cells.local(twice.minusSeconds(3600), ZoneId.of("Europe/Madrid")))
                .isEqualTo("2026-10-25T02:30:00+02:00");
        assertThat(Cells.local(null, ZoneId.of("UTC"))).isEmpty();
    }

    @Test
    void a_strict_reader_gets_back_what_was_written_and_the_facts_fit()
            throws NoSuchAlgorithmException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> cells =
                List.of(
                        Cells.text("a \"quoted\", name"),
                        Cells.text("two\nlines"),
                        Cells.text("semi;=colon"),
                        Cells.text(" =blank"),
                        "-30.00");

        CsvFile file = new CsvFile(out, List.of("a", "b", "c", "d", "gross"));
        file.row(cells);
        ReportFacts facts = file.end();

        String text = out.toString(StandardCharsets.UTF_8);
        List<CsvRecord> read = CsvReader.builder().ofCsvRecord(text).stream().toList();
        assertThat(read).hasSize(2);
        assertThat(read.get(1).getFields()).isEqualTo(cells);
        assertThat(text).contains("\"semi;=colon\"").contains(",-30.00\r\n");
        assertThat(facts.rows()).isEqualTo(1);
        assertThat(facts.sha256())
                .isEqualTo(
                        HexFormat.of()
                                .formatHex(
                                        MessageDigest.getInstance("SHA-256")
                                                .digest(out.toByteArray())));
    }

    @Test
    void the_columns_are_those_of_the_first_version() {
        assertThat(Movement.COLUMNS).hasSize(51).doesNotHaveDuplicates();
        assertThat(Movement.COLUMNS.subList(0, 12))
                .containsExactly(
                        "row_id",
                        "balance_transaction_id",
                        "created_utc",
                        "created",
                        "available_on_utc",
                        "available_on",
                        "booking_date",
                        "reporting_category",
                        "gross",
                        "fee",
                        "net",
                        "currency");
    }
}
