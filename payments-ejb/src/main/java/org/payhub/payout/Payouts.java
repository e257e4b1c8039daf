package org.payhub.payout;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.payhub.platform.Conditions;
import org.payhub.platform.HubException;
import org.payhub.platform.Page;
import org.payhub.platform.PageRequest;
import org.payhub.provider.spi.ProviderEvent.PayoutReported;
import org.payhub.tenancy.Right;
import org.payhub.tenancy.Scope;
import org.payhub.transaction.Reporting;

/**
 * The door to payouts: stored and shown, not posted. They are of the whole account, so whoever is
 * bound to a location sees none.
 *
 * <p><b>Guarantee</b>: one payout of a provider is one row ({@code uq_payout_key}).
 *
 * <p><b>Errors</b>: {@code payout.not_found} for anything that is not the caller's.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class Payouts {

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Inject Clock clock;

    /** For the container. */
    public Payouts() {}

    /** One payout. */
    public PayoutRow get(Scope scope, PayoutId id) {
        return list(seen(scope).add("p.id = :id", "id", id.value()), 1).stream()
                .findFirst()
                .orElseThrow(() -> HubException.notFound("payout"));
    }

    /** Newest first, by the time they became known. */
    public Page<PayoutRow> page(Scope scope, PageRequest request) {
        Conditions where =
                seen(scope)
                        .add("p.livemode = :livemode", "livemode", scope.livemode())
                        .before("p.createdAt", "p.id", request);
        return request.page(
                list(where, request.limit() + 1), PayoutRow::createdAt, row -> row.id().value());
    }

    private List<PayoutRow> list(Conditions where, int limit) {
        TypedQuery<Payout> query =
                em.createQuery(
                        "select p from Payout p where "
                                + where
                                + " order by p.createdAt desc, p.id desc",
                        Payout.class);
        where.bind(query);
        return query.setMaxResults(limit).getResultStream().map(Payout::row).toList();
    }

    private static Conditions seen(Scope scope) {
        scope.require(Right.SEE_MONEY);
        Conditions where =
                new Conditions()
                        .add("p.merchant = :merchant", "merchant", scope.merchant().value());
        return scope.isLocationBound() ? where.add("1 = 0") : where;
    }

    /** Takes a report over. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void apply(Reporting report, PayoutReported event) {
        Optional<Payout> known =
                em.createQuery(
                                "select p from Payout p where p.integration = :integration"
                                        + " and p.payoutKey = :key",
                                Payout.class)
                        .setParameter("integration", report.integration().value())
                        .setParameter("key", event.payoutKey())
                        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                        .getResultStream()
                        .findFirst();
        if (known.isEmpty()) {
            Payout payout = new Payout(report, event, clock.instant());
            em.persist(payout);
            changed(report, payout, "");
            return;
        }
        String before = known.get().status().word();
        known.get().report(event);
        changed(report, known.get(), before);
    }

    private static void changed(Reporting report, Payout payout, String before) {
        report.changed(
                "payout", payout.row().id().toString(), "status", before, payout.status().word());
    }
}
