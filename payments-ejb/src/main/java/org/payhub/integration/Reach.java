package org.payhub.integration;

import org.payhub.tenancy.Scope;

/** What a caller who is bound to some locations may see and change of integrations. */
record Reach(Scope scope) {

    static Reach of(Scope scope) {
        return new Reach(scope);
    }

    /** Used at one of the caller's locations. */
    boolean sees(Integration integration) {
        return !scope.isLocationBound()
                || integration.locations().isEmpty()
                || integration.locations().stream().anyMatch(scope::sees);
    }

    /** Used at the caller's locations alone. */
    boolean covers(Integration integration) {
        return !scope.isLocationBound()
                || (!integration.locations().isEmpty()
                        && integration.locations().stream().allMatch(scope::sees));
    }
}
