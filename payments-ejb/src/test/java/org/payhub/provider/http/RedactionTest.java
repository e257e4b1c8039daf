package org.payhub.provider.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.payhub.provider.spi.Secret;

class RedactionTest {

    private static String excerpt(String body) {
        return Redaction.excerpt(
                body.getBytes(StandardCharsets.UTF_8),
                List.of(Secret.of("own-secret-of-the-call")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"secret\":\"FORBIDDEN\"}",
                "{\"client_secret\" : \"FORBIDDEN\"}",
                "{\"client_secret\":\"FORBIDDEN",
                "{\"api_key\":\"FORBIDDEN\"}",
                "{\"email\":\"FORBIDDEN\"}",
                "{\"customer_email\":\"FORBID\\\"DEN\"}",
                "{\"phone\":\"FORBIDDEN\"}",
                "{\"name\":\"FORBIDDEN\"}",
                "{\"fingerprint\":\"FORBIDDEN\"}",
                "{\"url\":\"https://hub.example/pay/FORBIDDEN\"}",
                "{\"receipt_url\":\"https://pay.example/FORBIDDEN\"}",
                "{\"postal_code\":\"FORBIDDEN\"}",
                "{\"customer_purchase_ip\":\"FORBIDDEN\"}",
                "customer_email=FORBIDDEN&mode=payment",
                "mode=payment&card[number]=FORBIDDEN&x=1",
                "success_url=https%3A%2F%2Fhub.example%2Fpay%2FFORBIDDEN",
                "text with whsec_FORBIDDEN in it",
                "Invalid API Key provided: sk_test_FORBIDDEN",
                "rk_live_FORBIDDEN",
                "Authorization: Bearer FORBIDDEN",
                "write to FORBIDDEN@example.org",
                "customer%5Bmail%5D=FORBIDDEN%40example.org",
                "card 4242 4242 4242 4242, cvc",
                "card 4242-4242-4242-4242",
                "{\"text\":\"4242424242424242\"}",
                "own-secret-of-the-call"
            })
    void what_must_not_be_kept_is_masked(String body) {
        String kept = excerpt(body);

        assertThat(kept)
                .doesNotContain("4242")
                .doesNotContain("FORBID")
                .doesNotContain("own-secret-of-the-call");
    }

    @Test
    void what_helps_people_is_kept() {
        String kept =
                excerpt(
                        "{\"id\":\"cs_test_a1\",\"amount\":5000,\"currency\":\"eur\","
                                + "\"description\":\"Colour and cut\",\"payment_intent\":\"pi_3Kt\","
                                + "\"created\":1700000000,\"code\":\"amount_too_small\","
                                + "\"message\":\"Amount must be at least 50 cents\"}");

        assertThat(kept)
                .contains("cs_test_a1")
                .contains("5000")
                .contains("Colour and cut")
                .contains("pi_3Kt")
                .contains("1700000000")
                .contains("Amount must be at least 50 cents");
    }

    @Test
    void an_address_keeps_the_names_of_its_query_without_the_values() {
        assertThat(
                        Redaction.address(
                                URI.create(
                                        "https://api.example/v1/things?limit=1&key=sk_test_abc&q=x"),
                                List.of()))
                .isEqualTo("https://api.example/v1/things?limit=…&key=…&q=…");
    }

    @Test
    void an_excerpt_is_short_and_quick_whatever_the_body() {
        for (String body :
                List.of(
                        "\"".repeat(2_000_000),
                        "\"secret\":".repeat(200_000),
                        "a".repeat(2_000_000),
                        "&".repeat(2_000_000),
                        "a@".repeat(1_000_000),
                        "1 ".repeat(1_000_000))) {
            long began = System.nanoTime();
            assertThat(excerpt(body).length()).isLessThanOrEqualTo(2_001);
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .as(body.substring(0, 9))
                    .isLessThan(Duration.ofSeconds(2));
        }
    }
}
