package org.payhub.apikey;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.payhub.money.Money;
import org.payhub.platform.HubException;
import org.payhub.platform.TypedText;
import org.payhub.tenancy.MerchantId;

/** One key of a merchant; of the key itself only the hash is kept. */
@Entity
@Table(name = "api_key")
class ApiKey {

    @Id private UUID id;

    @Column(name = "merchant_id")
    private UUID merchant;

    private String name;

    @JdbcTypeCode(SqlTypes.BINARY)
    @Column(name = "key_hash", length = 32)
    private byte[] keyHash;

    private String ending;

    @Embedded
    @AttributeOverride(name = "minor", column = @Column(name = "limit_minor", precision = 38))
    @AttributeOverride(name = "asset", column = @Column(name = "limit_asset"))
    private Money moneyLimit;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "last_used_at")
    private Instant lastUsedAt;

    @Column(name = "revoked_at")
    private Instant revokedAt;

    @Version private int version;

    ApiKey() {}

    ApiKey(
            MerchantId merchant,
            String name,
            byte[] keyHash,
            String ending,
            Optional<Money> limit,
            Instant now) {
        limit.filter(Money::isNegative)
                .ifPresent(
                        m -> {
                            throw HubException.ofField(
                                    "limit",
                                    "api_key.limit_negative",
                                    "The limit is 0 or more; empty means none was set.");
                        });
        this.id = ApiKeyId.next().value();
        this.merchant = merchant.value();
        this.name = TypedText.required("name", name, 200, "api_key.name", "The key's name");
        this.keyHash = keyHash.clone();
        this.ending = ending;
        this.moneyLimit = limit.orElse(null);
        this.createdAt = now;
    }

    void revoke(Instant now) {
        if (revokedAt == null) {
            revokedAt = now;
        }
    }

    ApiKeyId id() {
        return new ApiKeyId(id);
    }

    MerchantId merchant() {
        return new MerchantId(merchant);
    }

    String name() {
        return name;
    }

    Optional<Money> moneyLimit() {
        return Optional.ofNullable(moneyLimit);
    }

    Optional<Instant> lastUsedAt() {
        return Optional.ofNullable(lastUsedAt);
    }

    ApiKeyRow row() {
        return new ApiKeyRow(
                id(),
                name,
                ending,
                moneyLimit(),
                createdAt,
                lastUsedAt(),
                Optional.ofNullable(revokedAt));
    }
}
