package org.payhub.access;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.payhub.audit.AuditDetails;
import org.payhub.audit.AuditLog;
import org.payhub.merchant.MerchantMode;
import org.payhub.merchant.Merchants;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;
import org.payhub.platform.UnitOfWork;
import org.payhub.tenancy.Actor;
import org.payhub.tenancy.MerchantId;
import org.payhub.tenancy.Scope;
import org.payhub.tenancy.UserId;

/**
 * People who log in, and the scope that each has at a merchant.
 *
 * <p><b>Errors</b>: {@code access.login_refused} (the same for an unknown account, a wrong password
 * and a disabled person), {@code access.slow_down}, {@code access.busy}, {@code
 * access.no_membership}.
 */
@Stateless
public class Users {

    private static final System.Logger LOG = System.getLogger(Users.class.getName());

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Inject Passwords passwords;
    @Inject LoginAttempts attempts;
    @Inject Merchants merchants;
    @Inject MerchantMode mode;
    @Inject AuditLog audit;
    @Inject Clock clock;

    /** For the container. */
    public Users() {}

    /** Lets a person in. Costs the same whether the account exists or not. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public LoginResult logIn(String email, String password, String address) {
        String account = EmailAddress.lookedUp(email);
        UnitOfWork.run(() -> attempts.begin(account, address));
        Optional<HubUser> user = findByEmail(account).filter(found -> !found.isDisabled());
        String hash = user.flatMap(HubUser::passwordHash).orElse(null);
        if (!passwords.matches(password, hash) || user.isEmpty()) {
            LOG.log(System.Logger.Level.WARNING, "login refused address=" + address);
            throw new HubException(
                    Problem.UNAUTHENTICATED,
                    "access.login_refused",
                    "E-mail and password do not fit together. Check both and try again.");
        }
        UnitOfWork.run(() -> attempts.succeeded(account, address));
        LOG.log(System.Logger.Level.INFO, "login user=" + user.get().id() + " address=" + address);
        return begun(user.get());
    }

    private LoginResult begun(HubUser user) {
        return new LoginResult(user.id(), user.name(), user.language(), clock.instant());
    }

    /** Whether a session begun then still counts: the person may be disabled or logged out. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public boolean sessionStands(UserId user, Instant began) {
        return Optional.ofNullable(em.find(HubUser.class, user.value()))
                .filter(found -> found.allowsSession(began))
                .isPresent();
    }

    /** What the person is where, by the business's name. */
    public List<MembershipRow> memberships(UserId user) {
        return ofUser(user).stream()
                .map(
                        m ->
                                new MembershipRow(
                                        m.merchant(),
                                        merchants.get(m.merchant()).name(),
                                        m.role(),
                                        m.locations(),
                                        m.moneyLimit()))
                .sorted(java.util.Comparator.comparing(MembershipRow::merchantName))
                .toList();
    }

    /** What the person may see and do at that merchant now. */
    public Scope scope(UserId user, MerchantId merchant, String address) {
        Membership membership =
                ofUser(user).stream()
                        .filter(m -> m.merchant().equals(merchant))
                        .findFirst()
                        .orElseThrow(Users::noMembership);
        HubUser person = em.find(HubUser.class, user.value());
        if (person == null || person.isDisabled()) {
            throw noMembership();
        }
        return new Scope(
                merchant,
                new Actor(Actor.Kind.USER, user.value(), person.name(), address),
                membership.role(),
                membership.locations(),
                membership.moneyLimit(),
                mode.livemode(merchant));
    }

    private static HubException noMembership() {
        return new HubException(
                Problem.FORBIDDEN,
                "access.no_membership",
                "You do not work for this business. One of its owners can invite you.");
    }

    /**
     * Changes the person's own password; every session but the one that asks ends.
     *
     * <p><b>Errors</b>: {@code access.password_wrong} on {@code currentPassword}, and those of a
     * new password.
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRED)
    public LoginResult changePassword(
            UserId user, String currentPassword, String newPassword, String address) {
        HubUser person = get(user);
        attempts.begin(person.email(), address);
        if (!passwords.matches(currentPassword, person.passwordHash().orElse(null))) {
            throw HubException.ofField(
                    "currentPassword",
                    "access.password_wrong",
                    "This is not your present password.");
        }
        person.setPassword(
                passwords.hashNew(newPassword, person.email(), person.name()), clock.instant());
        for (Membership membership : ofUser(user)) {
            audit.recordFor(
                    membership.merchant(),
                    new Actor(Actor.Kind.USER, user.value(), person.name(), address),
                    "access.password_change",
                    "user",
                    user.toString(),
                    AuditDetails.NONE);
        }
        attempts.succeeded(person.email(), address);
        return begun(person);
    }

    /** Changes the language of the person's screens. */
    public void changeLanguage(UserId user, String language) {
        get(user).speak(language);
    }

    /** Ends every session of the person, this one too. */
    public void endSessions(UserId user) {
        get(user).endSessions(clock.instant());
    }

    private HubUser get(UserId user) {
        return Optional.ofNullable(em.find(HubUser.class, user.value()))
                .orElseThrow(() -> HubException.notFound("user"));
    }

    private Optional<HubUser> findByEmail(String email) {
        return em.createQuery("select u from HubUser u where u.email = :email", HubUser.class)
                .setParameter("email", email)
                .getResultStream()
                .findFirst();
    }

    private List<Membership> ofUser(UserId user) {
        return em.createQuery(
                        "select m from Membership m where m.user = :user order by m.merchant",
                        Membership.class)
                .setParameter("user", user.value())
                .getResultList();
    }
}
