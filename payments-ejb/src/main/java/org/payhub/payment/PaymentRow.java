package org.payhub.payment;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.payhub.integration.IntegrationId;
import org.payhub.link.LinkId;
import org.payhub.money.Money;
import org.payhub.tenancy.LocationId;
import org.payhub.visit.VisitId;

/**
 * A payment as pages and interfaces show it.
 *
 * @param asked what the client was asked for, in the visit's currency
 * @param expected the same in the asset that is paid
 * @param quote how the asked amount became the expected one, where they are not one currency
 * @param received what was seen of an invoice, confirmed or not
 * @param invoiceOutcome what the invoice came to, once it is final: {@code paid}, {@code overpaid},
 *     {@code underpaid}, …
 * @param captured taken in all, refunds not subtracted
 * @param refunded returned in all, only what the provider confirmed
 * @param refundPending returned, not confirmed yet
 * @param suspense how much of the captured money is not the visit's
 * @param fee what the provider kept, in the asset it settles in; empty until it is known
 * @param reviewReason why a person has to look: {@code amount_differs}, {@code currency_differs},
 *     {@code nothing_due}, {@code no_payment}, {@code on_hold}, {@code late}, {@code contradictory}
 * @param unknownWhat what the provider was asked and has not answered: {@code checkout}, {@code
 *     capture}, {@code void}
 * @param providerKey the key by which people find it at the provider
 */
public record PaymentRow(
        PaymentId id,
        Optional<LocationId> location,
        Optional<VisitId> visit,
        Optional<LinkId> link,
        IntegrationId integration,
        String provider,
        PaymentPurpose purpose,
        boolean livemode,
        PaymentStatus status,
        Optional<String> reviewReason,
        Money asked,
        Money expected,
        Optional<QuoteRow> quote,
        Optional<Money> received,
        Optional<String> invoiceOutcome,
        Money authorized,
        Money captured,
        Money refunded,
        Money refundPending,
        Money suspense,
        Optional<Money> fee,
        boolean holdOnly,
        Optional<Instant> holdUntil,
        Optional<String> method,
        Optional<String> cardBrand,
        Optional<String> cardLast4,
        Optional<String> declineCode,
        Optional<String> declineMessage,
        Optional<String> unknownWhat,
        boolean disputed,
        Optional<String> providerKey,
        Optional<String> clientName,
        Optional<Instant> visitStartsAt,
        String createdBy,
        Instant createdAt,
        Optional<Instant> paidAt)
        implements Serializable {

    /** With less than this left a page is not offered again. */
    static final Duration TIME_TO_PAY = Duration.ofMinutes(5);

    /** An invoice that is open, and into which nothing was paid yet. */
    public boolean isUntouchedInvoice() {
        return status == PaymentStatus.PENDING && received.isPresent() && received.get().isZero();
    }

    /** Whether whoever asks for its page again is led to the same one, at the same quote. */
    public boolean opensAgain(Instant now) {
        return quote.isPresent() && quote.get().validUntil().isAfter(now.plus(TIME_TO_PAY));
    }

    /** Too little came, no more will, and a person has not said yet what is to become of it. */
    public boolean isShort() {
        return status == PaymentStatus.PART_PAID
                && invoiceOutcome.isPresent()
                && captured.isPositive();
    }

    /** What may still be returned. */
    public Money refundable() {
        Money left = captured.minus(refunded).minus(refundPending);
        return left.max(Money.zero(left.asset()));
    }

    /** A hold that can be taken or given back now. */
    public boolean isHeld() {
        return status == PaymentStatus.AUTHORIZED && unknownWhat.isEmpty();
    }
}
