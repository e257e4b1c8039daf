package org.payhub.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.payhub.platform.HubException;
import org.payhub.provider.spi.CredentialField;
import org.payhub.provider.spi.CredentialField.Kind;
import org.payhub.provider.spi.ProviderProfile;

class CredentialFormTest {

    private static final ProviderProfile ACME =
            new ProviderProfile(
                    "acme",
                    "Acme",
                    "Pays.",
                    List.of(
                            new CredentialField("id", Kind.TEXT, true, List.of(), "1234"),
                            new CredentialField("key", Kind.SECRET, true, List.of(), "k_…"),
                            new CredentialField(
                                    "hook", Kind.WEBHOOK_SECRET, false, List.of(), "h_…"),
                            new CredentialField(
                                    "host", Kind.CHOICE, false, List.of("kz", "mx"), "kz")),
                    Set.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    1);

    private static Map<String, String> all(Map<String, String> typed) {
        return CredentialForm.readAll(ACME, new TypedCredentials(typed));
    }

    private static void refused(Map<String, String> typed, String field, String code) {
        assertThatThrownBy(() -> all(typed))
                .isInstanceOfSatisfying(
                        HubException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(code);
                            assertThat(e.field()).contains(field);
                        });
    }

    @Test
    void blanks_around_a_key_are_taken_off_and_empty_fields_left_out() {
        Map<String, String> read = all(Map.of("id", " 1 ", "key", "\tk_1 ", "hook", "  "));

        assertThat(read).containsOnly(Map.entry("id", "1"), Map.entry("key", "k_1"));
    }

    @Test
    void a_missing_field_is_named() {
        refused(Map.of("id", "1"), "key", "integration.credential_missing");
        refused(Map.of("id", "1", "key", "   "), "key", "integration.credential_missing");
    }

    @Test
    void a_field_that_the_provider_does_not_have_is_refused() {
        refused(
                Map.of("id", "1", "key", "k", "password", "x"),
                "credentials",
                "integration.field_unknown");
    }

    @Test
    void a_choice_is_one_of_the_choices() {
        refused(
                Map.of("id", "1", "key", "k", "host", "https://evil.example"),
                "host",
                "integration.choice_unknown");
        assertThat(all(Map.of("id", "1", "key", "k", "host", "mx"))).containsEntry("host", "mx");
    }

    @Test
    void line_breaks_and_books_are_no_keys() {
        refused(Map.of("id", "1", "key", "k_1\nk_2"), "key", "integration.credential_malformed");
        refused(
                Map.of("id", "1", "key", "k".repeat(1_001)),
                "key",
                "integration.credential_too_long");
    }

    @Test
    void replacing_needs_only_what_is_replaced() {
        assertThat(CredentialForm.readSome(ACME, new TypedCredentials(Map.of("hook", "h_2"))))
                .containsOnly(Map.entry("hook", "h_2"));
    }
}
