package org.payhub.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.payhub.tenancy.Actor;

/** One entry of a chain; written once, never changed. */
@Entity
@Immutable
@Table(name = "audit_entry")
class AuditEntry {

    @Id private UUID id;
    private UUID chain;
    private long seq;
    private Instant at;

    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.VARCHAR)
    @Column(name = "actor_kind")
    private Actor.Kind actorKind;

    @Column(name = "actor_id")
    private UUID actorId;

    @Column(name = "actor_name")
    private String actorName;

    private String address;

    @Column(name = "request_id")
    private String requestId;

    private String action;

    @Column(name = "object_type")
    private String objectType;

    @Column(name = "object_id")
    private String objectId;

    @JdbcTypeCode(SqlTypes.BINARY)
    @Column(name = "previous_hash", length = AuditLine.HASH_BYTES)
    private byte[] previousHash;

    @JdbcTypeCode(SqlTypes.BINARY)
    @Column(length = AuditLine.HASH_BYTES)
    private byte[] hash;

    @JdbcTypeCode(SqlTypes.BINARY)
    @Column(name = "details_digest", length = AuditLine.HASH_BYTES)
    private byte[] detailsDigest;

    AuditEntry() {}

    AuditEntry(UUID id, Actor.Kind kind, AuditLine line) {
        this.id = id;
        this.chain = line.chain();
        this.seq = line.seq();
        this.at = line.at();
        this.actorKind = kind;
        this.actorId = line.actorId();
        this.actorName = line.actorName();
        this.address = line.address();
        this.requestId = line.requestId();
        this.action = line.action();
        this.objectType = line.objectType();
        this.objectId = line.objectId();
        this.previousHash = line.previousHash().clone();
        this.hash = line.hash().clone();
        this.detailsDigest = line.detailsDigest().clone();
    }

    /** The entry with its details, {@code null} where they were erased. */
    AuditLine line(AuditDetail detail) {
        return new AuditLine(
                chain,
                seq,
                at,
                actorKind.name(),
                actorId,
                actorName,
                address,
                requestId,
                action,
                objectType,
                objectId,
                previousHash,
                detailsDigest,
                hash,
                detail == null ? new byte[0] : detail.salt(),
                detail == null ? null : detail.details());
    }

    AuditRow row(AuditDetail detail) {
        return new AuditRow(
                id,
                seq,
                at,
                actorKind,
                actorId,
                actorName,
                address,
                requestId,
                action,
                objectType,
                objectId,
                Optional.ofNullable(detail).map(AuditDetail::details));
    }
}
