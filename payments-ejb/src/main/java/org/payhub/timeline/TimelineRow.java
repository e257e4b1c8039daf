package org.payhub.timeline;

import java.io.Serializable;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.payhub.money.Money;

/**
 * One thing that happened.
 *
 * @param who a person's name, a provider's code, or empty for the hub itself
 * @param subject the outside id of what it happened to
 * @param evidence the provider's key, a reason, a word; may be empty
 */
public record TimelineRow(
        Instant at,
        What what,
        String who,
        boolean byProvider,
        String subject,
        Optional<Money> amount,
        String evidence)
        implements Serializable {

    /** The kinds of things that happen, in the order in which they follow from each other. */
    public enum What {
        VISIT_BOOKED,
        LINK_CREATED,
        LINK_OPENED,
        CHECKOUT_OPENED,
        PAYMENT_PENDING,
        PAYMENT_DECLINED,
        PAYMENT_HELD,
        PAYMENT_CAPTURED,
        LINK_PAID,
        HOLD_RELEASED,
        HOLD_EXPIRED,
        REFUND_REQUESTED,
        REFUND_SUCCEEDED,
        REFUND_FAILED,
        REFUND_CANCELLED,
        DISPUTE_OPENED,
        DISPUTE_CLOSED,
        LINK_ENDED,
        VISIT_CANCELLED;

        /** The word in interfaces. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static TimelineRow own(Instant at, What what, String subject, Optional<Money> amount) {
        return new TimelineRow(at, what, "", false, subject, amount, "");
    }
}
