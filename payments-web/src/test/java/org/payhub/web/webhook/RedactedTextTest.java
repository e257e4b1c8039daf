package org.payhub.web.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.payhub.web.webhook.RedactedText.Piece;

class RedactedTextTest {

    @Test
    void what_is_covered_and_what_is_a_name_are_told_apart() {
        String body = "{\n  \"email\": \"•••\",\n  \"amount\": 1800\n}";

        List<Piece> pieces = RedactedText.ofBody(body);

        assertThat(pieces)
                .contains(new Piece("name", "\"email\""), new Piece("covered", "•••"))
                .contains(new Piece("name", "\"amount\""));
        assertThat(joined(pieces)).isEqualTo(body);
    }

    @Test
    void a_text_value_that_looks_like_a_name_is_none() {
        List<Piece> pieces = RedactedText.ofBody("{\n\"a\": \"b\"\n}");

        assertThat(pieces)
                .contains(new Piece("name", "\"a\""))
                .doesNotContain(new Piece("name", "\"b\""));
    }

    @Test
    void json_in_one_line_is_laid_out() {
        String laidOut = RedactedText.laidOut("{\"a\":1,\"b\":{\"c\":\"d\"}}");

        assertThat(laidOut).startsWith("{\n").contains("\"a\": 1");
    }

    @Test
    void what_is_no_json_stays_as_it_came() {
        String form = "TransactionId=1&Amount=10.00&Status=%22Completed";

        assertThat(RedactedText.laidOut(form)).isEqualTo(form);
        assertThat(joined(RedactedText.ofBody("{\"broken\": "))).isEqualTo("{\"broken\": ");
    }

    @Test
    void a_body_with_more_names_than_a_page_can_hold_loses_nothing() {
        String body = "{\n" + "\"name\": 1,\n".repeat(5_000) + "\"last\": 2\n}";

        List<Piece> pieces = RedactedText.ofBody(body);

        assertThat(pieces).hasSizeLessThan(3_100);
        assertThat(joined(pieces)).isEqualTo(body);
    }

    private static String joined(List<Piece> pieces) {
        return pieces.stream().map(Piece::text).collect(Collectors.joining());
    }
}
