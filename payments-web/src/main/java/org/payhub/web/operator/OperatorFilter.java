package org.payhub.web.operator;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.payhub.platform.HubConfig;
import org.payhub.platform.HubException;
import org.payhub.platform.MasterKey;
import org.payhub.platform.Problem;
import org.payhub.web.shared.RequestInfo;

/**
 * Lets the operator in: with {@code PAYHUB_OPERATOR_TOKEN} from anywhere; without one set, from
 * this very machine. Where a token is set, only looking at health does without it, and only here.
 */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class OperatorFilter implements ContainerRequestFilter {

    private static final String SCHEME = "bearer ";

    @Inject HubConfig config;
    @Inject RequestInfo requests;

    @Context HttpServletRequest servletRequest;

    /** For the container. */
    public OperatorFilter() {}

    @Override
    public void filter(ContainerRequestContext request) {
        Optional<String> token = config.operatorToken();
        boolean told =
                Optional.ofNullable(request.getHeaderString(HttpHeaders.AUTHORIZATION))
                        .filter(h -> h.toLowerCase(Locale.ROOT).startsWith(SCHEME))
                        .map(h -> h.substring(SCHEME.length()).strip())
                        .filter(given -> token.filter(t -> isSame(t, given)).isPresent())
                        .isPresent();
        boolean looking =
                request.getMethod().equals(HttpMethod.GET)
                        && request.getUriInfo().getPath().equals("health");
        boolean here = requests.isLoopback(servletRequest) && (token.isEmpty() || looking);
        if (!told && !here) {
            throw new HubException(
                    Problem.UNAUTHENTICATED,
                    "operator.unknown",
                    "This is for the operator: from this machine, or with PAYHUB_OPERATOR_TOKEN as"
                            + " Authorization: Bearer <token>.");
        }
    }

    /** Over digests, so that the time says nothing of length or content. */
    private static boolean isSame(String token, String given) {
        return java.security.MessageDigest.isEqual(
                MasterKey.sha256(token.getBytes(StandardCharsets.UTF_8)),
                MasterKey.sha256(given.getBytes(StandardCharsets.UTF_8)));
    }
}
