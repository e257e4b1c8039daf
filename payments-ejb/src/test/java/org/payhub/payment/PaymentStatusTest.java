package org.payhub.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.payhub.payment.PaymentStatus.*;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.payhub.provider.spi.ProviderEvent.CheckoutOutcome;
import org.payhub.provider.spi.ProviderEvent.InvoiceOutcome;
import org.payhub.provider.spi.ProviderEvent.PaymentOutcome;

/** The full product of status and outcome. */
class PaymentStatusTest {

    private static final List<PaymentStatus> RANKS =
            List.of(
                    CREATED,
                    UNKNOWN,
                    PENDING,
                    FAILED,
                    AUTHORIZED,
                    EXPIRED,
                    CANCELLED,
                    PART_PAID,
                    PAID,
                    REVIEW);

    private static Map<PaymentOutcome, PaymentStatus> meanings() {
        Map<PaymentOutcome, PaymentStatus> meanings = new EnumMap<>(PaymentOutcome.class);
        meanings.put(PaymentOutcome.PENDING, PENDING);
        meanings.put(PaymentOutcome.AUTHORIZED, AUTHORIZED);
        meanings.put(PaymentOutcome.CAPTURED, PAID);
        meanings.put(PaymentOutcome.DECLINED, FAILED);
        meanings.put(PaymentOutcome.VOIDED, CANCELLED);
        meanings.put(PaymentOutcome.HOLD_EXPIRED, EXPIRED);
        return meanings;
    }

    @Test
    void every_report_of_money_leads_to_its_status_or_changes_nothing() {
        for (PaymentStatus before : PaymentStatus.values()) {
            for (PaymentOutcome outcome : PaymentOutcome.values()) {
                PaymentStatus meaning = meanings().get(outcome);

                PaymentStatus after = before.after(outcome);

                boolean further = RANKS.indexOf(meaning) > RANKS.indexOf(before);
                assertThat(after)
                        .as(before + " after " + outcome)
                        .isEqualTo(further ? meaning : before);
            }
        }
    }

    @Test
    void every_report_of_the_page_leads_to_its_status_or_changes_nothing() {
        Map<CheckoutOutcome, PaymentStatus> meanings = new EnumMap<>(CheckoutOutcome.class);
        meanings.put(CheckoutOutcome.COMPLETED, PENDING);
        meanings.put(CheckoutOutcome.PENDING, PENDING);
        meanings.put(CheckoutOutcome.FAILED, FAILED);
        meanings.put(CheckoutOutcome.EXPIRED, EXPIRED);

        for (PaymentStatus before : PaymentStatus.values()) {
            for (CheckoutOutcome outcome : CheckoutOutcome.values()) {
                PaymentStatus after = before.after(outcome);

                PaymentStatus meaning = meanings.get(outcome);
                boolean further = RANKS.indexOf(meaning) > RANKS.indexOf(before);
                assertThat(after)
                        .as(before + " after " + outcome)
                        .isEqualTo(further ? meaning : before);
            }
        }
    }

    @Test
    void every_report_of_an_invoice_leads_to_its_status_or_changes_nothing() {
        Map<InvoiceOutcome, PaymentStatus> meanings = new EnumMap<>(InvoiceOutcome.class);
        meanings.put(InvoiceOutcome.PENDING, PENDING);
        meanings.put(InvoiceOutcome.PARTIALLY_PAID, PART_PAID);
        meanings.put(InvoiceOutcome.CONFIRMING, PENDING);
        meanings.put(InvoiceOutcome.PAID, PAID);
        meanings.put(InvoiceOutcome.OVERPAID, PAID);
        meanings.put(InvoiceOutcome.UNDERPAID, PART_PAID);
        meanings.put(InvoiceOutcome.ON_HOLD, REVIEW);
        meanings.put(InvoiceOutcome.REVIEW, REVIEW);
        meanings.put(InvoiceOutcome.LATE, REVIEW);
        meanings.put(InvoiceOutcome.EXPIRED, EXPIRED);
        meanings.put(InvoiceOutcome.CANCELLED, CANCELLED);

        for (PaymentStatus before : PaymentStatus.values()) {
            for (InvoiceOutcome outcome : InvoiceOutcome.values()) {
                PaymentStatus meaning = meanings.getOrDefault(outcome, before);

                PaymentStatus after = before.after(outcome, true);

                boolean further = RANKS.indexOf(meaning) > RANKS.indexOf(before);
                assertThat(after)
                        .as(before + " after " + outcome)
                        .isEqualTo(further ? meaning : before);
            }
        }
    }

    @Test
    void nothing_that_a_provider_says_leaves_review() {
        for (PaymentOutcome outcome : PaymentOutcome.values()) {
            assertThat(REVIEW.after(outcome)).isEqualTo(REVIEW);
        }
        for (CheckoutOutcome outcome : CheckoutOutcome.values()) {
            assertThat(REVIEW.after(outcome)).isEqualTo(REVIEW);
        }
        for (InvoiceOutcome outcome : InvoiceOutcome.values()) {
            assertThat(REVIEW.after(outcome, true)).isEqualTo(REVIEW);
            assertThat(REVIEW.after(outcome, false)).isEqualTo(REVIEW);
        }
    }

    @Test
    void two_reports_end_in_one_place_whichever_comes_first() {
        for (PaymentStatus start : PaymentStatus.values()) {
            for (PaymentOutcome first : PaymentOutcome.values()) {
                for (PaymentOutcome second : PaymentOutcome.values()) {
                    assertThat(start.after(first).after(second))
                            .isEqualTo(start.after(second).after(first));
                }
            }
        }
    }

    @Test
    void a_repeated_report_changes_nothing() {
        for (PaymentStatus start : PaymentStatus.values()) {
            for (PaymentOutcome outcome : PaymentOutcome.values()) {
                assertThat(start.after(outcome).after(outcome)).isEqualTo(start.after(outcome));
            }
        }
    }

    @Test
    void the_ranks_are_those_that_were_ruled() {
        List<PaymentStatus> declared = new ArrayList<>(List.of(PaymentStatus.values()));

        assertThat(declared).containsExactlyElementsOf(RANKS);
    }
}
