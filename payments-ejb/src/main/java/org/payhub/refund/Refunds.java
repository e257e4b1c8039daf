package org.payhub.refund;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.List;
import org.payhub.money.Money;
import org.payhub.payment.PaymentId;
import org.payhub.payment.Payments;
import org.payhub.platform.Conditions;
import org.payhub.platform.HubException;
import org.payhub.platform.Page;
import org.payhub.platform.PageRequest;
import org.payhub.tenancy.LocationId;
import org.payhub.tenancy.Right;
import org.payhub.tenancy.Scope;

/**
 * The door to refunds. Lists are of the scope's merchant, mode and locations.
 *
 * <p><b>Errors</b>: {@code refund.not_found} for anything that is not the caller's.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class Refunds {

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Inject Payments payments;

    /** For the container. */
    public Refunds() {}

    /** One refund. */
    public RefundRow get(Scope scope, RefundId id) {
        return list(seen(scope).add("r.id = :id", "id", id.value()), "r.id", 1).stream()
                .findFirst()
                .orElseThrow(() -> HubException.notFound("refund"));
    }

    /** Newest first, by the time they were made. */
    public Page<RefundRow> page(Scope scope, RefundFilter filter, PageRequest request) {
        Conditions where =
                seen(scope)
                        .add("r.livemode = :livemode", "livemode", scope.livemode())
                        .add(
                                "r.payment = :payment",
                                "payment",
                                filter.payment().map(p -> p.value()))
                        .add("r.createdAt >= :from", "from", filter.from())
                        .add("r.createdAt < :to", "to", filter.to());
        if (!filter.statuses().isEmpty()) {
            where.add("r.status in :statuses", "statuses", filter.statuses());
        }
        where.before("r.createdAt", "r.id", request);
        return request.page(
                list(where, "r.createdAt desc, r.id desc", request.limit() + 1),
                RefundRow::createdAt,
                row -> row.id().value());
    }

    /** The refunds of a payment, oldest first. */
    public List<RefundRow> ofPayment(Scope scope, PaymentId payment) {
        return list(
                seen(scope).add("r.payment = :payment", "payment", payment.value()),
                "r.createdAt, r.id",
                PageRequest.LARGEST);
    }

    /** What may still be returned of a payment. */
    public Money refundable(Scope scope, PaymentId payment) {
        return payments.get(scope, payment).refundable();
    }

    private List<RefundRow> list(Conditions where, String order, int limit) {
        TypedQuery<Refund> query =
                em.createQuery(
                        "select r from Refund r where " + where + " order by " + order,
                        Refund.class);
        where.bind(query);
        return query.setMaxResults(limit).getResultStream().map(Refund::row).toList();
    }

    private static Conditions seen(Scope scope) {
        scope.require(Right.SEE_MONEY);
        Conditions where =
                new Conditions()
                        .add("r.merchant = :merchant", "merchant", scope.merchant().value());
        if (scope.isLocationBound()) {
            where.add(
                    "r.payment in (select p.id from Payment p where p.location in :locations)",
                    "locations",
                    scope.locations().stream().map(LocationId::value).toList());
        }
        return where;
    }

    /** Refunds about which the provider is to be asked by now, the longest waiting first. */
    public List<DueRefund> dueForAsking(Instant now, int limit) {
        return em.createQuery(
                        "select r from Refund r where r.askAt <= :now order by r.askAt",
                        Refund.class)
                .setParameter("now", now)
                .setMaxResults(limit)
                .getResultStream()
                .map(r -> new DueRefund(r.key(), r.payment()))
                .toList();
    }

    /** A refund about which the provider is to be asked. */
    public record DueRefund(RefundId id, PaymentId payment) {}
}
