package org.payhub.provider.tiptoppay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.payhub.provider.InEveryLanguage;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.provider.spi.Secret;
import org.payhub.provider.spi.WebhookRejected;
import org.payhub.provider.spi.WebhookRejected.Cause;
import org.payhub.provider.tiptoppay.TiptoppaySamples.Vector;

/** Every published body with its proof, and every way in which a proof is none. */
class TiptoppaySignatureTest {

    private static final String RAW = TiptoppaySignature.RAW;
    private static final String DECODED = TiptoppaySignature.DECODED;

    static List<Vector> vectors() {
        return TiptoppaySamples.vectors();
    }

    private static void accepted(RawWebhook raw, String... secrets) {
        assertThatCode(
                        () ->
                                TiptoppaySignature.verify(
                                        raw, List.of(secrets).stream().map(Secret::of).toList()))
                .doesNotThrowAnyException();
    }

    private static void refused(Cause cause, RawWebhook raw, String... secrets) {
        WebhookRejected rejected =
                catchThrowableOfType(
                        WebhookRejected.class,
                        () ->
                                TiptoppaySignature.verify(
                                        raw, List.of(secrets).stream().map(Secret::of).toList()));
        assertThat(rejected).isNotNull();
        assertThat(rejected.reason()).isEqualTo(cause);
    }

    private static RawWebhook raw(Vector vector, Map<String, List<String>> proofs) {
        return TiptoppaySamples.raw(vector.body(), vector.contentType(), proofs);
    }

    @Test
    void all_vectors_are_there() {
        assertThat(vectors())
                .extracting(Vector::name)
                .containsExactly(
                        "P1", "P2", "P3", "P4", "P5", "P6", "P7", "C1", "C2", "C3", "C4", "C5",
                        "C6", "C7", "C8", "C9");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void a_vector_verifies_by_either_header_and_by_both(Vector v) {
        accepted(raw(v, Map.of(RAW, List.of(v.raw()))), v.secret());
        accepted(raw(v, Map.of(DECODED, List.of(v.decoded()))), v.secret());
        accepted(raw(v, Map.of(RAW, List.of(v.raw()), DECODED, List.of(v.decoded()))), v.secret());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void a_vector_verifies_with_one_of_several_secrets(Vector v) {
        accepted(raw(v, Map.of(RAW, List.of(v.raw()))), "a newer one", v.secret());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void swapped_headers_are_refused(Vector v) {
        if (v.raw().equals(v.decoded())) {
            return;
        }
        refused(
                Cause.SIGNATURE_WRONG,
                raw(v, Map.of(RAW, List.of(v.decoded()), DECODED, List.of(v.raw()))),
                v.secret());
        refused(Cause.SIGNATURE_WRONG, raw(v, Map.of(RAW, List.of(v.decoded()))), v.secret());
        refused(Cause.SIGNATURE_WRONG, raw(v, Map.of(DECODED, List.of(v.raw()))), v.secret());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void the_first_header_decides_where_it_is_there(Vector v) {
        String other = TiptoppaySignature.sign(Secret.of("another"), v.body());

        refused(
                Cause.SIGNATURE_WRONG,
                raw(v, Map.of(RAW, List.of(other), DECODED, List.of(v.decoded()))),
                v.secret());
        accepted(raw(v, Map.of(RAW, List.of(v.raw()), DECODED, List.of(other))), v.secret());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void whatever_else_stands_in_the_header_is_refused(Vector v) {
        String hex = HexFormat.of().formatHex(java.util.Base64.getDecoder().decode(v.raw()));

        refused(Cause.SIGNATURE_MISSING, raw(v, Map.of()), v.secret());
        refused(Cause.SIGNATURE_MALFORMED, raw(v, Map.of(RAW, List.of(""))), v.secret());
        refused(
                Cause.SIGNATURE_MALFORMED,
                raw(v, Map.of(RAW, List.of(""), DECODED, List.of(v.decoded()))),
                v.secret());
        refused(
                Cause.SIGNATURE_MALFORMED,
                raw(v, Map.of(RAW, List.of(v.raw(), v.raw()))),
                v.secret());
        refused(
                Cause.SIGNATURE_MALFORMED,
                raw(v, Map.of(DECODED, List.of(v.decoded(), v.decoded()))),
                v.secret());
        refused(
                Cause.SIGNATURE_MALFORMED,
                raw(v, Map.of(RAW, List.of(v.raw() + "," + v.raw()))),
                v.secret());
        refused(Cause.SIGNATURE_MALFORMED, raw(v, Map.of(RAW, List.of(hex))), v.secret());
        refused(
                Cause.SIGNATURE_WRONG,
                raw(v, Map.of(RAW, List.of(v.raw().toLowerCase(Locale.ROOT)))),
                v.secret());
        refused(
                Cause.SIGNATURE_MALFORMED,
                raw(v, Map.of(RAW, List.of(v.raw().replace("=", "")))),
                v.secret());
        refused(
                Cause.SIGNATURE_MALFORMED,
                raw(v, Map.of(RAW, List.of("!".repeat(44)))),
                v.secret());
        refused(Cause.SIGNATURE_WRONG, raw(v, Map.of(RAW, List.of(v.raw()))), "another key");
        refused(Cause.SECRET_MISSING, raw(v, Map.of(RAW, List.of(v.raw()))));
    }

    @Test
    void the_published_counterexample_is_refused() {
        Vector p1 = TiptoppaySamples.vector("P1");

        refused(
                Cause.SIGNATURE_WRONG,
                raw(p1, Map.of(RAW, List.of("6sUXv4W0wmhfpkkDtp+3Hw/M8deAPkMRVV3OWANcqro="))),
                p1.secret());
    }

    @Test
    void one_changed_bit_anywhere_is_refused() {
        Vector c2 = TiptoppaySamples.vector("C2");
        for (int i = 0; i < c2.body().length; i += 7) {
            byte[] tampered = c2.body().clone();
            tampered[i] ^= 1;

            refused(
                    Cause.SIGNATURE_WRONG,
                    TiptoppaySamples.raw(
                            tampered, TiptoppaySamples.FORM, Map.of(RAW, List.of(c2.raw()))),
                    c2.secret());
        }
    }

    @InEveryLanguage
    void the_primitive_is_the_standards() {
        assertThat(
                        TiptoppaySignature.sign(
                                Secret.of("Jefe"),
                                TiptoppaySamples.bytes("what do ya want for nothing?")))
                .isEqualTo("W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=");
    }

    @Test
    void of_a_get_the_query_is_signed_with_or_without_our_own_part() {
        Vector c2 = TiptoppaySamples.vector("C2");
        String query = new String(c2.body(), java.nio.charset.StandardCharsets.UTF_8);
        Map<String, List<String>> proofs = Map.of(RAW, List.of(c2.raw()));

        accepted(TiptoppaySamples.get(query, Optional.empty(), proofs), c2.secret());
        accepted(
                TiptoppaySamples.get("type=pay&" + query, Optional.of("pay"), proofs), c2.secret());
        refused(
                Cause.SIGNATURE_WRONG,
                TiptoppaySamples.get(query + "&type=pay", Optional.of("pay"), proofs),
                c2.secret());
        accepted(
                TiptoppaySamples.get(
                        query, Optional.empty(), Map.of(DECODED, List.of(c2.decoded()))),
                c2.secret());
    }

    @Test
    void a_decoded_proof_over_what_cannot_be_decoded_is_refused() {
        byte[] body = TiptoppaySamples.bytes("TransactionId=1&Name=%4");
        String proof = TiptoppaySignature.sign(Secret.of("s"), body);

        refused(
                Cause.BODY_MALFORMED,
                TiptoppaySamples.raw(body, TiptoppaySamples.FORM, Map.of(DECODED, List.of(proof))),
                "s");
    }
}
