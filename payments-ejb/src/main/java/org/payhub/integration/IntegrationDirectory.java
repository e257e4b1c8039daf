package org.payhub.integration;

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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.payhub.platform.DatabaseTime;
import org.payhub.platform.HubException;
import org.payhub.platform.Ids;
import org.payhub.platform.IntakeDataSource;
import org.payhub.platform.Problem;
import org.payhub.provider.spi.CallOwner;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.Secret;
import org.payhub.tenancy.MerchantId;

/**
 * Finds integrations and their opened credentials for the hot path: plain queries outside
 * transactions, remembered for a short while. What this node changes is forgotten at once; what
 * another node changes is seen within 30 seconds.
 *
 * <p><b>Errors</b>: {@code database.unavailable} when nothing is remembered and the database does
 * not answer.
 */
@ApplicationScoped
public class IntegrationDirectory {

    private static final Duration REMEMBERED = Duration.ofSeconds(30);
    private static final int MOST_REMEMBERED = 20_000;
    private static final int OPENED_AT_ONCE = 500;
    private static final String TARGET =
            "SELECT i.id, i.merchant_id, i.provider, i.livemode, i.first_event_at IS NOT NULL"
                    + " FROM integration i WHERE EXISTS (SELECT 1 FROM integration_credential c"
                    + " WHERE c.integration_id = i.id) AND ";

    @Resource(lookup = IntakeDataSource.JNDI)
    DataSource dataSource;

    @Inject CredentialVault vault;
    @Inject Clock clock;

    private final Map<String, Remembered<WebhookTarget>> byKey = new ConcurrentHashMap<>();
    private final Map<String, Remembered<List<WebhookTarget>>> byBareUrl =
            new ConcurrentHashMap<>();
    private final Map<IntegrationId, Remembered<Opened>> opened = new ConcurrentHashMap<>();

    private record Remembered<T>(T value, Instant until) {}

    private record Value(String field, Secret secret, Optional<Instant> validUntil) {}

    private static final class Opened {

        private final CallOwner owner;
        private final List<Value> values = new ArrayList<>();
        private volatile Credentials lasting;

        Opened(CallOwner owner) {
            this.owner = owner;
        }

        Credentials at(Instant now) {
            if (lasting == null && values.stream().allMatch(v -> v.validUntil.isEmpty())) {
                lasting = validAt(now);
            }
            return lasting == null ? validAt(now) : lasting;
        }

        private Credentials validAt(Instant now) {
            Map<String, List<Secret>> fields = new LinkedHashMap<>();
            for (Value value : values) {
                if (value.validUntil.map(now::isBefore).orElse(true)) {
                    fields.computeIfAbsent(value.field, f -> new ArrayList<>()).add(value.secret);
                }
            }
            return new Credentials(owner, fields);
        }
    }

    /** For the container. */
    public IntegrationDirectory() {}

    /** The integration of that webhook key, unless it was left and its secrets are gone. */
    public Optional<WebhookTarget> byWebhookKey(String provider, String key) {
        if (!looksLikeKey(key)) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Remembered<WebhookTarget> known = byKey.get(key);
        if (known == null || !now.isBefore(known.until)) {
            List<WebhookTarget> found =
                    query(TARGET + "i.webhook_key = ?", s -> s.setString(1, key));
            if (found.isEmpty()) {
                byKey.remove(key);
                return Optional.empty();
            }
            known = remember(byKey, key, found.get(0), now);
        }
        return Optional.of(known.value).filter(t -> t.provider().equals(provider));
    }

    /** Anything else cannot be one, and other alphabets would not even compare with the column. */
    private static boolean looksLikeKey(String key) {
        return key.length() <= 32
                && key.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9');
    }

    /** The integration of that id, if it has credentials. */
    public Optional<WebhookTarget> find(IntegrationId id) {
        return query(TARGET + "i.id = ?", s -> s.setBytes(1, Ids.bytes(id.value()))).stream()
                .findFirst();
    }

    /** The merchant's other integrations of that provider; those that were left come last. */
    public List<WebhookTarget> siblings(WebhookTarget target) {
        return query(
                TARGET
                        + "i.merchant_id = ? AND i.provider = ? AND i.id <> ?"
                        + " ORDER BY i.disconnected_at IS NOT NULL, i.id DESC LIMIT 20",
                s -> {
                    s.setBytes(1, Ids.bytes(target.merchant().value()));
                    s.setString(2, target.provider());
                    s.setBytes(3, Ids.bytes(target.id().value()));
                });
    }

    /**
     * The integrations of a provider that were set up on the address without a key, at most so
     * many.
     */
    public List<WebhookTarget> onBareUrl(String provider, int most) {
        Instant now = clock.instant();
        Remembered<List<WebhookTarget>> known = byBareUrl.get(provider);
        if (known == null || !now.isBefore(known.until)) {
            List<WebhookTarget> found =
                    query(
                            TARGET + "i.provider = ? AND i.bare_url ORDER BY i.id DESC LIMIT ?",
                            s -> {
                                s.setString(1, provider);
                                s.setInt(2, most);
                            });
            openAll(found);
            known = remember(byBareUrl, provider, found, now);
        }
        return known.value;
    }

    /** The opened credentials, each with every value that is valid now, newest first. */
    public Credentials credentials(IntegrationId id) {
        Instant now = clock.instant();
        Remembered<Opened> known = opened.get(id);
        if (known == null || !now.isBefore(known.until)) {
            known = remember(opened, id, open(id), now);
        }
        return known.value.at(now);
    }

    /** To be called after a change was committed. */
    void forget(IntegrationId id) {
        opened.remove(id);
        byKey.values().removeIf(known -> known.value.id().equals(id));
        byBareUrl.clear();
    }

    private <K, V> Remembered<V> remember(
            Map<K, Remembered<V>> memory, K key, V value, Instant now) {
        if (memory.size() >= MOST_REMEMBERED) {
            memory.values().removeIf(known -> !now.isBefore(known.until));
        }
        Remembered<V> remembered = new Remembered<>(value, now.plus(REMEMBERED));
        if (memory.size() < MOST_REMEMBERED) {
            memory.put(key, remembered);
        }
        return remembered;
    }

    /** One query for many, so that trying many secrets does not ask for each. */
    private void openAll(List<WebhookTarget> targets) {
        Instant now = clock.instant();
        for (int from = 0; from < targets.size(); from += OPENED_AT_ONCE) {
            open(targets.subList(from, Math.min(targets.size(), from + OPENED_AT_ONCE)).stream()
                            .map(WebhookTarget::id)
                            .toList())
                    .forEach((id, found) -> remember(opened, id, found, now));
        }
    }

    private Opened open(IntegrationId id) {
        return Optional.ofNullable(open(List.of(id)).get(id))
                .orElseThrow(() -> HubException.notFound("integration"));
    }

    private Map<IntegrationId, Opened> open(List<IntegrationId> ids) {
        String marks = String.join(",", Collections.nCopies(ids.size(), "?"));
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement(
                                "SELECT i.id, i.merchant_id, c.field, c.sealed, c.valid_until"
                                        + " FROM integration i LEFT JOIN integration_credential c"
                                        + " ON c.integration_id = i.id"
                                        + " AND (c.valid_until IS NULL OR c.valid_until > ?)"
                                        + " WHERE i.id IN ("
                                        + marks
                                        + ") ORDER BY i.id, c.added_at DESC, c.id DESC")) {
            statement.setString(1, DatabaseTime.text(clock.instant()));
            for (int i = 0; i < ids.size(); i++) {
                statement.setBytes(i + 2, Ids.bytes(ids.get(i).value()));
            }
            Map<IntegrationId, Opened> found = new LinkedHashMap<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    IntegrationId id = new IntegrationId(Ids.of(row.getBytes(1)));
                    CallOwner owner = CallOwner.of(Ids.of(row.getBytes(2)), id.value());
                    List<Value> values = found.computeIfAbsent(id, i -> new Opened(owner)).values;
                    if (row.getString(3) != null) {
                        values.add(value(id, row));
                    }
                }
            }
            return found;
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    private Value value(IntegrationId id, ResultSet row) throws SQLException {
        String field = row.getString(3);
        return new Value(
                field,
                vault.open(id, field, row.getBytes(4)),
                Optional.ofNullable(row.getTimestamp(5)).map(Timestamp::toInstant));
    }

    private interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }

    private List<WebhookTarget> query(String sql, Binding binding) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            binding.bind(statement);
            List<WebhookTarget> targets = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    targets.add(
                            new WebhookTarget(
                                    new IntegrationId(Ids.of(row.getBytes(1))),
                                    new MerchantId(Ids.of(row.getBytes(2))),
                                    row.getString(3),
                                    row.getBoolean(4),
                                    row.getBoolean(5)));
                }
            }
            return List.copyOf(targets);
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    private static HubException unavailable(SQLException cause) {
        return new HubException(
                Problem.UNAVAILABLE,
                "database.unavailable",
                "The database does not answer; try again in a moment.",
                cause);
    }
}
