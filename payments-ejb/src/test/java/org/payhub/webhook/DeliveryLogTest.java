package org.payhub.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.payhub.integration.IntegrationId;
import org.payhub.integration.WebhookTarget;
import org.payhub.platform.HubException;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.provider.spi.VerifiedWebhook;
import org.payhub.tenancy.MerchantId;

class DeliveryLogTest {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

    private final WebhookTarget target =
            new WebhookTarget(IntegrationId.next(), MerchantId.next(), "acme", false, true);
    private final List<NewDelivery> handedOn = Collections.synchronizedList(new ArrayList<>());
    private DeliveryLog log;

    @AfterEach
    void stop() {
        log.stop();
    }

    /** Rows in memory, unique by event key. */
    private static class Rows implements DeliveryLog.Store {

        final Set<String> keys = new HashSet<>();
        final List<Integer> batches = new ArrayList<>();

        @Override
        public synchronized Set<DeliveryId> insert(List<NewDelivery> rows) throws SQLException {
            batches.add(rows.size());
            Set<DeliveryId> fresh = new HashSet<>();
            for (NewDelivery row : rows) {
                if (keys.add(row.webhook().eventKey())) {
                    fresh.add(row.id());
                }
            }
            return fresh;
        }
    }

    private DeliveryLog over(DeliveryLog.Store store) {
        log = new DeliveryLog(store, (rows, fresh) -> handedOn.addAll(fresh), Thread::new);
        return log;
    }

    private NewDelivery row(String eventKey, int bytes) {
        VerifiedWebhook webhook =
                new VerifiedWebhook(
                        new RawWebhook("POST", Optional.empty(), "", Map.of(), new byte[0], AT),
                        eventKey,
                        "thing.happened",
                        Optional.empty(),
                        "",
                        Optional.empty());
        return new NewDelivery(
                DeliveryId.next(),
                target,
                webhook,
                new byte[32],
                new byte[32],
                new byte[0],
                new byte[bytes],
                DeliveryStatus.RECEIVED,
                Optional.empty(),
                Optional.empty());
    }

    private static String code(CompletableFuture<Boolean> stored) {
        try {
            stored.join();
            return "stored";
        } catch (CompletionException e) {
            return ((HubException) e.getCause()).code();
        }
    }

    @Test
    void a_repeat_is_told_apart_from_what_is_new_also_within_one_batch() {
        Rows rows = new Rows();
        over(rows);

        List<CompletableFuture<Boolean>> stored = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            stored.add(log.append(row("evt_" + i % 50, 10)));
        }

        assertThat(stored.stream().filter(CompletableFuture::join)).hasSize(50);
        assertThat(rows.keys).hasSize(50);
        assertThat(handedOn).hasSize(50);
    }

    @Test
    void what_waits_together_is_stored_together() throws InterruptedException {
        CountDownLatch open = new CountDownLatch(1);
        Rows rows =
                new Rows() {
                    @Override
                    public Set<DeliveryId> insert(List<NewDelivery> batch) throws SQLException {
                        await(open);
                        return super.insert(batch);
                    }
                };
        over(rows);

        List<CompletableFuture<Boolean>> stored = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            stored.add(log.append(row("evt_" + i, 10)));
        }
        assertThat(stored).noneMatch(CompletableFuture::isDone);
        open.countDown();
        stored.forEach(CompletableFuture::join);

        assertThat(rows.batches.size()).isLessThan(20);
    }

    @Test
    void nobody_is_answered_before_the_store_said_yes() {
        CountDownLatch open = new CountDownLatch(1);
        over(
                rows -> {
                    await(open);
                    return Set.of(rows.get(0).id());
                });

        CompletableFuture<Boolean> stored = log.append(row("evt_1", 10));

        assertThatThrownBy(() -> stored.get(200, TimeUnit.MILLISECONDS))
                .isInstanceOf(java.util.concurrent.TimeoutException.class);
        open.countDown();
        assertThat(stored.join()).isTrue();
    }

    @Test
    void a_row_that_does_not_fit_takes_no_other_with_it() {
        Rows rows =
                new Rows() {
                    @Override
                    public Set<DeliveryId> insert(List<NewDelivery> batch) throws SQLException {
                        if (batch.stream()
                                .anyMatch(r -> r.webhook().eventKey().startsWith("bad"))) {
                            throw new SQLException("Data too long", "22001", 1406);
                        }
                        return super.insert(batch);
                    }
                };
        over(rows);

        List<CompletableFuture<Boolean>> stored = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            stored.add(log.append(row((i % 20 == 0 ? "bad_" : "evt_") + i, 10)));
        }

        assertThat(stored.stream().map(DeliveryLogTest::code).filter("stored"::equals))
                .hasSize(380);
        assertThat(
                        stored.stream()
                                .map(DeliveryLogTest::code)
                                .filter("webhook.cannot_be_stored"::equals))
                .hasSize(20);
    }

    @Test
    void a_batch_that_the_database_sent_back_is_run_again_as_a_whole() {
        for (int error : new int[] {1213, 1205, 1020}) {
            AtomicInteger tries = new AtomicInteger();
            over(
                    rows -> {
                        if (tries.incrementAndGet() < 3) {
                            throw new SQLException("again", "40001", error);
                        }
                        return Set.of(rows.get(0).id());
                    });

            assertThat(log.append(row("evt_1", 10)).join()).isTrue();
            assertThat(tries).hasValue(3);
            log.stop();
        }
    }

    @Test
    void a_database_that_is_away_is_said_to_everybody_who_waits() {
        over(
                rows -> {
                    throw new SQLException("Communications link failure", "08S01", 0);
                });

        assertThat(code(log.append(row("evt_1", 10)))).isEqualTo("database.unavailable");
        assertThat(code(log.append(row("evt_2", 10)))).isEqualTo("database.unavailable");
        assertThat(handedOn).isEmpty();
    }

    @Test
    void past_its_bound_it_refuses_at_once() {
        CountDownLatch open = new CountDownLatch(1);
        over(
                rows -> {
                    await(open);
                    return Set.of();
                });

        List<CompletableFuture<Boolean>> stored = new ArrayList<>();
        for (int i = 0; i < 6_000; i++) {
            stored.add(log.append(row("evt_" + i, 10)));
        }

        long refused = stored.stream().filter(CompletableFuture::isCompletedExceptionally).count();
        assertThat(refused).isBetween(1_000L, 1_904L);
        open.countDown();
        stored.forEach(DeliveryLogTest::code);
    }

    @Test
    void large_bodies_are_bounded_by_their_bytes() {
        CountDownLatch open = new CountDownLatch(1);
        over(
                rows -> {
                    await(open);
                    return Set.of();
                });

        List<CompletableFuture<Boolean>> stored = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            stored.add(log.append(row("evt_" + i, 256 * 1024)));
        }

        assertThat(stored.stream().filter(f -> !f.isDone()).count()).isLessThan(300);
        open.countDown();
    }

    @Test
    void a_batch_stays_below_the_servers_packet() {
        List<Integer> weights = Collections.synchronizedList(new ArrayList<>());
        over(
                rows -> {
                    weights.add(rows.stream().mapToInt(NewDelivery::weight).sum());
                    return Set.of();
                });

        List<CompletableFuture<Boolean>> stored = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            stored.add(log.append(row("evt_" + i, 200 * 1024)));
        }
        stored.forEach(CompletableFuture::join);

        assertThat(weights).allMatch(weight -> weight <= 1 << 20);
    }

    @Test
    void stopping_stores_what_waits_and_refuses_what_comes_after() {
        Rows rows = new Rows();
        over(rows);
        List<CompletableFuture<Boolean>> stored = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            stored.add(log.append(row("evt_" + i, 10)));
        }

        log.stop();

        assertThat(stored).allMatch(CompletableFuture::isDone);
        assertThat(rows.keys).hasSize(500);
        assertThat(code(log.append(row("late", 10)))).isEqualTo("webhook.overloaded");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
