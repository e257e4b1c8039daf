package org.payhub.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.Length;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** What an entry says in words; it may be erased while the entry stays. */
@Entity
@Table(name = "audit_detail")
class AuditDetail {

    @Id
    @Column(name = "entry_id")
    private UUID entry;

    @JdbcTypeCode(SqlTypes.BINARY)
    @Column(length = AuditLine.SALT_BYTES)
    private byte[] salt;

    @Column(length = Length.LONG32)
    private String details;

    AuditDetail() {}

    AuditDetail(UUID entry, byte[] salt, String details) {
        this.entry = entry;
        this.salt = salt.clone();
        this.details = details;
    }

    byte[] salt() {
        return salt;
    }

    String details() {
        return details;
    }
}
