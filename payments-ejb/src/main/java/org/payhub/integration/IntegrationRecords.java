package org.payhub.integration;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.payhub.audit.AuditDetails;
import org.payhub.audit.AuditLog;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;
import org.payhub.provider.spi.ConnectionFacts;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.Secret;
import org.payhub.provider.spi.WebhookRegistering.WebhookSecret;
import org.payhub.tenancy.Actor;
import org.payhub.tenancy.Scope;

/**
 * Stores what changes of integrations, each change in one short transaction with its audit entry.
 * The provider is never called from here.
 */
@Stateless
public class IntegrationRecords {

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Inject CredentialVault vault;
    @Inject AuditLog audit;
    @Inject Clock clock;

    /** For the container. */
    public IntegrationRecords() {}

    /**
     * What was tried at the provider and is now to be stored.
     *
     * @param notice what the owner has confirmed, where the provider gives notice of something
     */
    public record Tried(
            IntegrationId id,
            ConnectCommand command,
            ConnectionFacts facts,
            boolean livemode,
            String webhookKey,
            Credentials credentials,
            Set<String> secretFields,
            Optional<String> notice) {}

    /** Stores a new integration; it is not green before its first signed event. */
    public void add(Scope scope, Tried tried) {
        requireUnknown(scope, tried);
        Instant now = clock.instant();
        int position =
                em.createQuery(
                                "select count(i) from Integration i where i.merchant = :merchant",
                                Long.class)
                        .setParameter("merchant", scope.merchant().value())
                        .getSingleResult()
                        .intValue();
        Integration integration =
                new Integration(
                        tried.id(),
                        scope.merchant(),
                        tried.command(),
                        tried.facts(),
                        tried.livemode(),
                        tried.webhookKey(),
                        position,
                        now);
        em.persist(integration);
        if (tried.livemode()) {
            em.createQuery(
                            "select i from Integration i where i.merchant = :merchant"
                                    + " and i.provider = :provider and i.realMoneyAt is not null",
                            Integration.class)
                    .setParameter("merchant", scope.merchant().value())
                    .setParameter("provider", tried.command().provider())
                    .getResultList()
                    .forEach(Integration::realMoneyHasItsPlace);
        }
        tried.credentials()
                .values()
                .forEach(
                        (field, values) ->
                                keep(
                                        tried.id(),
                                        field,
                                        values.get(0),
                                        tried.secretFields().contains(field),
                                        now));
        audit.record(
                scope,
                "integration.connected",
                "integration",
                tried.id().toString(),
                AuditDetails.of(
                        "provider",
                        tried.command().provider(),
                        "mode",
                        tried.livemode() ? "live" : "test",
                        "account",
                        integration.accountKey().orElse(null)));
        tried.notice()
                .ifPresent(
                        notice ->
                                audit.record(
                                        scope,
                                        "integration.notice_confirmed",
                                        "integration",
                                        tried.id().toString(),
                                        AuditDetails.of(
                                                "provider",
                                                tried.command().provider(),
                                                "notice",
                                                notice)));
    }

    private void keep(IntegrationId id, String field, Secret value, boolean secret, Instant now) {
        em.persist(vault.seal(id, field, value, secret, now));
    }

    /**
     * One secret belongs to one integration of a merchant and mode. Other merchants may hold it:
     * one account can serve two businesses.
     */
    private void requireUnknown(Scope scope, Tried tried) {
        for (String field : tried.secretFields()) {
            tried.credentials()
                    .find(field)
                    .ifPresent(
                            value ->
                                    requireUnknown(
                                            scope, tried.id(), tried.livemode(), field, value));
        }
    }

    private void requireUnknown(
            Scope scope, IntegrationId id, boolean livemode, String field, Secret value) {
        boolean known =
                !em.createQuery(
                                "select c.id from IntegrationCredential c, Integration i"
                                        + " where c.integration = i.id and i.merchant = :merchant"
                                        + " and i.livemode = :livemode and i.id <> :id"
                                        + " and i.disconnectedAt is null"
                                        + " and c.fingerprint in :prints",
                                java.util.UUID.class)
                        .setParameter("merchant", scope.merchant().value())
                        .setParameter("livemode", livemode)
                        .setParameter("id", id.value())
                        .setParameter("prints", vault.prints(value))
                        .setMaxResults(1)
                        .getResultList()
                        .isEmpty();
        if (known) {
            throw HubException.ofField(
                    field,
                    "integration.already_connected",
                    "This key is already used by another integration of this business. Open that"
                            + " one, or disconnect it first.");
        }
    }

    /**
     * Stores new values beside the old ones, which end when the overlap is over. What is no secret
     * and comes together with one is kept as long: a signature may be made of both.
     */
    public void rotate(
            Scope scope,
            IntegrationId id,
            Credentials replacing,
            Set<String> secretFields,
            Optional<ConnectionFacts> facts,
            boolean onBareUrlToo,
            Duration overlap) {
        Integration integration = own(scope, id);
        Instant now = clock.instant();
        boolean withSecret = replacing.values().keySet().stream().anyMatch(secretFields::contains);
        Instant end = withSecret ? now.plus(overlap) : now;
        replacing
                .values()
                .forEach(
                        (field, values) -> {
                            boolean secret = secretFields.contains(field);
                            if (secret) {
                                requireUnknown(
                                        scope, id, integration.livemode(), field, values.get(0));
                            }
                            replace(id, field, values.get(0), secret, end, now);
                        });
        facts.ifPresent(found -> integration.checked(found, now));
        if (onBareUrlToo) {
            integration.foundOnBareUrl();
        }
        audit.record(
                scope,
                "integration.rotated",
                "integration",
                id.toString(),
                AuditDetails.of(
                        "fields",
                        String.join(", ", replacing.values().keySet()),
                        "overlap",
                        overlap.toString()));
    }

    private void replace(
            IntegrationId id,
            String field,
            Secret value,
            boolean secret,
            Instant end,
            Instant now) {
        List<IntegrationCredential> stored = credentials(id, field);
        for (IntegrationCredential old : stored) {
            if (old.isValidAt(now) && vault.holds(old, value) && old.validUntil().isEmpty()) {
                throw HubException.ofField(
                        field,
                        "integration.credential_unchanged",
                        "This is the value that is stored already.");
            }
        }
        for (IntegrationCredential old : stored) {
            old.endAt(end);
        }
        keep(id, field, value, secret, now);
    }

    /** Our address was registered at the provider, which told us this secret once. */
    public void registered(
            IntegrationId id, String registrationKey, Optional<WebhookSecret> secret) {
        Integration integration = locked(id);
        Instant now = clock.instant();
        if (secret.isPresent()) {
            for (IntegrationCredential old : credentials(id, secret.get().field())) {
                old.endAt(now.plus(RotateCommand.DEFAULT_OVERLAP));
            }
            keep(id, secret.get().field(), secret.get().secret(), true, now);
        }
        integration.registered(registrationKey);
        audit.recordFor(
                integration.merchant(),
                Actor.system("integrations"),
                "integration.webhook_registered",
                "integration",
                id.toString(),
                AuditDetails.of("registration", registrationKey));
    }

    /** Ends every value that is being replaced, at once. */
    public void revokeReplaced(Scope scope, IntegrationId id) {
        own(scope, id);
        Instant now = clock.instant();
        long ended = 0;
        for (IntegrationCredential credential : credentials(id)) {
            if (credential.validUntil().isPresent() && credential.isValidAt(now)) {
                credential.endAt(now);
                ended++;
            }
        }
        audit.record(
                scope,
                "integration.replaced_revoked",
                "integration",
                id.toString(),
                AuditDetails.of("ended", Long.toString(ended)));
    }

    /** A change by a person, with its audit entry. */
    public void change(
            Scope scope,
            IntegrationId id,
            String action,
            String details,
            Consumer<Integration> change) {
        change.accept(own(scope, id));
        audit.record(scope, action, "integration", id.toString(), details);
    }

    /** A part of a larger change, which has one audit entry for all of it. */
    public void see(Scope scope, IntegrationId id, Consumer<Integration> change) {
        change.accept(own(scope, id));
    }

    /** A fact that was seen; nobody's act. */
    public void see(IntegrationId id, Consumer<Integration> change) {
        change.accept(locked(id));
    }

    /** Takes the stored credentials away; nothing can be verified or called after that. */
    public void eraseCredentials(IntegrationId id) {
        Integration integration = locked(id);
        integration.unregistered();
        em.createQuery("delete from IntegrationCredential c where c.integration = :id")
                .setParameter("id", id.value())
                .executeUpdate();
        audit.recordFor(
                integration.merchant(),
                Actor.system("integrations"),
                "integration.credentials_erased",
                "integration",
                id.toString(),
                AuditDetails.NONE);
    }

    /** Removes values whose time is over; answers the integrations that they were of. */
    public List<IntegrationId> removeEnded() {
        List<IntegrationCredential> ended =
                em.createQuery(
                                "select c from IntegrationCredential c where c.validUntil <= :now",
                                IntegrationCredential.class)
                        .setParameter("now", clock.instant())
                        .setMaxResults(500)
                        .getResultList();
        ended.forEach(em::remove);
        return ended.stream().map(IntegrationCredential::integration).distinct().toList();
    }

    /** Seals anew what an older master key sealed, so many at a time; how many there were. */
    public int sealAnew() {
        int done = 0;
        for (IntegrationCredential credential :
                em.createQuery("select c from IntegrationCredential c", IntegrationCredential.class)
                        .getResultList()) {
            if (done < 500 && vault.refresh(credential)) {
                done++;
            }
        }
        return done;
    }

    private Integration own(Scope scope, IntegrationId id) {
        Integration integration = locked(id);
        if (!integration.merchant().equals(scope.merchant())
                || !Reach.of(scope).sees(integration)) {
            throw HubException.notFound("integration");
        }
        if (!Reach.of(scope).covers(integration)) {
            throw new HubException(
                    Problem.FORBIDDEN,
                    "access.location_missing",
                    "This integration is also used at locations that are not yours.");
        }
        return integration;
    }

    private Integration locked(IntegrationId id) {
        return Optional.ofNullable(
                        em.find(Integration.class, id.value(), LockModeType.PESSIMISTIC_WRITE))
                .orElseThrow(() -> HubException.notFound("integration"));
    }

    private List<IntegrationCredential> credentials(IntegrationId id) {
        return em.createQuery(
                        "select c from IntegrationCredential c where c.integration = :id",
                        IntegrationCredential.class)
                .setParameter("id", id.value())
                .getResultList();
    }

    private List<IntegrationCredential> credentials(IntegrationId id, String field) {
        return credentials(id).stream().filter(c -> c.field().equals(field)).toList();
    }
}
