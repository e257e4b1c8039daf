package org.payhub.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.payhub.integration.IntegrationId;
import org.payhub.integration.WebhookTarget;
import org.payhub.platform.HubDataSource;
import org.payhub.platform.Ids;
import org.payhub.platform.MasterKey;
import org.payhub.platform.UnitOfWork;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.provider.spi.VerifiedWebhook;
import org.payhub.tenancy.MerchantId;

/**
 * The statements of the inbox on a real database. The rows lie a century ahead, so that the
 * server's own sweep leaves them alone.
 */
@Tag("database")
@ExtendWith(ArquillianExtension.class)
class InboxRowsInContainerIT {

    private static final Instant LATER = Instant.parse("2126-03-01T10:00:00.123456Z");

    @Inject DeliveryInserts inserts;
    @Inject DeliveryRows rows;

    @Resource(lookup = HubDataSource.JNDI)
    DataSource dataSource;

    private final WebhookTarget target =
            new WebhookTarget(IntegrationId.next(), MerchantId.next(), "stripe", false, true);

    private NewDelivery row(String eventKey, String fingerprint) {
        return row(eventKey, fingerprint, "thing.happened");
    }

    private NewDelivery row(String eventKey, String fingerprint, String type) {
        VerifiedWebhook webhook =
                new VerifiedWebhook(
                        new RawWebhook(
                                "POST", Optional.empty(), "", Map.of(), new byte[] {1}, LATER),
                        eventKey,
                        type,
                        Optional.of("obj_1"),
                        fingerprint,
                        Optional.empty());
        return new NewDelivery(
                DeliveryId.next(),
                target,
                webhook,
                MasterKey.sha256(fingerprint.getBytes(StandardCharsets.UTF_8)),
                new byte[32],
                new byte[] {1, 2},
                new byte[] {3, 0, (byte) 0xFF, '\'', '\\'},
                DeliveryStatus.RECEIVED,
                Optional.empty(),
                Optional.empty());
    }

    private List<DeliveryId> stored(int count) throws SQLException {
        List<NewDelivery> batch =
                IntStream.range(0, count).mapToObj(i -> row("evt_" + i, "same")).toList();
        inserts.insert(batch);
        return batch.stream().map(NewDelivery::id).toList();
    }

    private Claim claimed(DeliveryId id) {
        return rows.claim(List.of(id), LATER).get(0);
    }

    private Object column(DeliveryId id, String column) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query =
                        connection.prepareStatement(
                                "SELECT " + column + " FROM webhook_delivery WHERE id = ?")) {
            query.setBytes(1, Ids.bytes(id.value()));
            try (ResultSet result = query.executeQuery()) {
                assertThat(result.next()).isTrue();
                return result.getObject(1);
            }
        }
    }

    private static <T> List<T> atOnce(int threads, Callable<T> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(pool.submit(work));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void a_batch_tells_what_is_new_from_what_came_twice() throws SQLException {
        NewDelivery first = row("evt_1", "a");
        NewDelivery twin = row("evt_1", "a");
        NewDelivery other = row("evt_2", "a");

        Set<DeliveryId> added = inserts.insert(List.of(first, twin, other));
        Set<DeliveryId> again = inserts.insert(List.of(row("evt_1", "a"), row("evt_3", "a")));

        assertThat(added).containsExactlyInAnyOrder(first.id(), other.id());
        assertThat(again).hasSize(1);
    }

    @Test
    void keys_differ_by_the_case_of_a_letter_and_by_a_blank_at_the_end() throws SQLException {
        Set<DeliveryId> added =
                inserts.insert(List.of(row("evt_a", "x"), row("evt_A", "x"), row("evt_ä", "x")));

        assertThat(added).hasSize(3);
    }

    @Test
    void another_meaning_of_the_same_event_is_a_row_of_its_own() throws SQLException {
        NewDelivery first = row("evt_1", "amount 100");
        NewDelivery second = row("evt_1", "amount 101");

        inserts.insert(List.of(first, second));
        Claim claim = claimed(second.id());
        DeliveryRows.Loaded loaded = rows.load(claim).orElseThrow();

        assertThat(loaded.hasRival()).isTrue();
        assertThat(rows.rivals(loaded.delivery()))
                .singleElement()
                .satisfies(
                        rival -> {
                            assertThat(rival.id()).isEqualTo(first.id());
                            assertThat(rival.claimed()).isFalse();
                        });
    }

    @Test
    void many_threads_storing_the_same_events_leave_one_row_each() throws Exception {
        List<Integer> added =
                atOnce(
                        16,
                        () -> {
                            List<NewDelivery> batch =
                                    IntStream.range(0, 50)
                                            .mapToObj(i -> row("evt_" + i, "same"))
                                            .toList();
                            return UnitOfWork.run(
                                    () -> {
                                        try {
                                            return inserts.insert(batch).size();
                                        } catch (SQLException e) {
                                            throw new IllegalStateException(e);
                                        }
                                    });
                        });

        assertThat(added.stream().mapToInt(Integer::intValue).sum()).isEqualTo(50);
    }

    @Test
    void bytes_and_microseconds_come_back_as_they_were() throws SQLException {
        NewDelivery row = row("evt_1", "a");
        inserts.insert(List.of(row));

        Delivery delivery = rows.load(claimed(row.id())).orElseThrow().delivery();

        assertThat(delivery.sealedBody()).isEqualTo(row.sealedBody());
        assertThat(delivery.receivedAt()).isEqualTo(LATER);
    }

    @Test
    void a_row_that_does_not_fit_is_refused_by_the_database_and_not_cut() {
        assertThatThrownBy(() -> inserts.insert(List.of(row("evt_1", "a", "t".repeat(121)))))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).startsWith("22"));
    }

    @Test
    void of_many_workers_one_has_a_delivery() throws Exception {
        List<DeliveryId> ids = stored(200);

        List<List<Claim>> claims = atOnce(8, () -> rows.claim(ids, LATER));

        List<DeliveryId> had = claims.stream().flatMap(List::stream).map(Claim::delivery).toList();
        assertThat(new HashSet<>(had)).hasSize(200);
        assertThat(had).hasSize(200);
    }

    @Test
    void a_claim_falls_free_when_its_time_is_over_and_the_first_worker_is_fenced()
            throws SQLException {
        DeliveryId id = stored(1).get(0);
        Claim first = claimed(id);

        assertThat(rows.claim(List.of(id), LATER.plusSeconds(1))).isEmpty();
        Claim second =
                rows.claim(List.of(id), LATER.plus(DeliveryQueue.LEASE).plusSeconds(1)).get(0);
        rows.finish(first, DeliveryStatus.IGNORED, "too late");

        assertThat(second.attempts()).isEqualTo(first.attempts() + 1);
        assertThat(rows.load(first)).isEmpty();
        assertThat(rows.extend(first, Duration.ofSeconds(1))).isEmpty();
        assertThat(column(id, "status")).isEqualTo("received");
        rows.finish(second, DeliveryStatus.IGNORED, "done");
        assertThat(column(id, "status")).isEqualTo("ignored");
        assertThat(column(id, "next_attempt_at")).isNull();
    }

    @Test
    void what_is_postponed_was_not_tried() throws SQLException {
        DeliveryId id = stored(1).get(0);

        rows.postpone(claimed(id), Duration.ofDays(365 * 120));

        assertThat(column(id, "attempts")).isEqualTo(0);
        assertThat(column(id, "owner")).isNull();
    }

    @Test
    void after_twelve_failures_it_is_a_persons() throws SQLException {
        DeliveryId id = stored(1).get(0);
        Instant at = LATER;
        boolean parked = false;
        int tries = 0;
        while (!parked) {
            setDue(id, at);
            parked = rows.failed(rows.claim(List.of(id), at).get(0), DeliveryStatus.RECEIVED, "x");
            tries++;
            at = at.plusSeconds(60);
        }

        assertThat(tries).isEqualTo(Backoff.TRIES);
        assertThat(column(id, "status")).isEqualTo("parked");
        assertThat(column(id, "reason")).isEqualTo("x");
        assertThat(column(id, "next_attempt_at")).isNull();
    }

    /** What failed is due soon, by today's clock; the server's sweep must not find it. */
    private void setDue(DeliveryId id, Instant at) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update =
                        connection.prepareStatement(
                                "UPDATE webhook_delivery SET next_attempt_at = ? WHERE id = ?")) {
            update.setTimestamp(1, Timestamp.from(at));
            update.setBytes(2, Ids.bytes(id.value()));
            update.executeUpdate();
        }
    }

    @Test
    void what_was_applied_stays_applied_when_the_rest_is_given_up() throws SQLException {
        DeliveryId id = stored(1).get(0);
        Claim claim = claimed(id);
        Claim last = new Claim(claim.delivery(), claim.owner(), claim.attempts(), claim.until());
        for (int i = claim.attempts(); i < Backoff.TRIES; i++) {
            last = rows.claim(List.of(id), last.until()).get(0);
        }

        boolean parked = rows.failed(last, DeliveryStatus.APPLIED, "The fee stayed unknown.");

        assertThat(parked).isFalse();
        assertThat(column(id, "status")).isEqualTo("applied");
        assertThat(column(id, "next_attempt_at")).isNull();
    }

    @Test
    void old_bodies_go_and_their_hashes_stay() throws SQLException {
        Instant then = Instant.parse("2001-01-01T00:00:00Z");
        NewDelivery like = row("evt_old", "a");
        NewDelivery old =
                new NewDelivery(
                        // Ids are ordered by the time at which they were made.
                        new DeliveryId(
                                new UUID(
                                        then.toEpochMilli() << 16 | 0x7000,
                                        like.id().value().getLeastSignificantBits())),
                        like.target(),
                        like.webhook(),
                        like.fingerprint(),
                        like.bodyHash(),
                        like.sealedHeaders(),
                        like.sealedBody(),
                        like.status(),
                        like.reason(),
                        like.claim());
        inserts.insert(List.of(old));

        rows.erase(then, 10);
        assertThat(column(old.id(), "sealed_body")).isNotNull();

        rows.erase(then.plusSeconds(1), 10);
        assertThat(column(old.id(), "sealed_body")).isNull();
        assertThat(column(old.id(), "sealed_headers")).isNull();
        assertThat((byte[]) column(old.id(), "body_hash")).hasSize(32);
    }
}
