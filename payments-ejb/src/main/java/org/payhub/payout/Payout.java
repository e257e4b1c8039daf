package org.payhub.payout;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.payhub.integration.IntegrationId;
import org.payhub.money.Money;
import org.payhub.provider.spi.ProviderEvent.PayoutReported;
import org.payhub.transaction.Reporting;

/** A batch that a provider pays out to the merchant's bank. */
@Entity
@Table(name = "payout")
class Payout {

    private static final int LONGEST_REASON = 255;

    @Id private UUID id;

    @Column(name = "merchant_id")
    private UUID merchant;

    @Column(name = "integration_id")
    private UUID integration;

    private boolean livemode;

    @Column(name = "payout_key")
    private String payoutKey;

    @Convert(converter = PayoutStatusColumn.class)
    private PayoutStatus status;

    @Embedded
    @AttributeOverride(name = "minor", column = @Column(name = "amount_minor", precision = 38))
    @AttributeOverride(name = "asset", column = @Column(name = "amount_asset"))
    private Money amount;

    @Column(name = "arrival_date")
    private LocalDate arrivalDate;

    private boolean automatic;
    private boolean reconciled;

    @Column(name = "trace_id")
    private String traceId;

    @Column(name = "failure_reason")
    private String failureReason;

    @Column(name = "reported_at")
    private Instant reportedAt;

    @Column(name = "created_at")
    private Instant createdAt;

    @Version private int version;

    Payout() {}

    Payout(Reporting report, PayoutReported told, Instant now) {
        this.id = PayoutId.next().value();
        this.merchant = report.merchant().value();
        this.integration = report.integration().value();
        this.livemode = report.livemode();
        this.payoutKey = told.payoutKey();
        this.status = PayoutStatus.valueOf(told.outcome().name());
        this.amount = told.amount();
        this.automatic = told.automatic();
        this.reportedAt = told.occurredAt();
        this.createdAt = now;
        describe(told);
    }

    /** Takes a report over: the status never falls back, what became known stays known. */
    void report(PayoutReported told) {
        status = status.after(told.outcome());
        reconciled |= told.reconciled();
        if (!told.occurredAt().isBefore(reportedAt)) {
            reportedAt = told.occurredAt();
            describe(told);
        } else {
            traceId = traceId == null ? told.traceId().orElse(null) : traceId;
            arrivalDate = arrivalDate == null ? told.arrivalDate().orElse(null) : arrivalDate;
        }
        if (failureReason == null) {
            failureReason = told.failureReason().map(Payout::cut).orElse(null);
        }
    }

    private void describe(PayoutReported told) {
        reconciled |= told.reconciled();
        arrivalDate = told.arrivalDate().orElse(arrivalDate);
        traceId = told.traceId().orElse(traceId);
        failureReason = told.failureReason().map(Payout::cut).orElse(failureReason);
    }

    PayoutStatus status() {
        return status;
    }

    PayoutRow row() {
        return new PayoutRow(
                new PayoutId(id),
                new IntegrationId(integration),
                livemode,
                payoutKey,
                status,
                amount,
                Optional.ofNullable(arrivalDate),
                automatic,
                reconciled,
                Optional.ofNullable(traceId),
                Optional.ofNullable(failureReason),
                createdAt);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON);
    }
}
