package org.payhub.ledger;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.payhub.integration.IntegrationId;
import org.payhub.money.Money;

/** One line of the books; never changed, never removed. */
@Entity
@Immutable
@Table(name = "ledger_entry")
class LedgerEntry {

    @Id private UUID id;

    @Column(name = "posting_id")
    private UUID posting;

    @Column(name = "line_no")
    private int lineNo;

    @Column(name = "merchant_id")
    private UUID merchant;

    @Column(name = "integration_id")
    private UUID integration;

    private boolean livemode;

    @Convert(converter = LedgerAccountColumn.class)
    private LedgerAccount account;

    @Embedded
    @AttributeOverride(name = "minor", column = @Column(name = "amount_minor", precision = 38))
    @AttributeOverride(name = "asset", column = @Column(name = "amount_asset"))
    private Money amount;

    @Convert(converter = FactColumn.class)
    private Fact fact;

    @Column(name = "fact_key")
    private String factKey;

    @Column(name = "payment_id")
    private UUID payment;

    @Column(name = "refund_id")
    private UUID refund;

    @Column(name = "dispute_id")
    private UUID dispute;

    @Column(name = "occurred_at")
    private Instant occurredAt;

    @Column(name = "recorded_at")
    private Instant recordedAt;

    @Column(name = "booking_date")
    private LocalDate bookingDate;

    @Column(name = "booking_zone")
    private String bookingZone;

    /** For the taxes of a country, once they are kept. */
    @Column(name = "tax_minor", precision = 38)
    private BigInteger taxMinor;

    LedgerEntry() {}

    LedgerEntry(Posting of, UUID posting, int lineNo, Instant now) {
        Posting.Line line = of.lines().get(lineNo - 1);
        ZoneId zone = of.books().zone();
        this.id = EntryId.next().value();
        this.posting = posting;
        this.lineNo = lineNo;
        this.merchant = of.books().merchant().value();
        this.integration = of.books().integration().value();
        this.livemode = of.books().livemode();
        this.account = line.account();
        this.amount = line.amount();
        this.fact = of.fact();
        this.factKey = of.key();
        this.payment = of.about().payment().orElse(null);
        this.refund = of.about().refund().orElse(null);
        this.dispute = of.about().dispute().orElse(null);
        this.occurredAt = of.occurredAt();
        this.recordedAt = now;
        this.bookingDate = of.occurredAt().atZone(zone).toLocalDate();
        this.bookingZone = zone.getId();
    }

    Posting.Line line() {
        return new Posting.Line(account, amount);
    }

    LedgerRow row() {
        return new LedgerRow(
                new EntryId(id),
                posting,
                lineNo,
                new IntegrationId(integration),
                livemode,
                account,
                amount,
                fact.word(),
                factKey,
                Optional.ofNullable(payment),
                Optional.ofNullable(refund),
                Optional.ofNullable(dispute),
                occurredAt,
                recordedAt,
                bookingDate,
                bookingZone);
    }
}
