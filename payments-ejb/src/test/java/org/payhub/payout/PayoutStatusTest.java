package org.payhub.payout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.payhub.provider.spi.ProviderEvent.PayoutOutcome;

class PayoutStatusTest {

    @Test
    void the_status_after_every_report_follows_the_ranks() {
        for (PayoutStatus before : PayoutStatus.values()) {
            for (PayoutOutcome outcome : PayoutOutcome.values()) {
                PayoutStatus meaning = PayoutStatus.valueOf(outcome.name());

                PayoutStatus after = before.after(outcome);

                assertThat(after)
                        .as(before + " after " + outcome)
                        .isEqualTo(meaning.compareTo(before) > 0 ? meaning : before);
            }
        }
    }

    @Test
    void a_payout_that_was_paid_can_still_fail() {
        assertThat(PayoutStatus.PAID.after(PayoutOutcome.FAILED)).isEqualTo(PayoutStatus.FAILED);
        assertThat(PayoutStatus.FAILED.after(PayoutOutcome.PAID)).isEqualTo(PayoutStatus.FAILED);
    }
}
