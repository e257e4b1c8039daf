package org.payhub.withdrawal;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.List;
import org.payhub.integration.ActiveIntegration;
import org.payhub.integration.Integrations;
import org.payhub.platform.Conditions;
import org.payhub.platform.HubException;
import org.payhub.platform.Page;
import org.payhub.platform.PageRequest;
import org.payhub.provider.Providers;
import org.payhub.provider.spi.Withdrawing;
import org.payhub.tenancy.Right;
import org.payhub.tenancy.Scope;

/**
 * The door to withdrawals. Lists are of the scope's merchant and mode.
 *
 * <p><b>Errors</b>: {@code withdrawal.not_found} for anything that is not the caller's.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class Withdrawals {

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Inject Integrations integrations;
    @Inject Providers providers;

    /** For the container. */
    public Withdrawals() {}

    /** One withdrawal. */
    public WithdrawalRow get(Scope scope, WithdrawalId id) {
        return list(seen(scope).add("w.id = :id", "id", id.value()), 1).stream()
                .findFirst()
                .orElseThrow(() -> HubException.notFound("withdrawal"));
    }

    /** Newest first, by the time they were asked for. */
    public Page<WithdrawalRow> page(Scope scope, WithdrawalFilter filter, PageRequest request) {
        Conditions where =
                filtered(scope, filter)
                        .add("w.createdAt >= :from", "from", filter.from())
                        .add("w.createdAt < :to", "to", filter.to())
                        .before("w.createdAt", "w.id", request);
        return request.page(
                list(where, request.limit() + 1), WithdrawalRow::createdAt, r -> r.id().value());
    }

    /** From where money can be sent: the connected providers that send to an address. */
    public List<ActiveIntegration> sources(Scope scope) {
        scope.require(Right.SEE_WITHDRAWALS);
        return integrations.connected(scope.merchant(), scope.livemode()).stream()
                .filter(i -> providers.ability(i.provider(), Withdrawing.class).isPresent())
                .toList();
    }

    /** How many wait for this person to agree: what others asked for. */
    public long countWaiting(Scope scope) {
        Conditions where =
                filtered(scope, WithdrawalFilter.waiting())
                        .add("w.requestedById <> :me", "me", scope.actor().id());
        TypedQuery<Long> query =
                em.createQuery("select count(w) from Withdrawal w where " + where, Long.class);
        where.bind(query);
        return query.getSingleResult();
    }

    private List<WithdrawalRow> list(Conditions where, int limit) {
        TypedQuery<Withdrawal> query =
                em.createQuery(
                        "select w from Withdrawal w where "
                                + where
                                + " order by w.createdAt desc, w.id desc",
                        Withdrawal.class);
        where.bind(query);
        return query.setMaxResults(limit).getResultStream().map(Withdrawal::row).toList();
    }

    private static Conditions filtered(Scope scope, WithdrawalFilter filter) {
        Conditions where = seen(scope).add("w.livemode = :livemode", "livemode", scope.livemode());
        if (!filter.statuses().isEmpty()) {
            where.add("w.status in :statuses", "statuses", filter.statuses());
        }
        return where;
    }

    private static Conditions seen(Scope scope) {
        scope.require(Right.SEE_WITHDRAWALS);
        return new Conditions().add("w.merchant = :merchant", "merchant", scope.merchant().value());
    }

    /** Withdrawals about which the provider is to be asked by now, the longest waiting first. */
    public List<WithdrawalId> dueForAsking(Instant now, int limit) {
        return em.createQuery(
                        "select w from Withdrawal w where w.askAt <= :now order by w.askAt",
                        Withdrawal.class)
                .setParameter("now", now)
                .setMaxResults(limit)
                .getResultStream()
                .map(Withdrawal::key)
                .toList();
    }
}
