package org.payhub.dispute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.payhub.integration.IntegrationId;
import org.payhub.ledger.Books;
import org.payhub.money.Money;
import org.payhub.payment.PaymentId;
import org.payhub.payment.PaymentPurpose;
import org.payhub.payment.PaymentStatus;
import org.payhub.payment.PaymentView;
import org.payhub.provider.spi.ProviderEvent.DisputeOutcome;
import org.payhub.provider.spi.ProviderEvent.DisputeReported;
import org.payhub.provider.spi.References;
import org.payhub.tenancy.MerchantId;

class DisputeTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private static PaymentView payment() {
        MerchantId merchant = MerchantId.next();
        IntegrationId integration = IntegrationId.next();
        Money taken = Money.ofMinor(4_000, "EUR");
        Money none = Money.ofMinor(0, "EUR");
        return new PaymentView(
                PaymentId.next(),
                merchant,
                integration,
                "stripe",
                Optional.empty(),
                false,
                PaymentPurpose.VISIT,
                PaymentStatus.PAID,
                taken,
                none,
                taken,
                none,
                false,
                Optional.empty(),
                List.of(),
                new Books(merchant, integration, false, ZoneId.of("Europe/Madrid")));
    }

    private static DisputeReported told(DisputeOutcome outcome, int second, long amount) {
        return new DisputeReported(
                References.of(List.of()),
                "dp_1",
                outcome,
                Money.ofMinor(amount, "EUR"),
                "fraudulent",
                Optional.empty(),
                List.of(),
                NOW.plusSeconds(second));
    }

    @Test
    void the_status_after_every_report_follows_the_ranks() {
        for (DisputeStatus before : DisputeStatus.values()) {
            for (DisputeOutcome outcome : DisputeOutcome.values()) {
                DisputeStatus meaning = DisputeStatus.valueOf(outcome.name());

                DisputeStatus after = before.after(outcome);

                assertThat(after)
                        .as(before + " after " + outcome)
                        .isEqualTo(meaning.compareTo(before) > 0 ? meaning : before);
            }
        }
    }

    @Test
    void every_order_of_the_same_reports_ends_in_the_same_place() {
        List<DisputeReported> life =
                List.of(
                        told(DisputeOutcome.NEEDS_RESPONSE, 0, 4_000),
                        told(DisputeOutcome.UNDER_REVIEW, 10, 4_000),
                        told(DisputeOutcome.UNDER_REVIEW, 20, 3_500),
                        told(DisputeOutcome.LOST, 30, 3_500));
        Random random = new Random(5);
        Set<String> ends = new HashSet<>();
        for (int round = 0; round < 200; round++) {
            List<DisputeReported> shuffled = new ArrayList<>(life);
            Collections.shuffle(shuffled, random);
            Dispute dispute = new Dispute(payment(), shuffled.get(0), NOW);

            shuffled.forEach(dispute::report);

            DisputeRow row = dispute.row();
            ends.add(row.status() + " " + row.amount() + " " + row.openedAt() + row.closedAt());
        }
        assertThat(ends).hasSize(1);
    }
}
