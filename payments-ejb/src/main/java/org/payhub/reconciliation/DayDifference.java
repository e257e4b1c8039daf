package org.payhub.reconciliation;

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
import org.payhub.money.Money;
import org.payhub.payment.PaymentId;
import org.payhub.platform.Ids;
import org.payhub.provider.spi.DayListing;

/** A difference of a compared day; written once, and replaced when the day is compared again. */
@Entity
@Table(name = "day_difference")
class DayDifference {

    @Id private UUID id;

    @Column(name = "compared_day_id")
    private UUID day;

    @Convert(converter = DifferenceKindColumn.class)
    private DifferenceKind kind;

    @Convert(converter = ThingColumn.class)
    private DayListing.Kind thing;

    @Column(name = "thing_key")
    private String key;

    @Column(name = "payment_id")
    private UUID payment;

    @Embedded
    @AttributeOverride(name = "minor", column = @Column(name = "ours_minor", precision = 38))
    @AttributeOverride(name = "asset", column = @Column(name = "ours_asset"))
    private Money ours;

    @Embedded
    @AttributeOverride(name = "minor", column = @Column(name = "theirs_minor", precision = 38))
    @AttributeOverride(name = "asset", column = @Column(name = "theirs_asset"))
    private Money theirs;

    @Column(name = "occurred_at")
    private Instant occurredAt;

    @Column(name = "created_at")
    private Instant createdAt;

    DayDifference() {}

    DayDifference(ComparedDayId day, DifferenceRow row, Instant now) {
        this.id = Ids.next();
        this.day = day.value();
        this.kind = row.kind();
        this.thing = row.thing();
        this.key = row.key();
        this.payment = row.payment().map(PaymentId::value).orElse(null);
        this.ours = row.ours().orElse(null);
        this.theirs = row.theirs().orElse(null);
        this.occurredAt = row.occurredAt();
        this.createdAt = now;
    }

    DifferenceRow row() {
        return new DifferenceRow(
                kind,
                thing,
                key,
                Optional.ofNullable(payment).map(PaymentId::new),
                Optional.ofNullable(ours),
                Optional.ofNullable(theirs),
                occurredAt);
    }
}
