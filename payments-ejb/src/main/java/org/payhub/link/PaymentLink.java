package org.payhub.link;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.payhub.money.Money;
import org.payhub.platform.HubException;
import org.payhub.platform.MasterKey;
import org.payhub.platform.Problem;
import org.payhub.tenancy.MerchantId;
import org.payhub.visit.VisitId;

/** One invitation to pay. */
@Entity
@Table(name = "payment_link")
class PaymentLink {

    @Id private UUID id;

    @Column(name = "merchant_id")
    private UUID merchant;

    @Column(name = "visit_id")
    private UUID visit;

    private String token;

    @Embedded
    @AttributeOverride(name = "minor", column = @Column(name = "amount_minor", precision = 38))
    @AttributeOverride(name = "asset", column = @Column(name = "amount_asset"))
    private Money amount;

    @Convert(converter = LinkStatusColumn.class)
    private LinkStatus status;

    private boolean livemode;
    private String providers;

    @Column(name = "expires_at")
    private Instant expiresAt;

    @Column(name = "opened_at")
    private Instant openedAt;

    @Column(name = "paid_at")
    private Instant paidAt;

    @Column(name = "usable_visit_id")
    private UUID usableVisit;

    @Column(name = "created_by")
    private String createdBy;

    @Column(name = "created_at")
    private Instant createdAt;

    @Version private int version;

    PaymentLink() {}

    PaymentLink(
            MerchantId merchant,
            VisitId visit,
            Money amount,
            boolean livemode,
            List<String> providers,
            Instant expiresAt,
            String createdBy,
            Instant now) {
        if (!amount.isPositive()) {
            throw new IllegalArgumentException("A link asks for a positive amount");
        }
        this.id = LinkId.next().value();
        this.merchant = merchant.value();
        this.visit = visit.value();
        this.token = MasterKey.token();
        this.amount = amount;
        this.status = LinkStatus.ACTIVE;
        this.livemode = livemode;
        this.providers = providers.isEmpty() ? null : String.join(",", providers);
        this.expiresAt = expiresAt;
        this.usableVisit = visit.value();
        this.createdBy = createdBy;
        this.createdAt = now;
    }

    /** The client pressed the button. Opening a page by itself is not it: previews do that too. */
    void open(Instant now) {
        if (status == LinkStatus.ACTIVE) {
            status = LinkStatus.OPENED;
            openedAt = now;
        }
    }

    void cancel() {
        end(LinkStatus.CANCELLED);
    }

    void replace() {
        end(LinkStatus.REPLACED);
    }

    void expire() {
        if (!status.over()) {
            end(LinkStatus.EXPIRED);
        }
    }

    private void end(LinkStatus how) {
        if (status == LinkStatus.PAID) {
            throw new HubException(
                    Problem.CONFLICT, "link.already_paid", "This link has been paid.");
        }
        status = how;
        usableVisit = null;
    }

    /** Follows the money. What was over stays over, unless it is paid after all. */
    void restate(LinkMoney money, Instant now) {
        if (money.paid().compareTo(amount) >= 0) {
            status = LinkStatus.PAID;
            usableVisit = null;
            paidAt = paidAt == null ? now : paidAt;
        } else if (!status.over()) {
            status =
                    money.pending()
                            ? LinkStatus.PENDING
                            : money.paid().isPositive() || money.begun()
                                    ? LinkStatus.PART_PAID
                                    : openedAt == null ? LinkStatus.ACTIVE : LinkStatus.OPENED;
        }
    }

    /** The status at that moment, also when no timer has passed by yet. */
    LinkStatus statusAt(Instant now) {
        return status.usable() && !now.isBefore(expiresAt) ? LinkStatus.EXPIRED : status;
    }

    boolean isUsableAt(Instant now) {
        return statusAt(now).usable();
    }

    LinkRow row(String baseUrl, Instant now) {
        return new LinkRow(
                new LinkId(id),
                new VisitId(visit),
                token,
                baseUrl + "/pay/" + token,
                amount,
                statusAt(now),
                livemode,
                providers(),
                createdAt,
                createdBy,
                expiresAt,
                Optional.ofNullable(openedAt),
                Optional.ofNullable(paidAt));
    }

    List<String> providers() {
        return providers == null ? List.of() : List.of(providers.split(","));
    }

    UUID id() {
        return id;
    }

    UUID merchant() {
        return merchant;
    }

    VisitId visit() {
        return new VisitId(visit);
    }

    String token() {
        return token;
    }

    Money amount() {
        return amount;
    }

    LinkStatus status() {
        return status;
    }

    boolean livemode() {
        return livemode;
    }

    Instant expiresAt() {
        return expiresAt;
    }
}
