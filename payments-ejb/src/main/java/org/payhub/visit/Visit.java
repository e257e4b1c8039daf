package org.payhub.visit;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.payhub.client.ClientId;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;
import org.payhub.tenancy.LocationId;
import org.payhub.tenancy.MerchantId;

/** One appointment and the sums of its money. */
@Entity
@Table(name = "visit")
class Visit {

    private static final Duration USUAL_LENGTH = Duration.ofHours(1);

    @Id private UUID id;

    @Column(name = "merchant_id")
    private UUID merchant;

    @Column(name = "location_id")
    private UUID location;

    @Column(name = "client_id")
    private UUID client;

    @Column(name = "external_id")
    private String externalId;

    @Column(name = "starts_at")
    private Instant startsAt;

    @Column(name = "ends_at")
    private Instant endsAt;

    @Convert(converter = VisitStatusColumn.class)
    private VisitStatus status;

    @Embedded
    @AttributeOverride(name = "minor", column = @Column(name = "price_minor", precision = 38))
    @AttributeOverride(name = "asset", column = @Column(name = "price_asset"))
    private Money price;

    private boolean livemode;

    @Column(name = "captured_minor", precision = 38)
    private BigInteger capturedMinor;

    @Column(name = "refunded_minor", precision = 38)
    private BigInteger refundedMinor;

    @Convert(converter = VisitPaymentStatusColumn.class)
    @Column(name = "payment_status")
    private VisitPaymentStatus paymentStatus;

    private String note;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "cancelled_at")
    private Instant cancelledAt;

    @Version private int version;

    Visit() {}

    Visit(
            MerchantId merchant,
            LocationId location,
            ClientId client,
            CreateVisit command,
            boolean livemode,
            Instant now) {
        this.id = VisitId.next().value();
        this.merchant = merchant.value();
        this.location = location.value();
        this.client = client.value();
        this.externalId = command.externalId().orElse(null);
        this.startsAt = command.startsAt();
        this.endsAt = command.endsAt().orElseGet(() -> command.startsAt().plus(USUAL_LENGTH));
        this.status = VisitStatus.BOOKED;
        this.price = command.total();
        this.livemode = livemode;
        this.capturedMinor = BigInteger.ZERO;
        this.refundedMinor = BigInteger.ZERO;
        this.paymentStatus = VisitPaymentStatus.NONE;
        this.note = command.note().orElse(null);
        this.createdAt = now;
    }

    /** Takes over what the payments add up to. Money of the other mode never counts. */
    void restate(VisitMoney money) {
        sameAsset(money.captured());
        capturedMinor = money.captured().minor();
        refundedMinor = money.refunded().minor();
        paymentStatus = VisitPaymentStatus.of(money, due());
    }

    private void sameAsset(Money money) {
        if (!money.asset().equals(price.asset())) {
            throw new HubException(
                    Problem.CONFLICT,
                    "visit.currency_differs",
                    "The visit is priced in " + price.asset() + ".");
        }
    }

    void cancel(Instant now) {
        if (status == VisitStatus.CANCELLED) {
            return;
        }
        status = VisitStatus.CANCELLED;
        cancelledAt = now;
    }

    /** Lets the visit count the other mode's money, while none of this one's has come. */
    void switchMode(boolean toLivemode) {
        if (livemode != toLivemode
                && capturedMinor.signum() == 0
                && paymentStatus == VisitPaymentStatus.NONE) {
            livemode = toLivemode;
        }
    }

    /** A refund does not raise it: who was given money back does not owe it again. */
    Money due() {
        if (status == VisitStatus.CANCELLED) {
            return Money.zero(price.asset());
        }
        return price.minus(captured()).max(Money.zero(price.asset()));
    }

    Money captured() {
        return new Money(capturedMinor, asset());
    }

    Money refunded() {
        return new Money(refundedMinor, asset());
    }

    Asset asset() {
        return price.asset();
    }

    UUID id() {
        return id;
    }

    UUID merchant() {
        return merchant;
    }

    LocationId location() {
        return new LocationId(location);
    }

    UUID client() {
        return client;
    }

    Instant startsAt() {
        return startsAt;
    }

    Instant endsAt() {
        return endsAt;
    }

    VisitStatus status() {
        return status;
    }

    Money price() {
        return price;
    }

    boolean livemode() {
        return livemode;
    }

    VisitPaymentStatus paymentStatus() {
        return paymentStatus;
    }

    Optional<String> externalId() {
        return Optional.ofNullable(externalId);
    }

    Optional<String> note() {
        return Optional.ofNullable(note);
    }

    Instant createdAt() {
        return createdAt;
    }

    Optional<Instant> cancelledAt() {
        return Optional.ofNullable(cancelledAt);
    }

    VisitMoneyView moneyView() {
        return new VisitMoneyView(
                new VisitId(id),
                new MerchantId(merchant),
                location(),
                livemode,
                status == VisitStatus.CANCELLED,
                price,
                captured(),
                refunded(),
                due());
    }
}
