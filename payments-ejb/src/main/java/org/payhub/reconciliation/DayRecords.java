package org.payhub.reconciliation;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.payhub.audit.AuditDetails;
import org.payhub.audit.AuditLog;
import org.payhub.integration.ActiveIntegration;
import org.payhub.integration.IntegrationId;
import org.payhub.tenancy.Scope;

/**
 * The transactions around a comparison, which itself runs outside of any.
 *
 * <p><b>Guarantee</b>: one run of a day at a time ({@code uq_compared_day} and the run's number); a
 * run that was taken over changes nothing any more.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class DayRecords {

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Inject Clock clock;
    @Inject AuditLog audit;

    /** For the container. */
    public DayRecords() {}

    /** A run of a day: its number fences it. */
    public record Run(ComparedDayId day, int number) {}

    /** Begins a run, unless one is under way. */
    public Optional<Run> begin(
            ActiveIntegration at, LocalDate day, ZoneId zone, Optional<Scope> by) {
        Instant now = clock.instant();
        Optional<ComparedDay> known = find(at.id(), day);
        if (known.isPresent() && known.get().isWorkedOn(now)) {
            return Optional.empty();
        }
        ComparedDay compared =
                known.orElseGet(
                        () -> {
                            ComparedDay fresh = new ComparedDay(at, day, zone, now);
                            em.persist(fresh);
                            return fresh;
                        });
        if (known.isPresent()) {
            compared.begin(zone, now);
        }
        ComparedDayId id = compared.row().id();
        by.ifPresent(
                scope ->
                        audit.record(
                                scope,
                                "reconciliation.compare",
                                "compared_day",
                                id.toString(),
                                AuditDetails.of(
                                        "integration", at.id().toString(), "day", day.toString())));
        return Optional.of(new Run(id, compared.run()));
    }

    private Optional<ComparedDay> find(IntegrationId integration, LocalDate day) {
        return em.createQuery(
                        "select d from ComparedDay d where d.integration = :integration"
                                + " and d.day = :day",
                        ComparedDay.class)
                .setParameter("integration", integration.value())
                .setParameter("day", day)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .findFirst();
    }

    /** Notes how far it has come; whether the run still counts. */
    public boolean reached(Run run, int listed) {
        Optional<ComparedDay> compared = current(run);
        compared.ifPresent(day -> day.reached(listed, clock.instant()));
        return compared.isPresent();
    }

    /** Its findings take the place of the run's before. */
    public void done(Run run, DayFindings found) {
        Instant now = clock.instant();
        current(run)
                .ifPresent(
                        day -> {
                            em.createQuery("delete from DayDifference d where d.day = :day")
                                    .setParameter("day", run.day().value())
                                    .executeUpdate();
                            found.differences()
                                    .forEach(row -> em.persist(row(run.day(), row, now)));
                            day.done(found, now);
                        });
    }

    private static DayDifference row(ComparedDayId day, DifferenceRow row, Instant now) {
        return new DayDifference(day, row, now);
    }

    /** The provider could not be asked; what an earlier run found stands. */
    public void failed(Run run, String why) {
        current(run).ifPresent(day -> day.failed(why, clock.instant()));
    }

    private Optional<ComparedDay> current(Run run) {
        return Optional.ofNullable(
                        em.find(
                                ComparedDay.class,
                                run.day().value(),
                                LockModeType.PESSIMISTIC_WRITE))
                .filter(day -> day.run() == run.number());
    }

    /**
     * Connected integrations of those providers whose day is not yet compared as a whole, in the
     * order of their ids.
     */
    public List<IntegrationId> notCompared(
            Set<String> providers, LocalDate day, Optional<IntegrationId> after, int most) {
        return em.createQuery(
                        "select i.id from Integration i where i.disconnectedAt is null"
                                + " and i.provider in :providers and i.id > :after"
                                + " and not exists (select d.id from ComparedDay d"
                                + " where d.integration = i.id and d.day = :day and d.whole = true"
                                + " and d.status = :done) order by i.id",
                        UUID.class)
                .setParameter("providers", providers)
                .setParameter("after", after.map(IntegrationId::value).orElse(new UUID(0, 0)))
                .setParameter("day", day)
                .setParameter("done", DayStatus.DONE)
                .setMaxResults(most)
                .getResultStream()
                .map(IntegrationId::new)
                .toList();
    }

    /** Whether the integration was there on the day that ended then. */
    public boolean connectedBefore(IntegrationId integration, Instant then) {
        return !em.createQuery(
                        "select i.id from Integration i where i.id = :id"
                                + " and i.connectedAt < :then",
                        UUID.class)
                .setParameter("id", integration.value())
                .setParameter("then", then)
                .getResultList()
                .isEmpty();
    }

    /** Whether the hub should compare it by itself now. */
    public boolean isDue(IntegrationId integration, LocalDate day) {
        return find(integration, day).map(known -> known.isDue(clock.instant())).orElse(true);
    }
}
