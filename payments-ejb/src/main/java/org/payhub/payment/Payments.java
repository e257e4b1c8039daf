package org.payhub.payment;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.payhub.integration.IntegrationId;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.platform.Conditions;
import org.payhub.platform.HubException;
import org.payhub.platform.Ids;
import org.payhub.platform.Page;
import org.payhub.platform.PageRequest;
import org.payhub.provider.spi.Reference;
import org.payhub.tenancy.Scope;
import org.payhub.visit.VisitId;

/**
 * The door to payments. Lists and totals are of the scope's merchant, mode and locations; one
 * payment is found in either mode.
 *
 * <p><b>Errors</b>: {@code payment.not_found} for anything that is not the caller's.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class Payments {

    private static final String WITH_CLIENT =
            "select p, c.name, v.startsAt from Payment p left join Visit v on v.id = p.visit"
                    + " left join Client c on c.id = v.client where ";

    private static final int MOST_BY_KEY = 50;

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Inject PaymentReferences references;

    /** For the container. */
    public Payments() {}

    /** One payment. */
    public PaymentRow get(Scope scope, PaymentId id) {
        Conditions where = PaymentSearch.seen(scope).add("p.id = :id", "id", id.value());
        return rows(where, "p.id", 1).stream()
                .findFirst()
                .orElseThrow(() -> HubException.notFound("payment"));
    }

    /** Newest first, by the time they were made. */
    public Page<PaymentRow> page(Scope scope, PaymentFilter filter, PageRequest request) {
        Conditions where =
                PaymentSearch.of(scope, filter, byKey(scope, filter))
                        .before("p.createdAt", "p.id", request);
        List<PaymentRow> rows = rows(where, "p.createdAt desc, p.id desc", request.limit() + 1);
        return request.page(rows, PaymentRow::createdAt, row -> row.id().value());
    }

    /** The payments of a visit, oldest first, in either mode. */
    public List<PaymentRow> ofVisit(Scope scope, VisitId visit) {
        Conditions where =
                PaymentSearch.seen(scope).add("p.visit = :visit", "visit", visit.value());
        return rows(where, "p.createdAt, p.id", PageRequest.LARGEST);
    }

    private List<PaymentRow> rows(Conditions where, String order, int limit) {
        TypedQuery<Object[]> query =
                em.createQuery(WITH_CLIENT + where + " order by " + order, Object[].class);
        where.bind(query);
        List<Object[]> found = query.setMaxResults(limit).getResultList();
        List<UUID> ids = found.stream().map(row -> ((Payment) row[0]).id()).toList();
        Map<UUID, String> keys = latestKeys(ids);
        return found.stream()
                .map(
                        row -> {
                            Payment payment = (Payment) row[0];
                            return payment.row(
                                    Optional.ofNullable((String) row[1]),
                                    Optional.ofNullable((Instant) row[2]),
                                    keys.get(payment.id()));
                        })
                .toList();
    }

    /** The key that became known last: a charge says more than the page on which it was made. */
    private Map<UUID, String> latestKeys(List<UUID> ids) {
        Map<UUID, String> keys = new HashMap<>();
        if (!ids.isEmpty()) {
            List<?> rows =
                    em.createNativeQuery(
                                    "SELECT payment_id, reference_key FROM payment_reference WHERE"
                                            + " payment_id IN (:ids) ORDER BY created_at")
                            .unwrap(org.hibernate.query.NativeQuery.class)
                            .addScalar("payment_id", UUID.class)
                            .addScalar("reference_key", String.class)
                            .setParameterList("ids", ids)
                            .getResultList();
            rows.stream()
                    .map(Object[].class::cast)
                    .forEach(row -> keys.put((UUID) row[0], (String) row[1]));
        }
        return keys;
    }

    private Collection<UUID> byKey(Scope scope, PaymentFilter filter) {
        if (filter.text().isEmpty()) {
            return List.of();
        }
        List<?> ids =
                em.createNativeQuery(
                                "SELECT r.payment_id FROM payment_reference r JOIN integration i"
                                        + " ON i.id = r.integration_id WHERE r.reference_key = :key"
                                        + " AND i.merchant_id = :merchant")
                        .setParameter("key", PaymentSearch.cut(filter.text().get()))
                        .setParameter("merchant", scope.merchant().value())
                        .setMaxResults(MOST_BY_KEY)
                        .getResultList();
        return Ids.ofColumn(ids);
    }

    /** One line for each asset; proofs are left out. */
    public List<PaymentTotals> totals(Scope scope, PaymentFilter filter) {
        Conditions where =
                PaymentSearch.of(scope, filter, byKey(scope, filter))
                        .add("p.purpose <> :proof", "proof", PaymentPurpose.PROOF);
        Map<String, PaymentTotals> totals = new TreeMap<>();
        for (Object[] sum :
                list(
                        "select p.moved, sum(case when p.capturedMinor > 0 then 1L else 0L end),"
                                + " sum(p.capturedMinor), sum(p.refundedMinor),"
                                + " sum(p.suspenseMinor - p.suspenseOutMinor) from Payment p where "
                                + where
                                + " group by p.moved",
                        where)) {
            Asset asset = (Asset) sum[0];
            totals.put(
                    asset.code(),
                    new PaymentTotals(
                            (Long) sum[1],
                            new Money((BigInteger) sum[2], asset),
                            new Money((BigInteger) sum[3], asset),
                            new Money((BigInteger) sum[4], asset),
                            Money.zero(asset)));
        }
        for (Object[] sum :
                list(
                        "select p.fee.asset, sum(p.fee.minor) from Payment p where "
                                + where
                                + " and p.fee.minor is not null group by p.fee.asset",
                        where)) {
            Asset asset = (Asset) sum[0];
            Money zero = Money.zero(asset);
            PaymentTotals before =
                    totals.getOrDefault(asset.code(), new PaymentTotals(0, zero, zero, zero, zero));
            totals.put(
                    asset.code(),
                    new PaymentTotals(
                            before.payments(),
                            before.captured(),
                            before.refunded(),
                            before.suspense(),
                            new Money((BigInteger) sum[1], asset)));
        }
        return List.copyOf(totals.values());
    }

    private List<Object[]> list(String text, Conditions where) {
        TypedQuery<Object[]> query = em.createQuery(text, Object[].class);
        where.bind(query);
        return query.getResultList();
    }

    /** The payment to which that key of the provider belongs. */
    public Optional<PaymentId> findByReference(IntegrationId integration, Reference reference) {
        return references.find(integration, reference);
    }

    /** Payments about which the provider is to be asked by now, the longest waiting first. */
    public List<PaymentId> dueForAsking(Instant now, int limit) {
        return em.createQuery(
                        "select p from Payment p where p.askAt <= :now order by p.askAt",
                        Payment.class)
                .setParameter("now", now)
                .setMaxResults(limit)
                .getResultStream()
                .map(Payment::key)
                .toList();
    }
}
