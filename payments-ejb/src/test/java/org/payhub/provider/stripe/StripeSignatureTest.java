package org.payhub.provider.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.provider.spi.Secret;
import org.payhub.provider.spi.WebhookRejected;
import org.payhub.provider.spi.WebhookRejected.Cause;

/**
 * The vectors were reckoned with Stripe's library and, apart from it, with another language's HMAC;
 * both agree.
 */
class StripeSignatureTest {

    private static final byte[] BODY =
            "{\n  \"id\": \"evt_test_webhook\",\n  \"object\": \"event\"\n}"
                    .getBytes(StandardCharsets.UTF_8);
    private static final String TIME = "t=1492774577";
    private static final String RIGHT =
            "c2f890decbc5ede7c5060bb9a6d31e0626a4342bacb9aeae2adb1bcea72f9812";
    private static final String WITH_OLD_SECRET =
            "7e81cd6c37b0442827e05d7e713cc29fde84589e6d318b9af88e724b31006a95";
    private static final String FAKE =
            "6ffbb59b2300aae63f272406069a9788598b792a944a07aba816edb039989a39";

    private static void verify(byte[] body, Instant receivedAt, String... headers) {
        StripeSignature.verify(
                StripeSamples.raw(body, receivedAt, headers),
                List.of(Secret.of(StripeSamples.SIGNING_SECRET)));
    }

    private static Cause refusal(byte[] body, Instant receivedAt, String... headers) {
        return catchThrowableOfType(WebhookRejected.class, () -> verify(body, receivedAt, headers))
                .reason();
    }

    static Stream<Arguments> vectors() {
        return Stream.of(
                Arguments.of(
                        "{\n  \"id\": \"evt_test_webhook\",\n  \"object\": \"event\"\n}", RIGHT),
                Arguments.of(
                        "{\"id\":\"evt_utf8\",\"object\":\"event\",\"data\":{\"object\":"
                                + "{\"object\":\"charge\",\"billing_details\":"
                                + "{\"name\":\"Zoë Жук 💇\"}}}}",
                        "31122918b21142c2315decfc0a4b8262d5c3d23d2d8f486e2976a85e5a725a74"),
                Arguments.of(
                        "{}", "53140ab8fa70c511cc40d5c9198af7dde7bbaee877038c056d8250c3bd3b2e11"));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void known_vectors_verify_and_are_signed_alike(String text, String v1) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);

        assertThatCode(() -> verify(body, StripeSamples.NOW, TIME + ",v1=" + v1))
                .doesNotThrowAnyException();
        assertThat(
                        StripeSignature.sign(
                                Secret.of(StripeSamples.SIGNING_SECRET), StripeSamples.NOW, body))
                .isEqualTo(TIME + ",v1=" + v1);
    }

    static Stream<Arguments> headers() {
        String upper = RIGHT.toUpperCase(Locale.ROOT);
        return Stream.of(
                // what passes
                Arguments.of(TIME + ",v1=" + RIGHT, null),
                Arguments.of("v1=" + RIGHT + "," + TIME, null),
                Arguments.of(TIME + ",v1=" + WITH_OLD_SECRET + ",v1=" + RIGHT, null),
                Arguments.of(TIME + ",v1=" + RIGHT + ",v1=" + WITH_OLD_SECRET, null),
                Arguments.of(
                        TIME + ",v1=" + WITH_OLD_SECRET + ",v1=" + RIGHT + ",v0=" + FAKE, null),
                Arguments.of(TIME + ",v0=" + FAKE + ",v1=" + RIGHT, null),
                Arguments.of(TIME + ",v2=anything,v1=" + RIGHT, null),
                Arguments.of(TIME + ",v1=" + RIGHT + ",", null),
                Arguments.of("," + TIME + ",v1=" + RIGHT, null),
                Arguments.of(TIME + ",junk,v1=" + RIGHT, null),
                Arguments.of(TIME + ",v1=short,v1=" + RIGHT, null),
                Arguments.of(TIME + ",v1,v1=" + RIGHT, null),
                // nothing there
                Arguments.of("", Cause.SIGNATURE_MISSING),
                Arguments.of("   ", Cause.SIGNATURE_MISSING),
                Arguments.of("\t", Cause.SIGNATURE_MISSING),
                // no time, or no time that is one
                Arguments.of("v1=" + RIGHT, Cause.SIGNATURE_MALFORMED),
                Arguments.of("t,v1=" + RIGHT, Cause.SIGNATURE_MALFORMED),
                Arguments.of("t=,v1=" + RIGHT, Cause.SIGNATURE_MALFORMED),
                Arguments.of("t=abc,v1=" + RIGHT, Cause.SIGNATURE_MALFORMED),
                Arguments.of("t=-1492774577,v1=" + RIGHT, Cause.SIGNATURE_MALFORMED),
                Arguments.of("t=+1492774577,v1=" + RIGHT, Cause.SIGNATURE_MALFORMED),
                Arguments.of("t= 1492774577,v1=" + RIGHT, Cause.SIGNATURE_MALFORMED),
                Arguments.of("t=1492774577 ,v1=" + RIGHT, Cause.SIGNATURE_MALFORMED),
                Arguments.of("t=1492774577.0,v1=" + RIGHT, Cause.SIGNATURE_MALFORMED),
                Arguments.of("t=1.492774577e9,v1=" + RIGHT, Cause.SIGNATURE_MALFORMED),
                Arguments.of("t=0x58f9f831,v1=" + RIGHT, Cause.SIGNATURE_MALFORMED),
                Arguments.of("t=99999999999999999999,v1=" + RIGHT, Cause.SIGNATURE_MALFORMED),
                Arguments.of("t=9223372036854775808,v1=" + RIGHT, Cause.SIGNATURE_MALFORMED),
                Arguments.of("t=١٤٩٢٧٧٤٥٧٧,v1=" + RIGHT, Cause.SIGNATURE_MALFORMED),
                Arguments.of("t=๑๔๙๒๗๗๔๕๗๗,v1=" + RIGHT, Cause.SIGNATURE_MALFORMED),
                Arguments.of("T=1492774577,v1=" + RIGHT, Cause.SIGNATURE_MALFORMED),
                Arguments.of(TIME + "," + TIME + ",v1=" + RIGHT, Cause.SIGNATURE_MALFORMED),
                Arguments.of(TIME + ",t=1,v1=" + RIGHT, Cause.SIGNATURE_MALFORMED),
                Arguments.of("t=1492774577;v1=" + RIGHT, Cause.SIGNATURE_MALFORMED),
                // no signature, or none that is one
                Arguments.of(TIME, Cause.SIGNATURE_MALFORMED),
                Arguments.of(TIME + ",", Cause.SIGNATURE_MALFORMED),
                Arguments.of(TIME + ",v1", Cause.SIGNATURE_MALFORMED),
                Arguments.of(TIME + ",v1=", Cause.SIGNATURE_MALFORMED),
                Arguments.of(TIME + ",v0=" + RIGHT, Cause.SIGNATURE_MALFORMED),
                Arguments.of(TIME + ",v2=" + RIGHT, Cause.SIGNATURE_MALFORMED),
                Arguments.of(TIME + ", v1=" + RIGHT, Cause.SIGNATURE_MALFORMED),
                Arguments.of(TIME + ",V1=" + RIGHT, Cause.SIGNATURE_MALFORMED),
                Arguments.of(TIME + ",v1 =" + RIGHT, Cause.SIGNATURE_MALFORMED),
                Arguments.of(TIME + ",v1= " + RIGHT, Cause.SIGNATURE_MALFORMED),
                Arguments.of(TIME + ",v1=" + RIGHT + " ", Cause.SIGNATURE_MALFORMED),
                Arguments.of(TIME + ",v1=\"" + RIGHT + "\"", Cause.SIGNATURE_MALFORMED),
                Arguments.of(TIME + ",v1=" + upper, Cause.SIGNATURE_MALFORMED),
                Arguments.of(TIME + ",v1=" + RIGHT.substring(1), Cause.SIGNATURE_MALFORMED),
                Arguments.of(TIME + ",v1=" + RIGHT.substring(2), Cause.SIGNATURE_MALFORMED),
                Arguments.of(TIME + ",v1=" + RIGHT + "00", Cause.SIGNATURE_MALFORMED),
                Arguments.of(TIME + ",v1=" + RIGHT + "0", Cause.SIGNATURE_MALFORMED),
                Arguments.of(TIME + ",v1=g" + RIGHT.substring(1), Cause.SIGNATURE_MALFORMED),
                Arguments.of(TIME + ",v1=٣" + RIGHT.substring(1), Cause.SIGNATURE_MALFORMED),
                Arguments.of(TIME + ",v1=" + "=".repeat(64), Cause.SIGNATURE_MALFORMED),
                Arguments.of(RIGHT, Cause.SIGNATURE_MALFORMED),
                Arguments.of(",", Cause.SIGNATURE_MALFORMED),
                Arguments.of("=", Cause.SIGNATURE_MALFORMED),
                Arguments.of("=,=", Cause.SIGNATURE_MALFORMED),
                Arguments.of("\u0000", Cause.SIGNATURE_MALFORMED),
                Arguments.of("null", Cause.SIGNATURE_MALFORMED),
                Arguments.of(
                        TIME + (",v1=" + WITH_OLD_SECRET).repeat(17) + ",v1=" + RIGHT,
                        Cause.SIGNATURE_MALFORMED),
                Arguments.of(
                        TIME + ",v1=" + RIGHT + ",v0=" + "0".repeat(5_000),
                        Cause.SIGNATURE_MALFORMED),
                // well-formed and wrong
                Arguments.of(TIME + ",v1=" + WITH_OLD_SECRET, Cause.SIGNATURE_WRONG),
                Arguments.of(TIME + ",v1=" + FAKE, Cause.SIGNATURE_WRONG),
                Arguments.of(TIME + ",v1=" + "0".repeat(64), Cause.SIGNATURE_WRONG),
                Arguments.of("t=1492774578,v1=" + RIGHT, Cause.SIGNATURE_WRONG),
                Arguments.of("t=01492774577,v1=" + RIGHT, Cause.SIGNATURE_WRONG),
                Arguments.of("t=0,v1=" + RIGHT, Cause.SIGNATURE_WRONG),
                Arguments.of(TIME + ",v1=" + RIGHT.replaceFirst("c", "d"), Cause.SIGNATURE_WRONG),
                Arguments.of(TIME + ",v1=" + RIGHT.substring(0, 63) + "3", Cause.SIGNATURE_WRONG));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void every_header_passes_or_is_refused_with_its_cause(String header, Cause cause) {
        Cause found = null;
        try {
            verify(BODY, StripeSamples.NOW, header);
        } catch (WebhookRejected e) {
            found = e.reason();
        }

        assertThat(found).isEqualTo(cause);
    }

    @Test
    void a_missing_header_and_two_headers_are_refused() {
        String right = TIME + ",v1=" + RIGHT;

        assertThat(refusal(BODY, StripeSamples.NOW)).isEqualTo(Cause.SIGNATURE_MISSING);
        assertThat(refusal(BODY, StripeSamples.NOW, right, right))
                .isEqualTo(Cause.SIGNATURE_MALFORMED);
    }

    @Test
    void any_change_of_the_body_is_refused() {
        String right = TIME + ",v1=" + RIGHT;
        for (int i = 0; i < BODY.length; i++) {
            byte[] changed = BODY.clone();
            changed[i] ^= 1;
            assertThat(refusal(changed, StripeSamples.NOW, right)).isEqualTo(Cause.SIGNATURE_WRONG);
        }
        byte[] longer = java.util.Arrays.copyOf(BODY, BODY.length + 1);
        byte[] unixless =
                new String(BODY, StandardCharsets.UTF_8)
                        .replace("\n", "\r\n")
                        .getBytes(StandardCharsets.UTF_8);
        assertThat(refusal(longer, StripeSamples.NOW, right)).isEqualTo(Cause.SIGNATURE_WRONG);
        assertThat(refusal(unixless, StripeSamples.NOW, right)).isEqualTo(Cause.SIGNATURE_WRONG);
    }

    @Test
    void five_minutes_are_allowed_both_ways_and_a_second_more_is_not() {
        String right = TIME + ",v1=" + RIGHT;
        Instant signed = StripeSamples.NOW;

        assertThatCode(() -> verify(BODY, signed.plusSeconds(300), right))
                .doesNotThrowAnyException();
        assertThatCode(() -> verify(BODY, signed.minusSeconds(300), right))
                .doesNotThrowAnyException();
        assertThat(refusal(BODY, signed.plusSeconds(301), right)).isEqualTo(Cause.STALE);
        assertThat(refusal(BODY, signed.minusSeconds(301), right)).isEqualTo(Cause.FROM_THE_FUTURE);
        assertThat(refusal(BODY, signed.plusSeconds(400_000_000), right)).isEqualTo(Cause.STALE);
    }

    @Test
    void a_wrong_time_is_said_only_of_a_genuine_signature() {
        String forged = TIME + ",v1=" + FAKE;

        assertThat(refusal(BODY, StripeSamples.NOW.plusSeconds(301), forged))
                .isEqualTo(Cause.SIGNATURE_WRONG);
    }

    @Test
    void during_a_rotation_either_secret_verifies_and_the_old_one_not_after_it() {
        RawWebhook old =
                StripeSamples.raw(BODY, StripeSamples.NOW, TIME + ",v1=" + WITH_OLD_SECRET);
        List<Secret> both = new ArrayList<>();
        both.add(Secret.of(StripeSamples.SIGNING_SECRET));
        both.add(Secret.of("whsec_old"));

        assertThatCode(() -> StripeSignature.verify(old, both)).doesNotThrowAnyException();
        both.remove(1);
        assertThat(
                        catchThrowableOfType(
                                        WebhookRejected.class,
                                        () -> StripeSignature.verify(old, both))
                                .reason())
                .isEqualTo(Cause.SIGNATURE_WRONG);
        assertThat(
                        catchThrowableOfType(
                                        WebhookRejected.class,
                                        () -> StripeSignature.verify(old, List.of()))
                                .reason())
                .isEqualTo(Cause.SECRET_MISSING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ar",
                "ar-EG",
                "ar-AE",
                "fa-IR",
                "mr-IN",
                "ne-NP",
                "my-MM",
                "bn-BD",
                "th-TH-u-nu-thai",
                "tr",
                "ru",
                "kk",
                "hi-IN",
                "en-US"
            })
    void the_machines_language_changes_nothing(String language) {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(language));

            assertThatCode(() -> verify(BODY, StripeSamples.NOW, TIME + ",v1=" + RIGHT))
                    .doesNotThrowAnyException();
            assertThat(
                            StripeSignature.sign(
                                    Secret.of(StripeSamples.SIGNING_SECRET),
                                    StripeSamples.NOW,
                                    BODY))
                    .isEqualTo(TIME + ",v1=" + RIGHT);
        } finally {
            Locale.setDefault(before);
        }
    }

    static Stream<String> signedBodiesThatAreNoEvents() {
        return Stream.of(
                "null",
                "[]",
                "\"x\"",
                "12",
                "plain text",
                "{",
                "{}",
                "{\"object\":null}",
                "{\"id\":\"evt_1\"}",
                "{\"type\":\"charge.succeeded\"}",
                "{\"id\":null,\"type\":\"charge.succeeded\"}",
                "{\"id\":1,\"type\":\"charge.succeeded\"}",
                "{\"id\":\"evt_1\",\"type\":{}}",
                "{\"id\":\"\",\"type\":\"charge.succeeded\"}",
                "{\"id\":\"evt_1\",\"type\":\"\"}",
                "{\"id\":\"evt 1\",\"type\":\"charge.succeeded\"}",
                "{\"id\":\"evt_\\u0000\",\"type\":\"charge.succeeded\"}",
                "{\"id\":\"evt_\\ud800\",\"type\":\"charge.succeeded\"}",
                "{\"id\":\"evt_1\",\"id\":\"evt_2\",\"type\":\"charge.succeeded\"}",
                "{\"id\":\"evt_1\",\"type\":\"charge.succeeded\",\"data\":" + "[".repeat(100_000),
                "{\"id\":\"" + "e".repeat(256) + "\",\"type\":\"charge.succeeded\"}",
                "{\"id\":\"evt_1\",\"type\":\"" + "t".repeat(121) + "\"}",
                "id=evt_1&type=charge.succeeded");
    }

    @ParameterizedTest
    @MethodSource("signedBodiesThatAreNoEvents")
    void a_signed_body_that_is_no_event_is_refused(String body) {
        WebhookRejected refused =
                catchThrowableOfType(
                        WebhookRejected.class,
                        () ->
                                StripeWebhook.verify(
                                        StripeSamples.credentials(), StripeSamples.signed(body)));

        assertThat(refused.reason()).isEqualTo(Cause.BODY_MALFORMED);
    }

    @Test
    void a_signed_empty_body_is_refused() {
        WebhookRejected refused =
                catchThrowableOfType(
                        WebhookRejected.class,
                        () ->
                                StripeWebhook.verify(
                                        StripeSamples.credentials(), StripeSamples.signed("")));

        assertThat(refused.reason()).isEqualTo(Cause.BODY_MISSING);
    }
}
