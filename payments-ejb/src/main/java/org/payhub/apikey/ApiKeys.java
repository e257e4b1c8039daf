package org.payhub.apikey;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.payhub.audit.AuditDetails;
import org.payhub.audit.AuditLog;
import org.payhub.merchant.MerchantMode;
import org.payhub.money.Money;
import org.payhub.platform.HubException;
import org.payhub.platform.MasterKey;
import org.payhub.tenancy.Actor;
import org.payhub.tenancy.Right;
import org.payhub.tenancy.Role;
import org.payhub.tenancy.Scope;

/**
 * Keys by which a merchant's other programs use the interface: {@code phk_} and 256 random bits,
 * shown once, kept as SHA-256. A key is an actor of its own with a manager's rights and is never
 * the second person.
 *
 * <p><b>Errors</b>: {@code api_key.name_missing}, {@code api_key.limit_negative}, {@code
 * api_key.not_found}.
 */
@Stateless
public class ApiKeys {

    private static final String PREFIX = "phk_";
    private static final int LONGEST = 512;
    private static final int SHOWN = 4;

    /** How exact {@code last_used_at} is: a write per call would cost more than the call. */
    private static final Duration USE_STEP = Duration.ofMinutes(1);

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Inject MerchantMode mode;
    @Inject AuditLog audit;
    @Inject Clock clock;

    /** For the container. */
    public ApiKeys() {}

    /** Whose key this is and what it may; empty for anything that is no key in force. */
    public Optional<Scope> authenticate(String bearer, String address) {
        if (bearer == null || bearer.isEmpty() || bearer.length() > LONGEST) {
            return Optional.empty();
        }
        Optional<ApiKey> key =
                em.createQuery(
                                "select k from ApiKey k where k.keyHash = :hash and k.revokedAt is"
                                        + " null",
                                ApiKey.class)
                        .setParameter("hash", hash(bearer))
                        .getResultStream()
                        .findFirst();
        key.ifPresent(this::noteUse);
        return key.map(found -> scope(found, address));
    }

    private Scope scope(ApiKey key, String address) {
        return new Scope(
                key.merchant(),
                new Actor(Actor.Kind.API_KEY, key.id().value(), key.name(), address),
                Role.API_KEY,
                Set.of(),
                key.moneyLimit(),
                mode.livemode(key.merchant()));
    }

    private void noteUse(ApiKey key) {
        Instant now = clock.instant();
        if (key.lastUsedAt().filter(at -> at.plus(USE_STEP).isAfter(now)).isPresent()) {
            return;
        }
        // Past the entity: two calls at once must not fail over its version.
        em.createNativeQuery(
                        "UPDATE api_key SET last_used_at = :now WHERE id = :id AND (last_used_at IS"
                                + " NULL OR last_used_at < :now)")
                .setParameter("now", Timestamp.from(now))
                .setParameter("id", key.id().value())
                .executeUpdate();
    }

    /** Makes a key; the answer is the only place where it can be read. */
    public NewApiKey make(Scope scope, String name, Optional<Money> limit) {
        return store(scope, name, limit, PREFIX + MasterKey.token() + MasterKey.token());
    }

    /**
     * Takes a key that the operator chose, for a demo that programs find again after each start.
     * Its strength is the operator's.
     */
    public NewApiKey adopt(Scope scope, String name, String key) {
        return store(scope, name, Optional.empty(), key);
    }

    private NewApiKey store(Scope scope, String name, Optional<Money> limit, String key) {
        scope.require(Right.MANAGE_PEOPLE);
        boolean plain = key.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (key.length() <= SHOWN || key.length() > LONGEST || !plain) {
            throw HubException.ofField(
                    "key",
                    "api_key.not_plain",
                    "A key has 5 to " + LONGEST + " plain letters, digits or signs.");
        }
        ApiKey stored =
                new ApiKey(
                        scope.merchant(),
                        name,
                        hash(key),
                        key.substring(key.length() - SHOWN),
                        limit,
                        clock.instant());
        em.persist(stored);
        note(scope, "api_key.make", stored);
        return new NewApiKey(stored.id(), stored.name(), key);
    }

    /** The caller's keys, newest first, the revoked ones too. Needs {@link Right#MANAGE_PEOPLE}. */
    public List<ApiKeyRow> list(Scope scope) {
        scope.require(Right.MANAGE_PEOPLE);
        return em.createQuery(
                        "select k from ApiKey k where k.merchant = :merchant order by k.createdAt"
                                + " desc, k.id desc",
                        ApiKey.class)
                .setParameter("merchant", scope.merchant().value())
                .getResultStream()
                .map(ApiKey::row)
                .toList();
    }

    /** Ends a key at once. Needs {@link Right#MANAGE_PEOPLE}. */
    public void revoke(Scope scope, ApiKeyId id) {
        scope.require(Right.MANAGE_PEOPLE);
        ApiKey key =
                Optional.ofNullable(em.find(ApiKey.class, id.value()))
                        .filter(found -> found.merchant().equals(scope.merchant()))
                        .orElseThrow(() -> HubException.notFound("api_key"));
        key.revoke(clock.instant());
        note(scope, "api_key.revoke", key);
    }

    private void note(Scope scope, String action, ApiKey key) {
        audit.record(
                scope,
                action,
                "api_key",
                key.id().toString(),
                AuditDetails.of(
                        "name",
                        key.name(),
                        "ending",
                        key.row().ending(),
                        "limit",
                        key.moneyLimit().map(Money::toString).orElse(null)));
    }

    private static byte[] hash(String key) {
        return MasterKey.sha256(key.getBytes(StandardCharsets.UTF_8));
    }
}
