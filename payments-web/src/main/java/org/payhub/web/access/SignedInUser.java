package org.payhub.web.access;

import jakarta.enterprise.context.SessionScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import org.payhub.access.LoginResult;
import org.payhub.access.MembershipRow;
import org.payhub.access.Users;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;
import org.payhub.tenancy.MerchantId;
import org.payhub.tenancy.Scope;
import org.payhub.tenancy.UserId;

/**
 * The person of this session and the merchant they look at. The scope is built anew for every
 * request, so that a right that was taken away is gone at once.
 */
@Named("signedInUser")
@SessionScoped
public class SignedInUser implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject Users users;

    private UserId user;
    private String name;
    private String language;
    private MerchantId merchant;

    public boolean isKnown() {
        return user != null;
    }

    /** Begins the session of a person whose password was right. */
    public void begin(LoginResult login) {
        user = login.user();
        name = login.name();
        language = login.language();
        merchant =
                users.memberships(user).stream()
                        .findFirst()
                        .map(MembershipRow::merchant)
                        .orElse(null);
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
    }

    /** What this person may see and do at the merchant they look at. */
    public Scope scope() {
        if (user == null || merchant == null) {
            throw new HubException(
                    Problem.UNAUTHENTICATED, "access.not_signed_in", "Log in to go on.");
        }
        return users.scope(user, merchant, "");
    }
}
