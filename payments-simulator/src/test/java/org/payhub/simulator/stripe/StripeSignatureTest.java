package org.payhub.simulator.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vectors were computed twice, with the provider's library and with another language. */
class StripeSignatureTest {

    private static final long T = 1492774577L;
    private static final String SECRET = "whsec_test_secret";
    private static final byte[] BODY =
            bytes("{\n  \"id\": \"evt_test_webhook\",\n  \"object\": \"event\"\n}");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void the_known_vectors_come_out() {
        byte[] unicode =
                bytes(
                        "{\"id\":\"evt_utf8\",\"object\":\"event\",\"data\":{\"object\":{"
                                + "\"object\":\"charge\",\"billing_details\":{"
                                + "\"name\":\"Zoë Жук 💇\"}}}}");

        assertThat(StripeSignature.v1(SECRET, BODY, T))
                .isEqualTo("c2f890decbc5ede7c5060bb9a6d31e0626a4342bacb9aeae2adb1bcea72f9812");
        assertThat(StripeSignature.v1(SECRET, unicode, T))
                .isEqualTo("31122918b21142c2315decfc0a4b8262d5c3d23d2d8f486e2976a85e5a725a74");
        assertThat(StripeSignature.v1(SECRET, bytes("{}"), T))
                .isEqualTo("53140ab8fa70c511cc40d5c9198af7dde7bbaee877038c056d8250c3bd3b2e11");
        assertThat(StripeSignature.v1("whsec_old", BODY, T))
                .isEqualTo("7e81cd6c37b0442827e05d7e713cc29fde84589e6d318b9af88e724b31006a95");
    }

    @Test
    void a_rolled_secret_gives_one_v1_each_and_a_fake_v0() {
        String header = StripeSignature.header(List.of("whsec_old", SECRET), BODY, T, true);

        assertThat(header)
                .startsWith(
                        "t=1492774577,v1=7e81cd6c37b0442827e05d7e713cc29fde84589e6d318b9af88e724b31006a95"
                                + ",v1=c2f890decbc5ede7c5060bb9a6d31e0626a4342bacb9aeae2adb1bcea72f9812"
                                + ",v0=");
        assertThat(StripeSignature.header(List.of(SECRET), BODY, T, false)).doesNotContain("v0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar-EG-u-nu-arab", "th-TH-u-nu-thai", "tr", "fa-IR", "kk"})
    void the_default_locale_changes_neither_signatures_nor_amounts_nor_codes(String tag) {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(tag));
        try (Rig rig = new Rig()) {
            var session =
                    rig.post(
                            "/v1/checkout/sessions",
                            "success_url=https://hub.example&line_items[0][quantity]=1"
                                    + "&line_items[0][price_data][currency]=INR"
                                    + "&line_items[0][price_data][unit_amount]=1234500"
                                    + "&line_items[0][price_data][product_data][name]=I");
            String page = rig.browser.get(session.text("url")).body();

            assertThat(StripeSignature.sign(SECRET, BODY, T))
                    .startsWith(
                            "t=1492774577,v1=c2f890decbc5ede7c5060bb9a6d31e0626a4342bacb9aeae2adb1bcea72f9812");
            assertThat(session.text("currency")).isEqualTo("inr");
            assertThat(page).contains("12345.00 INR");
        } finally {
            Locale.setDefault(before);
        }
    }
}
