package org.payhub.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** Where a chain ends; whoever adds an entry holds this row until the commit. */
@Entity
@Table(name = "audit_chain")
class AuditChain {

    @Id private UUID chain;
    private long seq;

    @JdbcTypeCode(SqlTypes.BINARY)
    @Column(length = AuditLine.HASH_BYTES)
    private byte[] hash;

    AuditChain() {}

    long seq() {
        return seq;
    }

    byte[] hash() {
        return hash;
    }

    void grow(long newSeq, byte[] newHash) {
        seq = newSeq;
        hash = newHash.clone();
    }
}
