package org.payhub.unmatched;

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
import org.payhub.transaction.Reporting;
import org.payhub.visit.VisitId;

/** One piece of money that waits for a person. */
@Entity
@Table(name = "unmatched_money")
class HeldMoney {

    @Id private UUID id;

    @Column(name = "merchant_id")
    private UUID merchant;

    @Column(name = "integration_id")
    private UUID integration;

    private boolean livemode;

    @Column(name = "payment_id")
    private UUID payment;

    @Column(name = "delivery_id")
    private UUID delivery;

    private String reason;

    @Column(name = "transaction_key")
    private String transactionKey;

    @Embedded
    @AttributeOverride(name = "minor", column = @Column(name = "amount_minor", precision = 38))
    @AttributeOverride(name = "asset", column = @Column(name = "amount_asset"))
    private Money amount;

    @Convert(converter = UnmatchedStatusColumn.class)
    private UnmatchedStatus status;

    @Column(name = "resolved_by")
    private String resolvedBy;

    @Column(name = "resolution_note")
    private String resolutionNote;

    @Column(name = "attached_visit_id")
    private UUID attachedTo;

    @Column(name = "occurred_at")
    private Instant occurredAt;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "resolved_at")
    private Instant resolvedAt;

    @Version private int version;

    HeldMoney() {}

    HeldMoney(Reporting report, HoldMoney command, Instant now) {
        this.id = UnmatchedId.next().value();
        this.merchant = report.merchant().value();
        this.integration = command.integration().value();
        this.livemode = report.livemode();
        this.payment = command.payment();
        this.delivery = report.delivery().orElse(null);
        this.reason = command.reason();
        this.transactionKey = command.transactionKey();
        this.amount = command.amount();
        this.status = UnmatchedStatus.OPEN;
        this.occurredAt = command.occurredAt();
        this.createdAt = now;
    }

    void resolve(
            UnmatchedStatus to,
            String by,
            Optional<String> note,
            Optional<VisitId> visit,
            Instant now) {
        status = to;
        resolvedBy = by;
        resolutionNote = note.orElse(null);
        attachedTo = visit.map(VisitId::value).orElse(null);
        resolvedAt = now;
    }

    /** Not yet dealt with: more came, or it is known better why it waits. */
    void holds(Money so, String because) {
        amount = so;
        reason = because;
    }

    void reopen() {
        status = UnmatchedStatus.OPEN;
        resolvedBy = null;
        resolvedAt = null;
    }

    UUID merchant() {
        return merchant;
    }

    UnmatchedStatus status() {
        return status;
    }

    UnmatchedRow row() {
        return new UnmatchedRow(
                new UnmatchedId(id),
                new IntegrationId(integration),
                livemode,
                payment,
                reason,
                transactionKey,
                amount,
                status,
                Optional.ofNullable(resolvedBy),
                Optional.ofNullable(resolutionNote),
                Optional.ofNullable(attachedTo).map(VisitId::new),
                occurredAt,
                createdAt,
                Optional.ofNullable(resolvedAt));
    }
}
