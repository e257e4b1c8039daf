package org.payhub.provider.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.payhub.platform.Ids;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.provider.spi.ProviderEvent.DisputeMovement;
import org.payhub.provider.spi.ProviderEvent.DisputeReported;
import org.payhub.provider.spi.ProviderEvent.PaymentOutcome;
import org.payhub.provider.spi.ProviderEvent.PaymentReported;
import org.payhub.provider.spi.ProviderEvent.ReadFirst;
import org.payhub.provider.spi.ProviderEvent.RefundReported;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.provider.spi.Reference;
import org.payhub.simulator.Simulator;
import org.payhub.simulator.stripe.StripeEvent;
import org.payhub.simulator.stripe.StripeHistory;

/**
 * Lives of payments as the imitated Stripe lives them: what its webhooks said from beginning to
 * end, in whichever version, is what it says when it is read at the end.
 */
class StripeHistoriesTest {

    private static final int LIVES = 40;

    private static Simulator simulator;
    private static StripeConnector stripe;
    private static Credentials credentials;

    @BeforeAll
    static void start() {
        simulator = Simulator.start(0);
        stripe = StripeSamples.connector(simulator.baseUrl());
        credentials =
                Credentials.of(
                        StripeSamples.OWNER,
                        Map.of(
                                StripeKeys.SECRET_KEY,
                                simulator.stripe().account().test().secret(),
                                StripeKeys.WEBHOOK_SECRET,
                                StripeSamples.SIGNING_SECRET));
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    /** What events add up to, by the keys of the things that they are about. */
    private static final class Facts {

        private static final List<PaymentOutcome> RANKS =
                List.of(
                        PaymentOutcome.PENDING,
                        PaymentOutcome.DECLINED,
                        PaymentOutcome.AUTHORIZED,
                        PaymentOutcome.VOIDED,
                        PaymentOutcome.HOLD_EXPIRED,
                        PaymentOutcome.CAPTURED);

        private final Map<String, PaymentOutcome> payments = new HashMap<>();
        private final Map<String, String> lines = new TreeMap<>();

        void take(List<ProviderEvent> events) {
            for (ProviderEvent event : events) {
                if (event instanceof PaymentReported p) {
                    payment(p);
                } else if (event instanceof RefundReported r) {
                    lines.put(r.refundKey(), r.outcome() + " " + r.amount());
                } else if (event instanceof DisputeReported d) {
                    Set<String> movements = new TreeSet<>();
                    for (DisputeMovement m : d.movements()) {
                        movements.add(m.bookingKey() + " " + m.amount() + " " + m.fee());
                    }
                    lines.put(d.disputeKey(), d.outcome() + " " + d.amount() + " " + movements);
                }
            }
        }

        private void payment(PaymentReported p) {
            PaymentOutcome known = payments.get(p.transactionKey());
            if (known == null || RANKS.indexOf(p.outcome()) >= RANKS.indexOf(known)) {
                payments.put(p.transactionKey(), p.outcome());
                lines.put(p.transactionKey(), p.outcome() + " " + p.amount());
            }
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "2018-02-28",
                "2020-08-27",
                "2022-11-15",
                "2025-03-31.basil",
                "2026-07-29.dahlia",
                "2026-09-30.endive"
            })
    void what_webhooks_said_is_what_reading_says_in_every_version(String version) {
        Map<String, Integer> seen = new TreeMap<>();
        for (int seed = 0; seed < LIVES; seed++) {
            StripeHistory life =
                    simulator
                            .stripe()
                            .history()
                            .version(version)
                            .checkout(
                                    5_000,
                                    "eur",
                                    Map.of("payhub_payment", Ids.text("pay", Ids.next())))
                            .random(seed, 10);

            Facts told = new Facts();
            for (StripeEvent event : life.events()) {
                told.take(translate(event));
            }
            Facts read = new Facts();
            read.take(
                    stripe.read(credentials, new Reference(StripeObjects.SESSION, life.sessionId()))
                            .events());

            assertThat(told.lines).as("life %d in %s", seed, version).isEqualTo(read.lines);
            told.lines.keySet().forEach(key -> seen.merge(key.substring(0, 2), 1, Integer::sum));
        }
        // The lives were worth living: charges, refunds and disputes.
        assertThat(seen).containsKeys("ch", "re", "du");
        assertThat(seen.get("re")).isGreaterThan(10);
    }

    private static List<ProviderEvent> translate(StripeEvent event) {
        RawWebhook raw = StripeSamples.signed(event.body());
        List<ProviderEvent> events = stripe.translate(stripe.verify(credentials, raw));
        assertThat(stripe.translate(stripe.verify(credentials, raw))).isEqualTo(events);
        // Only the end of a hold that was given back is told by no object of its own.
        return events.stream()
                .flatMap(
                        e ->
                                e instanceof ReadFirst r && r.kind().equals(StripeObjects.INTENT)
                                        ? stripe
                                                .read(credentials, new Reference(r.kind(), r.key()))
                                                .events()
                                                .stream()
                                        : java.util.stream.Stream.of(e))
                .toList();
    }
}
