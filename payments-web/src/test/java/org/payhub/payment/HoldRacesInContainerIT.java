package org.payhub.payment;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.payhub.link.CreateLink;
import org.payhub.link.LinkRow;
import org.payhub.money.Money;
import org.payhub.platform.HubException;
import org.payhub.platform.UnitOfWork;
import org.payhub.provider.spi.ProviderEvent.PaymentDetails;
import org.payhub.provider.spi.ProviderEvent.PaymentOutcome;
import org.payhub.provider.spi.ProviderEvent.PaymentReported;
import org.payhub.provider.spi.Reference;
import org.payhub.provider.spi.References;

/**
 * A hold that several people want to take and another wants to give back at the same moment.
 *
 * <p>A thousand rounds of that on the real locks. The provider's part is told instead of called, so
 * that they take seconds: after most rounds it says no, and the same hold is fought for again; in
 * every tenth it says yes, and what comes later has to be refused. The same with the provider's
 * calls in between, a few rounds of it, is {@code RacesIT}.
 */
class HoldRacesInContainerIT extends BooksInContainer {

    private static final int HOLDS = 100;
    private static final int ROUNDS_EACH = 10;
    private static final Money HELD = Money.ofMinor(3_000, "EUR");

    @Inject HoldRecords holds;

    /** What one of them tried, and how it ended: the order, or the code of the refusal. */
    private record Tried(boolean capture, HoldRecords.Ordered won, String refused) {}

    @Test
    void of_three_who_settle_one_hold_at_once_one_wins_a_thousand_times() throws Exception {
        ExecutorService three = Executors.newFixedThreadPool(3);
        int taken = 0;
        int givenBack = 0;
        try {
            for (int hold = 0; hold < HOLDS; hold++) {
                PaymentId payment = held("hold-" + hold + "-" + UUID.randomUUID());
                for (int round = 1; round < ROUNDS_EACH; round++) {
                    winner(three, payment);
                    UnitOfWork.run(() -> holds.refused(payment));
                }

                Tried last = winner(three, payment);
                answer(last);

                PaymentRow row = payments.get(prepared.scope(), payment);
                assertThat(row.status())
                        .isEqualTo(last.capture() ? PaymentStatus.PAID : PaymentStatus.CANCELLED);
                assertThat(row.captured())
                        .isEqualTo(last.capture() ? last.won().amount() : Money.ofMinor(0, "EUR"))
                        .isLessThanOrEqualTo(HELD);
                for (boolean capture : List.of(true, false)) {
                    assertThat(tried(payment, capture, HELD).refused())
                            .isEqualTo("payment.not_held");
                }
                taken += last.capture() ? 1 : 0;
                givenBack += last.capture() ? 0 : 1;
            }
        } finally {
            three.shutdownNow();
        }

        assertThat(taken + givenBack).isEqualTo(HOLDS);
        booksAreSound();
    }

    /** Two who take different parts and one who gives back; answers whoever won. */
    private Tried winner(ExecutorService three, PaymentId payment) throws Exception {
        CyclicBarrier start = new CyclicBarrier(3);
        List<Callable<Tried>> deeds = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            boolean capture = i < 2;
            Money amount = Money.ofMinor(1_000 * (i + 1L), "EUR");
            deeds.add(
                    () -> {
                        start.await(60, TimeUnit.SECONDS);
                        return tried(payment, capture, amount);
                    });
        }
        List<Tried> ended = new ArrayList<>();
        for (Future<Tried> future : three.invokeAll(deeds, 120, TimeUnit.SECONDS)) {
            ended.add(future.get());
        }
        List<Tried> won = ended.stream().filter(t -> t.won() != null).toList();
        assertThat(won).as(ended.toString()).hasSize(1);
        assertThat(ended)
                .filteredOn(t -> t.won() == null)
                .extracting(Tried::refused)
                .containsOnly("payment.order_unanswered");
        return won.get(0);
    }

    private Tried tried(PaymentId payment, boolean capture, Money amount) {
        try {
            return new Tried(
                    capture,
                    UnitOfWork.run(
                            () ->
                                    capture
                                            ? holds.orderCapture(
                                                    prepared.scope(), payment, Optional.of(amount))
                                            : holds.orderVoid(prepared.scope(), payment)),
                    "");
        } catch (HubException refusal) {
            return new Tried(capture, null, refusal.code());
        }
    }

    private PaymentId held(String id) {
        LinkRow link = links.create(prepared.scope(), prepared.visit(HELD), CreateLink.usual());
        PaymentId payment = prepared.open(link, "cs_" + id, true);
        tell(reported(payment, id, PaymentOutcome.AUTHORIZED, HELD));
        assertThat(payments.get(prepared.scope(), payment).status())
                .isEqualTo(PaymentStatus.AUTHORIZED);
        return payment;
    }

    /** The provider did what was ordered. */
    private void answer(Tried winner) {
        PaymentView view = winner.won().payment();
        PaymentOutcome outcome = winner.capture() ? PaymentOutcome.CAPTURED : PaymentOutcome.VOIDED;
        String charge =
                view.references().stream()
                        .filter(reference -> reference.kind().equals("charge"))
                        .map(Reference::key)
                        .findFirst()
                        .orElseThrow();
        UnitOfWork.run(
                () ->
                        holds.answered(
                                view,
                                List.of(
                                        reported(
                                                view.id(),
                                                charge.substring("ch_".length()),
                                                outcome,
                                                winner.won().amount()))));
    }

    private static PaymentReported reported(
            PaymentId payment, String id, PaymentOutcome outcome, Money amount) {
        return new PaymentReported(
                new References(
                        Optional.of(payment.value()),
                        List.of(new Reference("charge", "ch_" + id)),
                        true),
                "ch_" + id,
                outcome,
                amount,
                Instant.parse("2026-11-20T09:00:00Z"),
                PaymentDetails.none());
    }
}
