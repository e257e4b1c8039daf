package org.payhub.refund;

import java.util.Optional;
import org.payhub.money.Money;
import org.payhub.payment.PaymentId;

/**
 * Somebody wants to return money.
 *
 * @param amount empty: all that is left
 * @param reason one of {@code requested_by_customer}, {@code duplicate}, or a short word of the
 *     caller's
 * @param requestKey the caller's own key: the same key finds the first refund instead of making a
 *     second
 * @param secondFactorCode where the provider wants one
 */
public record IssueRefundCommand(
        PaymentId payment,
        Optional<Money> amount,
        String reason,
        Optional<String> note,
        Optional<String> requestKey,
        Optional<String> secondFactorCode) {

    public IssueRefundCommand(
            PaymentId payment,
            Optional<Money> amount,
            String reason,
            Optional<String> note,
            Optional<String> requestKey) {
        this(payment, amount, reason, note, requestKey, Optional.empty());
    }
}
