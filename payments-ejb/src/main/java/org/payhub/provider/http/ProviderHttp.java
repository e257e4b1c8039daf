package org.payhub.provider.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.payhub.platform.HubConfig;
import org.payhub.platform.Ids;
import org.payhub.provider.spi.ProviderUnavailable;

/**
 * The only place that calls a provider. Connecting takes at most 5 s, one call at most 25 s from
 * its first to its last byte, an answer has at most 2 MiB; redirects are answers, never followed (a
 * key must not travel on to another host).
 *
 * <p>Whatever the provider answers comes back as a reply. <b>Errors</b>: {@link
 * ProviderUnavailable} when there was no answer, saying whether the request may have arrived, and
 * when calls are paused because the last ones failed.
 *
 * <p><b>Guarantee</b>: each call leaves a redacted row in {@code provider_call}, as far as the
 * database takes it; recording never fails or delays a call.
 */
@ApplicationScoped
public class ProviderHttp {

    private static final System.Logger LOG = System.getLogger(ProviderHttp.class.getName());

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int LARGEST_ANSWER = 2 * 1024 * 1024;

    private HttpClient client;
    private HubConfig config;
    private CallLog log;
    private Circuits circuits;
    private Clock clock;

    /** For the container. */
    protected ProviderHttp() {}

    @Inject
    ProviderHttp(HubConfig config, CallLog log, Circuits circuits, Clock clock) {
        this.config = config;
        this.log = log;
        this.circuits = circuits;
        this.clock = clock;
        // HTTP/1.1: one exchange per connection, so that a cancelled call ends its connection.
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
    }

    /** Outside a container: the real thing, without a record of calls. */
    public static ProviderHttp standalone(HubConfig config, Clock clock) {
        return new ProviderHttp(config, new CallLog(), new Circuits(clock), clock);
    }

    /** Where a provider's interface is: the operator's address, else the provider's own. */
    public String base(String provider, String own) {
        String base = config.apiBase(provider).orElse(own);
        return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }

    /** Whether the operator moved this provider's interface elsewhere (a simulator). */
    public boolean isMoved(String provider) {
        return config.apiBase(provider).isPresent();
    }

    /** Makes the call and waits for its answer. */
    public ProviderReply send(ProviderCall call) {
        if (!circuits.admits(call)) {
            throw new ProviderUnavailable(
                    "The provider has not been answering; the next try is made in a moment.",
                    false,
                    null);
        }
        Instant calledAt = clock.instant();
        long began = System.nanoTime();
        try {
            ProviderReply reply = exchange(call);
            if (reply.status() >= 500) {
                circuits.failed(call);
            } else {
                circuits.succeeded(call);
            }
            record(call, calledAt, began, reply, null);
            return reply;
        } catch (ProviderUnavailable e) {
            circuits.failed(call);
            record(call, calledAt, began, null, e.getMessage());
            throw e;
        }
    }

    private ProviderReply exchange(ProviderCall call) {
        Duration within = call.within();
        if (within.isNegative() || within.isZero()) {
            throw new ProviderUnavailable("There was no time left for the call.", false, null);
        }
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request(call), info -> new CappedBody(LARGEST_ANSWER));
        try {
            HttpResponse<byte[]> response = answer.get(within.toMillis(), TimeUnit.MILLISECONDS);
            return new ProviderReply(response.statusCode(), response.headers(), response.body());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new ProviderUnavailable(
                    "The provider did not answer within " + within.toSeconds() + " seconds.",
                    true,
                    e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new ProviderUnavailable("The call was interrupted.", true, e);
        } catch (ExecutionException e) {
            throw noAnswer(e.getCause());
        }
    }

    private static HttpRequest request(ProviderCall call) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(call.address())
                        .method(
                                call.method(),
                                call.body().length == 0
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofByteArray(call.body()));
        request.header("User-Agent", "Payhub/1");
        for (ProviderCall.Header header : call.headers()) {
            request.header(header.name(), header.value());
        }
        return request.build();
    }

    private static ProviderUnavailable noAnswer(Throwable cause) {
        boolean neverSent = false;
        for (Throwable c = cause; c != null && c.getCause() != c; c = c.getCause()) {
            neverSent |=
                    c instanceof ConnectException
                            || c instanceof HttpConnectTimeoutException
                            || c instanceof UnknownHostException
                            || c instanceof SSLHandshakeException;
        }
        if (!(cause instanceof IOException) && !neverSent) {
            throw new IllegalStateException("A call to a provider could not be made", cause);
        }
        return new ProviderUnavailable(
                neverSent
                        ? "The provider could not be reached."
                        : "The connection to the provider broke off.",
                !neverSent,
                cause);
    }

    private void record(
            ProviderCall call, Instant calledAt, long began, ProviderReply reply, String problem) {
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        String result = "failed";
        if (reply != null && reply.status() < 500) {
            result = reply.isSuccess() ? "ok" : "refused";
        }
        String requestId =
                reply == null
                        ? null
                        : reply.header(call.requestIdHeader())
                                .filter(id -> id.length() <= 255)
                                .orElse(null);
        LOG.log(
                Level.DEBUG,
                "provider called provider={0} operation={1} result={2} ms={3} request={4}",
                call.provider(),
                call.operation(),
                result,
                Long.toString(millis),
                requestId);
        log.add(
                new CallRecord(
                        Ids.next(),
                        call.owner().merchant(),
                        call.owner().integration().orElse(null),
                        call.provider(),
                        call.operation(),
                        call.method(),
                        Redaction.address(call.address(), call.hidden()),
                        result,
                        reply == null ? null : reply.status(),
                        problem,
                        (int) Math.min(millis, Integer.MAX_VALUE),
                        requestId,
                        call.body().length == 0
                                ? null
                                : Redaction.excerpt(call.body(), call.hidden()),
                        reply == null || reply.text().isEmpty()
                                ? null
                                : Redaction.excerpt(reply.body(), call.hidden()),
                        calledAt));
    }

    /** An address of that provider's interface. */
    public URI address(String provider, String own, String path) {
        return URI.create(base(provider, own) + path);
    }
}
