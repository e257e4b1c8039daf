package org.payhub.web.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.provider.spi.WebhookReply;
import org.payhub.web.shared.RequestInfo;
import org.payhub.webhook.WebhookIntake;

/**
 * The addresses that providers call: {@code /payments/prepaid/{provider}[/{webhookKey}[/{kind}]]}.
 * Reads the exact bytes, at most 256 KiB, hands them on and passes the answer back; knows nothing
 * else. A compressed body is taken as the bytes that came.
 */
@ApplicationScoped
@Path("{provider}")
public class WebhookResource {

    private static final System.Logger LOG = System.getLogger(WebhookResource.class.getName());

    static final int LARGEST = 256 * 1024;

    private static final int MOST_HEADERS = 100;
    private static final String RETRY_SECONDS = "5";

    @Inject WebhookIntake intake;
    @Inject RequestInfo requests;
    @Inject Clock clock;

    /** For the container. */
    public WebhookResource() {}

    @POST
    @Operation(hidden = true)
    public CompletionStage<Response> post(
            @PathParam("provider") String provider,
            @Context HttpServletRequest request,
            InputStream body) {
        return take(provider, Optional.empty(), Optional.empty(), request, body);
    }

    @GET
    @Operation(hidden = true)
    public CompletionStage<Response> get(
            @PathParam("provider") String provider, @Context HttpServletRequest request) {
        return take(provider, Optional.empty(), Optional.empty(), request, empty());
    }

    @POST
    @Path("{webhookKey}")
    @Operation(hidden = true)
    public CompletionStage<Response> postKeyed(
            @PathParam("provider") String provider,
            @PathParam("webhookKey") String webhookKey,
            @Context HttpServletRequest request,
            InputStream body) {
        return take(provider, Optional.of(webhookKey), Optional.empty(), request, body);
    }

    @GET
    @Path("{webhookKey}")
    @Operation(hidden = true)
    public CompletionStage<Response> getKeyed(
            @PathParam("provider") String provider,
            @PathParam("webhookKey") String webhookKey,
            @Context HttpServletRequest request) {
        return take(provider, Optional.of(webhookKey), Optional.empty(), request, empty());
    }

    @POST
    @Path("{webhookKey}/{kind}")
    @Operation(hidden = true)
    public CompletionStage<Response> postKind(
            @PathParam("provider") String provider,
            @PathParam("webhookKey") String webhookKey,
            @PathParam("kind") String kind,
            @Context HttpServletRequest request,
            InputStream body) {
        return take(provider, Optional.of(webhookKey), Optional.of(kind), request, body);
    }

    @GET
    @Path("{webhookKey}/{kind}")
    @Operation(hidden = true)
    public CompletionStage<Response> getKind(
            @PathParam("provider") String provider,
            @PathParam("webhookKey") String webhookKey,
            @PathParam("kind") String kind,
            @Context HttpServletRequest request) {
        return take(provider, Optional.of(webhookKey), Optional.of(kind), request, empty());
    }

    private CompletionStage<Response> take(
            String provider,
            Optional<String> webhookKey,
            Optional<String> kindInPath,
            HttpServletRequest request,
            InputStream body) {
        Optional<byte[]> bytes;
        try {
            bytes = request.getContentLengthLong() > LARGEST ? Optional.empty() : read(body);
        } catch (IOException e) {
            // The sender stopped in the middle; there is nobody left to be told more.
            LOG.log(System.Logger.Level.DEBUG, "a webhook ended before its end", e);
            return done(Response.status(400).header("Connection", "close"));
        }
        if (bytes.isEmpty()) {
            return done(Response.status(413).header("Connection", "close"));
        }
        String query = Optional.ofNullable(request.getQueryString()).orElse("");
        RawWebhook raw =
                new RawWebhook(
                        request.getMethod(),
                        kindInPath.or(() -> type(query)),
                        query,
                        headers(request),
                        bytes.get(),
                        clock.instant());
        return intake.receive(provider, webhookKey, raw, requests.clientAddress(request))
                .thenApply(WebhookResource::response);
    }

    /** Reads to the end, or gives up as soon as there is more than is taken. */
    static Optional<byte[]> read(InputStream body) throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(8_192);
        byte[] buffer = new byte[8_192];
        for (int length = body.read(buffer); length >= 0; length = body.read(buffer)) {
            if (kept.size() + length > LARGEST) {
                return Optional.empty();
            }
            kept.write(buffer, 0, length);
        }
        return Optional.of(kept.toByteArray());
    }

    /** The kind that {@code ?type=} names; only plain letters are one. */
    static Optional<String> type(String query) {
        for (String pair : query.split("&")) {
            if (pair.startsWith("type=")) {
                String value = pair.substring("type=".length());
                boolean plain =
                        !value.isEmpty()
                                && value.length() <= 32
                                && value.chars()
                                        .allMatch(
                                                c ->
                                                        c >= 'a' && c <= 'z'
                                                                || c >= 'A' && c <= 'Z'
                                                                || c == '_'
                                                                || c == '-');
                return plain ? Optional.of(value) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Map<String, List<String>> headers(HttpServletRequest request) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            if (headers.size() < MOST_HEADERS) {
                headers.putIfAbsent(name, Collections.list(request.getHeaders(name)));
            }
        }
        return headers;
    }

    private static Response response(WebhookReply reply) {
        Response.ResponseBuilder response = Response.status(reply.status());
        if (!reply.body().isEmpty()) {
            response.entity(reply.body()).header("Content-Type", reply.contentType());
        }
        if (reply.status() == 503 || reply.status() == 429) {
            response.header("Retry-After", RETRY_SECONDS);
        }
        return response.build();
    }

    private static CompletionStage<Response> done(Response.ResponseBuilder response) {
        return CompletableFuture.completedFuture(response.build());
    }

    private static InputStream empty() {
        return InputStream.nullInputStream();
    }
}
