package org.payhub.transaction;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.payhub.integration.IntegrationId;
import org.payhub.money.Money;

/** One operation that a provider reported; never changed. */
@Entity
@Immutable
@Table(name = "provider_transaction")
class ProviderTransaction {

    @Id private UUID id;

    @Column(name = "merchant_id")
    private UUID merchant;

    @Column(name = "integration_id")
    private UUID integration;

    private boolean livemode;

    @Column(name = "payment_id")
    private UUID payment;

    @Convert(converter = TransactionKindColumn.class)
    private TransactionKind kind;

    @Column(name = "transaction_key")
    private String key;

    @Embedded
    @AttributeOverride(name = "minor", column = @Column(name = "amount_minor", precision = 38))
    @AttributeOverride(name = "asset", column = @Column(name = "amount_asset"))
    private Money amount;

    @Embedded
    @AttributeOverride(name = "minor", column = @Column(name = "fee_minor", precision = 38))
    @AttributeOverride(name = "asset", column = @Column(name = "fee_asset"))
    private Money fee;

    @Column(name = "exchange_rate")
    private String exchangeRate;

    @Column(name = "available_at")
    private Instant availableAt;

    @Column(name = "source_key")
    private String source;

    @Column(name = "delivery_id")
    private UUID delivery;

    @Column(name = "occurred_at")
    private Instant occurredAt;

    @Column(name = "recorded_at")
    private Instant recordedAt;

    ProviderTransaction() {}

    ProviderTransaction(Reporting report, UUID payment, NewTransaction told, Instant now) {
        this.id = TransactionId.next().value();
        this.merchant = report.merchant().value();
        this.integration = told.integration().value();
        this.livemode = report.livemode();
        this.payment = payment;
        this.kind = told.kind();
        this.key = told.key();
        this.amount = told.amount();
        this.fee = told.booked().map(NewTransaction.Booked::fee).orElse(null);
        this.exchangeRate = told.booked().flatMap(NewTransaction.Booked::exchangeRate).orElse(null);
        this.availableAt = told.booked().flatMap(NewTransaction.Booked::availableAt).orElse(null);
        this.source = told.source().orElse(null);
        this.delivery = report.delivery().orElse(null);
        this.occurredAt = told.occurredAt();
        this.recordedAt = now;
    }

    Money amount() {
        return amount;
    }

    TransactionRow row() {
        return new TransactionRow(
                new TransactionId(id),
                new IntegrationId(integration),
                livemode,
                Optional.ofNullable(payment),
                kind,
                key,
                amount,
                Optional.ofNullable(fee),
                Optional.ofNullable(exchangeRate),
                Optional.ofNullable(availableAt),
                Optional.ofNullable(source),
                occurredAt,
                recordedAt);
    }
}
