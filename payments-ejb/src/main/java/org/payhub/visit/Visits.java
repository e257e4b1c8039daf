package org.payhub.visit;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.payhub.audit.AuditDetails;
import org.payhub.audit.AuditLog;
import org.payhub.client.ClientId;
import org.payhub.client.ClientRow;
import org.payhub.client.Clients;
import org.payhub.merchant.LocationRow;
import org.payhub.merchant.Merchants;
import org.payhub.platform.HubException;
import org.payhub.platform.Page;
import org.payhub.platform.PageRequest;
import org.payhub.platform.Problem;
import org.payhub.platform.TypedText;
import org.payhub.tenancy.LocationId;
import org.payhub.tenancy.Right;
import org.payhub.tenancy.Scope;

/**
 * The door to visits.
 *
 * <p><b>Guarantee</b>: one visit per booking system's id ({@code uq_visit_external}): making it
 * again answers {@code visit.exists}.
 */
@Stateless
public class Visits {

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Inject Clock clock;
    @Inject Clients clients;
    @Inject Merchants merchants;
    @Inject AuditLog audit;

    /** For the container. */
    public Visits() {}

    /**
     * Books a visit.
     *
     * <p><b>Errors</b>: those of {@link CreateVisit}, {@code visit.exists}, {@code
     * visit.currency_differs}, {@code location.not_found}.
     */
    public VisitDetail create(Scope scope, CreateVisit command) {
        scope.require(Right.MAKE_LINKS);
        LocationRow location = location(scope, command.location());
        if (!command.total().asset().equals(location.currency())) {
            throw HubException.ofField(
                    "price",
                    "visit.currency_differs",
                    location.name() + " works in " + location.currency().code() + ".");
        }
        if (command.externalId().isPresent()
                && byExternalId(scope, command.externalId().get()).isPresent()) {
            throw new HubException(
                    Problem.CONFLICT,
                    "visit.exists",
                    "There is already a visit with the external id "
                            + command.externalId().get()
                            + ".");
        }
        ClientRow client = clients.register(scope.merchant(), command.client());
        Visit visit =
                new Visit(
                        scope.merchant(),
                        location.id(),
                        client.id(),
                        command,
                        scope.livemode(),
                        clock.instant());
        em.persist(visit);
        int position = 0;
        List<VisitLine> lines = new ArrayList<>();
        for (VisitLineRow line : command.lines()) {
            VisitLine made = new VisitLine(visit.id(), position++, line);
            em.persist(made);
            lines.add(made);
        }
        return detail(visit, client, lines);
    }

    private LocationRow location(Scope scope, Optional<LocationId> wanted) {
        List<LocationRow> mine = merchants.locations(scope);
        return mine.stream()
                .filter(l -> wanted.map(l.id()::equals).orElse(l.isDefault()))
                .findFirst()
                .or(() -> wanted.isPresent() ? Optional.empty() : mine.stream().findFirst())
                .orElseThrow(() -> HubException.notFound("location"));
    }

    /** The visit in full. */
    public VisitDetail get(Scope scope, VisitId id) {
        scope.require(Right.SEE_MONEY);
        return detail(mine(scope, id));
    }

    /** The visit that the booking system knows by that id. */
    public Optional<VisitDetail> findByExternalId(Scope scope, String externalId) {
        scope.require(Right.SEE_MONEY);
        return byExternalId(scope, externalId)
                .filter(v -> scope.sees(v.location()))
                .map(this::detail);
    }

    private Optional<Visit> byExternalId(Scope scope, String externalId) {
        return em.createQuery(
                        "select v from Visit v where v.merchant = :merchant"
                                + " and v.externalId = :externalId",
                        Visit.class)
                .setParameter("merchant", scope.merchant().value())
                .setParameter("externalId", externalId)
                .getResultStream()
                .findFirst();
    }

    /** Visits by their start, latest first. */
    public Page<VisitRow> page(Scope scope, VisitFilter filter, PageRequest request) {
        scope.require(Right.SEE_MONEY);
        Conditions where = conditions(scope, filter);
        request.after()
                .ifPresent(
                        place -> {
                            where.add("v.startsAt <= :at and (v.startsAt < :at or v.id < :id)");
                            where.set("at", place.at());
                            where.set("id", place.id());
                        });
        TypedQuery<Visit> query =
                em.createQuery(
                        "select v from Visit v where "
                                + where.text()
                                + " order by v.startsAt desc, v.id desc",
                        Visit.class);
        where.bind(query);
        List<Visit> found = query.setMaxResults(request.limit() + 1).getResultList();
        return request.page(rows(scope, found), VisitRow::startsAt, row -> row.id().value());
    }

    /** The visits of one day at one location (or all that the caller sees), earliest first. */
    public List<VisitRow> day(Scope scope, Optional<LocationId> location, LocalDate day) {
        scope.require(Right.SEE_MONEY);
        LocationRow place = location(scope, location);
        VisitFilter filter =
                new VisitFilter(
                        location,
                        Optional.of(day.atStartOfDay(place.zone()).toInstant()),
                        Optional.of(day.plusDays(1).atStartOfDay(place.zone()).toInstant()),
                        java.util.Set.of(),
                        Optional.empty());
        Conditions where = conditions(scope, filter);
        TypedQuery<Visit> query =
                em.createQuery(
                        "select v from Visit v where "
                                + where.text()
                                + " order by v.startsAt, v.id",
                        Visit.class);
        where.bind(query);
        return rows(scope, query.setMaxResults(500).getResultList());
    }

    /** The next visits from now on, earliest first. */
    public List<VisitRow> next(Scope scope, int most) {
        scope.require(Right.SEE_MONEY);
        VisitFilter filter =
                new VisitFilter(
                        Optional.empty(),
                        Optional.of(clock.instant()),
                        Optional.empty(),
                        java.util.Set.of(),
                        Optional.empty());
        Conditions where = conditions(scope, filter);
        where.add("v.status = :booked");
        where.set("booked", VisitStatus.BOOKED);
        TypedQuery<Visit> query =
                em.createQuery(
                        "select v from Visit v where "
                                + where.text()
                                + " order by v.startsAt, v.id",
                        Visit.class);
        where.bind(query);
        return rows(scope, query.setMaxResults(most).getResultList());
    }

    /**
     * Cancels the visit: nothing is due any more; money that came stays until it is refunded.
     * Cancelling twice is fine.
     */
    public VisitDetail cancel(Scope scope, VisitId id, String reason) {
        scope.require(Right.MAKE_LINKS);
        Visit visit = mine(scope, id);
        em.lock(visit, LockModeType.PESSIMISTIC_WRITE);
        em.refresh(visit);
        if (visit.status() != VisitStatus.CANCELLED) {
            visit.cancel(clock.instant());
            audit.record(
                    scope,
                    "visit.cancelled",
                    "visit",
                    id.toString(),
                    AuditDetails.of("reason", reason == null ? "" : reason.strip()));
        }
        return detail(visit);
    }

    /** Locks the visit for the rest of the transaction and tells its money. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public VisitMoneyView lockForMoney(VisitId id) {
        return locked(id).moneyView();
    }

    /** Takes over what the visit's payments add up to; the caller holds the visit's lock. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void restate(VisitId id, VisitMoney money) {
        locked(id).restate(money);
    }

    /** A link of the other mode is made: while no money has come, the visit follows it. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public VisitMoneyView lockForLink(VisitId id, boolean livemode) {
        Visit visit = locked(id);
        visit.switchMode(livemode);
        return visit.moneyView();
    }

    private Visit locked(VisitId id) {
        Visit visit = em.find(Visit.class, id.value());
        if (visit == null) {
            throw HubException.notFound("visit");
        }
        if (em.getLockMode(visit) != LockModeType.PESSIMISTIC_WRITE) {
            // Refresh with the lock: what was read before it may be old by now. What was changed
            // under the lock and is not written yet must survive that.
            em.flush();
            em.refresh(visit, LockModeType.PESSIMISTIC_WRITE);
        }
        return visit;
    }

    private Visit mine(Scope scope, VisitId id) {
        Visit visit = em.find(Visit.class, id.value());
        if (visit == null
                || !visit.merchant().equals(scope.merchant().value())
                || !scope.sees(visit.location())) {
            throw HubException.notFound("visit");
        }
        return visit;
    }

    private VisitDetail detail(Visit visit) {
        List<VisitLine> lines =
                em.createQuery(
                                "select l from VisitLine l where l.visit = :visit"
                                        + " order by l.position",
                                VisitLine.class)
                        .setParameter("visit", visit.id())
                        .getResultList();
        ClientRow client =
                clients.get(
                        new org.payhub.tenancy.MerchantId(visit.merchant()),
                        new ClientId(visit.client()));
        return detail(visit, client, lines);
    }

    private static VisitDetail detail(Visit visit, ClientRow client, List<VisitLine> lines) {
        return new VisitDetail(
                new VisitId(visit.id()),
                visit.externalId(),
                visit.location(),
                client,
                lines.stream().map(VisitLine::row).toList(),
                visit.startsAt(),
                visit.endsAt(),
                visit.status(),
                visit.price(),
                visit.captured(),
                visit.refunded(),
                visit.due(),
                visit.paymentStatus(),
                visit.livemode(),
                visit.note(),
                visit.createdAt(),
                visit.cancelledAt());
    }

    private List<VisitRow> rows(Scope scope, List<Visit> visits) {
        if (visits.isEmpty()) {
            return List.of();
        }
        Map<UUID, List<VisitLineRow>> lines =
                em
                        .createQuery(
                                "select l from VisitLine l where l.visit in :visits"
                                        + " order by l.position",
                                VisitLine.class)
                        .setParameter("visits", visits.stream().map(Visit::id).toList())
                        .getResultList()
                        .stream()
                        .collect(
                                Collectors.groupingBy(
                                        VisitLine::visit,
                                        Collectors.mapping(VisitLine::row, Collectors.toList())));
        Map<UUID, ClientRow> people = new HashMap<>();
        clients.all(scope.merchant(), visits.stream().map(Visit::client).distinct().toList())
                .forEach(c -> people.put(c.id().value(), c));
        return visits.stream()
                .map(v -> row(v, people.get(v.client()), lines.getOrDefault(v.id(), List.of())))
                .toList();
    }

    private static VisitRow row(Visit visit, ClientRow client, List<VisitLineRow> lines) {
        return new VisitRow(
                new VisitId(visit.id()),
                visit.externalId(),
                visit.location(),
                visit.startsAt(),
                visit.endsAt(),
                visit.status(),
                client.name(),
                client.phone(),
                lines.stream().map(VisitLineRow::name).collect(Collectors.joining(", ")),
                lines.stream()
                        .flatMap(l -> l.staffName().stream())
                        .distinct()
                        .collect(Collectors.joining(", ")),
                visit.price(),
                visit.captured(),
                visit.refunded(),
                visit.due(),
                visit.paymentStatus(),
                visit.livemode());
    }

    private static Conditions conditions(Scope scope, VisitFilter filter) {
        Conditions where = new Conditions();
        where.add("v.merchant = :merchant");
        where.set("merchant", scope.merchant().value());
        if (scope.isLocationBound()) {
            where.add("v.location in :own");
            where.set("own", scope.locations().stream().map(LocationId::value).toList());
        }
        filter.location()
                .ifPresent(
                        location -> {
                            where.add("v.location = :location");
                            where.set("location", location.value());
                        });
        filter.from()
                .ifPresent(
                        from -> {
                            where.add("v.startsAt >= :from");
                            where.set("from", from);
                        });
        filter.to()
                .ifPresent(
                        to -> {
                            where.add("v.startsAt < :to");
                            where.set("to", to);
                        });
        if (!filter.paymentStatuses().isEmpty()) {
            where.add("v.paymentStatus in :statuses");
            where.set("statuses", filter.paymentStatuses());
        }
        filter.text()
                .ifPresent(
                        text -> {
                            where.add(
                                    "(v.externalId = :text or v.client in (select c.id from Client c"
                                            + " where c.merchant = :merchant and (lower(c.name)"
                                            + " like :like escape '!' or c.phone like :phone"
                                            + " escape '!')))");
                            where.set("text", text);
                            where.set("like", "%" + literal(text.toLowerCase(Locale.ROOT)) + "%");
                            where.set(
                                    "phone",
                                    TypedText.inAscii("%" + literal(text.replace(" ", "")) + "%"));
                        });
        return where;
    }

    /** Text that a LIKE takes as it stands. */
    private static String literal(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    /** The conditions of a query and the values bound to them. */
    private static final class Conditions {

        private final List<String> parts = new ArrayList<>();
        private final Map<String, Object> values = new HashMap<>();

        void add(String part) {
            parts.add(part);
        }

        void set(String name, Object value) {
            values.put(name, value);
        }

        String text() {
            return String.join(" and ", parts);
        }

        void bind(TypedQuery<?> query) {
            values.forEach(query::setParameter);
        }
    }

    /** How many visits start in that span; for the first page. */
    public long count(Scope scope, Instant from, Instant to) {
        scope.require(Right.SEE_MONEY);
        return em.createQuery(
                        "select count(v) from Visit v where v.merchant = :merchant"
                                + " and v.startsAt >= :from and v.startsAt < :to",
                        Long.class)
                .setParameter("merchant", scope.merchant().value())
                .setParameter("from", from)
                .setParameter("to", to)
                .getSingleResult();
    }
}
