package org.payhub.payment;

import java.util.Locale;
import java.util.Optional;
import org.payhub.provider.spi.ProviderEvent.CheckoutOutcome;
import org.payhub.provider.spi.ProviderEvent.InvoiceOutcome;
import org.payhub.provider.spi.ProviderEvent.PaymentOutcome;

/**
 * Where a payment stands. The order of the constants is their rank: what a provider reports never
 * lowers it, however late it comes, so that every order of the same reports ends in the same place.
 * A refund does not change it: refunds are amounts. {@link #REVIEW} is left only by a person.
 */
public enum PaymentStatus {
    /** Written down; the provider was not asked yet or its page was not used yet. */
    CREATED,
    /** The provider was asked to open its page and did not answer. */
    UNKNOWN,
    /** The client is done and the money is on its way. */
    PENDING,
    /** The last attempt failed; another may succeed. */
    FAILED,
    /** Held on the client's card, not taken. */
    AUTHORIZED,
    /** The page or the hold ran out. */
    EXPIRED,
    /** The hold was given back. */
    CANCELLED,
    /** Some of the money was taken. */
    PART_PAID,
    PAID,
    /** A person has to say what the money is for. */
    REVIEW;

    /** Where it stands after a report of its money. */
    PaymentStatus after(PaymentOutcome outcome) {
        return after(meaning(outcome));
    }

    /** Where it stands after a report of its page. */
    PaymentStatus after(CheckoutOutcome outcome) {
        return after(meaning(outcome));
    }

    /**
     * Where it stands after a report of an invoice.
     *
     * @param anyMoney whether anything came at all
     */
    PaymentStatus after(InvoiceOutcome outcome, boolean anyMoney) {
        return meaning(outcome, anyMoney).map(this::after).orElse(this);
    }

    private PaymentStatus after(PaymentStatus reported) {
        return reported.compareTo(this) > 0 ? reported : this;
    }

    private static PaymentStatus meaning(PaymentOutcome outcome) {
        switch (outcome) {
            case PENDING:
                return PENDING;
            case AUTHORIZED:
                return AUTHORIZED;
            case CAPTURED:
                return PAID;
            case DECLINED:
                return FAILED;
            case VOIDED:
                return CANCELLED;
            case HOLD_EXPIRED:
                return EXPIRED;
        }
        throw new IllegalArgumentException(outcome.name());
    }

    private static PaymentStatus meaning(CheckoutOutcome outcome) {
        switch (outcome) {
            case COMPLETED:
            case PENDING:
                return PENDING;
            case FAILED:
                return FAILED;
            case EXPIRED:
                return EXPIRED;
        }
        throw new IllegalArgumentException(outcome.name());
    }

    /** Empty: the report does not say. */
    private static Optional<PaymentStatus> meaning(InvoiceOutcome outcome, boolean anyMoney) {
        switch (outcome) {
            case PENDING:
            case CONFIRMING:
                return Optional.of(PENDING);
            case PARTIALLY_PAID:
                return Optional.of(PART_PAID);
            case PAID:
            case OVERPAID:
                // Nothing is paid by nothing, whatever it is called.
                return Optional.of(anyMoney ? PAID : REVIEW);
            case UNDERPAID:
                return Optional.of(anyMoney ? PART_PAID : EXPIRED);
            case ON_HOLD:
            case REVIEW:
            case LATE:
                return Optional.of(REVIEW);
            case EXPIRED:
                return Optional.of(EXPIRED);
            case CANCELLED:
                return Optional.of(CANCELLED);
            case UNKNOWN:
                return Optional.empty();
        }
        throw new IllegalArgumentException(outcome.name());
    }

    /** Whether nothing more is expected of it by itself. */
    public boolean isSettled() {
        return compareTo(EXPIRED) >= 0;
    }

    /** The word in files and interfaces. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
