package org.payhub.provider.alppay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.payhub.provider.alppay.AlppayBody.Customer;
import org.payhub.provider.alppay.AlppayProtocol.Coin;
import org.payhub.provider.spi.ProviderRefused;
import org.payhub.provider.spi.Secret;
import org.payhub.provider.spi.WebhookRejected;
import org.payhub.provider.spi.WebhookRejected.Cause;

/** The vectors were reckoned with another language's HMAC, and some with a third one's. */
class AlppaySignatureTest {

    private static final String DOCUMENTED =
            "{\"amount\":\"250.00\",\"asset\":{\"short\":\"USDT\",\"network\":\"tron\"}}";
    private static final String ORDER =
            "{\"amount\":\"120.00\",\"asset\":{\"short\":\"USDT\",\"network\":\"tron\"},"
                    + "\"customer\":{\"id\":1001,\"name\":\"Test Client\",\"email\":"
                    + "\"client@example.test\"},\"invoice\":\"visit-42\",\"checkoutUrl\":"
                    + "\"https://hub.example.test/return/visit-42\"}";
    private static final String WITHDRAWAL =
            "{\"amount\":\"10\",\"asset\":{\"short\":\"USDT\",\"network\":\"tron\"},\"addressTo\":"
                    + "\"TPSMckmxoQBQWfUcasbUs2cRUdh2EMQu4n\",\"customer\":{\"id\":1001,\"name\":"
                    + "\"Test Client\",\"email\":\"client@example.test\"},\"destTag\":\"\","
                    + "\"invoice\":\"wd-7\"}";
    private static final String OF_DOCUMENTED =
            "fb296e35213402de204ffc453519eee9f7fc284e38997f0eec77066086b4159a";
    private static final Coin USDT = new Coin("USDT:tron", "USDT", "tron");
    private static final Customer CLIENT = new Customer(1001, "Test Client", "client@example.test");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Stream<Arguments> vectors() {
        String hub = AlppaySamples.HMAC_KEY;
        return Stream.of(
                Arguments.of(
                        "V1",
                        "sk_" + "live_abcdef1234567890",
                        DOCUMENTED,
                        "e4f4735e8e4f1d0a2014cecc4113bf99667e54dcee7b10b4669386f11e11aff0"),
                Arguments.of(
                        "V2",
                        "abcdef1234567890",
                        DOCUMENTED,
                        "6e31bd2053fac34171919d704f5fea1d5ff2b3b2108ae72006903e8a9cd7da7c"),
                Arguments.of("V3", hub, DOCUMENTED, OF_DOCUMENTED),
                Arguments.of(
                        "V4",
                        hub,
                        ORDER,
                        "c078fc65686a5d6b3966a503d9afb9ac172baba5102f03de8aa98b2651dc4b7c"),
                Arguments.of(
                        "V5",
                        hub,
                        WITHDRAWAL,
                        "af8f090b3b0b25543ece1427634230f51889d07d675ca871b457dd7892ebb995"),
                Arguments.of(
                        "V6",
                        hub,
                        "{\"assetNetwork\":\"tron\",\"assetShort\":\"USDT\",\"number\":1,"
                                + "\"clientId\":\"c-1001\"}",
                        "15071c5c089ed7576ef0f957d5bb39445645c4e4bbc8fa84684ed8103b451324"),
                Arguments.of(
                        "V7",
                        hub,
                        "{\"customer\":{\"id\":7,\"name\":\"José Ñandú ✓\"},\"invoice\":"
                                + "\"visit-43\"}",
                        "9e029e5f783397b5e2d22e0dd4d7636e919954586754a226328977de63b07a28"),
                Arguments.of(
                        "V8",
                        hub,
                        "",
                        "3a51d6f33c4a25cee653ee8262905528e454c093d8e520f51d4bfb714adc580d"),
                Arguments.of(
                        "V9",
                        hub,
                        "{\"asset\":{\"short\":\"USDT\",\"network\":\"tron\"},\"amount\":"
                                + "\"250.00\"}",
                        "67554950e12d9340cdd4e1de08c3db92a21ebf45d07898a71573f7678c3c3f81"),
                Arguments.of(
                        "V10",
                        hub,
                        "{\"checkoutUrl\":\"https://hub.example.test/r?a=1&b=2\"}",
                        "814e240869a334653325a9289cc2e90329c4c070ef5db335c252b75709e6356f"),
                Arguments.of(
                        "V11",
                        hub,
                        "{\"checkoutUrl\":\"https://hub.example.test/r?a=1\\u0026b=2\"}",
                        "4d15da3bd4a7b30855246a839eaea4073c38a01eaf47783444606168ad2b6da6"),
                Arguments.of(
                        "V12",
                        hub,
                        DOCUMENTED + "\n",
                        "0b6cbdaf3eebfe3352db6f8d2086e3cf23a1271dc66965c910aee901c2f6972a"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void every_vector_comes_out(String name, String key, String body, String expected) {
        assertThat(AlppaySignature.sign(Secret.of(key), bytes(body))).isEqualTo(expected);
    }

    @Test
    void another_order_of_fields_an_escape_and_a_newline_are_other_signatures() {
        List<String> all = vectors().map(v -> (String) v.get()[3]).toList();

        assertThat(all).doesNotHaveDuplicates();
    }

    @Test
    void what_we_send_is_byte_for_byte_the_documented_body() {
        byte[] order =
                AlppayBody.payment(
                        "120.00",
                        USDT,
                        CLIENT,
                        "visit-42",
                        Optional.of("https://hub.example.test/return/visit-42"));
        byte[] withdrawal =
                AlppayBody.withdrawal(
                        "10", USDT, "TPSMckmxoQBQWfUcasbUs2cRUdh2EMQu4n", CLIENT, "", "wd-7");

        assertThat(AlppaySamples.text(order)).isEqualTo(ORDER);
        assertThat(AlppaySamples.text(withdrawal)).isEqualTo(WITHDRAWAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a<b", "a>b", "a&b", "a\u2028b", "a\u2029b"})
    void what_another_writer_would_escape_is_never_sent(String text) {
        ProviderRefused refused =
                catchThrowableOfType(
                        ProviderRefused.class,
                        () -> AlppayBody.payment("1.00", USDT, CLIENT, text, Optional.empty()));

        assertThat(refused.code()).isEqualTo("checkout.character_not_allowed");
        assertThat(AlppayBody.isSendable(text)).isFalse();
    }

    @Test
    void quotes_and_invisible_characters_are_escaped_and_names_composed() {
        byte[] body =
                AlppayBody.payment(
                        "1.00",
                        USDT,
                        new Customer(7, "Jose\u0301 \"Ñandú\"\t✓", "a@b.example"),
                        "x",
                        Optional.empty());

        assertThat(AlppaySamples.text(body)).contains("\"José \\\"Ñandú\\\"\\u0009✓\"");
    }

    static Stream<Arguments> webhooks() {
        return Stream.of(
                Arguments.of(
                        "w1-partial",
                        "3479e9391d24a6b2a492ae03ed0771fb75c83bd99e6c952b6347ede1011e4e89"),
                Arguments.of(
                        "w2-completed",
                        "b9898b6183de103defa56492d01fe421d2757498faacfc7fd8aac6971d22c476"),
                Arguments.of(
                        "w3-overpaid",
                        "ce43ad7942079492996b0e49d39a896ea38d1eb6a801eebc69cb911b14a2bf7b"),
                Arguments.of(
                        "w4-expired-underpaid",
                        "5eb17bc8cc73f3ac65965541f99853084ed264c49bf475a04583e520884d7e63"),
                Arguments.of(
                        "w5-aml-danger",
                        "721d44201e484ebdfa8a7fca93db20ae3acac3da975c9ad3fca6a7313e92275a"),
                Arguments.of(
                        "w6-withdrawal-complete",
                        "582d081a0a97e3198b55c4b4fe5e8780c5f4e965857501b791d1e63eff8e8164"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("webhooks")
    void every_webhook_verifies_in_either_letter_case_and_not_after_a_change_of_one_byte(
            String name, String signature) {
        byte[] body = AlppaySamples.fixture(name);

        assertThatCode(() -> verify(body, signature)).doesNotThrowAnyException();
        assertThatCode(() -> verify(body, signature.toUpperCase(Locale.ROOT)))
                .doesNotThrowAnyException();
        for (int i = 0; i < body.length; i++) {
            byte[] changed = body.clone();
            changed[i] ^= 1;
            assertThat(refusal(changed, signature)).isEqualTo(Cause.SIGNATURE_WRONG);
        }
    }

    @Test
    void a_header_that_is_missing_doubled_short_or_not_hexadecimal_is_refused() {
        byte[] body = bytes(DOCUMENTED);
        String base64 = "+ylujVITQC3iIE/8RTUZ7un3/ChOOJl/Dux3Bmhrhbma";

        assertThat(refusal(body)).isEqualTo(Cause.SIGNATURE_MISSING);
        assertThat(refusal(body, "")).isEqualTo(Cause.SIGNATURE_MISSING);
        assertThat(refusal(body, OF_DOCUMENTED, OF_DOCUMENTED))
                .isEqualTo(Cause.SIGNATURE_MALFORMED);
        assertThat(refusal(body, OF_DOCUMENTED.substring(1))).isEqualTo(Cause.SIGNATURE_MALFORMED);
        assertThat(refusal(body, OF_DOCUMENTED + " ")).isEqualTo(Cause.SIGNATURE_MALFORMED);
        assertThat(refusal(body, "sha256=" + OF_DOCUMENTED)).isEqualTo(Cause.SIGNATURE_MALFORMED);
        assertThat(refusal(body, base64)).isEqualTo(Cause.SIGNATURE_MALFORMED);
        assertThat(refusal(body, "٣".repeat(64))).isEqualTo(Cause.SIGNATURE_MALFORMED);
    }

    @Test
    void during_a_rotation_either_key_verifies_and_afterwards_only_the_new_one() {
        byte[] body = bytes(DOCUMENTED);
        List<Secret> both =
                List.of(Secret.of("the-newer-key-0002"), Secret.of(AlppaySamples.HMAC_KEY));

        assertThatCode(
                        () ->
                                AlppaySignature.verify(
                                        AlppaySamples.raw("payment", body, OF_DOCUMENTED), both))
                .doesNotThrowAnyException();
        assertThat(
                        catchThrowableOfType(
                                        WebhookRejected.class,
                                        () ->
                                                AlppaySignature.verify(
                                                        AlppaySamples.raw(
                                                                "payment", body, OF_DOCUMENTED),
                                                        both.subList(0, 1)))
                                .reason())
                .isEqualTo(Cause.SIGNATURE_WRONG);
    }

    private static void verify(byte[] body, String... signatures) {
        AlppaySignature.verify(
                AlppaySamples.raw("payment", body, signatures),
                List.of(Secret.of(AlppaySamples.HMAC_KEY)));
    }

    private static Cause refusal(byte[] body, String... signatures) {
        return catchThrowableOfType(WebhookRejected.class, () -> verify(body, signatures)).reason();
    }
}
