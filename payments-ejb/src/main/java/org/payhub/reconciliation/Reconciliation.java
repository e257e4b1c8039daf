package org.payhub.reconciliation;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.payhub.integration.ActiveIntegration;
import org.payhub.integration.IntegrationId;
import org.payhub.integration.IntegrationReading;
import org.payhub.integration.IntegrationRow;
import org.payhub.merchant.Merchants;
import org.payhub.platform.Conditions;
import org.payhub.platform.HubException;
import org.payhub.platform.Page;
import org.payhub.platform.PageRequest;
import org.payhub.platform.Problem;
import org.payhub.platform.UnitOfWork;
import org.payhub.provider.Providers;
import org.payhub.provider.spi.DayListing;
import org.payhub.tenancy.MerchantId;
import org.payhub.tenancy.Right;
import org.payhub.tenancy.Scope;

/**
 * The door to reconciliation by day. A day is of the whole account, so whoever is bound to a
 * location sees none.
 *
 * <p><b>Guarantee</b>: a day of an integration is one row ({@code uq_compared_day}) and compared by
 * one run at a time.
 *
 * <p><b>Errors</b>: {@code compared_day.not_found}, {@code reconciliation.day_invalid}, {@code
 * reconciliation.cannot_list}, {@code reconciliation.running}.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class Reconciliation {

    private static final int FARTHEST_DAYS = 366;

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Resource ManagedExecutorService executor;
    @Inject Clock clock;
    @Inject DayRecords records;
    @Inject DayComparison comparison;
    @Inject IntegrationReading reading;
    @Inject Merchants merchants;
    @Inject Providers providers;

    /** For the container. */
    public Reconciliation() {}

    /** Newest first, by the time they were last compared. */
    public Page<ComparedDayRow> page(
            Scope scope, Optional<IntegrationId> integration, PageRequest request) {
        Conditions where =
                seen(scope)
                        .add("d.livemode = :livemode", "livemode", scope.livemode())
                        .add(
                                "d.integration = :integration",
                                "integration",
                                integration.map(IntegrationId::value))
                        .before("d.begunAt", "d.id", request);
        return request.page(
                list(where, request.limit() + 1), ComparedDayRow::begunAt, row -> row.id().value());
    }

    /** One day. */
    public ComparedDayRow get(Scope scope, ComparedDayId id) {
        return list(seen(scope).add("d.id = :id", "id", id.value()), 1).stream()
                .findFirst()
                .orElseThrow(() -> HubException.notFound("compared_day"));
    }

    private List<ComparedDayRow> list(Conditions where, int limit) {
        TypedQuery<ComparedDay> query =
                em.createQuery(
                        "select d from ComparedDay d where "
                                + where
                                + " order by d.begunAt desc, d.id desc",
                        ComparedDay.class);
        where.bind(query);
        return query.setMaxResults(limit).getResultStream().map(ComparedDay::row).toList();
    }

    /** What is left of a day, what a person has to look at first. */
    public List<DifferenceRow> differences(Scope scope, ComparedDayId id) {
        get(scope, id);
        return em.createQuery(
                        "select d from DayDifference d where d.day = :day order by d.kind, d.id",
                        DayDifference.class)
                .setParameter("day", id.value())
                .getResultStream()
                .map(DayDifference::row)
                .toList();
    }

    /** The integrations whose provider lists its days. */
    public List<IntegrationRow> comparable(Scope scope) {
        seen(scope);
        if (scope.isLocationBound()) {
            return List.of();
        }
        return reading.rows(scope, false).stream()
                .filter(row -> row.livemode() == scope.livemode())
                .filter(row -> lists(row.provider()))
                .toList();
    }

    private boolean lists(String provider) {
        return providers.find(provider).filter(DayListing.class::isInstance).isPresent();
    }

    /**
     * Begins to compare a day; it goes on by itself, {@link #get} says how far it has come.
     *
     * @param day in the merchant's zone
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public ComparedDayRow compare(Scope scope, IntegrationId integration, LocalDate day) {
        seen(scope);
        scope.require(Right.RESOLVE_UNMATCHED);
        if (scope.isLocationBound()) {
            throw HubException.notFound("integration");
        }
        ActiveIntegration at = reading.seen(scope, integration).integration();
        ZoneId zone = zone(at.merchant());
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        if (day.isAfter(today) || day.isBefore(today.minusDays(FARTHEST_DAYS))) {
            throw HubException.ofField(
                    "day",
                    "reconciliation.day_invalid",
                    "Choose a day of the past year, today at the latest.");
        }
        if (!lists(at.provider())) {
            throw cannotList(providers.get(at.provider()).profile().name());
        }
        DayRecords.Run run =
                UnitOfWork.run(() -> records.begin(at, day, zone, Optional.of(scope)))
                        .orElseThrow(
                                () ->
                                        new HubException(
                                                Problem.CONFLICT,
                                                "reconciliation.running",
                                                "This day is being compared already."));
        DayComparison.Wanted wanted = new DayComparison.Wanted(run, at, day, zone);
        executor.execute(() -> comparison.run(wanted));
        return get(scope, run.day());
    }

    /** The zone whose midnight begins the merchant's days. */
    public ZoneId zone(MerchantId merchant) {
        return merchants.defaultLocation(merchant).zone();
    }

    static HubException cannotList(String provider) {
        return new HubException(
                Problem.CONFLICT,
                "reconciliation.cannot_list",
                provider + " cannot list what it did on a day.");
    }

    private static Conditions seen(Scope scope) {
        scope.require(Right.EXPORT);
        Conditions where =
                new Conditions()
                        .add("d.merchant = :merchant", "merchant", scope.merchant().value());
        return scope.isLocationBound() ? where.add("1 = 0") : where;
    }
}
