package org.payhub.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.payhub.platform.HubConfig;
import org.payhub.platform.HubException;
import org.payhub.platform.MasterKey;
import org.payhub.provider.spi.Secret;

class CredentialVaultTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Secret SECRET = Secret.of("made-up-for-this-test-4Kd9");

    private final byte[] first = MasterKey.random(32);
    private final byte[] second = MasterKey.random(32);
    private final CredentialVault vault = vault(first, Optional.empty());
    private final IntegrationId integration = IntegrationId.next();

    private static CredentialVault vault(byte[] key, Optional<byte[]> previous) {
        return new CredentialVault(
                new MasterKey(
                        new HubConfig() {
                            @Override
                            public byte[] masterKey() {
                                return key;
                            }

                            @Override
                            public Optional<byte[]> previousMasterKey() {
                                return previous;
                            }
                        }));
    }

    private static void refused(Runnable opening) {
        assertThatThrownBy(opening::run)
                .isInstanceOf(HubException.class)
                .extracting(e -> ((HubException) e).code())
                .isEqualTo("secret.cannot_be_opened");
    }

    private IntegrationCredential sealed() {
        return vault.seal(integration, "secret_key", SECRET, true, NOW);
    }

    @Test
    void what_was_sealed_opens_again() {
        assertThat(vault.open(sealed())).isEqualTo(SECRET);
    }

    @Test
    void sealing_twice_gives_different_bytes() {
        assertThat(sealed().sealed()).isNotEqualTo(sealed().sealed());
    }

    @Test
    void a_row_moved_to_another_integration_does_not_open() {
        refused(() -> vault.open(IntegrationId.next(), "secret_key", sealed().sealed()));
    }

    @Test
    void a_value_moved_to_another_field_does_not_open() {
        refused(() -> vault.open(integration, "webhook_secret", sealed().sealed()));
    }

    @Test
    void one_changed_bit_anywhere_does_not_open() {
        byte[] bytes = sealed().sealed();
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;

            refused(() -> vault.open(integration, "secret_key", changed));
        }
    }

    @Test
    void a_shortened_value_does_not_open() {
        byte[] bytes = sealed().sealed();
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(bytes, length);

            refused(() -> vault.open(integration, "secret_key", cut));
        }
    }

    @Test
    void another_master_key_does_not_open_it_and_the_previous_one_does() {
        IntegrationCredential old = sealed();

        refused(() -> vault(second, Optional.empty()).open(old));
        assertThat(vault(second, Optional.of(first)).open(old)).isEqualTo(SECRET);
    }

    @Test
    void what_an_older_key_sealed_is_sealed_anew_once() {
        IntegrationCredential credential = sealed();
        CredentialVault rotating = vault(second, Optional.of(first));

        assertThat(rotating.refresh(credential)).isTrue();
        assertThat(rotating.refresh(credential)).isFalse();

        CredentialVault rotated = vault(second, Optional.empty());
        assertThat(rotated.open(credential)).isEqualTo(SECRET);
        assertThat(rotated.holds(credential, SECRET)).isTrue();
    }

    @Test
    void the_same_secret_is_recognised_also_while_the_master_key_rotates() {
        IntegrationCredential credential = sealed();

        assertThat(vault.holds(credential, SECRET)).isTrue();
        assertThat(vault(second, Optional.of(first)).holds(credential, SECRET)).isTrue();
        assertThat(vault.holds(credential, Secret.of("another-one-entirely"))).isFalse();
    }

    @Test
    void nothing_that_prints_shows_the_secret() {
        IntegrationCredential credential = sealed();

        assertThat(
                        credential.toString()
                                + vault
                                + SECRET
                                + new TypedCredentials(
                                        java.util.Map.of("secret_key", SECRET.reveal())))
                .doesNotContain(SECRET.reveal());
        assertThat(credential.ending()).isEqualTo("4Kd9");
    }

    @Test
    void a_short_secret_shows_no_ending() {
        IntegrationCredential credential =
                vault.seal(integration, "secret_key", Secret.of("short-one"), true, NOW);

        assertThat(credential.ending()).isEmpty();
    }

    @Test
    void a_value_ends_at_the_earlier_of_two_moments() {
        IntegrationCredential credential = sealed();

        credential.endAt(NOW.plusSeconds(10));
        credential.endAt(NOW.plusSeconds(20));

        assertThat(credential.isValidAt(NOW.plusSeconds(9))).isTrue();
        assertThat(credential.isValidAt(NOW.plusSeconds(10))).isFalse();
    }
}
