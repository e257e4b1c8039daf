package org.payhub.link;

import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.payhub.audit.AuditDetails;
import org.payhub.audit.AuditLog;
import org.payhub.merchant.LocationRow;
import org.payhub.merchant.Merchants;
import org.payhub.money.Money;
import org.payhub.platform.HubConfig;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;
import org.payhub.tenancy.Actor;
import org.payhub.tenancy.MerchantId;
import org.payhub.tenancy.Right;
import org.payhub.tenancy.Role;
import org.payhub.tenancy.Scope;
import org.payhub.visit.VisitDetail;
import org.payhub.visit.VisitId;
import org.payhub.visit.VisitMoneyView;
import org.payhub.visit.VisitStatus;
import org.payhub.visit.Visits;

/**
 * The door to payment links.
 *
 * <p><b>Guarantee</b>: at most one usable link per visit ({@code uq_payment_link_usable}), made
 * under the visit's lock.
 */
@Stateless
public class PaymentLinks {

    private static final Duration LONGEST = Duration.ofDays(30);

    /** A client needs a moment to pay. */
    private static final Duration SHORTEST = Duration.ofMinutes(5);

    private static final String USABLE = "select l from PaymentLink l where l.usableVisit = :visit";

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Inject Clock clock;
    @Inject HubConfig config;
    @Inject Visits visits;
    @Inject Merchants merchants;
    @Inject AuditLog audit;

    /** For the container. */
    public PaymentLinks() {}

    /**
     * Makes a link; the visit's earlier one is replaced.
     *
     * <p><b>Errors</b>: {@code link.visit_cancelled}, {@code link.nothing_due}, {@code
     * link.more_than_due}, {@code link.amount_not_positive}, {@code link.visit_is_over}, {@code
     * link.expiry_out_of_range}, {@code link.payment_on_its_way}, {@code provider.unknown}.
     */
    public LinkRow create(Scope scope, VisitId visitId, CreateLink command) {
        scope.require(Right.MAKE_LINKS);
        VisitDetail visit = visits.get(scope, visitId);
        VisitMoneyView money = visits.lockForLink(visitId, scope.livemode());
        Instant now = clock.instant();
        Money amount = amount(money, command.amount());
        Instant expiresAt = expiry(visit, command.expiresAt(), now);
        replaceEarlier(visitId, now);
        PaymentLink link =
                new PaymentLink(
                        money.merchant(),
                        visitId,
                        amount,
                        money.livemode(),
                        command.providers(),
                        expiresAt,
                        scope.actor().name(),
                        now);
        em.persist(link);
        audit.record(
                scope,
                "link.created",
                "payment_link",
                new LinkId(link.id()).toString(),
                AuditDetails.of(
                        "visit", visitId.toString(),
                        "amount", amount.toString(),
                        "expiresAt", expiresAt.toString()));
        return link.row(config.baseUrl(), now);
    }

    private static Money amount(VisitMoneyView visit, Optional<Money> wanted) {
        if (visit.cancelled()) {
            throw new HubException(
                    Problem.CONFLICT,
                    "link.visit_cancelled",
                    "The visit is cancelled; nothing is to be paid for it.");
        }
        if (visit.due().isZero()) {
            throw new HubException(
                    Problem.CONFLICT, "link.nothing_due", "Nothing is due for this visit.");
        }
        Money amount = wanted.orElse(visit.due());
        if (!amount.asset().equals(visit.price().asset())) {
            throw HubException.ofField(
                    "amount",
                    "link.currency_differs",
                    "The visit is priced in " + visit.price().asset().code() + ".");
        }
        if (!amount.isPositive()) {
            throw HubException.ofField(
                    "amount", "link.amount_not_positive", "Ask for more than nothing.");
        }
        if (amount.compareTo(visit.due()) > 0) {
            throw HubException.ofField(
                    "amount", "link.more_than_due", "Only " + visit.due() + " is due.");
        }
        return amount;
    }

    private Instant expiry(VisitDetail visit, Optional<Instant> wanted, Instant now) {
        Instant latest = latestExpiry(visit, now);
        if (latest.isBefore(now.plus(SHORTEST))) {
            throw new HubException(
                    Problem.CONFLICT,
                    "link.visit_is_over",
                    "The day of the visit is over; a link would have ended already.");
        }
        Instant expiresAt = wanted.orElse(latest);
        if (expiresAt.isBefore(now.plus(SHORTEST)) || expiresAt.isAfter(latest)) {
            throw HubException.ofField(
                    "expiresAt",
                    "link.expiry_out_of_range",
                    "The link can end between five minutes from now and " + latest + ".");
        }
        return expiresAt;
    }

    private Instant latestExpiry(VisitDetail visit, Instant now) {
        ZoneId zone = merchants.location(visit.location()).zone();
        LocalDate day = visit.startsAt().atZone(zone).toLocalDate();
        Instant endOfDay = day.plusDays(1).atStartOfDay(zone).toInstant();
        Instant end = now.plus(LONGEST);
        return endOfDay.isBefore(end) ? endOfDay : end;
    }

    private void replaceEarlier(VisitId visit, Instant now) {
        for (PaymentLink earlier :
                em.createQuery(USABLE, PaymentLink.class)
                        .setParameter("visit", visit.value())
                        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                        .getResultList()) {
            if (earlier.status() == LinkStatus.PENDING) {
                throw new HubException(
                        Problem.CONFLICT,
                        "link.payment_on_its_way",
                        "A payment through the present link is on its way. Wait for it, or cancel"
                                + " the link first.");
            }
            if (earlier.isUsableAt(now)) {
                earlier.replace();
            } else {
                earlier.expire();
            }
            // The row must be free before the new one takes its place under the unique key.
            em.flush();
        }
    }

    /** One link. */
    public LinkRow get(Scope scope, LinkId id) {
        scope.require(Right.SEE_MONEY);
        return mine(scope, id).row(config.baseUrl(), clock.instant());
    }

    /** The links of a visit, newest first. */
    public List<LinkRow> ofVisit(Scope scope, VisitId visit) {
        visits.get(scope, visit);
        Instant now = clock.instant();
        return em
                .createQuery(
                        "select l from PaymentLink l where l.visit = :visit"
                                + " order by l.createdAt desc, l.id desc",
                        PaymentLink.class)
                .setParameter("visit", visit.value())
                .getResultList()
                .stream()
                .map(l -> l.row(config.baseUrl(), now))
                .toList();
    }

    /** The links by which these visits can be paid now, at most one of each visit. */
    public List<LinkRow> usable(Scope scope, List<VisitId> visitIds) {
        scope.require(Right.SEE_MONEY);
        if (visitIds.isEmpty()) {
            return List.of();
        }
        Instant now = clock.instant();
        return em
                .createQuery(
                        "select l from PaymentLink l where l.merchant = :merchant"
                                + " and l.usableVisit in :visits",
                        PaymentLink.class)
                .setParameter("merchant", scope.merchant().value())
                .setParameter("visits", visitIds.stream().map(VisitId::value).toList())
                .getResultList()
                .stream()
                .map(l -> l.row(config.baseUrl(), now))
                .toList();
    }

    /**
     * Takes a link back. What was paid with it stays paid.
     *
     * <p><b>Errors</b>: {@code link.already_paid}.
     */
    public LinkRow cancel(Scope scope, LinkId id) {
        scope.require(Right.MAKE_LINKS);
        PaymentLink link = mine(scope, id);
        em.refresh(link, LockModeType.PESSIMISTIC_WRITE);
        if (link.status() != LinkStatus.CANCELLED) {
            link.cancel();
            audit.record(
                    scope,
                    "link.cancelled",
                    "payment_link",
                    id.toString(),
                    AuditDetails.of("visit", link.visit().toString()));
        }
        return link.row(config.baseUrl(), clock.instant());
    }

    /** What the client who has the address is shown; a wrong address shows nothing. */
    public Optional<PayPage> findByToken(String token) {
        return byToken(token).map(this::payPage);
    }

    private PayPage payPage(PaymentLink link) {
        MerchantId merchant = new MerchantId(link.merchant());
        VisitDetail visit = visits.get(reader(merchant, link.livemode()), link.visit());
        LocationRow location = merchants.location(visit.location());
        return new PayPage(
                link.row(config.baseUrl(), clock.instant()),
                merchant,
                merchants.get(merchant).name(),
                location.id(),
                location.name(),
                location.zone(),
                visit.startsAt(),
                visit.lines(),
                visit.status() == VisitStatus.CANCELLED,
                visit.price(),
                visit.due(),
                link.amount().min(visit.due()),
                visit.client().language());
    }

    /** The link itself is the permission to see what it is for. */
    private static Scope reader(MerchantId merchant, boolean livemode) {
        return new Scope(
                merchant,
                Actor.client(""),
                Role.API_KEY,
                java.util.Set.of(),
                Optional.empty(),
                livemode);
    }

    /** Which link has that address. */
    public Optional<LinkId> findId(String token) {
        return byToken(token).map(l -> new LinkId(l.id()));
    }

    private Optional<PaymentLink> byToken(String token) {
        if (token == null || token.length() > 32) {
            return Optional.empty();
        }
        return em.createQuery(
                        "select l from PaymentLink l where l.token = :token", PaymentLink.class)
                .setParameter("token", token)
                .getResultStream()
                .findFirst();
    }

    /**
     * Locks a link that can be paid with, and marks it opened; the caller already holds the visit's
     * lock.
     *
     * <p><b>Errors</b>: {@code link.not_usable}, saying what it has become.
     */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public LinkForCheckout lockForCheckout(LinkId id) {
        PaymentLink link = em.find(PaymentLink.class, id.value());
        if (link == null) {
            throw HubException.notFound("payment_link");
        }
        em.refresh(link, LockModeType.PESSIMISTIC_WRITE);
        Instant now = clock.instant();
        if (!link.isUsableAt(now)) {
            throw new HubException(
                    Problem.CONFLICT,
                    "link.not_usable",
                    "This payment link is " + link.statusAt(now).word() + ".");
        }
        link.open(now);
        VisitMoneyView visit = visits.lockForMoney(link.visit());
        return new LinkForCheckout(
                id,
                new MerchantId(link.merchant()),
                visit.location(),
                link.visit(),
                link.token(),
                link.amount(),
                link.livemode(),
                link.providers(),
                link.expiresAt());
    }

    /** The visit of a link, so that a caller can lock that first. */
    public VisitId visitOf(LinkId id) {
        PaymentLink link = em.find(PaymentLink.class, id.value());
        if (link == null) {
            throw HubException.notFound("payment_link");
        }
        return link.visit();
    }

    /** Follows the money that came through the link; the caller holds the visit's lock. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void restate(LinkId id, LinkMoney money) {
        PaymentLink link = em.find(PaymentLink.class, id.value());
        if (link == null) {
            throw HubException.notFound("payment_link");
        }
        em.refresh(link, LockModeType.PESSIMISTIC_WRITE);
        link.restate(money, clock.instant());
    }

    /** Ends links whose time is over; reads say so already before this passes by. */
    @Schedule(hour = "*", minute = "*", second = "30", persistent = false)
    public void endExpired() {
        List<PaymentLink> over =
                em.createQuery(
                                "select l from PaymentLink l where l.status in :usable"
                                        + " and l.expiresAt <= :now",
                                PaymentLink.class)
                        .setParameter(
                                "usable",
                                List.of(LinkStatus.ACTIVE, LinkStatus.OPENED, LinkStatus.PART_PAID))
                        .setParameter("now", clock.instant())
                        .setMaxResults(500)
                        .getResultList();
        over.forEach(PaymentLink::expire);
    }

    private PaymentLink mine(Scope scope, LinkId id) {
        PaymentLink link = em.find(PaymentLink.class, id.value());
        if (link == null || !link.merchant().equals(scope.merchant().value())) {
            throw HubException.notFound("payment_link");
        }
        visits.get(scope, link.visit());
        return link;
    }
}
