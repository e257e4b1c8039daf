package org.payhub.provider.stripe;

import com.stripe.Stripe;
import com.stripe.StripeClient;
import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.PermissionException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.model.StripeObjectInterface;
import com.stripe.net.HttpClient;
import com.stripe.net.HttpHeaders;
import com.stripe.net.RequestOptions;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.payhub.platform.HubException;
import org.payhub.provider.http.Json;
import org.payhub.provider.http.ProviderCall;
import org.payhub.provider.http.ProviderHttp;
import org.payhub.provider.http.ProviderReply;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.ProviderRefused;
import org.payhub.provider.spi.ProviderUnavailable;
import org.payhub.provider.spi.Secret;

/**
 * Calls to Stripe, by Stripe's library and through the hub's own door. Makes a {@link Line} for one
 * piece of work: all its calls share one deadline, what Stripe answers comes back as JSON, and
 * every exception of the library becomes one of ours.
 *
 * <p>Calls are repeated up to twice after a conflict, a 5xx or no answer. That is safe: a POST
 * carries an idempotency key, of ours where money moves, and Stripe answers a repeated one with the
 * first result.
 */
final class StripeCalls {

    static {
        // Otherwise the library writes a file into the home directory and sends timings along.
        Stripe.enableTelemetry = false;
    }

    static final String OWN_BASE = "https://api.stripe.com";

    private static final int REPEATS = 2;

    /** A repeat needs a little time to be worth it. */
    private static final Duration SHORTEST_REPEAT = Duration.ofSeconds(2);

    private static final int LONGEST_MESSAGE = 300;

    private final ProviderHttp http;

    StripeCalls(ProviderHttp http) {
        this.http = http;
    }

    /** A line with the longest deadline there is. */
    Line line(Credentials credentials, String operation) {
        return line(credentials, operation, ProviderCall.LONGEST);
    }

    /** A line for one piece of work that may take so long in all. */
    Line line(Credentials credentials, String operation, Duration within) {
        return new Line(credentials, operation, within);
    }

    /** One question to Stripe. */
    interface Question<T extends StripeObjectInterface> {
        T ask(StripeClient client, RequestOptions options) throws StripeException;
    }

    /** The calls of one piece of work. */
    final class Line extends HttpClient {

        private final Credentials credentials;
        private final Secret key;
        private final String operation;
        private final long deadline;
        private final StripeClient client;
        private boolean mayHaveArrived;

        private Line(Credentials credentials, String operation, Duration within) {
            this.credentials = credentials;
            this.key = credentials.get(StripeKeys.SECRET_KEY);
            this.operation = operation;
            this.deadline = System.nanoTime() + within.toNanos();
            this.client =
                    StripeClient.builder()
                            .setApiKey(key.reveal())
                            .setApiBase(http.base(StripeConnector.CODE, OWN_BASE))
                            .setMaxNetworkRetries(REPEATS)
                            .setHttpClient(this)
                            .build();
        }

        /** Asks; a POST gets a random idempotency key. */
        <T extends StripeObjectInterface> Json ask(Question<T> question) {
            return ask(RequestOptions.builder().build(), question);
        }

        /** Asks under that idempotency key. */
        <T extends StripeObjectInterface> Json ask(String idempotencyKey, Question<T> question) {
            return ask(
                    RequestOptions.builder().setIdempotencyKey(idempotencyKey).build(), question);
        }

        private <T extends StripeObjectInterface> Json ask(
                RequestOptions options, Question<T> question) {
            mayHaveArrived = false;
            try {
                return Json.parse(question.ask(client, options).getLastResponse().body());
            } catch (StripeException e) {
                throw problem(e);
            } catch (HubException e) {
                throw e;
            } catch (RuntimeException e) {
                // The library fails in many ways on answers that are not as it expects, such as a
                // 503 without a body.
                throw new ProviderUnavailable(
                        "Stripe's answer could not be understood.", mayHaveArrived, e);
            }
        }

        /** Asks for a thing; empty when Stripe has none. */
        <T extends StripeObjectInterface> Optional<Json> find(Question<T> question) {
            try {
                return Optional.of(ask(question));
            } catch (ProviderRefused e) {
                if (e.code().equals(NO_SUCH_OBJECT)) {
                    return Optional.empty();
                }
                throw e;
            }
        }

        @Override
        public StripeResponse request(StripeRequest request) throws StripeException {
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            try {
                ProviderReply reply = http.send(call(request, left));
                mayHaveArrived = true;
                Map<String, List<String>> headers = new HashMap<>();
                reply.eachHeader(headers::put);
                return new StripeResponse(reply.status(), HttpHeaders.of(headers), reply.text());
            } catch (ProviderUnavailable e) {
                mayHaveArrived |= e.mayHaveReachedProvider();
                throw new ApiConnectionException(e.getMessage(), repeatable(e));
            }
        }

        /** The library repeats after two causes only; without time left there is no repeat. */
        private Throwable repeatable(ProviderUnavailable e) {
            long left = deadline - System.nanoTime();
            if (left < SHORTEST_REPEAT.toNanos() || e.getCause() == null) {
                return e;
            }
            Exception cause =
                    e.mayHaveReachedProvider()
                            ? new SocketTimeoutException(e.getMessage())
                            : new ConnectException(e.getMessage());
            cause.initCause(e);
            return cause;
        }

        private ProviderCall call(StripeRequest request, Duration left) {
            ProviderCall call =
                    ProviderCall.to(
                                    credentials.owner(),
                                    StripeConnector.CODE,
                                    operation,
                                    request.method().name(),
                                    URI.create(request.url().toString()))
                            .within(left)
                            .hiding(key)
                            .requestIdIn("Request-Id");
            for (Map.Entry<String, List<String>> header : request.headers().map().entrySet()) {
                boolean ours =
                        header.getKey().equalsIgnoreCase("User-Agent")
                                || header.getKey().equalsIgnoreCase("Content-Type");
                if (!ours) {
                    header.getValue().forEach(value -> call.header(header.getKey(), value));
                }
            }
            if (request.content() != null) {
                call.header("Content-Type", request.content().contentType());
                call.body(request.content().byteArrayContent());
            }
            return call;
        }

        // --- what the library's exceptions mean ---

        private HubException problem(StripeException e) {
            int status = e.getStatusCode() == null ? 0 : e.getStatusCode();
            if (e instanceof ApiConnectionException) {
                return new ProviderUnavailable(e.getMessage(), mayHaveArrived, e);
            }
            // Before the next, whose subclass it is.
            if (e instanceof PermissionException) {
                return refusal(
                        StripeKeys.SECRET_KEY,
                        RIGHT_MISSING,
                        "The restricted key lacks a right that this needs. Stripe says: "
                                + message(e),
                        e);
            }
            if (e instanceof AuthenticationException) {
                return refusal(
                        StripeKeys.SECRET_KEY,
                        "integration.credentials_refused",
                        "Stripe does not accept this secret key: it is mistyped, expired or"
                                + " revoked.",
                        e);
            }
            if (e instanceof RateLimitException) {
                return new ProviderUnavailable(
                        "Stripe is getting too many calls from this account at the moment.",
                        false,
                        e);
            }
            if (e instanceof IdempotencyException
                    || status < 400
                    || status == 409
                    || status >= 500) {
                // 409: the same order is being worked on. A key with other contents: an order
                // with that key was made before. Either way something may have happened.
                return new ProviderUnavailable(
                        "Stripe did not say whether it was done.", mayHaveArrived, e);
            }
            return refused(e);
        }

        private ProviderRefused refused(StripeException e) {
            String code = e.getCode() == null ? "" : e.getCode();
            return switch (code) {
                case "resource_missing" ->
                        refusal(null, NO_SUCH_OBJECT, "Stripe has no such thing.", e);
                case "amount_too_small" ->
                        refusal(
                                "amount",
                                "checkout.amount_too_small",
                                "The amount is below the smallest that Stripe charges. Stripe says:"
                                        + " "
                                        + message(e),
                                e);
                case "amount_too_large" ->
                        refusal(
                                "amount",
                                "checkout.amount_too_large",
                                "The amount is above what Stripe takes here. Stripe says: "
                                        + message(e),
                                e);
                case "charge_already_refunded" ->
                        refusal(
                                null,
                                "refund.already_refunded",
                                "Stripe has already refunded this payment in full.",
                                e);
                case "charge_disputed" ->
                        refusal(
                                null,
                                "refund.disputed",
                                "The payment is disputed at the bank; it cannot be refunded now.",
                                e);
                case "charge_expired_for_capture" ->
                        refusal(
                                null,
                                "hold.expired",
                                "The hold has run out; the money cannot be taken any more.",
                                e);
                case "payment_intent_unexpected_state", "charge_already_captured" ->
                        refusal(
                                null,
                                "hold.not_open",
                                "The hold is no longer open. Stripe says: " + message(e),
                                e);
                default -> refusal(null, "provider.refused", "Stripe refused: " + message(e), e);
            };
        }

        private ProviderRefused refusal(
                String field, String code, String message, StripeException e) {
            return ProviderRefused.of(field, code, message, e.getCode(), e.getRequestId());
        }

        private String message(StripeException e) {
            String said =
                    e.getStripeError() == null || e.getStripeError().getMessage() == null
                            ? "no reason given"
                            : e.getStripeError().getMessage();
            String clean = said.replace(key.reveal(), "•••").replaceAll("\\p{Cntrl}", " ");
            return clean.length() <= LONGEST_MESSAGE
                    ? clean
                    : clean.substring(0, LONGEST_MESSAGE) + "…";
        }
    }

    static final String NO_SUCH_OBJECT = "provider.no_such_object";
    static final String RIGHT_MISSING = "provider.right_missing";

    /** Whether Stripe said that another order with this idempotency key was made before. */
    static boolean isOrderedBefore(ProviderUnavailable e) {
        return e.getCause() instanceof IdempotencyException;
    }
}
