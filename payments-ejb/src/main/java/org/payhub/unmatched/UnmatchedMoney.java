package org.payhub.unmatched;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.payhub.money.Money;
import org.payhub.platform.Conditions;
import org.payhub.platform.HubException;
import org.payhub.platform.Page;
import org.payhub.platform.PageRequest;
import org.payhub.tenancy.LocationId;
import org.payhub.tenancy.Right;
import org.payhub.tenancy.Scope;
import org.payhub.transaction.Reporting;
import org.payhub.visit.VisitId;

/**
 * The door to money that waits for a person; what a person does with it stands in {@code
 * org.payhub.finance}.
 *
 * <p><b>Guarantee</b>: one piece for one operation and reason ({@code uq_unmatched_money}).
 */
@Stateless
public class UnmatchedMoney {

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Inject Clock clock;

    /** For the container. */
    public UnmatchedMoney() {}

    /** One piece. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public UnmatchedRow get(Scope scope, UnmatchedId id) {
        Conditions where = seen(scope).add("h.id = :id", "id", id.value());
        return list(where, 1).stream()
                .findFirst()
                .orElseThrow(() -> HubException.notFound("unmatched"));
    }

    /** Newest first. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Page<UnmatchedRow> page(Scope scope, UnmatchedFilter filter, PageRequest request) {
        Conditions where = filtered(scope, filter).before("h.createdAt", "h.id", request);
        return request.page(
                list(where, request.limit() + 1), UnmatchedRow::createdAt, row -> row.id().value());
    }

    /** How many pieces wait. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public long countOpen(Scope scope) {
        Conditions where = filtered(scope, UnmatchedFilter.open());
        TypedQuery<Long> query =
                em.createQuery("select count(h) from HeldMoney h where " + where, Long.class);
        where.bind(query);
        return query.getSingleResult();
    }

    private List<UnmatchedRow> list(Conditions where, int limit) {
        TypedQuery<HeldMoney> query =
                em.createQuery(
                        "select h from HeldMoney h where "
                                + where
                                + " order by h.createdAt desc, h.id desc",
                        HeldMoney.class);
        where.bind(query);
        return query.setMaxResults(limit).getResultStream().map(HeldMoney::row).toList();
    }

    private static Conditions filtered(Scope scope, UnmatchedFilter filter) {
        Conditions where = seen(scope).add("h.livemode = :livemode", "livemode", scope.livemode());
        if (!filter.statuses().isEmpty()) {
            where.add("h.status in :statuses", "statuses", filter.statuses());
        }
        return where;
    }

    private static Conditions seen(Scope scope) {
        scope.require(Right.SEE_MONEY);
        Conditions where =
                new Conditions()
                        .add("h.merchant = :merchant", "merchant", scope.merchant().value());
        if (scope.isLocationBound()) {
            where.add(
                    "h.payment in (select p.id from Payment p where p.location in :locations)",
                    "locations",
                    scope.locations().stream().map(LocationId::value).toList());
        }
        return where;
    }

    /** Puts money here, unless it is here already. The caller holds the payment's lock. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void hold(Reporting report, HoldMoney command) {
        boolean known =
                !em.createQuery(
                                "select h.id from HeldMoney h where h.integration = :integration"
                                        + " and h.transactionKey = :key and h.reason = :reason",
                                UUID.class)
                        .setParameter("integration", command.integration().value())
                        .setParameter("key", command.transactionKey())
                        .setParameter("reason", command.reason())
                        .getResultList()
                        .isEmpty();
        if (known) {
            return;
        }
        HeldMoney held = new HeldMoney(report, command, clock.instant());
        em.persist(held);
        report.changed(
                "unmatched", held.row().id().toString(), "amount", "", command.amount().toString());
    }

    /**
     * Lets one open piece of a payment hold exactly so much, whatever it was before: what a person
     * left in suspense for good is not asked about again. The caller holds the payment's lock.
     */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void keep(Reporting report, HoldMoney command) {
        Money left =
                ofPayment(command.payment(), UnmatchedStatus.IGNORED).stream()
                        .map(held -> held.row().amount())
                        .filter(amount -> amount.asset().equals(command.amount().asset()))
                        .reduce(command.amount(), Money::minus);
        if (!left.isPositive()) {
            return;
        }
        List<HeldMoney> open = ofPayment(command.payment(), UnmatchedStatus.OPEN);
        String before = open.isEmpty() ? "" : open.get(0).row().amount().toString();
        HeldMoney held;
        if (open.isEmpty()) {
            int number = 1;
            while (isKnown(command.numbered(number))) {
                number++;
            }
            held = new HeldMoney(report, command.numbered(number), clock.instant());
            em.persist(held);
        } else {
            held = open.get(0);
        }
        held.holds(left, command.reason());
        report.changed("unmatched", held.row().id().toString(), "amount", before, left.toString());
    }

    /** Some of a piece was dealt with; the rest goes on waiting. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void lessen(UnmatchedId id, Money rest, String reason) {
        em.find(HeldMoney.class, id.value()).holds(rest, reason);
    }

    private boolean isKnown(HoldMoney command) {
        return !em.createQuery(
                        "select h.id from HeldMoney h where h.integration = :integration"
                                + " and h.transactionKey = :key",
                        UUID.class)
                .setParameter("integration", command.integration().value())
                .setParameter("key", command.transactionKey())
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }

    /** Closes every open piece of a payment. The caller holds the payment's lock. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void resolve(
            UUID payment,
            UnmatchedStatus to,
            String by,
            Optional<String> note,
            Optional<VisitId> visit) {
        ofPayment(payment, UnmatchedStatus.OPEN)
                .forEach(held -> held.resolve(to, by, note, visit, clock.instant()));
    }

    /** Money that was on its way back came home again: it waits once more. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void reopen(UUID payment) {
        ofPayment(payment, UnmatchedStatus.RETURNED).forEach(HeldMoney::reopen);
    }

    private List<HeldMoney> ofPayment(UUID payment, UnmatchedStatus status) {
        return em.createQuery(
                        "select h from HeldMoney h where h.payment = :payment"
                                + " and h.status = :status",
                        HeldMoney.class)
                .setParameter("payment", payment)
                .setParameter("status", status)
                .getResultList();
    }
}
