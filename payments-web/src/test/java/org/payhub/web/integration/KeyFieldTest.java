package org.payhub.web.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.payhub.provider.spi.CredentialField;
import org.payhub.provider.spi.CredentialField.Kind;

class KeyFieldTest {

    @Test
    void pasted_keys_belong_to_the_field_whose_example_begins_alike() {
        KeyField secret = field(Kind.SECRET, "sk_test_… or rk_test_…");

        String prefixes = secret.getPrefixes();

        assertThat(prefixes).isEqualTo("sk_ rk_");
        assertThat(field(Kind.TEXT, "12345").getPrefixes()).isEmpty();
    }

    @Test
    void a_secret_that_comes_back_empty_keeps_what_was_typed_before() {
        KeyField secret = field(Kind.SECRET, "sk_test_…");
        secret.setValue(" sk_test_abc ");

        secret.setValue("");

        assertThat(secret.getValue()).isEqualTo("sk_test_abc");
    }

    @Test
    void a_field_that_is_no_secret_can_be_emptied() {
        KeyField text = field(Kind.TEXT, "pk_test_…");
        text.setValue("pk_test_abc");

        text.setValue("");

        assertThat(text.getValue()).isEmpty();
    }

    @Test
    void a_key_tells_its_mode_where_it_can() {
        KeyField key = field(Kind.SECRET, "sk_test_…");

        key.setValue("rk_live_51abc");

        assertThat(key.getMode()).isEqualTo("live");
        key.setValue("pk_test_51abc");
        assertThat(key.getMode()).isEqualTo("test");
        key.setValue("latest_and_greatest");
        assertThat(key.getMode()).isEmpty();
    }

    @Test
    void what_was_said_of_a_value_goes_when_the_value_changes() {
        KeyField key = field(Kind.SECRET, "sk_test_…");
        key.setValue("pk_test_abc");
        key.say("danger", "This is a publishable key.");

        key.setValue("sk_test_abc");

        assertThat(key.getMessage()).isEmpty();
    }

    private static KeyField field(Kind kind, String example) {
        return new KeyField(new CredentialField("key", kind, true, List.of(), example), "Key", "");
    }
}
