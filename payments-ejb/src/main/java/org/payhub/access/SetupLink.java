package org.payhub.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.payhub.platform.HubException;
import org.payhub.platform.Ids;
import org.payhub.platform.Problem;
import org.payhub.tenancy.MerchantId;
import org.payhub.tenancy.UserId;

/** A link that opens once, within an hour. Of its token only the hash is kept. */
@Entity
@Table(name = "setup_link")
class SetupLink {

    static final Duration LIFE = Duration.ofHours(1);

    @Id private UUID id;

    @JdbcTypeCode(SqlTypes.BINARY)
    @Column(name = "token_hash", length = 32)
    private byte[] tokenHash;

    @Column(name = "user_id")
    private UUID user;

    @Column(name = "merchant_id")
    private UUID merchant;

    @Column(name = "expires_at")
    private Instant expiresAt;

    @Column(name = "used_at")
    private Instant usedAt;

    @Column(name = "created_at")
    private Instant createdAt;

    @Version private int version;

    SetupLink() {}

    SetupLink(byte[] tokenHash, UserId user, MerchantId merchant, Instant now) {
        this.id = Ids.next();
        this.tokenHash = tokenHash.clone();
        this.user = user == null ? null : user.value();
        this.merchant = merchant == null ? null : merchant.value();
        this.expiresAt = now.plus(LIFE);
        this.createdAt = now;
    }

    void requireOpen(Instant now) {
        if (usedAt != null) {
            throw new HubException(
                    Problem.CONFLICT,
                    "access.setup_link_used",
                    "This link was used already. Log in with the password that was set; if it was"
                            + " not you, tell an owner of the business.");
        }
        if (!expiresAt.isAfter(now)) {
            throw new HubException(
                    Problem.CONFLICT,
                    "access.setup_link_expired",
                    "This link was good for one hour and is over. Ask the person who gave it to"
                            + " you for a new one.");
        }
    }

    void use(Instant now) {
        requireOpen(now);
        usedAt = now;
    }

    /** The person whose password it sets; none: it makes the first business. */
    Optional<UserId> user() {
        return Optional.ofNullable(user).map(UserId::new);
    }

    Optional<MerchantId> merchant() {
        return Optional.ofNullable(merchant).map(MerchantId::new);
    }

    Instant expiresAt() {
        return expiresAt;
    }
}
