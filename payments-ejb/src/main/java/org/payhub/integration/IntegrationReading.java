package org.payhub.integration;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.payhub.platform.HubConfig;
import org.payhub.platform.HubException;
import org.payhub.platform.Ids;
import org.payhub.provider.Providers;
import org.payhub.provider.spi.CredentialField;
import org.payhub.provider.spi.PrecheckAnswering;
import org.payhub.provider.spi.ProviderConnector;
import org.payhub.provider.spi.ProviderProfile;
import org.payhub.provider.spi.WebhookRegistering;
import org.payhub.tenancy.MerchantId;
import org.payhub.tenancy.Scope;

/** Reads integrations and what is known of them, in one short transaction. */
@Stateless
public class IntegrationReading {

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Inject CredentialVault vault;
    @Inject Providers providers;
    @Inject HubConfig config;
    @Inject Clock clock;

    /** For the container. */
    public IntegrationReading() {}

    /** What the callers of a provider need to know. */
    public record Seen(
            ActiveIntegration integration,
            IntegrationStatus status,
            Optional<String> accountKey,
            Optional<String> registration,
            WebhookUrls urls,
            boolean bareUrl,
            boolean eventSeen) {}

    /** The merchant's integrations that the caller sees, by position. */
    public List<IntegrationRow> rows(Scope scope, boolean leftToo) {
        return all(scope.merchant()).stream()
                .filter(i -> leftToo || !i.isDisconnected())
                .filter(Reach.of(scope)::sees)
                .map(this::row)
                .toList();
    }

    public Seen seen(IntegrationId id) {
        return seen(find(id).orElseThrow(() -> HubException.notFound("integration")));
    }

    /** The same for a caller who has to own it. */
    public Seen seen(Scope scope, IntegrationId id) {
        return seen(own(scope, id));
    }

    /** Where money can be taken at that location, in the merchant's order; failing ones last. */
    public List<Seen> usable(MerchantId merchant, UUID location, boolean livemode) {
        return all(merchant).stream()
                .filter(i -> !i.isDisconnected() && i.livemode() == livemode)
                .filter(i -> i.status() != IntegrationStatus.PAUSED)
                .filter(
                        i ->
                                i.locations().isEmpty()
                                        || i.locations().stream()
                                                .anyMatch(l -> l.value().equals(location)))
                .sorted(Comparator.comparing(i -> i.status() == IntegrationStatus.ERROR))
                .map(this::seen)
                .toList();
    }

    /** What is connected, also what is paused. */
    public List<ActiveIntegration> connected(MerchantId merchant, boolean livemode) {
        return all(merchant).stream()
                .filter(i -> !i.isDisconnected() && i.livemode() == livemode)
                .map(i -> seen(i).integration())
                .toList();
    }

    /** Connected integrations that nobody has called with since then. */
    public List<ActiveIntegration> quietSince(Instant then, int most) {
        return em.createQuery(
                        "select i from Integration i where i.disconnectedAt is null"
                                + " and i.lastCallOkAt < :then"
                                + " and (i.lastCallFailedAt is null or i.lastCallFailedAt < :then)"
                                + " order by i.lastCallOkAt",
                        Integration.class)
                .setParameter("then", then)
                .setMaxResults(most)
                .getResultStream()
                .map(i -> seen(i).integration())
                .toList();
    }

    /** Connected integrations of providers whose webhook settings cannot be read. */
    public List<IntegrationId> notToldOfWebhooks(int most) {
        List<String> silent =
                providers.all().stream()
                        .filter(connector -> !(connector instanceof WebhookRegistering))
                        .map(connector -> connector.profile().code())
                        .toList();
        return em.createQuery(
                        "select i.id from Integration i where i.disconnectedAt is null"
                                + " and i.provider in :silent order by i.id desc",
                        UUID.class)
                .setParameter("silent", silent)
                .setMaxResults(most)
                .getResultStream()
                .map(IntegrationId::new)
                .toList();
    }

    /** Integrations that were left and still hold credentials. */
    public List<IntegrationId> leftWithCredentials() {
        return em.createQuery(
                        "select i.id from Integration i where i.disconnectedAt is not null and"
                                + " exists (select c.id from IntegrationCredential c"
                                + " where c.integration = i.id)",
                        UUID.class)
                .setMaxResults(100)
                .getResultStream()
                .map(IntegrationId::new)
                .toList();
    }

    public IntegrationDetail detail(Scope scope, IntegrationId id) {
        Integration integration = own(scope, id);
        ProviderConnector connector = providers.get(integration.provider());
        ProviderProfile profile = connector.profile();
        List<StoredCredential> stored = stored(integration, profile);
        ProofState proof = proof(integration);
        Optional<WebhookRegistering> registering =
                connector instanceof WebhookRegistering r ? Optional.of(r) : Optional.empty();
        Set<String> webhookFields = WebhookSetup.secretFields(profile);
        List<String> reminders = connector.reminders(inUseSince(stored), clock.instant());
        return new IntegrationDetail(
                row(integration),
                urls(integration),
                integration.bareUrl(),
                integration.webhookRegistration().isPresent(),
                registering.isPresent() && WebhookSetup.reachable(config, integration.provider()),
                registering.map(WebhookRegistering::requiredEvents).orElse(List.of()),
                registering.map(WebhookRegistering::usefulEvents).orElse(List.of()),
                integration.locations(),
                integration.allMethods(),
                integration.accountKey(),
                integration.settlementAssets(),
                integration.missingRights(),
                Stream.concat(reminders.stream(), integration.warnings().stream()).toList(),
                stored,
                health(integration),
                new Checklist(
                                profile.name(),
                                integration,
                                !webhookFields.isEmpty(),
                                stored.stream()
                                        .filter(c -> webhookFields.contains(c.field()))
                                        .count(),
                                reminders,
                                proof)
                        .items(),
                proof);
    }

    /** Since when the newest value of each field has been here. */
    private static Map<String, Instant> inUseSince(List<StoredCredential> stored) {
        return stored.stream()
                .collect(
                        Collectors.toMap(
                                StoredCredential::field,
                                StoredCredential::addedAt,
                                (one, other) -> one.isAfter(other) ? one : other));
    }

    /** What would still be open if the integration were left now. */
    public DisconnectPreview open(IntegrationId id) {
        Integration integration = find(id).orElseThrow(() -> HubException.notFound("integration"));
        UUID key = id.value();
        Object[] holds =
                (Object[])
                        em.createNativeQuery(
                                        "SELECT COUNT(*), MAX(hold_until) FROM payment WHERE"
                                                + " integration_id = ?1 AND status = 'authorized'")
                                .setParameter(1, key)
                                .getSingleResult();
        return new DisconnectPreview(
                ((Number)
                                em.createNativeQuery(
                                                "SELECT COUNT(*) FROM payment_link WHERE"
                                                        + " merchant_id = ?1 AND livemode = ?2 AND"
                                                        + " usable_visit_id IS NOT NULL AND (providers"
                                                        + " IS NULL OR FIND_IN_SET(?3, providers))")
                                        .setParameter(1, integration.merchant().value())
                                        .setParameter(2, integration.livemode())
                                        .setParameter(3, integration.provider())
                                        .getSingleResult())
                        .longValue(),
                count(
                        "payment WHERE checkout_open AND status IN ('created', 'unknown',"
                                + " 'pending') AND integration_id = ?1",
                        key),
                ((Number) holds[0]).longValue(),
                instant(holds[1]),
                count(
                        "refund WHERE status IN ('requested', 'unknown', 'pending')"
                                + " AND integration_id = ?1",
                        key),
                count(
                        "dispute WHERE status IN ('inquiry', 'needs_response', 'under_review')"
                                + " AND integration_id = ?1",
                        key));
    }

    public ProofState proof(IntegrationId id) {
        return proof(find(id).orElseThrow(() -> HubException.notFound("integration")));
    }

    private ProofState proof(Integration integration) {
        ProviderConnector connector = providers.get(integration.provider());
        boolean prechecked =
                connector instanceof PrecheckAnswering asking
                        && !em.createNativeQuery(
                                        "SELECT 1 FROM webhook_delivery WHERE integration_id = ?1"
                                                + " AND event_type = ?2 LIMIT 1")
                                .setParameter(1, integration.id().value())
                                .setParameter(2, asking.precheckType())
                                .getResultList()
                                .isEmpty();
        List<?> latest =
                em.createNativeQuery(
                                "SELECT p.id, p.captured_minor > 0, p.refunded_minor > 0, EXISTS"
                                        + " (SELECT 1 FROM webhook_delivery d WHERE d.payment_id = p.id"
                                        + " AND d.status = 'applied') FROM payment p WHERE"
                                        + " p.integration_id = ?1 AND p.purpose = 'PROOF' ORDER BY"
                                        + " p.created_at DESC LIMIT 1")
                        .setParameter(1, integration.id().value())
                        .getResultList();
        if (latest.isEmpty()) {
            return new ProofState(
                    connector.proof(),
                    Optional.empty(),
                    false,
                    prechecked,
                    false,
                    false,
                    false,
                    integration.proofPassedAt());
        }
        Object[] row = (Object[]) latest.get(0);
        return new ProofState(
                connector.proof(),
                Optional.of(row[0] instanceof UUID u ? u : Ids.of((byte[]) row[0])),
                true,
                prechecked,
                truth(row[3]),
                truth(row[1]),
                truth(row[2]),
                integration.proofPassedAt());
    }

    private long count(String from, UUID id) {
        return ((Number)
                        em.createNativeQuery("SELECT COUNT(*) FROM " + from)
                                .setParameter(1, id)
                                .getSingleResult())
                .longValue();
    }

    private HealthFacts health(Integration i) {
        List<?> counted =
                em.createNativeQuery(
                                "SELECT cause, refused, last_at FROM webhook_refusal WHERE provider"
                                        + " = ?1 AND integration_id = ?2 ORDER BY last_at DESC")
                        .setParameter(1, i.provider())
                        .setParameter(2, i.id().value())
                        .getResultList();
        return new HealthFacts(
                i.firstEventAt(),
                i.lastEventAt(),
                i.lastRefusedAt(),
                i.lastRefusal(),
                i.refusalsInARow(),
                counted.stream()
                        .map(Object[].class::cast)
                        .map(
                                r ->
                                        new HealthFacts.RefusalCount(
                                                (String) r[0],
                                                ((Number) r[1]).longValue(),
                                                instant(r[2]).orElseThrow()))
                        .toList(),
                i.lastCallOkAt(),
                i.lastCallFailedAt(),
                i.lastCallProblem(),
                i.webhookProblem());
    }

    private List<StoredCredential> stored(Integration integration, ProviderProfile profile) {
        Set<String> secret =
                profile.credentialFields().stream()
                        .filter(CredentialField::secret)
                        .map(CredentialField::key)
                        .collect(java.util.stream.Collectors.toSet());
        Instant now = clock.instant();
        return em.createQuery(
                        "select c from IntegrationCredential c where c.integration = :id"
                                + " order by c.field, c.addedAt desc",
                        IntegrationCredential.class)
                .setParameter("id", integration.id().value())
                .getResultStream()
                .filter(c -> c.isValidAt(now))
                .map(
                        c ->
                                new StoredCredential(
                                        c.field(),
                                        secret.contains(c.field()),
                                        secret.contains(c.field())
                                                ? c.ending()
                                                : vault.open(c).reveal(),
                                        c.addedAt(),
                                        c.validUntil()))
                .toList();
    }

    private Seen seen(Integration i) {
        return new Seen(
                new ActiveIntegration(
                        i.id(),
                        i.merchant(),
                        i.provider(),
                        i.livemode(),
                        i.settlementAssets(),
                        i.allMethods()),
                i.status(),
                i.accountKey(),
                i.webhookRegistration(),
                urls(i),
                i.bareUrl(),
                i.firstEventAt().isPresent());
    }

    private IntegrationRow row(Integration i) {
        return new IntegrationRow(
                i.id(),
                i.provider(),
                providers.find(i.provider()).map(c -> c.profile().name()).orElse(i.provider()),
                i.livemode(),
                i.status(),
                i.accountName(),
                i.need(),
                i.position(),
                i.locations().isEmpty(),
                i.proofPassedAt().isPresent(),
                i.connectedAt(),
                i.lastEventAt(),
                i.disconnectedAt());
    }

    private WebhookUrls urls(Integration i) {
        String bare = config.baseUrl() + "/payments/prepaid/" + i.provider();
        String keyed = bare + "/" + i.webhookKey();
        Map<String, String> byKind = new LinkedHashMap<>();
        providers
                .find(i.provider())
                .ifPresent(c -> c.webhookKinds().forEach(k -> byKind.put(k, keyed + "/" + k)));
        return new WebhookUrls(keyed, bare, byKind);
    }

    private List<Integration> all(MerchantId merchant) {
        return em.createQuery(
                        "select i from Integration i where i.merchant = :merchant"
                                + " order by i.position, i.id",
                        Integration.class)
                .setParameter("merchant", merchant.value())
                .getResultList();
    }

    private Integration own(Scope scope, IntegrationId id) {
        return find(id).filter(i -> i.merchant().equals(scope.merchant()))
                .filter(Reach.of(scope)::sees)
                .orElseThrow(() -> HubException.notFound("integration"));
    }

    private Optional<Integration> find(IntegrationId id) {
        return Optional.ofNullable(em.find(Integration.class, id.value()));
    }

    /** Databases and drivers tell a truth value in different types. */
    private static boolean truth(Object value) {
        return value instanceof Boolean b ? b : ((Number) value).longValue() != 0;
    }

    private static Optional<Instant> instant(Object value) {
        return value instanceof Instant i
                ? Optional.of(i)
                : Optional.ofNullable((Timestamp) value).map(Timestamp::toInstant);
    }
}
