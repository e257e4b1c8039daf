package org.payhub.dispute;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.List;
import org.payhub.payment.PaymentId;
import org.payhub.platform.Conditions;
import org.payhub.platform.HubException;
import org.payhub.platform.Page;
import org.payhub.platform.PageRequest;
import org.payhub.tenancy.LocationId;
import org.payhub.tenancy.Right;
import org.payhub.tenancy.Scope;

/**
 * The door to disputes. Lists are of the scope's merchant, mode and locations.
 *
 * <p><b>Errors</b>: {@code dispute.not_found} for anything that is not the caller's.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class Disputes {

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    /** For the container. */
    public Disputes() {}

    /** One dispute. */
    public DisputeRow get(Scope scope, DisputeId id) {
        return list(seen(scope).add("d.id = :id", "id", id.value()), "d.id", 1).stream()
                .findFirst()
                .orElseThrow(() -> HubException.notFound("dispute"));
    }

    /** Newest first, by the time they became known. */
    public Page<DisputeRow> page(Scope scope, DisputeFilter filter, PageRequest request) {
        Conditions where =
                seen(scope)
                        .add("d.livemode = :livemode", "livemode", scope.livemode())
                        .add(
                                "d.payment = :payment",
                                "payment",
                                filter.payment().map(p -> p.value()))
                        .add("d.createdAt >= :from", "from", filter.from())
                        .add("d.createdAt < :to", "to", filter.to());
        if (!filter.statuses().isEmpty()) {
            where.add("d.status in :statuses", "statuses", filter.statuses());
        }
        where.before("d.createdAt", "d.id", request);
        return request.page(
                list(where, "d.createdAt desc, d.id desc", request.limit() + 1),
                DisputeRow::createdAt,
                row -> row.id().value());
    }

    /** The disputes of a payment, oldest first. */
    public List<DisputeRow> ofPayment(Scope scope, PaymentId payment) {
        return list(
                seen(scope).add("d.payment = :payment", "payment", payment.value()),
                "d.createdAt, d.id",
                PageRequest.LARGEST);
    }

    private List<DisputeRow> list(Conditions where, String order, int limit) {
        TypedQuery<Dispute> query =
                em.createQuery(
                        "select d from Dispute d where " + where + " order by " + order,
                        Dispute.class);
        where.bind(query);
        return query.setMaxResults(limit).getResultStream().map(Dispute::row).toList();
    }

    private static Conditions seen(Scope scope) {
        scope.require(Right.SEE_DISPUTES);
        Conditions where =
                new Conditions()
                        .add("d.merchant = :merchant", "merchant", scope.merchant().value());
        if (scope.isLocationBound()) {
            where.add(
                    "d.payment in (select p.id from Payment p where p.location in :locations)",
                    "locations",
                    scope.locations().stream().map(LocationId::value).toList());
        }
        return where;
    }
}
