package org.payhub.provider.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.ProviderRefused;

class StripeKeysTest {

    private static Credentials typed(String publishable, String secret, String webhook) {
        Map<String, String> typed = new LinkedHashMap<>();
        typed.put(StripeKeys.PUBLISHABLE_KEY, publishable);
        typed.put(StripeKeys.SECRET_KEY, secret);
        typed.put(StripeKeys.WEBHOOK_SECRET, webhook);
        return Credentials.of(StripeSamples.OWNER, typed);
    }

    @ParameterizedTest
    @CsvSource({
        "pk_test_51Abc, sk_test_51Abc, whsec_abc",
        "pk_live_51Abc, sk_live_51Abc, whsec_a+b/c=",
        "pk_test_51Abc, rk_test_51Abc, ''",
        "pk_live_old24, rk_live_old24, ''",
        "' pk_test_51Abc ', ' sk_test_51Abc ', ' whsec_abc '",
    })
    void keys_of_the_right_look_pass(String publishable, String secret, String webhook) {
        assertThatCode(() -> StripeKeys.checkForm(typed(publishable, secret, webhook)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "pk_test_1, pk_test_1, '', secret_key, publishable",
        "pk_test_1, whsec_1, '', secret_key, webhook secret",
        "pk_test_1, sk_org_live_1, '', secret_key, organisation",
        "pk_test_1, sk_test_…4Kd9, '', secret_key, shortened",
        "pk_test_1, sk_test_****4Kd9, '', secret_key, shortened",
        "pk_test_1, sk_test_1 2, '', secret_key, starts with sk_test_",
        "pk_test_1, SK_TEST_1, '', secret_key, starts with sk_test_",
        "pk_test_1, hello, '', secret_key, starts with sk_test_",
        "sk_test_1, sk_test_1, '', publishable_key, not secret",
        "rk_live_1, sk_test_1, '', publishable_key, not secret",
        "hello, sk_test_1, '', publishable_key, starts with pk_test_",
        "pk_live_1, sk_test_1, '', publishable_key, same mode",
        "pk_test_1, sk_live_1, '', publishable_key, same mode",
        "pk_test_1, sk_test_1, we_1Abc, webhook_secret, id of a webhook destination",
        "pk_test_1, sk_test_1, https://hub.example/payments, webhook_secret, address",
        "pk_test_1, sk_test_1, sk_test_1, webhook_secret, API key",
        "pk_test_1, sk_test_1, secret, webhook_secret, whsec_",
        "pk_test_1, sk_test_1, whsec_a b, webhook_secret, no blanks",
    })
    void a_key_in_the_wrong_place_is_named_with_its_field(
            String publishable, String secret, String webhook, String field, String says) {
        ProviderRefused refused =
                catchThrowableOfType(
                        ProviderRefused.class,
                        () -> StripeKeys.checkForm(typed(publishable, secret, webhook)));

        assertThat(refused.code()).isEqualTo("integration.credentials_refused");
        assertThat(refused.field()).contains(field);
        assertThat(refused.getMessage()).contains(says);
    }

    @Test
    void no_refusal_quotes_what_was_typed() {
        ProviderRefused refused =
                catchThrowableOfType(
                        ProviderRefused.class,
                        () ->
                                StripeKeys.checkForm(
                                        typed("sk_live_51Confidential", "sk_live_1", "")));

        assertThat(refused.getMessage()).doesNotContain("Confidential");
    }

    @Test
    void a_missing_secret_key_is_refused_by_its_field() {
        ProviderRefused refused =
                catchThrowableOfType(
                        ProviderRefused.class,
                        () -> StripeKeys.checkForm(typed("pk_test_1", "", "")));

        assertThat(refused.field()).contains(StripeKeys.SECRET_KEY);
    }
}
