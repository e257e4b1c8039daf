package org.payhub.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.webhook.DeliveryDetail.HeaderLine;

class ShownMessageTest {

    @Test
    void personal_and_card_data_are_covered() {
        String shown =
                ShownMessage.body(
                        ("{\"id\":\"evt_1\",\"amount\":2500,\"billing_details\":{\"name\":\"Zoe Roe\","
                                        + "\"email\":\"zoe@example.com\",\"phone\":\"+34600111222\"},"
                                        + "\"text\":\"4242 4242 4242 4242\"}")
                                .getBytes(StandardCharsets.UTF_8));

        assertThat(shown)
                .contains("evt_1", "2500")
                .doesNotContain("Zoe", "zoe@example.com", "600111222", "4242 4242");
    }

    @Test
    void signatures_and_cookies_are_covered_and_other_headers_shown() {
        List<HeaderLine> lines =
                ShownMessage.headers(
                        new RawWebhook(
                                "POST",
                                Optional.empty(),
                                "",
                                Map.of(
                                        "Stripe-Signature", List.of("t=1,v1=abc"),
                                        "Cookie", List.of("a=b"),
                                        "Content-HMAC", List.of("abc="),
                                        "User-Agent", List.of("Stripe/1.0")),
                                new byte[0],
                                Instant.parse("2026-03-01T10:00:00Z")));

        assertThat(lines).extracting(HeaderLine::value).containsOnly("•••", "Stripe/1.0");
    }

    @Test
    void what_a_page_cannot_hold_or_would_turn_its_text_around_is_replaced() {
        String shown =
                ShownMessage.body(
                        "a\u0000b\u202Ec\u2066d\uFFFFe\n💇".getBytes(StandardCharsets.UTF_8));

        assertThat(shown).isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\n💇");
    }

    @Test
    void bytes_that_are_no_text_are_shown_as_well_as_can_be() {
        assertThat(ShownMessage.body(new byte[] {'{', (byte) 0xFF, '}'})).isEqualTo("{\uFFFD}");
    }
}
