package org.payhub.webhook;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.payhub.integration.IntegrationId;
import org.payhub.platform.HubDataSource;
import org.payhub.platform.Ids;
import org.payhub.platform.Leases;
import org.payhub.platform.UnitOfWork;
import org.payhub.provider.spi.Reference;
import org.payhub.tenancy.MerchantId;

/**
 * The worker's statements on deliveries. Each is short and committed by itself: claims are
 * conditional updates that hold on one node, on two and on a cluster; whatever a claimed delivery
 * is set to says whose claim it was.
 */
@ApplicationScoped
class DeliveryRows {

    private static final String FENCE = " WHERE id = ? AND owner = ? AND attempts = ?";
    private static final String FREE = " owner = NULL, lease_until = NULL";
    private static final int LONGEST_REASON = 500;

    @Resource(lookup = HubDataSource.JNDI)
    DataSource dataSource;

    @Inject Clock clock;
    @Inject Leases leases;

    /** Another delivery of the same event with another meaning. */
    record Rival(DeliveryId id, DeliveryStatus status, boolean claimed) {}

    /** A delivery, and whether another one bears the same event's key. */
    record Loaded(Delivery delivery, boolean hasRival) {}

    /** For the container. */
    DeliveryRows() {}

    /** The delivery, if the claim still holds. */
    Optional<Loaded> load(Claim claim) {
        return run(
                "SELECT d.merchant_id, d.integration_id, d.provider, d.livemode, d.event_key,"
                        + " d.event_type, d.object_key, d.sealed_headers, d.sealed_body,"
                        + " d.received_at, d.status, EXISTS (SELECT 1 FROM webhook_delivery o"
                        + " WHERE o.integration_id = d.integration_id"
                        + " AND o.event_key = d.event_key AND o.id <> d.id)"
                        + " FROM webhook_delivery d WHERE d.id = ? AND d.owner = ?"
                        + " AND d.attempts = ?",
                query -> {
                    fence(query, 0, claim);
                    try (ResultSet row = query.executeQuery()) {
                        return row.next()
                                ? Optional.of(loaded(claim.delivery(), row))
                                : Optional.empty();
                    }
                });
    }

    private static Loaded loaded(DeliveryId id, ResultSet row) throws SQLException {
        return new Loaded(
                new Delivery(
                        id,
                        new MerchantId(Ids.of(row.getBytes(1))),
                        new IntegrationId(Ids.of(row.getBytes(2))),
                        row.getString(3),
                        row.getBoolean(4),
                        row.getString(5),
                        row.getString(6),
                        Optional.ofNullable(row.getString(7)),
                        row.getBytes(8),
                        row.getBytes(9),
                        row.getTimestamp(10).toInstant(),
                        status(row.getString(11))),
                row.getBoolean(12));
    }

    List<Rival> rivals(Delivery delivery) {
        return run(
                "SELECT id, status, owner IS NOT NULL FROM webhook_delivery"
                        + " WHERE integration_id = ? AND event_key = ? AND id <> ?",
                query -> {
                    query.setBytes(1, Ids.bytes(delivery.integration().value()));
                    query.setString(2, delivery.eventKey());
                    query.setBytes(3, Ids.bytes(delivery.id().value()));
                    List<Rival> rivals = new ArrayList<>();
                    try (ResultSet row = query.executeQuery()) {
                        while (row.next()) {
                            rivals.add(
                                    new Rival(
                                            new DeliveryId(Ids.of(row.getBytes(1))),
                                            status(row.getString(2)),
                                            row.getBoolean(3)));
                        }
                    }
                    return rivals;
                });
    }

    /** Claims what is due, oldest first; what another worker takes meanwhile is left out. */
    List<Claim> claimDue(int limit) {
        Instant now = clock.instant();
        List<DeliveryId> due =
                run(
                        "SELECT id FROM webhook_delivery WHERE next_attempt_at <= ?"
                                + " ORDER BY next_attempt_at, id LIMIT ?",
                        query -> {
                            query.setTimestamp(1, Timestamp.from(now));
                            query.setInt(2, limit);
                            List<DeliveryId> ids = new ArrayList<>();
                            try (ResultSet row = query.executeQuery()) {
                                while (row.next()) {
                                    ids.add(new DeliveryId(Ids.of(row.getBytes(1))));
                                }
                            }
                            return ids;
                        });
        return claim(due, now);
    }

    /** Claims these, as far as they are due and nobody else has them. */
    List<Claim> claim(List<DeliveryId> ids, Instant now) {
        if (ids.isEmpty()) {
            return List.of();
        }
        String in = ids.stream().map(id -> "?").collect(Collectors.joining(","));
        Instant until = now.plus(DeliveryQueue.LEASE);
        int claimed =
                run(
                        "UPDATE webhook_delivery SET owner = ?, lease_until = ?,"
                                + " next_attempt_at = ?, attempts = attempts + 1 WHERE id IN ("
                                + in
                                + ") AND next_attempt_at <= ?",
                        update -> {
                            update.setString(1, leases.owner());
                            update.setTimestamp(2, Timestamp.from(until));
                            update.setTimestamp(3, Timestamp.from(until));
                            int at = ids(update, 3, ids);
                            update.setTimestamp(at + 1, Timestamp.from(now));
                            return update.executeUpdate();
                        });
        if (claimed == 0) {
            return List.of();
        }
        return run(
                "SELECT id, attempts FROM webhook_delivery WHERE id IN ("
                        + in
                        + ") AND owner = ? AND lease_until = ? ORDER BY received_at, id",
                query -> {
                    int at = ids(query, 0, ids);
                    query.setString(at + 1, leases.owner());
                    query.setTimestamp(at + 2, Timestamp.from(until));
                    List<Claim> claims = new ArrayList<>();
                    try (ResultSet row = query.executeQuery()) {
                        while (row.next()) {
                            claims.add(
                                    new Claim(
                                            new DeliveryId(Ids.of(row.getBytes(1))),
                                            leases.owner(),
                                            row.getInt(2),
                                            until));
                        }
                    }
                    return claims;
                });
    }

    /** A longer claim, before a provider is asked; empty when it was lost. */
    Optional<Claim> extend(Claim claim, Duration span) {
        Instant until = clock.instant().plus(span);
        int held =
                run(
                        "UPDATE webhook_delivery SET lease_until = ?, next_attempt_at = ?" + FENCE,
                        update -> {
                            update.setTimestamp(1, Timestamp.from(until));
                            update.setTimestamp(2, Timestamp.from(until));
                            fence(update, 2, claim);
                            return update.executeUpdate();
                        });
        return held == 1
                ? Optional.of(new Claim(claim.delivery(), claim.owner(), claim.attempts(), until))
                : Optional.empty();
    }

    /** Gives the claim back without counting it as a try. */
    void postpone(Claim claim, Duration pause) {
        set(
                claim,
                "attempts = attempts - 1, next_attempt_at = ?,",
                update -> update.setTimestamp(1, Timestamp.from(clock.instant().plus(pause))),
                1);
    }

    /** It failed: again after a pause, or a person's. Whether it is a person's now. */
    boolean failed(Claim claim, DeliveryStatus before, String reason) {
        Optional<Duration> pause = Backoff.after(claim.attempts(), ThreadLocalRandom.current());
        if (pause.isPresent()) {
            set(
                    claim,
                    "reason = ?, next_attempt_at = ?,",
                    update -> {
                        update.setString(1, cut(reason));
                        update.setTimestamp(2, Timestamp.from(clock.instant().plus(pause.get())));
                    },
                    2);
            return false;
        }
        // What was applied stays applied; only what it still lacked is given up.
        boolean park = before == DeliveryStatus.RECEIVED || before == DeliveryStatus.PARKED;
        finish(claim, park ? DeliveryStatus.PARKED : before, reason);
        return park;
    }

    /** Nothing more is to be done with it. */
    void finish(Claim claim, DeliveryStatus status, String reason) {
        set(
                claim,
                "status = ?, reason = ?, next_attempt_at = NULL,",
                update -> {
                    update.setString(1, status.word());
                    update.setString(2, cut(reason));
                },
                2);
    }

    /**
     * Waits until one of these keys is known as a payment's, and is tried again after the pause in
     * any case.
     */
    void waitFor(Claim claim, Delivery delivery, List<Reference> keys, String reason) {
        for (Reference key : keys) {
            run(
                    "INSERT INTO delivery_wait (delivery_id, integration_id, kind, reference_key)"
                            + " VALUES (?, ?, ?, ?) ON DUPLICATE KEY UPDATE kind = kind",
                    insert -> {
                        insert.setBytes(1, Ids.bytes(delivery.id().value()));
                        insert.setBytes(2, Ids.bytes(delivery.integration().value()));
                        insert.setString(3, key.kind());
                        insert.setString(4, key.key());
                        return insert.executeUpdate();
                    });
        }
        failed(claim, DeliveryStatus.RECEIVED, reason);
        // A key that became known between the look and the wait would wake nobody.
        run(
                "UPDATE webhook_delivery SET next_attempt_at = ? WHERE id = ? AND owner IS NULL"
                        + " AND status IN ('received', 'parked') AND EXISTS (SELECT 1 FROM delivery_wait w"
                        + " JOIN payment_reference r ON r.integration_id = w.integration_id"
                        + " AND r.kind = w.kind AND r.reference_key = w.reference_key"
                        + " WHERE w.delivery_id = ?)",
                update -> {
                    update.setTimestamp(1, Timestamp.from(clock.instant()));
                    update.setBytes(2, Ids.bytes(delivery.id().value()));
                    update.setBytes(3, Ids.bytes(delivery.id().value()));
                    return update.executeUpdate();
                });
    }

    /**
     * The same delivery came once more. Where it had to be read and no money was found then, it is
     * worked off again: what was read may have been too early, or the first one edited.
     */
    boolean runAgain(IntegrationId integration, String eventKey, byte[] fingerprint) {
        return run(
                        "UPDATE webhook_delivery SET next_attempt_at = ?, attempts = 0"
                                + " WHERE integration_id = ? AND event_key = ? AND fingerprint = ?"
                                + " AND owner IS NULL AND next_attempt_at IS NULL"
                                + " AND status IN ('applied', 'ignored') AND NOT EXISTS"
                                + " (SELECT 1 FROM payment p WHERE p.id = webhook_delivery.payment_id AND p.status"
                                + " IN ('paid', 'part_paid', 'review'))",
                        update -> {
                            update.setTimestamp(1, Timestamp.from(clock.instant()));
                            update.setBytes(2, Ids.bytes(integration.value()));
                            update.setString(3, eventKey);
                            update.setBytes(4, fingerprint);
                            return update.executeUpdate();
                        })
                > 0;
    }

    void stopWaiting(DeliveryId id) {
        run(
                "DELETE FROM delivery_wait WHERE delivery_id = ?",
                delete -> {
                    delete.setBytes(1, Ids.bytes(id.value()));
                    return delete.executeUpdate();
                });
    }

    /** Takes bodies away that are older; the hash and what was read from them stay. */
    int erase(Instant olderThan, int limit) {
        // Ids are ordered by time: the bound keeps the statement off the young rows.
        UUID bound = new UUID(olderThan.toEpochMilli() << 16, 0);
        return run(
                "UPDATE webhook_delivery SET sealed_body = NULL, sealed_headers = NULL"
                        + " WHERE id < ? AND sealed_body IS NOT NULL ORDER BY id LIMIT ?",
                update -> {
                    update.setBytes(1, Ids.bytes(bound));
                    update.setInt(2, limit);
                    return update.executeUpdate();
                });
    }

    private interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }

    /** Changes a claimed delivery and lets it go; a claim that was lost changes nothing. */
    private void set(Claim claim, String assignments, Binding binding, int bound) {
        run(
                "UPDATE webhook_delivery SET " + assignments + FREE + FENCE,
                update -> {
                    binding.bind(update);
                    fence(update, bound, claim);
                    return update.executeUpdate();
                });
    }

    private interface Work<T> {
        T with(PreparedStatement statement) throws SQLException;
    }

    private <T> T run(String sql, Work<T> work) {
        return UnitOfWork.run(
                () -> {
                    try (Connection connection = dataSource.getConnection();
                            PreparedStatement statement = connection.prepareStatement(sql)) {
                        return work.with(statement);
                    } catch (SQLException e) {
                        throw new IllegalStateException(
                                "The inbox cannot be read or written: " + e.getMessage(), e);
                    }
                });
    }

    private static int ids(PreparedStatement statement, int before, List<DeliveryId> ids)
            throws SQLException {
        int at = before;
        for (DeliveryId id : ids) {
            statement.setBytes(++at, Ids.bytes(id.value()));
        }
        return at;
    }

    private static void fence(PreparedStatement statement, int before, Claim claim)
            throws SQLException {
        statement.setBytes(before + 1, Ids.bytes(claim.delivery().value()));
        statement.setString(before + 2, claim.owner());
        statement.setInt(before + 3, claim.attempts());
    }

    static DeliveryStatus status(String word) {
        return DeliveryStatus.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static String cut(String reason) {
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
    }
}
