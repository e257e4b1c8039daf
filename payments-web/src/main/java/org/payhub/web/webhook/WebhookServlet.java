package org.payhub.web.webhook;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.payhub.integration.CallbackAddress;
import org.payhub.platform.HubException;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.provider.spi.WebhookReply;
import org.payhub.web.shared.RequestInfo;
import org.payhub.webhook.WebhookIntake;

/**
 * The addresses that providers call: {@code /payments/prepaid/{provider}[/{webhookKey}[/{kind}]]}.
 * Takes the exact bytes, at most 256 KiB, hands them on and passes the answer back; knows nothing
 * else. A compressed body is taken as the bytes that came.
 *
 * <p>A plain servlet, because this path is measured: what a framework does around each request cost
 * more than verifying and storing it (BENCH.md).
 */
@WebServlet(
        name = "webhooks",
        urlPatterns = "/payments/prepaid/*",
        asyncSupported = true,
        loadOnStartup = 1)
public class WebhookServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    static final int LARGEST = 256 * 1024;

    /**
     * How many requests may keep their thread while they are stored; the others are called back.
     */
    private static final int WAITING_HERE = 80;

    /** A commit takes a few milliseconds; a database that is slower must not hold threads. */
    private static final long WAITS_HERE_MILLIS = 100;

    private static final int ANSWERING = 4;
    private static final int MOST_HEADERS = 100;
    private static final String RETRY_SECONDS = "5";

    @Inject transient WebhookIntake intake;
    @Inject transient CallbackAddress callback;
    @Inject transient RequestInfo requests;
    @Inject transient Clock clock;
    @Resource transient ManagedThreadFactory threads;
    @Resource transient ManagedScheduledExecutorService deadlines;

    private final transient Semaphore here = new Semaphore(WAITING_HERE);

    /**
     * Answers those that were not waited for. A plain pool: the server's own executor looks for
     * what of the caller's context goes along, for every piece of work, in every jar.
     */
    private transient ExecutorService answering;

    /** Whose address it is, as the path says. */
    record Address(String provider, Optional<String> webhookKey, Optional<String> kind) {

        static Optional<Address> of(String pathInfo) {
            if (pathInfo == null || !pathInfo.startsWith("/")) {
                return Optional.empty();
            }
            String path =
                    pathInfo.endsWith("/")
                            ? pathInfo.substring(1, Math.max(1, pathInfo.length() - 1))
                            : pathInfo.substring(1);
            String[] parts = path.split("/", -1);
            for (String part : parts) {
                if (part.isEmpty()) {
                    return Optional.empty();
                }
            }
            return parts.length > 3
                    ? Optional.empty()
                    : Optional.of(
                            new Address(
                                    parts[0],
                                    parts.length > 1 ? Optional.of(parts[1]) : Optional.empty(),
                                    parts.length > 2 ? Optional.of(parts[2]) : Optional.empty()));
        }
    }

    /** For the container. */
    public WebhookServlet() {}

    @Override
    public void init() {
        answering = Executors.newFixedThreadPool(ANSWERING, threads);
    }

    @Override
    public void destroy() {
        answering.shutdown();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<Address> address = Address.of(request.getPathInfo());
        if (address.isEmpty()) {
            response.setStatus(404);
            return;
        }
        take(address.get(), request, response, new byte[0]);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<Address> address = Address.of(request.getPathInfo());
        if (address.isEmpty()) {
            response.setStatus(404);
            return;
        }
        String question = request.getHeader(CallbackAddress.QUESTION);
        if (question != null) {
            answerQuestion(address.get(), question, response);
            return;
        }
        long length = request.getContentLengthLong();
        if (length > LARGEST) {
            close(response, 413);
            return;
        }
        ServletInputStream in = request.getInputStream();
        if (length >= 0 && in.available() >= length) {
            take(address.get(), request, response, in.readNBytes((int) length));
            return;
        }
        // What is not here yet is waited for without a thread, and not for long.
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(0);
        new SlowBody(
                        in,
                        LARGEST,
                        body -> takeLater(address.get(), async, body),
                        status -> {
                            close(response, status);
                            async.complete();
                        })
                .await(deadlines);
    }

    /** We ask ourselves whether this address is reached; nothing is stored or counted. */
    private void answerQuestion(Address address, String question, HttpServletResponse response) {
        try {
            Optional<String> answer =
                    address.webhookKey()
                            .flatMap(key -> callback.answer(address.provider(), key, question));
            answer.ifPresent(text -> response.setHeader(CallbackAddress.ANSWER, text));
            response.setStatus(answer.isPresent() ? 204 : 404);
        } catch (HubException e) {
            response.setStatus(503);
        }
    }

    private void take(
            Address address, HttpServletRequest request, HttpServletResponse response, byte[] body)
            throws IOException {
        CompletableFuture<WebhookReply> reply = receive(address, request, body);
        Optional<WebhookReply> soon = awaitHere(reply);
        if (soon.isPresent()) {
            answer(response, soon.get());
            return;
        }
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(0);
        answerLater(async, response, reply);
    }

    private void takeLater(Address address, AsyncContext async, byte[] body) {
        HttpServletRequest request = (HttpServletRequest) async.getRequest();
        answerLater(
                async, (HttpServletResponse) async.getResponse(), receive(address, request, body));
    }

    private CompletableFuture<WebhookReply> receive(
            Address address, HttpServletRequest request, byte[] body) {
        String query = Optional.ofNullable(request.getQueryString()).orElse("");
        RawWebhook raw =
                new RawWebhook(
                        request.getMethod(),
                        address.kind().or(() -> type(query)),
                        query,
                        headers(request),
                        body,
                        clock.instant());
        return intake.receive(
                        address.provider(),
                        address.webhookKey(),
                        raw,
                        requests.clientAddress(request))
                .toCompletableFuture();
    }

    /** The reply, if it comes so soon that it costs less to wait than to be called back. */
    private Optional<WebhookReply> awaitHere(CompletableFuture<WebhookReply> reply) {
        boolean waits = !reply.isDone();
        if (waits && !here.tryAcquire()) {
            return Optional.empty();
        }
        try {
            return Optional.of(reply.get(WAITS_HERE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(WebhookReply.empty(503));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(WebhookReply.empty(503));
        } finally {
            if (waits) {
                here.release();
            }
        }
    }

    private void answerLater(
            AsyncContext async,
            HttpServletResponse response,
            CompletableFuture<WebhookReply> reply) {
        reply.whenCompleteAsync(
                (given, thrown) -> {
                    try {
                        answer(response, thrown == null ? given : WebhookReply.empty(503));
                    } catch (IOException e) {
                        log("a webhook's sender is gone: " + e.getMessage());
                    } finally {
                        async.complete();
                    }
                },
                answering);
    }

    private static void answer(HttpServletResponse response, WebhookReply reply)
            throws IOException {
        response.setStatus(reply.status());
        if (reply.status() == 503 || reply.status() == 429) {
            response.setHeader("Retry-After", RETRY_SECONDS);
        }
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        response.setContentLength(body.length);
        if (body.length > 0) {
            response.setContentType(reply.contentType());
            response.getOutputStream().write(body);
        }
    }

    /** Says so and hears no more: what is still to come of the request is not read. */
    private static void close(HttpServletResponse response, int status) {
        response.setStatus(status);
        response.setHeader("Connection", "close");
        response.setContentLength(0);
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
}
