package org.payhub.web.access;

import jakarta.enterprise.context.SessionScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.payhub.access.LoginResult;
import org.payhub.access.MembershipRow;
import org.payhub.access.Users;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;
import org.payhub.tenancy.MerchantId;
import org.payhub.tenancy.Right;
import org.payhub.tenancy.Role;
import org.payhub.tenancy.Scope;
import org.payhub.tenancy.UserId;

/**
 * The person of this session and the merchant they look at. What they may do is read anew with
 * every change they ask for and else every two seconds, so that a right that was taken away, or a
 * person who was disabled, is gone at once.
 */
@Named("signedInUser")
@SessionScoped
public class SignedInUser implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final Duration FRESH = Duration.ofSeconds(2);

    /** However busy somebody is, after this long the password is asked for again. */
    private static final Duration LONGEST_SESSION = Duration.ofHours(12);

    @Inject Users users;
    @Inject Clock clock;

    private volatile UserId user;
    private volatile String name;
    private volatile String language;
    private volatile Instant began;
    private volatile MerchantId merchant;
    private volatile String address = "";
    private transient volatile Scope scope;
    private volatile Instant checkedAt = Instant.EPOCH;

    public boolean isKnown() {
        return user != null;
    }

    /**
     * Begins the session of a person whose password was right.
     *
     * <p><b>Errors</b>: {@code access.no_membership} when no business has them any more.
     */
    public void begin(LoginResult login, String from) {
        List<MembershipRow> places = users.memberships(login.user());
        if (places.isEmpty()) {
            throw new HubException(
                    Problem.FORBIDDEN,
                    "access.no_membership",
                    "You do not work for any business here. An owner of one can invite you.");
        }
        user = login.user();
        name = login.name();
        language = login.language();
        began = login.at();
        address = from;
        merchant = places.get(0).merchant();
        forget();
    }

    /** Forgets the person; the session itself is ended by whoever asks. */
    public void end() {
        user = null;
        merchant = null;
        forget();
    }

    private void forget() {
        scope = null;
        checkedAt = Instant.EPOCH;
    }

    /**
     * Whether the session still counts, asked at the beginning of each request.
     *
     * @param anew whether something is to be changed, so that nothing remembered may count
     */
    boolean stands(String from, boolean anew) {
        Instant now = clock.instant();
        if (user == null || !began.plus(LONGEST_SESSION).isAfter(now)) {
            return false;
        }
        if (!address.equals(from)) {
            address = from;
            forget();
        }
        if (!anew && checkedAt.plus(FRESH).isAfter(now)) {
            return true;
        }
        if (!users.sessionStands(user, began)) {
            return false;
        }
        forget();
        try {
            scope();
        } catch (HubException e) {
            // Not at this business any more: perhaps at another one.
            List<MembershipRow> places = users.memberships(user);
            if (places.isEmpty()) {
                return false;
            }
            merchant = places.get(0).merchant();
        }
        checkedAt = now;
        return true;
    }

    public UserId user() {
        return user;
    }

    public String getName() {
        return name;
    }

    public String getLanguage() {
        return language;
    }

    /** Where the person asks from. */
    public String address() {
        return address;
    }

    /** Takes over a session that goes on after the password was changed. */
    void continueAs(LoginResult login) {
        began = login.at();
        name = login.name();
        forget();
    }

    /** The businesses this person belongs to. */
    public List<MembershipRow> memberships() {
        return users.memberships(user);
    }

    /** Looks at another business of the same person from now on. */
    public void lookAt(MerchantId wanted) {
        if (memberships().stream().noneMatch(m -> m.merchant().equals(wanted))) {
            throw HubException.notFound("merchant");
        }
        merchant = wanted;
        forget();
    }

    /**
     * What this person may see and do at the merchant they look at.
     *
     * <p><b>Errors</b>: {@code access.not_signed_in}, {@code access.no_membership}.
     */
    public Scope scope() {
        UserId person = user;
        MerchantId at = merchant;
        if (person == null || at == null) {
            throw new HubException(
                    Problem.UNAUTHENTICATED, "access.not_signed_in", "Log in to go on.");
        }
        Scope known = scope;
        if (known == null) {
            known = users.scope(person, at, address);
            scope = known;
            checkedAt = clock.instant();
        }
        return known;
    }

    public Role getRole() {
        return scope().role();
    }

    public boolean may(Right right) {
        return scope().may(right);
    }
}
