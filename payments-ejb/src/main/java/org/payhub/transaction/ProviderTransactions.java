package org.payhub.transaction;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.payhub.integration.IntegrationId;
import org.payhub.platform.Conditions;
import org.payhub.platform.Page;
import org.payhub.platform.PageRequest;
import org.payhub.tenancy.LocationId;
import org.payhub.tenancy.Right;
import org.payhub.tenancy.Scope;

/**
 * The door to what providers reported.
 *
 * <p><b>Guarantee</b>: one row an operation ({@code uq_provider_transaction}: integration, kind and
 * the provider's key).
 */
@Stateless
public class ProviderTransactions {

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Inject Clock clock;

    /** For the container. */
    public ProviderTransactions() {}

    /**
     * Writes an operation down, unless it stands already. The caller holds the lock of its payment.
     *
     * @return what stood there before; empty when it is new
     */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public Optional<TransactionRow> record(Reporting report, UUID payment, NewTransaction told) {
        Optional<TransactionRow> earlier = find(told.integration(), told.kind(), told.key());
        if (earlier.isEmpty()) {
            em.persist(new ProviderTransaction(report, payment, told, clock.instant()));
        }
        return earlier;
    }

    /** The operation of that kind with that key, if it was reported. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Optional<TransactionRow> find(
            IntegrationId integration, TransactionKind kind, String key) {
        return em.createQuery(
                        "select t from ProviderTransaction t where t.integration = :integration"
                                + " and t.kind = :kind and t.key = :key",
                        ProviderTransaction.class)
                .setParameter("integration", integration.value())
                .setParameter("kind", kind)
                .setParameter("key", key)
                .getResultStream()
                .findFirst()
                .map(ProviderTransaction::row);
    }

    /** The operations of one kind that belong to one thing at the provider, oldest first. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<TransactionRow> ofSource(
            IntegrationId integration, TransactionKind kind, String source) {
        return em.createQuery(
                        "select t from ProviderTransaction t where t.integration = :integration"
                                + " and t.kind = :kind and t.source = :source"
                                + " order by t.occurredAt, t.key",
                        ProviderTransaction.class)
                .setParameter("integration", integration.value())
                .setParameter("kind", kind)
                .setParameter("source", source)
                .getResultStream()
                .map(ProviderTransaction::row)
                .toList();
    }

    /**
     * What an integration took and returned in a span of time by the provider's clock, oldest
     * first.
     *
     * @param after the last one of the page before
     */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<TransactionRow> moved(
            IntegrationId integration,
            Instant from,
            Instant to,
            Optional<TransactionRow> after,
            int most) {
        return em.createQuery(
                        "select t from ProviderTransaction t where t.integration = :integration"
                                + " and t.kind in :kinds and t.occurredAt >= :from"
                                + " and t.occurredAt < :to and t.occurredAt >= :at"
                                + " and (t.occurredAt > :at or t.id > :id)"
                                + " order by t.occurredAt, t.id",
                        ProviderTransaction.class)
                .setParameter("integration", integration.value())
                .setParameter("kinds", List.of(TransactionKind.CAPTURE, TransactionKind.REFUND))
                .setParameter("from", from)
                .setParameter("to", to)
                .setParameter("at", after.map(TransactionRow::occurredAt).orElse(from))
                .setParameter("id", after.map(row -> row.id().value()).orElse(new UUID(0, 0)))
                .setMaxResults(most)
                .getResultStream()
                .map(ProviderTransaction::row)
                .toList();
    }

    /** Newest first, by the time they were recorded. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Page<TransactionRow> page(Scope scope, TransactionFilter filter, PageRequest request) {
        Conditions where =
                seen(scope)
                        .add("t.livemode = :livemode", "livemode", scope.livemode())
                        .add("t.payment = :payment", "payment", filter.payment())
                        .add(
                                "t.integration = :integration",
                                "integration",
                                filter.integration().map(IntegrationId::value))
                        .add("t.kind = :kind", "kind", filter.kind())
                        .add("t.recordedAt >= :from", "from", filter.from())
                        .add("t.recordedAt < :to", "to", filter.to())
                        .before("t.recordedAt", "t.id", request);
        TypedQuery<ProviderTransaction> query =
                em.createQuery(
                        "select t from ProviderTransaction t where "
                                + where
                                + " order by t.recordedAt desc, t.id desc",
                        ProviderTransaction.class);
        where.bind(query);
        List<TransactionRow> rows =
                query.setMaxResults(request.limit() + 1)
                        .getResultStream()
                        .map(ProviderTransaction::row)
                        .toList();
        return request.page(rows, TransactionRow::recordedAt, row -> row.id().value());
    }

    /** Oldest first; the mode does not matter. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<TransactionRow> ofPayment(Scope scope, UUID payment) {
        Conditions where = seen(scope).add("t.payment = :payment", "payment", payment);
        TypedQuery<ProviderTransaction> query =
                em.createQuery(
                        "select t from ProviderTransaction t where "
                                + where
                                + " order by t.occurredAt, t.recordedAt, t.id",
                        ProviderTransaction.class);
        where.bind(query);
        return query.getResultStream().map(ProviderTransaction::row).toList();
    }

    private static Conditions seen(Scope scope) {
        scope.require(Right.SEE_MONEY);
        Conditions where =
                new Conditions()
                        .add("t.merchant = :merchant", "merchant", scope.merchant().value());
        if (scope.isLocationBound()) {
            where.add(
                    "t.payment in (select p.id from Payment p where p.location in :locations)",
                    "locations",
                    scope.locations().stream().map(LocationId::value).toList());
        }
        return where;
    }
}
