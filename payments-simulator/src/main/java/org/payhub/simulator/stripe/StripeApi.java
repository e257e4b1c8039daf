package org.payhub.simulator.stripe;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.payhub.simulator.kit.Answer;
import org.payhub.simulator.kit.ApiFaults;
import org.payhub.simulator.kit.Call;
import org.payhub.simulator.kit.Handler;
import org.payhub.simulator.kit.Ids;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.RequestLog;
import org.payhub.simulator.kit.Router;

/**
 * The gate of the API: keys, rights, idempotency, faults and the log of requests. What the calls do
 * is in {@link Calls}.
 */
final class StripeApi {

    private final World world;
    private final ApiFaults faults;
    private final RequestLog log;
    private final Idempotency idempotency;
    private final Ids requestIds = Ids.random();
    private final AtomicLong changes;

    StripeApi(
            World world,
            ApiFaults faults,
            RequestLog log,
            Idempotency idempotency,
            AtomicLong changes) {
        this.world = world;
        this.faults = faults;
        this.log = log;
        this.idempotency = idempotency;
        this.changes = changes;
    }

    /** A handler that asks for one right before it runs. */
    Handler guard(String right, Function<Request, JsonObject> work) {
        return call -> answer(call, right, work);
    }

    void mountFallback(Router router) {
        router.add(
                "*",
                "/v1/{rest...}",
                guard(
                        null,
                        request -> {
                            throw StripeError.unknownUrl(
                                    "Unrecognized request URL ("
                                            + request.call().method()
                                            + ": "
                                            + request.call().path()
                                            + "). Please see https://stripe.com/docs or we can"
                                            + " help at https://support.stripe.com/.");
                        }));
    }

    private Answer answer(Call call, String right, Function<Request, JsonObject> work) {
        String requestId = requestIds.next("req_", 14);
        JsonObject entry = describe(call, requestId);
        log.add(entry);
        Answer answer =
                faults.around(
                        call,
                        status -> injected(call, status, requestId),
                        () -> run(call, right, work, requestId, entry));
        entry.addProperty("status", answer.status());
        return answer.with("Request-Id", requestId)
                .with("Stripe-Version", call.header("stripe-version").orElse(Accounts.NEWEST));
    }

    private Answer run(
            Call call,
            String right,
            Function<Request, JsonObject> work,
            String requestId,
            JsonObject entry) {
        try {
            Accounts.Key key = authenticate(call);
            entry.addProperty("account", key.space().account());
            entry.addProperty("livemode", key.space().live());
            call.header("stripe-version").ifPresent(Endpoints::checkVersion);
            checkRight(key, right);
            Request request = new Request(call, key.space(), call.params());
            String idempotencyKey = call.header("idempotency-key").orElse("");
            if (!call.method().equals("POST") || idempotencyKey.isEmpty()) {
                return act(request, work, requestId, null);
            }
            return once(request, work, requestId, idempotencyKey);
        } catch (StripeError refused) {
            return Answer.json(refused.status(), refused.json());
        }
    }

    private Answer once(
            Request request, Function<Request, JsonObject> work, String requestId, String key) {
        Space space = request.space();
        String fingerprint = Idempotency.fingerprint(request.call());
        Optional<Answer> before = idempotency.begin(space, key, fingerprint, world.seconds());
        if (before.isPresent()) {
            return before.get();
        }
        Answer kept = null;
        try {
            kept = act(request, work, requestId, key);
            return kept;
        } catch (StripeError refused) {
            Answer answer = Answer.json(refused.status(), refused.json());
            kept = refused.keptForKey() ? answer : null;
            return answer;
        } finally {
            idempotency.end(space, key, fingerprint, world.seconds(), kept, requestId);
            changes.incrementAndGet();
        }
    }

    private Answer act(
            Request request, Function<Request, JsonObject> work, String requestId, String key) {
        JsonObject body = world.act(new Cause(requestId, key, null), () -> work.apply(request));
        if (!request.reads()) {
            changes.incrementAndGet();
        }
        return Answer.json(200, body);
    }

    /** A fault that looks like Stripe's own 500 is remembered for the key, as theirs is. */
    private Answer injected(Call call, int status, String requestId) {
        StripeError error = StripeError.server(status);
        Answer answer = Answer.json(status, error.json());
        Optional<String> key = call.header("idempotency-key");
        if (error.keptForKey() && call.method().equals("POST") && key.isPresent()) {
            try {
                Space space = authenticate(call).space();
                String fingerprint = Idempotency.fingerprint(call);
                Optional<Answer> before =
                        idempotency.begin(space, key.get(), fingerprint, world.seconds());
                if (before.isEmpty()) {
                    idempotency.end(
                            space, key.get(), fingerprint, world.seconds(), answer, requestId);
                }
            } catch (StripeError alsoWrong) {
                return answer;
            }
        }
        return answer;
    }

    // ---- keys and rights ----

    private Accounts.Key authenticate(Call call) {
        String value = keyOf(call);
        Accounts.Key key =
                world.act(Cause.BANK, () -> world.accounts.find(value))
                        .orElseThrow(
                                () ->
                                        StripeError.unauthorized(
                                                null, "Invalid API Key provided: " + mask(value)));
        if (key.expired()) {
            throw StripeError.unauthorized(
                    "api_key_expired", "Expired API Key provided: " + mask(value));
        }
        if (key.kind() == Accounts.Kind.PUBLISHABLE) {
            throw StripeError.unauthorized(
                    "secret_key_required",
                    "This API call cannot be made with a publishable API key. Please use a secret"
                            + " API key. You can find a list of your API keys at"
                            + " https://dashboard.stripe.com/account/apikeys.");
        }
        return key;
    }

    private static String keyOf(Call call) {
        String header = call.header("authorization").orElse("").strip();
        if (header.startsWith("Bearer ")) {
            return header.substring(7).strip();
        }
        if (header.startsWith("Basic ")) {
            try {
                String pair =
                        new String(
                                Base64.getDecoder().decode(header.substring(6).strip()),
                                StandardCharsets.UTF_8);
                return pair.contains(":") ? pair.substring(0, pair.indexOf(':')) : pair;
            } catch (IllegalArgumentException notBase64) {
                throw StripeError.unauthorized(null, "The Authorization header is not valid.");
            }
        }
        throw StripeError.unauthorized(
                null,
                "You did not provide an API key. You need to provide your API key in the"
                        + " Authorization header, using Bearer auth (e.g. 'Authorization: Bearer"
                        + " YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication for"
                        + " details, or we can help at https://support.stripe.com/.");
    }

    private static void checkRight(Accounts.Key key, String right) {
        if (right == null || key.kind() != Accounts.Kind.RESTRICTED) {
            return;
        }
        List<String> held = new ArrayList<>();
        for (JsonElement e : Json.children(key.json(), "rights")) {
            held.add(e.getAsString());
        }
        if (!Rights.allows(held, right)) {
            throw StripeError.forbidden(
                    "The provided key '"
                            + mask(key.value())
                            + "' does not have the required permissions for this endpoint on"
                            + " account '"
                            + key.space().account()
                            + "'. Having the '"
                            + right
                            + "' permission would allow this request to continue.");
        }
    }

    private static String mask(String key) {
        if (key.length() < 16) {
            return "*".repeat(key.length());
        }
        String tail = key.substring(key.length() - 4);
        String head = key.substring(0, Math.min(8, key.length()));
        return head + "*".repeat(key.length() - head.length() - 4) + tail;
    }

    // ---- log ----

    private JsonObject describe(Call call, String requestId) {
        JsonObject params;
        try {
            params = call.params();
        } catch (IllegalArgumentException broken) {
            params = Json.of("_unreadable", true);
        }
        String version = call.header("stripe-version").orElse(null);
        return Json.of(
                "at",
                world.clock.instant().toString(),
                "request",
                requestId,
                "method",
                call.method(),
                "path",
                call.path(),
                "params",
                params,
                "idempotencyKey",
                call.header("idempotency-key").orElse(null),
                "version",
                version,
                "keyPrefix",
                keyPrefix(call),
                "account",
                null,
                "livemode",
                null,
                "status",
                null);
    }

    private static String keyPrefix(Call call) {
        try {
            String key = keyOf(call);
            return key.substring(0, Math.min(8, key.length()));
        } catch (StripeError none) {
            return null;
        }
    }
}
