package org.payhub.web.api;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.Locale;
import java.util.Optional;
import org.payhub.apikey.ApiKeys;
import org.payhub.platform.HubException;
import org.payhub.tenancy.Scope;
import org.payhub.web.shared.RequestInfo;

/**
 * Lets nobody in without an API key. {@code ?livemode=} turns the scope to the other mode; without
 * it a merchant with a live integration sees real money, any other test money.
 */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class BearerFilter implements ContainerRequestFilter {

    private static final String SCHEME = "bearer ";

    @Inject ApiKeys keys;
    @Inject ApiCaller caller;
    @Inject RequestInfo requestInfo;

    @Context HttpServletRequest servletRequest;

    /** For the container. */
    public BearerFilter() {}

    @Override
    public void filter(ContainerRequestContext request) {
        String header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        Scope scope =
                Optional.ofNullable(header)
                        .filter(h -> h.toLowerCase(Locale.ROOT).startsWith(SCHEME))
                        .map(h -> h.substring(SCHEME.length()).strip())
                        .filter(key -> !key.isEmpty())
                        .flatMap(
                                key ->
                                        keys.authenticate(
                                                key, requestInfo.clientAddress(servletRequest)))
                        .orElseThrow(ApiCaller::unknown);
        String mode = request.getUriInfo().getQueryParameters().getFirst("livemode");
        caller.is(mode == null ? scope : scope.withLivemode(mode(mode)));
    }

    private static boolean mode(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default ->
                    throw HubException.ofField(
                            "livemode",
                            "request.not_a_boolean",
                            "livemode is true (real money) or false (test money).");
        };
    }
}
