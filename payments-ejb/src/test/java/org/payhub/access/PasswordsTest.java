package org.payhub.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.payhub.platform.HubException;

class PasswordsTest {

    private final Passwords passwords = new Passwords();

    @Test
    void a_password_matches_its_own_hash_only() {
        String hash = passwords.hashNew("seven purple otters");

        assertThat(passwords.matches("seven purple otters", hash)).isTrue();
        assertThat(passwords.matches("seven purple otter", hash)).isFalse();
        assertThat(passwords.matches("", hash)).isFalse();
        assertThat(passwords.matches(null, hash)).isFalse();
    }

    @Test
    void the_hash_tells_its_parameters_and_is_salted() {
        String one = passwords.hashNew("seven purple otters");
        String two = passwords.hashNew("seven purple otters");

        assertThat(one).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").isNotEqualTo(two);
    }

    @Test
    void nobody_has_a_password_that_matches() {
        assertThat(passwords.matches("anything at all", null)).isFalse();
        assertThat(passwords.matches("", null)).isFalse();
    }

    @Test
    void an_unknown_account_costs_about_as_much_as_a_known_one() {
        String hash = passwords.hashNew("seven purple otters");
        passwords.matches("warm", hash);
        passwords.matches("warm", null);

        long known = time(hash);
        long unknown = time(null);

        // Both hash once; without that the unknown one would take a thousandth of the time.
        assertThat(unknown).isGreaterThan(known / 4);
    }

    private long time(String hash) {
        long start = System.nanoTime();
        for (int i = 0; i < 3; i++) {
            passwords.matches("wrong password " + i, hash);
        }
        return System.nanoTime() - start;
    }

    @Test
    void one_letter_typed_in_two_ways_is_one_password() {
        String hash = passwords.hashNew("caf\u00e9 con leche y sol");

        assertThat(passwords.matches("cafe\u0301 con leche y sol", hash)).isTrue();
    }

    @Test
    void what_is_wrong_with_a_password_is_said_with_the_cure() {
        assertThatThrownBy(() -> passwords.hashNew("short"))
                .isInstanceOfSatisfying(
                        HubException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo("access.password_too_short");
                            assertThat(e.field()).contains("password");
                            assertThat(e).hasMessageContaining("at least 12");
                        });
        assertThatThrownBy(() -> passwords.hashNew("x".repeat(100) + "y".repeat(101)))
                .hasFieldOrPropertyWithValue("code", "access.password_too_long");
        for (String bad :
                List.of(
                        "aaaaaaaaaaaaaaaa",
                        "Password1234",
                        "ana@example.com",
                        "ana@example.com1!",
                        "Estudio Alba!")) {
            assertThatThrownBy(() -> passwords.hashNew(bad, "ana@example.com", "Estudio Alba"))
                    .as(bad)
                    .hasFieldOrPropertyWithValue("code", "access.password_guessable");
        }
    }
}
