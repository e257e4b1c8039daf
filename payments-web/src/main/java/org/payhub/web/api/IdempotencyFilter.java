package org.payhub.web.api;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.payhub.apikey.IdempotentAnswers;
import org.payhub.platform.HubException;
import org.payhub.platform.MasterKey;
import org.payhub.platform.Problem;

/**
 * Cuts bodies at 1 MiB and, for a POST with an {@code Idempotency-Key}, answers a repeated call as
 * the first one was answered. Failures of ours are not kept: the call may then be made again with
 * its key.
 */
@Provider
@Priority(Priorities.AUTHENTICATION + 10)
public class IdempotencyFilter implements ContainerRequestFilter, ContainerResponseFilter {

    private static final int LARGEST_BODY = 1 << 20;
    private static final int LONGEST_KEY = 255;
    private static final String BEGUN = "payhub.idempotency";
    private static final String REPLAYED = "Idempotent-Replayed";

    @Inject IdempotentAnswers answers;
    @Inject ApiCaller caller;

    /** For the container. */
    public IdempotencyFilter() {}

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        if (!request.getMethod().equals("POST")) {
            return;
        }
        byte[] body = request.getEntityStream().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            request.abortWith(
                    ProblemJson.of(
                                    413,
                                    "request.too_large",
                                    "The body is larger than 1 MiB.",
                                    Optional.empty(),
                                    Optional.empty())
                            .build());
            return;
        }
        request.setEntityStream(new ByteArrayInputStream(body));
        String key = request.getHeaderString("Idempotency-Key");
        if (key != null) {
            begin(request, key.strip(), body);
        }
    }

    private void begin(ContainerRequestContext request, String key, byte[] body) {
        if (key.isEmpty() || key.length() > LONGEST_KEY) {
            throw new HubException(
                    Problem.INVALID,
                    "idempotency.key_invalid",
                    "The Idempotency-Key has 1 to 255 characters.");
        }
        String path = request.getUriInfo().getRequestUri().getPath();
        byte[] scopeKey =
                IdempotentAnswers.scopeKey(caller.scope().actor().id().toString(), path, key);
        Optional<IdempotentAnswers.Answer> earlier =
                answers.begin(scopeKey, MasterKey.sha256(body));
        if (earlier.isPresent()) {
            request.abortWith(
                    Response.status(earlier.get().status())
                            .type(earlier.get().contentType())
                            .entity(new String(earlier.get().body(), StandardCharsets.UTF_8))
                            .header(REPLAYED, "true")
                            .build());
            return;
        }
        request.setProperty(BEGUN, scopeKey);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(BEGUN) instanceof byte[] scopeKey) {
            request.removeProperty(BEGUN);
            boolean settled = response.getStatus() < 500 && response.getStatus() != 409;
            if (settled) {
                answers.finish(scopeKey, answer(response));
            } else {
                answers.giveUp(scopeKey);
            }
        }
    }

    /** Every POST answers with text, so that it can be kept as it is. */
    private static IdempotentAnswers.Answer answer(ContainerResponseContext response) {
        MediaType type = response.getMediaType();
        String text = response.getEntity() == null ? "" : response.getEntity().toString();
        return new IdempotentAnswers.Answer(
                response.getStatus(),
                type == null ? "" : type.toString(),
                text.getBytes(StandardCharsets.UTF_8));
    }
}
