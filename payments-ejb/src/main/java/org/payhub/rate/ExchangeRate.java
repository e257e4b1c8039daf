package org.payhub.rate;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.payhub.money.Asset;
import org.payhub.money.AssetColumn;
import org.payhub.money.Rate;
import org.payhub.tenancy.Scope;

/** One entry; a new one of the same pair takes its place. */
@Entity
@Table(name = "exchange_rate")
class ExchangeRate {

    @Id private UUID id;

    @Column(name = "merchant_id")
    private UUID merchant;

    @Convert(converter = AssetColumn.class)
    @Column(name = "from_asset")
    private Asset base;

    @Convert(converter = AssetColumn.class)
    @Column(name = "to_asset")
    private Asset quoted;

    private String rate;

    private String source;

    @Column(name = "valid_until")
    private Instant validUntil;

    @Column(name = "entered_by")
    private String enteredBy;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "withdrawn_at")
    private Instant withdrawnAt;

    @Version private int version;

    ExchangeRate() {}

    ExchangeRate(Scope scope, EnterRate command, Instant now) {
        this.id = RateId.next().value();
        this.merchant = scope.merchant().value();
        this.base = command.from();
        this.quoted = command.to();
        this.rate = command.rate().toString();
        this.source = command.source().strip();
        this.validUntil = command.validUntil();
        this.enteredBy = scope.actor().name();
        this.createdAt = now;
    }

    void withdraw(Instant now) {
        if (withdrawnAt == null) {
            withdrawnAt = now;
        }
    }

    boolean isWithdrawn() {
        return withdrawnAt != null;
    }

    UUID merchant() {
        return merchant;
    }

    String pair() {
        return base.code() + " → " + quoted.code();
    }

    RateRow row(Instant now) {
        return new RateRow(
                new RateId(id),
                base,
                quoted,
                Rate.parse(rate),
                source,
                validUntil,
                enteredBy,
                createdAt,
                withdrawnAt == null && now.isBefore(validUntil));
    }
}
