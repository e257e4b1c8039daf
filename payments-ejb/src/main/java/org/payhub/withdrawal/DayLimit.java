package org.payhub.withdrawal;

import java.time.Duration;
import org.payhub.money.Money;
import org.payhub.platform.HubException;

/** How much the merchant lets out within a day, which is the last 24 hours. */
record DayLimit(Money most) {

    static final Duration DAY = Duration.ofHours(24);

    /**
     * Refuses what would be more than that together with what was sent.
     *
     * <p><b>Errors</b>: {@code withdrawal.daily_limit_exceeded}.
     */
    void require(Money amount, Money sent) {
        if (sent.plus(amount).compareTo(most) <= 0) {
            return;
        }
        throw HubException.ofField(
                "amount",
                "withdrawal.daily_limit_exceeded",
                "At most "
                        + most
                        + " may be withdrawn here within 24 hours"
                        + (sent.isZero() ? "." : "; " + sent + " were sent already."));
    }
}
