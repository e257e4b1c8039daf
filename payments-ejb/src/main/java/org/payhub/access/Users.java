package org.payhub.access;

import jakarta.ejb.Stateless;
import java.util.List;
import org.payhub.tenancy.MerchantId;
import org.payhub.tenancy.Scope;
import org.payhub.tenancy.UserId;

/** People who log in. */
@Stateless
public class Users {

    /** For the container. */
    public Users() {}

    public LoginResult logIn(String email, String password, String address) {
        throw new UnsupportedOperationException();
    }

    public List<MembershipRow> memberships(UserId user) {
        throw new UnsupportedOperationException();
    }

    public Scope scope(UserId user, MerchantId merchant, String address) {
        throw new UnsupportedOperationException();
    }
}
