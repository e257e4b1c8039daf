package org.payhub.access;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.payhub.audit.AuditDetails;
import org.payhub.audit.AuditLog;
import org.payhub.merchant.Merchants;
import org.payhub.merchant.NewMerchant;
import org.payhub.platform.HubConfig;
import org.payhub.platform.HubException;
import org.payhub.platform.MasterKey;
import org.payhub.platform.Problem;
import org.payhub.tenancy.Actor;
import org.payhub.tenancy.MerchantId;
import org.payhub.tenancy.Role;
import org.payhub.tenancy.UserId;

/**
 * Links by which people get in for the first time: good for one hour and for one use, 128 random
 * bits of which only the hash is kept.
 *
 * <p><b>Errors</b>: {@code access.setup_link_unknown}, {@code access.setup_link_used}, {@code
 * access.setup_link_expired}, {@code access.already_set_up}, and those of names, e-mail and
 * password on their fields.
 *
 * <p><b>Guarantee</b>: used at most once, {@code unique(token_hash)} and the row's lock.
 */
@Stateless
public class SetupLinks {

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Inject Passwords passwords;
    @Inject Merchants merchants;
    @Inject AuditLog audit;
    @Inject HubConfig config;
    @Inject Clock clock;

    /** For the container. */
    public SetupLinks() {}

    /** A link that makes the first business and its owner; none when there is a business. */
    public Optional<String> forFirstMerchant(Actor actor) {
        if (merchants.first().isPresent()) {
            return Optional.empty();
        }
        em.createQuery(
                        "update SetupLink l set l.expiresAt = :now where l.user is null and"
                                + " l.usedAt is null and l.expiresAt > :now")
                .setParameter("now", clock.instant())
                .executeUpdate();
        String url = make(em, config, null, null, clock.instant());
        audit.recordInstallation(actor, "access.setup_link", "installation", "", AuditDetails.NONE);
        return Optional.of(url);
    }

    /** Adds a business, and a link for the person who will own it. */
    public OwnerInvitation addMerchant(NewMerchant wanted, String ownerEmail, Actor actor) {
        String email = EmailAddress.checked(ownerEmail);
        MerchantId merchant = merchants.add(wanted, actor);
        HubUser owner = findByEmail(email).orElseGet(() -> added(email, email));
        em.persist(
                new Membership(
                        owner.id(), merchant, Place.everywhere(Role.OWNER), clock.instant()));
        // Who has a password already gets no link that could set another one.
        String url =
                owner.passwordHash().isPresent()
                        ? config.baseUrl() + "/login"
                        : replace(em, config, owner.id(), merchant, clock.instant());
        audit.recordFor(
                merchant,
                actor,
                "access.invite",
                "user",
                owner.id().toString(),
                AuditDetails.of("role", Role.OWNER.name()));
        return new OwnerInvitation(merchant, url);
    }

    /** What the link is for, as long as it is open. */
    public SetupInvitation find(String token) {
        SetupLink link = get(token, LockModeType.NONE);
        link.requireOpen(clock.instant());
        Optional<HubUser> user = link.user().map(id -> em.find(HubUser.class, id.value()));
        return new SetupInvitation(
                link.merchant().map(id -> merchants.get(id).name()),
                user.map(HubUser::email),
                user.map(HubUser::name),
                link.expiresAt());
    }

    /** Makes the first business and its owner, who is then logged in. */
    public LoginResult makeFirstMerchant(
            String token, NewMerchant wanted, OwnerCommand command, String address) {
        SetupLink link = get(token, LockModeType.PESSIMISTIC_WRITE);
        Instant now = clock.instant();
        link.use(now);
        if (link.user().isPresent()) {
            throw unknown();
        }
        if (merchants.first().isPresent()) {
            throw new HubException(
                    Problem.CONFLICT,
                    "access.already_set_up",
                    "A business was set up already. Log in, or have its owner invite you.");
        }
        HubUser owner = new HubUser(command.email(), command.name(), now);
        owner.setPassword(
                passwords.hashNew(command.password(), owner.email(), owner.name(), wanted.name()),
                now);
        em.persist(owner);
        Actor actor = actor(owner, address);
        MerchantId merchant = merchants.add(wanted, actor);
        em.persist(new Membership(owner.id(), merchant, Place.everywhere(Role.OWNER), now));
        audit.recordFor(
                merchant,
                actor,
                "access.owner_set_up",
                "user",
                owner.id().toString(),
                AuditDetails.NONE);
        return new LoginResult(owner.id(), owner.name(), owner.language(), now);
    }

    /** Sets the invited person's name and password; they are then logged in. */
    public LoginResult setPassword(String token, String name, String password, String address) {
        SetupLink link = get(token, LockModeType.PESSIMISTIC_WRITE);
        Instant now = clock.instant();
        link.use(now);
        HubUser user =
                link.user()
                        .map(id -> em.find(HubUser.class, id.value()))
                        .filter(found -> !found.isDisabled())
                        .orElseThrow(SetupLinks::unknown);
        user.rename(name);
        user.setPassword(passwords.hashNew(password, user.email(), user.name()), now);
        link.merchant()
                .ifPresent(
                        merchant ->
                                audit.recordFor(
                                        merchant,
                                        actor(user, address),
                                        "access.password_set",
                                        "user",
                                        user.id().toString(),
                                        AuditDetails.NONE));
        return new LoginResult(user.id(), user.name(), user.language(), now);
    }

    /**
     * A new link for that person; earlier ones end. No door: whoever calls it has asked for the
     * right.
     */
    static String replace(
            EntityManager em, HubConfig config, UserId user, MerchantId merchant, Instant now) {
        em.createQuery(
                        "update SetupLink l set l.expiresAt = :now where l.user = :user and"
                                + " l.usedAt is null and l.expiresAt > :now")
                .setParameter("now", now)
                .setParameter("user", user.value())
                .executeUpdate();
        return make(em, config, user, merchant, now);
    }

    private static String make(
            EntityManager em, HubConfig config, UserId user, MerchantId merchant, Instant now) {
        String token = MasterKey.token();
        em.persist(new SetupLink(hash(token), user, merchant, now));
        return config.baseUrl() + "/setup?token=" + token;
    }

    private HubUser added(String email, String name) {
        HubUser user = new HubUser(email, name, clock.instant());
        em.persist(user);
        return user;
    }

    private static Actor actor(HubUser user, String address) {
        return new Actor(Actor.Kind.USER, user.id().value(), user.name(), address);
    }

    private SetupLink get(String token, LockModeType lock) {
        return em.createQuery(
                        "select l from SetupLink l where l.tokenHash = :hash", SetupLink.class)
                .setParameter("hash", hash(token == null ? "" : token.strip()))
                .setLockMode(lock)
                .getResultStream()
                .findFirst()
                .orElseThrow(SetupLinks::unknown);
    }

    private static HubException unknown() {
        return new HubException(
                Problem.NOT_FOUND,
                "access.setup_link_unknown",
                "This link is not one that was given out. Copy the whole address and try again.");
    }

    private static byte[] hash(String token) {
        return MasterKey.sha256(token.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<HubUser> findByEmail(String email) {
        return em.createQuery("select u from HubUser u where u.email = :email", HubUser.class)
                .setParameter("email", email)
                .getResultStream()
                .findFirst();
    }
}
