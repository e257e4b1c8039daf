package org.payhub.webhook;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.payhub.audit.AuditDetails;
import org.payhub.audit.AuditLog;
import org.payhub.finance.Changes;
import org.payhub.payment.PaymentId;
import org.payhub.platform.HubException;
import org.payhub.platform.Ids;
import org.payhub.platform.Page;
import org.payhub.platform.PageRequest;
import org.payhub.platform.Problem;
import org.payhub.provider.Providers;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.provider.spi.VerifiedWebhook;
import org.payhub.tenancy.Right;
import org.payhub.tenancy.Scope;

/**
 * The door to the inbox: what came, what it says and changed, and running one again.
 *
 * <p>Bodies hold personal data; each look at one is a line in the plain log.
 */
@Stateless
public class WebhookDeliveries {

    private static final System.Logger LOG = System.getLogger(WebhookDeliveries.class.getName());

    private static final int COUNTED_AT_MOST = 1_000;

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Inject BodySeal seal;
    @Inject Providers providers;
    @Inject AuditLog audit;
    @Inject Clock clock;

    /** For the container. */
    public WebhookDeliveries() {}

    /** The merchant's webhooks, newest first. */
    public Page<DeliveryRow> page(Scope scope, DeliveryFilter filter, PageRequest request) {
        scope.require(Right.SEE_WEBHOOKS);
        if (filter.provider().isPresent() && providers.find(filter.provider().get()).isEmpty()) {
            return new Page<>(List.of(), Optional.empty());
        }
        Map<String, Object> values = new HashMap<>();
        StringBuilder where = new StringBuilder("d.merchant = :merchant");
        values.put("merchant", scope.merchant().value());
        filter.status().ifPresent(s -> and(where, values, "d.status", "status", s));
        filter.provider().ifPresent(p -> and(where, values, "d.provider", "provider", p));
        filter.integration()
                .ifPresent(i -> and(where, values, "d.integration", "integration", i.value()));
        filter.payment().ifPresent(p -> and(where, values, "d.payment", "payment", p.value()));
        filter.type().ifPresent(t -> type(where, values, t));
        filter.livemode().ifPresent(l -> and(where, values, "d.livemode", "livemode", l));
        filter.search()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> search(scope, where, values, text));
        if (filter.from().isPresent()) {
            where.append(" and d.receivedAt >= :from");
            values.put("from", filter.from().get());
        }
        if (filter.to().isPresent()) {
            where.append(" and d.receivedAt < :to");
            values.put("to", filter.to().get());
        }
        if (request.after().isPresent()) {
            where.append(" and d.receivedAt <= :at and (d.receivedAt < :at or d.id < :id)");
            values.put("at", request.after().get().at());
            values.put("id", request.after().get().id());
        }
        TypedQuery<Object[]> query =
                em.createQuery(
                        "select d.id, d.integration, d.provider, d.livemode, d.eventKey,"
                                + " d.eventType, d.objectKey, d.receivedAt, d.status, d.reason,"
                                + " d.attempts, d.nextAttemptAt, d.payment, d.appliedAt"
                                + " from WebhookDelivery d where "
                                + where
                                + " order by d.receivedAt desc, d.id desc",
                        Object[].class);
        values.forEach(query::setParameter);
        List<DeliveryRow> rows =
                query.setMaxResults(request.limit() + 1)
                        .getResultStream()
                        .map(WebhookDeliveries::row)
                        .toList();
        return request.page(rows, DeliveryRow::receivedAt, r -> r.id().value());
    }

    private static void type(StringBuilder where, Map<String, Object> values, String beginning) {
        where.append(" and d.eventType like :type escape '!'");
        values.put("type", beginning.replaceAll("([!%_])", "!$1") + "%");
    }

    private static void and(
            StringBuilder where,
            Map<String, Object> values,
            String path,
            String name,
            Object value) {
        where.append(" and ").append(path).append(" = :").append(name);
        values.put(name, value);
    }

    /** A payment of ours by its id; otherwise an event, an object or a kind of event, exactly. */
    private void search(Scope scope, StringBuilder where, Map<String, Object> values, String text) {
        Optional<UUID> payment = Ids.parse("pay", text);
        Optional<UUID> delivery = Ids.parse("whd", text);
        if (payment.isPresent()) {
            and(where, values, "d.payment", "searched", payment.get());
        } else if (delivery.isPresent()) {
            and(where, values, "d.id", "searched", delivery.get());
        } else {
            List<UUID> found = withKey(scope, text);
            where.append(found.isEmpty() ? " and d.eventType = " : " and d.id in ");
            where.append(":searched");
            values.put("searched", found.isEmpty() ? text : found);
        }
    }

    /** By the indexes that begin with the integration: a merchant has few of those. */
    private List<UUID> withKey(Scope scope, String text) {
        List<?> found =
                em.createNativeQuery(
                                "SELECT d.id FROM integration i JOIN webhook_delivery d ON d.integration_id"
                                        + " = i.id AND d.event_key = :text WHERE i.merchant_id = :merchant"
                                        + " UNION SELECT d.id FROM integration i JOIN webhook_delivery d ON"
                                        + " d.integration_id = i.id AND d.object_key = :text WHERE"
                                        + " i.merchant_id = :merchant LIMIT 500")
                        .setParameter("text", text)
                        .setParameter("merchant", scope.merchant().value())
                        .getResultList();
        return Ids.ofColumn(found);
    }

    private static DeliveryRow row(Object[] r) {
        return new DeliveryRow(
                new DeliveryId((UUID) r[0]),
                new org.payhub.integration.IntegrationId((UUID) r[1]),
                (String) r[2],
                (Boolean) r[3],
                (String) r[4],
                (String) r[5],
                Optional.ofNullable((String) r[6]),
                (Instant) r[7],
                (DeliveryStatus) r[8],
                Optional.ofNullable((String) r[9]),
                (Integer) r[10],
                Optional.ofNullable((Instant) r[11]),
                Optional.ofNullable((UUID) r[12]).map(PaymentId::new),
                Optional.ofNullable((Instant) r[13]));
    }

    /** What somebody may have to look at; each count stops at a thousand. */
    public InboxCounts counts(Scope scope) {
        scope.require(Right.SEE_WEBHOOKS);
        Object oldest =
                em.createNativeQuery(
                                "SELECT MIN(received_at) FROM webhook_delivery WHERE merchant_id ="
                                        + " ?1 AND status = 'received'")
                        .setParameter(1, scope.merchant().value())
                        .getSingleResult();
        return new InboxCounts(
                count(scope, DeliveryStatus.RECEIVED),
                count(scope, DeliveryStatus.PARKED),
                count(scope, DeliveryStatus.CONFLICT),
                oldest instanceof Timestamp t
                        ? Optional.of(t.toInstant())
                        : Optional.ofNullable((Instant) oldest));
    }

    private long count(Scope scope, DeliveryStatus status) {
        return ((Number)
                        em.createNativeQuery(
                                        "SELECT COUNT(*) FROM (SELECT 1 FROM webhook_delivery WHERE"
                                                + " merchant_id = ?1 AND status = ?2 LIMIT ?3) counted")
                                .setParameter(1, scope.merchant().value())
                                .setParameter(2, status.word())
                                .setParameter(3, COUNTED_AT_MOST)
                                .getSingleResult())
                .longValue();
    }

    /**
     * One webhook with what it said, covered where it must be.
     *
     * <p><b>Errors</b>: {@code webhook_delivery.not_found}.
     */
    public DeliveryDetail get(Scope scope, DeliveryId id) {
        scope.require(Right.SEE_WEBHOOKS);
        WebhookDelivery stored = own(scope, id);
        Optional<VerifiedWebhook> opened = open(stored.delivery());
        LOG.log(
                System.Logger.Level.INFO,
                "webhook read delivery=" + id + " by=" + scope.actor().id());
        return new DeliveryDetail(
                stored.row(),
                opened.map(w -> ShownMessage.headers(w.raw())).orElse(List.of()),
                opened.map(w -> ShownMessage.body(w.raw().body())),
                HexFormat.of().formatHex(stored.bodyHash()),
                stored.bodySize(),
                opened.map(w -> EventSentences.of(events(stored.delivery(), w))).orElse(List.of()),
                Changes.read(stored.changes()));
    }

    /** What running it again would do. */
    public ReplayPreview preview(Scope scope, DeliveryId id) {
        scope.require(Right.SEE_WEBHOOKS);
        Delivery delivery = own(scope, id).delivery();
        Optional<VerifiedWebhook> opened = open(delivery);
        List<ProviderEvent> events =
                opened.map(webhook -> events(delivery, webhook)).orElse(List.of());
        return new ReplayPreview(
                EventSentences.of(events),
                !DeliveryProcessor.reads(events).isEmpty(),
                opened.isPresent() && !refusal(delivery).isPresent());
    }

    /**
     * Runs it again, soon and from the start; what it did already is not done twice.
     *
     * <p><b>Errors</b>: {@code webhook_delivery.body_erased}, {@code
     * webhook_delivery.cannot_be_replayed}: it is a conflict, or of the other mode.
     */
    public DeliveryRow replay(Scope scope, DeliveryId id) {
        scope.require(Right.REPLAY_WEBHOOKS);
        WebhookDelivery stored = own(scope, id);
        refusal(stored.delivery())
                .ifPresent(
                        refused -> {
                            throw refused;
                        });
        em.createNativeQuery(
                        "UPDATE webhook_delivery SET next_attempt_at = ?1, attempts = 0, owner ="
                                + " NULL, lease_until = NULL WHERE id = ?2")
                .setParameter(1, clock.instant())
                .setParameter(2, id.value())
                .executeUpdate();
        audit.record(
                scope,
                "webhook.replayed",
                "webhook_delivery",
                id.toString(),
                AuditDetails.of("event", stored.row().eventKey()));
        em.refresh(stored);
        return stored.row();
    }

    private static Optional<HubException> refusal(Delivery delivery) {
        if (delivery.erased()) {
            return Optional.of(
                    new HubException(
                            Problem.CONFLICT,
                            "webhook_delivery.body_erased",
                            "Its body was erased after 400 days; it cannot be run again."));
        }
        if (delivery.status() == DeliveryStatus.CONFLICT) {
            return Optional.of(
                    new HubException(
                            Problem.CONFLICT,
                            "webhook_delivery.cannot_be_replayed",
                            "It contradicts another delivery of the same event; that one counts."));
        }
        return Optional.empty();
    }

    private List<ProviderEvent> events(Delivery delivery, VerifiedWebhook webhook) {
        boolean otherMode =
                webhook.livemode().filter(live -> live != delivery.livemode()).isPresent();
        return otherMode
                ? List.of(new ProviderEvent.Ignored("It is of the other mode."))
                : providers.get(delivery.provider()).translate(webhook);
    }

    private Optional<VerifiedWebhook> open(Delivery delivery) {
        return delivery.erased() ? Optional.empty() : Optional.of(seal.open(delivery));
    }

    private WebhookDelivery own(Scope scope, DeliveryId id) {
        return Optional.ofNullable(em.find(WebhookDelivery.class, id.value()))
                .filter(d -> d.delivery().merchant().equals(scope.merchant()))
                .orElseThrow(() -> HubException.notFound("webhook_delivery"));
    }
}
