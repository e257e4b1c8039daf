package org.payhub.dispute;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.payhub.integration.IntegrationId;
import org.payhub.money.Money;
import org.payhub.payment.PaymentId;
import org.payhub.payment.PaymentView;
import org.payhub.provider.spi.ProviderEvent.DisputeReported;

/** Money contested through the bank. Its methods are the rules; they know no database. */
@Entity
@Table(name = "dispute")
class Dispute {

    private static final int LONGEST_REASON = 64;

    @Id private UUID id;

    @Column(name = "merchant_id")
    private UUID merchant;

    @Column(name = "payment_id")
    private UUID payment;

    @Column(name = "integration_id")
    private UUID integration;

    private boolean livemode;

    @Column(name = "dispute_key")
    private String disputeKey;

    @Convert(converter = DisputeStatusColumn.class)
    private DisputeStatus status;

    @Embedded
    @AttributeOverride(name = "minor", column = @Column(name = "amount_minor", precision = 38))
    @AttributeOverride(name = "asset", column = @Column(name = "amount_asset"))
    private Money amount;

    private String reason;

    @Column(name = "answer_by")
    private Instant answerBy;

    @Column(name = "opened_at")
    private Instant openedAt;

    @Column(name = "reported_at")
    private Instant reportedAt;

    @Column(name = "closed_at")
    private Instant closedAt;

    @Column(name = "created_at")
    private Instant createdAt;

    @Version private int version;

    Dispute() {}

    Dispute(PaymentView of, DisputeReported told, Instant now) {
        this.id = DisputeId.next().value();
        this.merchant = of.merchant().value();
        this.payment = of.uuid();
        this.integration = of.integration().value();
        this.livemode = of.livemode();
        this.disputeKey = told.disputeKey();
        this.status = DisputeStatus.valueOf(told.outcome().name());
        this.openedAt = told.occurredAt();
        this.createdAt = now;
        describe(told);
        close(told);
    }

    /** Takes a report over: the status never falls back, the newest words count. */
    void report(DisputeReported told) {
        DisputeStatus before = status;
        status = status.after(told.outcome());
        if (told.occurredAt().isBefore(openedAt)) {
            openedAt = told.occurredAt();
        }
        // Two reports of one second: the one that is further on describes it.
        boolean newer =
                told.occurredAt().isAfter(reportedAt)
                        || told.occurredAt().equals(reportedAt) && status != before;
        if (newer) {
            describe(told);
        }
        close(told);
    }

    private void describe(DisputeReported told) {
        amount = told.amount();
        reason =
                told.reason().length() <= LONGEST_REASON
                        ? told.reason()
                        : told.reason().substring(0, LONGEST_REASON);
        answerBy = told.answerBy().orElse(null);
        reportedAt = told.occurredAt();
    }

    private void close(DisputeReported told) {
        boolean ends = DisputeStatus.valueOf(told.outcome().name()).isOver();
        if (ends && (closedAt == null || told.occurredAt().isBefore(closedAt))) {
            closedAt = told.occurredAt();
        }
    }

    UUID id() {
        return id;
    }

    DisputeId key() {
        return new DisputeId(id);
    }

    String disputeKey() {
        return disputeKey;
    }

    PaymentId payment() {
        return new PaymentId(payment);
    }

    DisputeStatus status() {
        return status;
    }

    DisputeRow row() {
        return new DisputeRow(
                key(),
                payment(),
                new IntegrationId(integration),
                livemode,
                disputeKey,
                status,
                amount,
                reason,
                Optional.ofNullable(answerBy),
                openedAt,
                Optional.ofNullable(closedAt),
                createdAt);
    }
}
