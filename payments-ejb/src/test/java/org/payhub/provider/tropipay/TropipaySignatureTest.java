package org.payhub.provider.tropipay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.payhub.provider.InEveryLanguage;
import org.payhub.provider.http.Json;
import org.payhub.provider.spi.Secret;
import org.payhub.provider.spi.WebhookRejected;
import org.payhub.provider.spi.WebhookRejected.Cause;

/** The vectors were reckoned in two other languages and with a shell; all agree. */
class TropipaySignatureTest {

    private static final String T1_V3 =
            "5dcabbbf6a4bb4716ed678e7e4db2add301d63254d30ebb0c23df22482703346";
    private static final String T1_V2 =
            "1127476e24e64c5e0849a28e12104690feceb5d6fa7fed0afb766ce6c1ee5da4";
    private static final String T1_CODE = "690259220262";

    /** With the account's password: reckoned nowhere in the hub, and recognised. */
    private static final String T6_V1 =
            "90d0639860a6a416d65129ae2b9bac2ee4e3ba43d522812388e15305ad4e6db6";

    static Stream<Arguments> vectors() {
        return Stream.of(
                Arguments.of(T1_CODE, "client-id", "client-secret", "200", T1_V3, T1_V2),
                Arguments.of(
                        "TX1636652414219",
                        "hub-test-client-0001",
                        "hub-test-secret-0001",
                        "1500",
                        "7d0d32f8d2369dfc0b8ae2907ae5522da29489f6312dd96db4ec4cf743f51faf",
                        "012f6a223cc9d6ca7376bb10bcd998e943b2605bff9fea0f0626ad917ef04102"),
                Arguments.of(
                        "149836443249",
                        "5d6fd52d00000000000000000000b7f6",
                        "48c0dcaa0000000000000000000052ab",
                        "10000",
                        "8fbd318ee6126af851521125c211efe463b13fb663d5c74c7ffc24c3f59ef0e1",
                        "229cc78ca1ee209d534b07c0a28f14c9575060ebef54ed954ce9cf94f74ae047"),
                Arguments.of(
                        "309654157120",
                        "hub-test-client-0001",
                        "S\u00e9cr\u00e8t\u2713-\u00fcn\u00ef",
                        "1055",
                        "21ef605b75b8921238e94ce4a8291fb28620019f060b09c14c9a089d02cd4645",
                        "11fe81ef54d65e6f303533da931b9f337840604c1e3bfac93b07b8f71644347a"),
                Arguments.of(
                        T1_CODE,
                        "client-id",
                        "client-secret",
                        "-200",
                        "ad5cc89d694675c242ca82f24470368ed689e2923ee561cd949789a523de0543",
                        "278d841e422b144ac2facbfd76ba0baa888dad84b54c48834d49daa2801224a6"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void known_vectors_verify_in_both_versions_and_are_reckoned_alike(
            String code, String id, String secret, String amount, String v3, String v2) {
        assertThat(TropipaySignature.third(code, id, secret, amount)).isEqualTo(v3);
        assertThat(TropipaySignature.second(code, id, secret, amount)).isEqualTo(v2);
        assertThatCode(() -> verify(code, id, secret, amount, "signaturev3", v3, false))
                .doesNotThrowAnyException();
        assertThatCode(() -> verify(code, id, secret, amount, "signaturev2", v2, true))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void one_versions_proof_is_no_proof_of_another(
            String code, String id, String secret, String amount, String v3, String v2) {
        assertThat(refusal(code, id, secret, amount, "signaturev3", v2, true))
                .isEqualTo(Cause.SIGNATURE_WRONG);
        assertThat(refusal(code, id, secret, amount, "signaturev2", v3, true))
                .isEqualTo(Cause.SIGNATURE_WRONG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // the amount written with a fraction
                "b73ff8e8eabd40e35c53de738f7a0b91c5b313db88817771770b3661dfd683f7",
                // the secret's hash written in capitals
                "277e5ed18fee48d62ab4eaffff8f00913a18ce926db9e9bab0598c20e3def33f",
                // the same order to another amount
                "ad5cc89d694675c242ca82f24470368ed689e2923ee561cd949789a523de0543"
            })
    void vectors_that_must_be_refused_are_refused(String digest) {
        assertThat(refusal("signaturev3", digest, false)).isEqualTo(Cause.SIGNATURE_WRONG);
        assertThat(refusal("signaturev3", digest, true)).isEqualTo(Cause.SIGNATURE_WRONG);
    }

    @InEveryLanguage
    void every_spelling_of_the_field_and_either_case_of_the_digits_is_understood() {
        String capitals = T1_V3.toUpperCase(Locale.ROOT);
        for (String field : List.of("signaturev3", "signatureV3")) {
            assertThatCode(() -> verify(field, T1_V3, false)).doesNotThrowAnyException();
            assertThatCode(() -> verify(field, " " + capitals + " ", false))
                    .doesNotThrowAnyException();
        }
        for (String field : List.of("signaturev2", "signatureV2")) {
            assertThatCode(() -> verify(field, T1_V2, true)).doesNotThrowAnyException();
        }
    }

    @Test
    void two_spellings_that_contradict_each_other_are_refused() {
        Json data =
                Json.parse("{\"signaturev3\":\"" + T1_V3 + "\",\"signatureV3\":\"" + T1_V2 + "\"}");

        WebhookRejected rejected =
                catchThrowableOfType(WebhookRejected.class, () -> verify(data, true));

        assertThat(rejected.reason()).isEqualTo(Cause.SIGNATURE_MALFORMED);
    }

    @Test
    void the_second_version_counts_only_where_it_is_switched_on() {
        assertThat(refusal("signaturev2", T1_V2, false)).isEqualTo(Cause.SIGNATURE_OUTDATED);
    }

    @Test
    void where_a_third_version_is_there_it_decides() {
        Json data =
                Json.parse(
                        "{\"signaturev3\":\""
                                + "0".repeat(64)
                                + "\",\"signaturev2\":\""
                                + T1_V2
                                + "\"}");

        WebhookRejected rejected =
                catchThrowableOfType(WebhookRejected.class, () -> verify(data, true));

        assertThat(rejected.reason()).isEqualTo(Cause.SIGNATURE_WRONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"signature", "signaturev1", "signatureV1"})
    void the_first_version_is_recognised_and_refused_with_its_reason(String field) {
        assertThat(refusal(field, T6_V1, true)).isEqualTo(Cause.SIGNATURE_WITH_PASSWORD);
        assertThat(refusal(field, T6_V1, false)).isEqualTo(Cause.SIGNATURE_WITH_PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // with a letter that no hexadecimal number has
                "9875e478d69d77f2556f48617e5c9c012c3929df3c259cc4e640e634661f1n84",
                "5dcabbbf",
                "XcrLvyo0uXFm1ninn5HbY60wHWMlTTDrsMI98iSCcDNG",
                "5dcabbbf6a4bb4716ed678e7e4db2add301d63254d30ebb0c23df2248270334\u0661"
            })
    void what_is_no_digest_is_malformed_and_never_an_error_of_ours(String text) {
        assertThat(refusal("signaturev3", text, true)).isEqualTo(Cause.SIGNATURE_MALFORMED);
    }

    @Test
    void an_empty_a_missing_and_a_numeric_signature_are_refused() {
        assertThat(refusal("signaturev3", "", true)).isEqualTo(Cause.SIGNATURE_MISSING);
        assertThat(refusal("other", T1_V3, true)).isEqualTo(Cause.SIGNATURE_MISSING);
        WebhookRejected rejected =
                catchThrowableOfType(
                        WebhookRejected.class,
                        () -> verify(Json.parse("{\"signaturev3\":1}"), true));
        assertThat(rejected.reason()).isEqualTo(Cause.SIGNATURE_MALFORMED);
    }

    @Test
    void every_active_pair_verifies_while_a_rotation_runs() {
        Json data = Json.parse("{\"signaturev3\":\"" + T1_V3 + "\"}");
        List<Secret> ids = List.of(Secret.of("newer-id"), Secret.of("client-id"));
        List<Secret> secrets = List.of(Secret.of("newer-secret"), Secret.of("client-secret"));

        assertThatCode(() -> TropipaySignature.verify(data, T1_CODE, "200", ids, secrets, false))
                .doesNotThrowAnyException();
    }

    @Test
    void the_header_of_a_hook_verifies_by_its_own_secret() {
        byte[] body =
                TropipaySamples.bytes(
                        "{\"event\":\"payment.completed\",\"data\":{\"id\":\"pay_1\"}}");
        String vector = "8ad1b61c6c7a750a522fe9cb5846c265e38eabfff5baa96b9e0b9e4b928c6510";
        List<Secret> secret = List.of(Secret.of("whsec_test"));

        assertThat(TropipaySignature.header(secret.get(0), body)).isEqualTo(vector);
        assertThatCode(() -> TropipaySignature.verifyHeader(List.of(vector), body, secret))
                .doesNotThrowAnyException();
        assertThat(headerRefusal(List.of(vector, vector), body, secret))
                .isEqualTo(Cause.SIGNATURE_MALFORMED);
        assertThat(headerRefusal(List.of("no"), body, secret)).isEqualTo(Cause.SIGNATURE_MALFORMED);
        body[10] ^= 1;
        assertThat(headerRefusal(List.of(vector), body, secret)).isEqualTo(Cause.SIGNATURE_WRONG);
    }

    private static Cause headerRefusal(List<String> header, byte[] body, List<Secret> secret) {
        return catchThrowableOfType(
                        WebhookRejected.class,
                        () -> TropipaySignature.verifyHeader(header, body, secret))
                .reason();
    }

    // --- how the tests speak ---

    private static void verify(String field, String digest, boolean secondVersion) {
        verify(T1_CODE, "client-id", "client-secret", "200", field, digest, secondVersion);
    }

    private static void verify(Json data, boolean secondVersion) {
        TropipaySignature.verify(
                data,
                T1_CODE,
                "200",
                List.of(Secret.of("client-id")),
                List.of(Secret.of("client-secret")),
                secondVersion);
    }

    private static void verify(
            String code,
            String id,
            String secret,
            String amount,
            String field,
            String digest,
            boolean secondVersion) {
        TropipaySignature.verify(
                Json.parse("{\"" + field + "\":\"" + digest + "\"}"),
                code,
                amount,
                List.of(Secret.of(id)),
                List.of(Secret.of(secret)),
                secondVersion);
    }

    private static Cause refusal(String field, String digest, boolean secondVersion) {
        return refusal(T1_CODE, "client-id", "client-secret", "200", field, digest, secondVersion);
    }

    private static Cause refusal(
            String code,
            String id,
            String secret,
            String amount,
            String field,
            String digest,
            boolean secondVersion) {
        return catchThrowableOfType(
                        WebhookRejected.class,
                        () -> verify(code, id, secret, amount, field, digest, secondVersion))
                .reason();
    }
}
