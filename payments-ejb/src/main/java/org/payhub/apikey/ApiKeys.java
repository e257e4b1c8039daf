package org.payhub.apikey;

import jakarta.ejb.Stateless;
import java.util.List;
import java.util.Optional;
import org.payhub.money.Money;
import org.payhub.tenancy.Scope;

/** Keys of other programs. */
@Stateless
public class ApiKeys {

    /** For the container. */
    public ApiKeys() {}

    public Optional<Scope> authenticate(String bearer, String address) {
        throw new UnsupportedOperationException();
    }

    public NewApiKey make(Scope scope, String name, Optional<Money> limit) {
        throw new UnsupportedOperationException();
    }

    public List<ApiKeyRow> list(Scope scope) {
        throw new UnsupportedOperationException();
    }

    public void revoke(Scope scope, ApiKeyId id) {
        throw new UnsupportedOperationException();
    }
}
