package org.payhub.web.api;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;
import org.payhub.tenancy.Scope;

/** Who makes this call: the scope of the API key that it bears. */
@RequestScoped
class ApiCaller {

    private Scope scope;

    void is(Scope caller) {
        scope = caller;
    }

    /** The caller's scope; a call without one never gets past the filter. */
    Scope scope() {
        if (scope == null) {
            throw unknown();
        }
        return scope;
    }

    /** The same, for what also answers calls that were let in by nobody. */
    Optional<Scope> find() {
        return Optional.ofNullable(scope);
    }

    static HubException unknown() {
        return new HubException(
                Problem.UNAUTHENTICATED,
                "api.key_missing_or_wrong",
                "Send a valid API key as Authorization: Bearer <key>. Keys are made under"
                        + " Settings → People and rights.");
    }
}
