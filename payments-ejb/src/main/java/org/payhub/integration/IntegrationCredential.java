package org.payhub.integration;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** One sealed value of one field. Several of one field are valid while a rotation runs. */
@Entity
@Table(name = "integration_credential")
class IntegrationCredential {

    @Id private UUID id;

    @Column(name = "integration_id")
    private UUID integration;

    private String field;
    private byte[] sealed;

    @JdbcTypeCode(SqlTypes.BINARY)
    private byte[] fingerprint;

    private String ending;

    @Column(name = "added_at")
    private Instant addedAt;

    @Column(name = "valid_until")
    private Instant validUntil;

    @Version private int version;

    /** For Hibernate. */
    protected IntegrationCredential() {}

    IntegrationCredential(
            UUID id,
            IntegrationId integration,
            String field,
            byte[] sealed,
            byte[] fingerprint,
            String ending,
            Instant addedAt) {
        this.id = id;
        this.integration = integration.value();
        this.field = field;
        this.sealed = sealed.clone();
        this.fingerprint = fingerprint.clone();
        this.ending = ending;
        this.addedAt = addedAt;
    }

    boolean isValidAt(Instant now) {
        return validUntil == null || validUntil.isAfter(now);
    }

    /** Ends then, or earlier if that was said before. */
    void endAt(Instant end) {
        validUntil = validUntil == null || end.isBefore(validUntil) ? end : validUntil;
    }

    void sealAnew(byte[] bytes, byte[] print) {
        sealed = bytes.clone();
        fingerprint = print.clone();
    }

    IntegrationId integration() {
        return new IntegrationId(integration);
    }

    String field() {
        return field;
    }

    byte[] sealed() {
        return sealed.clone();
    }

    byte[] fingerprint() {
        return fingerprint.clone();
    }

    String ending() {
        return ending;
    }

    Instant addedAt() {
        return addedAt;
    }

    Optional<Instant> validUntil() {
        return Optional.ofNullable(validUntil);
    }

    @Override
    public String toString() {
        return "IntegrationCredential[" + field + "]";
    }
}
