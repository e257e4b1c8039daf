package org.payhub.provider.spi;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.payhub.money.Money;

/**
 * What a delivery, or a reading of the provider's state, says in our words. Whoever handles events
 * implements {@link Cases}: a kind that is forgotten does not compile.
 *
 * <p>An event states what the provider reports and no more; where our record then stands is the
 * feature's business. Every event may come twice, late and in any order.
 */
public sealed interface ProviderEvent {

    <R> R match(Cases<R> cases);

    /** One method for each kind of event. */
    interface Cases<R> {
        R checkoutReported(CheckoutReported event);

        R paymentReported(PaymentReported event);

        R feeReported(FeeReported event);

        R refundReported(RefundReported event);

        R disputeReported(DisputeReported event);

        R payoutReported(PayoutReported event);

        R invoiceReported(InvoiceReported event);

        R withdrawalReported(WithdrawalReported event);

        R readFirst(ReadFirst event);

        R ignored(Ignored event);
    }

    /** What became of the page on which the client was to pay. */
    enum CheckoutOutcome {
        /** Finished by the client; whether money came is said by payment events. */
        COMPLETED,
        /** Finished, the money is on its way (a delayed method). */
        PENDING,
        /** Finished, and the delayed money will not come. */
        FAILED,
        /** Can no longer be paid. */
        EXPIRED
    }

    record CheckoutReported(References references, CheckoutOutcome outcome, Instant occurredAt)
            implements ProviderEvent {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.checkoutReported(this);
        }
    }

    /** What one report says of the money of one attempt. */
    enum PaymentOutcome {
        /** On its way; neither paid nor failed. */
        PENDING,
        /** Held on the client's card, not taken. */
        AUTHORIZED,
        /** Taken. */
        CAPTURED,
        /** This attempt failed; the payment may still succeed by another. */
        DECLINED,
        /** A hold was given back without being taken. */
        VOIDED,
        /** A hold ran out. */
        HOLD_EXPIRED
    }

    /**
     * The money of one attempt.
     *
     * @param transactionKey the provider's id of the operation; with the outcome's kind it makes
     *     the report's effect happen once
     * @param amount what is held (AUTHORIZED), taken in all (CAPTURED) or was tried (otherwise)
     * @param details for people; never decides anything
     */
    record PaymentReported(
            References references,
            String transactionKey,
            PaymentOutcome outcome,
            Money amount,
            Instant occurredAt,
            PaymentDetails details)
            implements ProviderEvent {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.paymentReported(this);
        }
    }

    /**
     * What people like to know about an attempt.
     *
     * @param method {@code card}, {@code bank_debit}, …
     * @param holdUntil until when a hold may be taken
     * @param declineCode the provider's code of the refusal
     */
    record PaymentDetails(
            Optional<String> method,
            Optional<String> cardBrand,
            Optional<String> cardLast4,
            Optional<Instant> holdUntil,
            Optional<String> declineCode,
            Optional<String> declineMessage) {

        public static PaymentDetails none() {
            return new PaymentDetails(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /**
     * The provider's own booking of a movement, with its fee, in the currency it settles in.
     *
     * @param bookingKey the provider's id of the booking (Stripe: balance transaction)
     * @param category what it books
     * @param sourceKey what it belongs to: the charge, refund or dispute
     * @param gross signed, before the fee
     * @param fee positive when charged, negative when given back
     * @param exchangeRate the provider's rate from the paid to the settled currency, where it
     *     converted
     */
    record FeeReported(
            References references,
            String bookingKey,
            BookingCategory category,
            String sourceKey,
            Money gross,
            Money fee,
            Optional<BigDecimal> exchangeRate,
            Optional<Instant> availableAt,
            Instant occurredAt)
            implements ProviderEvent {
        /** The rate as it was told; it is kept as text and never reckoned with. */
        public Optional<String> exchangeRateText() {
            return exchangeRate.map(BigDecimal::toPlainString);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.feeReported(this);
        }
    }

    /** What a provider's booking books. */
    enum BookingCategory {
        CHARGE,
        REFUND,
        REFUND_FAILURE,
        DISPUTE,
        DISPUTE_REVERSAL,
        OTHER
    }

    /** Where a refund stands at the provider. */
    enum RefundOutcome {
        PENDING,
        SUCCEEDED,
        FAILED,
        CANCELLED
    }

    /**
     * One refund, by its own key; never a cumulative total.
     *
     * @param ours our refund's id, where the refund bears it
     */
    record RefundReported(
            References references,
            Optional<java.util.UUID> ours,
            String refundKey,
            RefundOutcome outcome,
            Money amount,
            Optional<String> failureReason,
            Instant occurredAt)
            implements ProviderEvent {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.refundReported(this);
        }
    }

    /** Where a dispute stands at the provider. */
    enum DisputeOutcome {
        INQUIRY,
        NEEDS_RESPONSE,
        UNDER_REVIEW,
        WON,
        LOST,
        /** An inquiry that ended without money moving. */
        CLOSED,
        PREVENTED
    }

    /**
     * A dispute and the movements of money it has had so far, each by its own key.
     *
     * @param answerBy until when an answer is taken; empty where none is possible
     */
    record DisputeReported(
            References references,
            String disputeKey,
            DisputeOutcome outcome,
            Money amount,
            String reason,
            Optional<Instant> answerBy,
            List<DisputeMovement> movements,
            Instant occurredAt)
            implements ProviderEvent {
        public DisputeReported {
            movements = List.copyOf(movements);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.disputeReported(this);
        }
    }

    /**
     * Money that a dispute moved on our balance at the provider.
     *
     * @param bookingKey the provider's id of the movement
     * @param amount signed: negative when taken from us, positive when given back
     * @param fee positive when charged, negative when given back
     */
    record DisputeMovement(String bookingKey, Money amount, Money fee, Instant occurredAt) {}

    /** Where a payout stands at the provider. */
    enum PayoutOutcome {
        PENDING,
        IN_TRANSIT,
        PAID,
        FAILED,
        CANCELLED
    }

    /**
     * The provider pays a batch out to the merchant's bank.
     *
     * @param automatic by the provider's calendar, not by hand
     * @param reconciled whether the provider can now list what it is made of
     */
    record PayoutReported(
            String payoutKey,
            PayoutOutcome outcome,
            Money amount,
            Optional<LocalDate> arrivalDate,
            boolean automatic,
            boolean reconciled,
            Optional<String> traceId,
            Optional<String> failureReason,
            Instant occurredAt)
            implements ProviderEvent {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.payoutReported(this);
        }
    }

    /** Where an invoice stands that may be paid in parts, too much, or too late (crypto). */
    enum InvoiceOutcome {
        /** Open, nothing seen. */
        PENDING,
        /** Open, less than asked for was seen. */
        PARTIALLY_PAID,
        /** Open, enough was seen; the network or a check has not confirmed it yet. */
        CONFIRMING,
        /** Final: as asked for. */
        PAID,
        /** Final: more than asked for. */
        OVERPAID,
        /** Final: less than asked for; a person chooses. */
        UNDERPAID,
        /** Held by the provider's check of where the money comes from; a person releases it. */
        ON_HOLD,
        /** The provider's words contradict its numbers; a person looks. */
        REVIEW,
        /** Enough came after the end; a person looks. */
        LATE,
        /** Final: nothing came in time. */
        EXPIRED,
        /** Final: given up, nothing came. */
        CANCELLED,
        /** Not understood: the status stays as it was. */
        UNKNOWN;

        /** Whether no more is expected, so that what came is posted. */
        public boolean isFinal() {
            return this == PAID
                    || this == OVERPAID
                    || this == UNDERPAID
                    || this == LATE
                    || this == REVIEW
                    || this == ON_HOLD
                    || this == EXPIRED
                    || this == CANCELLED;
        }
    }

    /**
     * An invoice as a whole, with every transfer that was seen so far.
     *
     * @param invoiceKey the provider's id of the invoice
     * @param ordered what it asks for
     * @param received all that came, as the provider sums it; it decides where it differs from the
     *     transfers' sum
     * @param changedAt the provider's own time of the change: an older word is passed over unless
     *     it knows of more money
     */
    record InvoiceReported(
            References references,
            String invoiceKey,
            InvoiceOutcome outcome,
            Money ordered,
            Money received,
            List<InvoiceTransfer> transfers,
            Instant changedAt,
            Instant occurredAt)
            implements ProviderEvent {
        public InvoiceReported {
            transfers = List.copyOf(transfers);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.invoiceReported(this);
        }
    }

    /**
     * One transfer to an invoice.
     *
     * @param transferKey the network's or the provider's id; its effect happens once
     * @param fee what the provider keeps of it
     * @param feeEstimated whether the fee was reckoned from what was agreed, because the provider
     *     does not tell it; such a fee is shown as an estimate and is no booking of the provider's
     * @param suspicious whether the provider's check of its origin failed
     */
    record InvoiceTransfer(
            String transferKey,
            Money amount,
            Optional<Money> fee,
            boolean feeEstimated,
            boolean suspicious,
            Instant occurredAt) {

        /** The fee as the provider tells it; empty where it does not. */
        public Optional<Money> toldFee() {
            return feeEstimated ? Optional.empty() : fee;
        }
    }

    /** Where a withdrawal stands at the provider. */
    enum WithdrawalOutcome {
        /** Taken in; approved or not, nothing was sent yet. */
        PENDING,
        SUCCEEDED,
        FAILED,
        CANCELLED
    }

    /**
     * Money sent from our balance at the provider to an address.
     *
     * @param ours our withdrawal's id, where it bears it
     * @param withdrawalKey the provider's id
     * @param amount what was ordered
     * @param arrived what the address got, once that is known; the rest was the fee
     * @param networkKey the network's id of the transfer
     */
    record WithdrawalReported(
            References references,
            Optional<java.util.UUID> ours,
            String withdrawalKey,
            WithdrawalOutcome outcome,
            Money amount,
            Optional<Money> arrived,
            String address,
            Optional<String> networkKey,
            Optional<String> failureReason,
            Instant occurredAt)
            implements ProviderEvent {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.withdrawalReported(this);
        }
    }

    /**
     * The delivery alone is not enough (too old a shape, or a signature that does not cover the
     * state): the provider is to be read first.
     *
     * @param kind what to read: a reference kind of this provider
     * @param key the thing to read
     * @param required whether nothing may be applied when reading fails; false: the other events of
     *     the delivery stand, and what reading would add (fees) comes later
     */
    record ReadFirst(References references, String kind, String key, boolean required)
            implements ProviderEvent {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.readFirst(this);
        }
    }

    /** Kept and visible, changes nothing. */
    record Ignored(String reason) implements ProviderEvent {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.ignored(this);
        }
    }
}
