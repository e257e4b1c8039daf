package org.payhub.integration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import org.payhub.platform.Ids;
import org.payhub.platform.MasterKey;
import org.payhub.provider.spi.Secret;

/**
 * Seals what merchants type and opens it again. What is sealed is bound to the integration and the
 * field: a row copied to another merchant, or to another field, does not open.
 */
@ApplicationScoped
class CredentialVault {

    /** The same value, whatever the field, has one print for this purpose. */
    private static final String PURPOSE = "integration_credential";

    private MasterKey masterKey;

    /** For the container. */
    CredentialVault() {}

    @Inject
    CredentialVault(MasterKey masterKey) {
        this.masterKey = masterKey;
    }

    IntegrationCredential seal(
            IntegrationId integration, String field, Secret value, boolean secret, Instant now) {
        byte[] plain = value.revealBytes();
        return new IntegrationCredential(
                Ids.next(),
                integration,
                field,
                masterKey.seal(plain, bound(integration, field)),
                masterKey.prints(plain, PURPOSE).get(0),
                secret ? value.ending() : "",
                now);
    }

    /**
     * The value again.
     *
     * <p><b>Errors</b>: {@code secret.cannot_be_opened}.
     */
    Secret open(IntegrationId integration, String field, byte[] sealed) {
        return Secret.of(
                new String(
                        masterKey.open(sealed, bound(integration, field)), StandardCharsets.UTF_8));
    }

    Secret open(IntegrationCredential credential) {
        return open(credential.integration(), credential.field(), credential.sealed());
    }

    /** The prints by which a value that is already stored is found, while keys rotate too. */
    List<byte[]> prints(Secret value) {
        return masterKey.prints(value.revealBytes(), PURPOSE);
    }

    boolean holds(IntegrationCredential credential, Secret value) {
        return prints(value).stream()
                .anyMatch(print -> MessageDigest.isEqual(print, credential.fingerprint()));
    }

    /** Seals anew what an older master key sealed; whether there was anything to do. */
    boolean refresh(IntegrationCredential credential) {
        if (!masterKey.isSealedByOlderKey(credential.sealed())) {
            return false;
        }
        byte[] plain = open(credential).revealBytes();
        credential.sealAnew(
                masterKey.seal(plain, bound(credential.integration(), credential.field())),
                masterKey.prints(plain, PURPOSE).get(0));
        return true;
    }

    private static String bound(IntegrationId integration, String field) {
        return "integration:" + integration.value() + ":" + field;
    }
}
