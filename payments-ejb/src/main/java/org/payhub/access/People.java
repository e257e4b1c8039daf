package org.payhub.access;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.payhub.audit.AuditDetails;
import org.payhub.audit.AuditLog;
import org.payhub.merchant.LocationRow;
import org.payhub.merchant.Merchants;
import org.payhub.money.Money;
import org.payhub.platform.HubConfig;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;
import org.payhub.tenancy.LocationId;
import org.payhub.tenancy.Right;
import org.payhub.tenancy.Role;
import org.payhub.tenancy.Scope;
import org.payhub.tenancy.UserId;

/**
 * The people of a merchant: who is invited, what they are, up to which amount, where. An owner
 * manages everybody but himself; a manager the front desk alone, and neither beyond his own
 * locations and limit.
 *
 * <p><b>Errors</b>: {@code access.right_missing}, {@code access.beyond_own_locations}, {@code
 * access.beyond_own_limit}, {@code access.own_membership}, {@code access.last_owner}, {@code
 * access.already_member}, {@code access.works_elsewhere}, {@code user.not_found}.
 *
 * <p><b>Guarantee</b>: a merchant keeps at least one owner (the owners' rows are locked); {@code
 * unique(user_id, merchant_id)}.
 */
@Stateless
public class People {

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Inject Merchants merchants;
    @Inject HubConfig config;
    @Inject AuditLog audit;
    @Inject Clock clock;

    /** For the container. */
    public People() {}

    /** Those whom the caller may manage, and for an owner everybody. */
    public List<PersonRow> list(Scope scope) {
        if (!scope.may(Right.MANAGE_FRONT_DESK)) {
            scope.require(Right.MANAGE_PEOPLE);
        }
        return em.createQuery(
                        "select m, u from Membership m join HubUser u on u.id = m.user where"
                                + " m.merchant = :merchant order by u.name, u.id",
                        Object[].class)
                .setParameter("merchant", scope.merchant().value())
                .getResultStream()
                .map(pair -> row(scope, (Membership) pair[0], (HubUser) pair[1]))
                .filter(row -> row.manageable() || scope.may(Right.MANAGE_PEOPLE))
                .toList();
    }

    /** The names of those who can grant a right, for somebody who lacks one. */
    public List<String> owners(Scope scope) {
        return em.createQuery(
                        "select u.name from Membership m join HubUser u on u.id = m.user where"
                                + " m.merchant = :merchant and m.role = :owner and u.disabled ="
                                + " false order by u.name",
                        String.class)
                .setParameter("merchant", scope.merchant().value())
                .setParameter("owner", Role.OWNER)
                .getResultList();
    }

    private static PersonRow row(Scope scope, Membership membership, HubUser user) {
        boolean self = isSelf(scope, user.id());
        PersonRow.State state =
                user.isDisabled()
                        ? PersonRow.State.DISABLED
                        : user.passwordHash().isPresent()
                                ? PersonRow.State.ACTIVE
                                : PersonRow.State.INVITED;
        return new PersonRow(
                user.id(),
                user.name(),
                user.email(),
                membership.place(),
                state,
                self,
                !self && mayManage(scope, membership.place()),
                membership.since());
    }

    /** Gives a person access; whoever has no password yet gets a one-hour link to set one. */
    public Invitation invite(Scope scope, String email, String name, Place place) {
        requireMayGive(scope, place);
        String address = EmailAddress.checked(email);
        Optional<HubUser> known =
                em.createQuery("select u from HubUser u where u.email = :email", HubUser.class)
                        .setParameter("email", address)
                        .getResultStream()
                        .findFirst();
        HubUser user = known.orElseGet(() -> added(address, name));
        if (find(scope, user.id()).isPresent()) {
            throw HubException.ofField(
                    "email",
                    "access.already_member",
                    "This person works here already; change their role in the list.");
        }
        boolean elsewhere = worksElsewhere(scope, user.id());
        em.persist(new Membership(user.id(), scope.merchant(), place, clock.instant()));
        // A link sets the person's password. If another business knows this person, that is not
        // ours to set.
        Optional<String> url =
                user.passwordHash().isPresent() || elsewhere
                        ? Optional.empty()
                        : Optional.of(link(scope, user));
        note(scope, "access.invite", user, null, text(place));
        return new Invitation(user.id(), user.email(), url);
    }

    private String link(Scope scope, HubUser user) {
        return SetupLinks.replace(em, config, user.id(), scope.merchant(), clock.instant());
    }

    private HubUser added(String email, String name) {
        HubUser user = new HubUser(email, name, clock.instant());
        em.persist(user);
        return user;
    }

    /** A new link for a person who lost the first one or forgot the password. */
    public Invitation newLink(Scope scope, UserId id) {
        Membership membership = managed(scope, id);
        HubUser user = user(membership);
        requireHereOnly(scope, user);
        String url = link(scope, user);
        note(scope, "access.setup_link", user, null, null);
        return new Invitation(id, user.email(), Optional.of(url));
    }

    /** Changes role, locations and limit; it counts from the person's next click. */
    public void change(Scope scope, UserId id, Place place) {
        Membership membership = managed(scope, id);
        requireMayGive(scope, place);
        if (membership.role() == Role.OWNER && place.role() != Role.OWNER) {
            requireAnotherOwner(scope, id);
        }
        String before = text(membership.place());
        membership.change(place);
        note(scope, "access.change", user(membership), before, text(place));
    }

    /** Takes the person's access to this merchant away at once. */
    public void remove(Scope scope, UserId id) {
        Membership membership = managed(scope, id);
        if (membership.role() == Role.OWNER) {
            requireAnotherOwner(scope, id);
        }
        HubUser user = user(membership);
        em.remove(membership);
        note(scope, "access.remove", user, text(membership.place()), null);
    }

    /** Keeps a person out and ends their sessions, without forgetting what they were. */
    public void disable(Scope scope, UserId id) {
        Membership membership = managed(scope, id);
        if (membership.role() == Role.OWNER) {
            requireAnotherOwner(scope, id);
        }
        HubUser user = user(membership);
        requireHereOnly(scope, user);
        user.disable(clock.instant());
        note(scope, "access.disable", user, null, null);
    }

    /** Lets a disabled person in again. */
    public void enable(Scope scope, UserId id) {
        HubUser user = user(managed(scope, id));
        requireHereOnly(scope, user);
        user.enable();
        note(scope, "access.enable", user, null, null);
    }

    private Membership managed(Scope scope, UserId id) {
        if (!scope.may(Right.MANAGE_FRONT_DESK)) {
            scope.require(Right.MANAGE_PEOPLE);
        }
        Membership membership = find(scope, id).orElseThrow(() -> HubException.notFound("user"));
        if (isSelf(scope, id)) {
            throw new HubException(
                    Problem.CONFLICT,
                    "access.own_membership",
                    "Nobody changes their own access; another owner can.");
        }
        if (!mayManage(scope, membership.place())) {
            scope.require(Right.MANAGE_PEOPLE);
        }
        return membership;
    }

    private static boolean mayManage(Scope scope, Place place) {
        return scope.may(Right.MANAGE_PEOPLE)
                || scope.may(Right.MANAGE_FRONT_DESK)
                        && place.role() == Role.FRONT_DESK
                        && isWithin(scope, place);
    }

    private static boolean isWithin(Scope scope, Place place) {
        return !scope.isLocationBound()
                || !place.locations().isEmpty() && scope.locations().containsAll(place.locations());
    }

    private void requireMayGive(Scope scope, Place place) {
        if (place.role() != Role.FRONT_DESK || !scope.may(Right.MANAGE_FRONT_DESK)) {
            scope.require(Right.MANAGE_PEOPLE);
        }
        if (!isWithin(scope, place)) {
            throw new HubException(
                    Problem.FORBIDDEN,
                    "access.beyond_own_locations",
                    "You can give access to your own locations only; choose among them.");
        }
        List<LocationRow> locations = merchants.locations(scope);
        for (LocationId location : place.locations()) {
            merchants.location(scope, location);
        }
        place.moneyLimit().ifPresent(limit -> requireLimit(scope, limit, locations));
    }

    private static void requireLimit(Scope scope, Money limit, List<LocationRow> locations) {
        if (locations.stream().noneMatch(l -> l.currency().equals(limit.asset()))) {
            throw HubException.ofField(
                    "limit",
                    "access.limit_currency",
                    "Give the limit in a currency that one of the locations charges in.");
        }
        boolean beyond =
                scope.moneyLimit()
                        .filter(
                                own ->
                                        !own.asset().equals(limit.asset())
                                                || limit.compareTo(own) > 0)
                        .isPresent();
        if (beyond) {
            throw new HubException(
                    Problem.FORBIDDEN,
                    "access.beyond_own_limit",
                    "You cannot give a higher limit than your own, "
                            + scope.moneyLimit().get()
                            + ".");
        }
    }

    private void requireAnotherOwner(Scope scope, UserId leaving) {
        List<Membership> owners =
                em.createQuery(
                                "select m from Membership m where m.merchant = :merchant and"
                                        + " m.role = :owner order by m.id",
                                Membership.class)
                        .setParameter("merchant", scope.merchant().value())
                        .setParameter("owner", Role.OWNER)
                        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                        .getResultList();
        boolean another =
                owners.stream()
                        .filter(m -> !m.user().equals(leaving.value()))
                        .map(this::user)
                        .anyMatch(u -> !u.isDisabled() && u.passwordHash().isPresent());
        if (!another) {
            throw new HubException(
                    Problem.CONFLICT,
                    "access.last_owner",
                    "This is the only owner who can log in; make somebody else an owner first.");
        }
    }

    private void requireHereOnly(Scope scope, HubUser user) {
        if (worksElsewhere(scope, user.id())) {
            throw new HubException(
                    Problem.CONFLICT,
                    "access.works_elsewhere",
                    "This person also works for another business, so their log-in is not yours to"
                            + " change. You can remove their access to this one.");
        }
    }

    private boolean worksElsewhere(Scope scope, UserId user) {
        return em.createQuery(
                                "select count(m) from Membership m where m.user = :user and"
                                        + " m.merchant <> :merchant",
                                Long.class)
                        .setParameter("user", user.value())
                        .setParameter("merchant", scope.merchant().value())
                        .getSingleResult()
                > 0;
    }

    private Optional<Membership> find(Scope scope, UserId user) {
        return em.createQuery(
                        "select m from Membership m where m.user = :user and m.merchant ="
                                + " :merchant",
                        Membership.class)
                .setParameter("user", user.value())
                .setParameter("merchant", scope.merchant().value())
                .getResultStream()
                .findFirst();
    }

    private HubUser user(Membership membership) {
        return em.find(HubUser.class, membership.user());
    }

    private static boolean isSelf(Scope scope, UserId user) {
        return scope.actor().isPerson() && scope.actor().id().equals(user.value());
    }

    private void note(Scope scope, String action, HubUser user, String before, String after) {
        audit.record(
                scope,
                action,
                "user",
                user.id().toString(),
                AuditDetails.of("name", user.name(), "before", before, "after", after));
    }

    private static String text(Place place) {
        String where =
                place.locations().isEmpty()
                        ? "all locations"
                        : place.locations().stream()
                                .map(LocationId::toString)
                                .sorted()
                                .collect(Collectors.joining(", "));
        return place.role()
                + " · "
                + where
                + " · "
                + place.moneyLimit().map(Money::toString).orElse("no limit set");
    }
}
