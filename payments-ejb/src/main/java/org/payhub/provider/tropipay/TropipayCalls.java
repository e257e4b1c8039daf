package org.payhub.provider.tropipay;

import jakarta.json.JsonObject;
import jakarta.json.spi.JsonProvider;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.payhub.platform.HubException;
import org.payhub.provider.http.Json;
import org.payhub.provider.http.JsonMalformed;
import org.payhub.provider.http.ProviderCall;
import org.payhub.provider.http.ProviderHttp;
import org.payhub.provider.http.ProviderReply;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.ProviderRefused;
import org.payhub.provider.spi.ProviderUnavailable;
import org.payhub.provider.spi.Secret;

/**
 * Calls to Tropipay. A {@link Line} is one piece of work: all its calls share one deadline and one
 * token. No order is ever repeated by itself: Tropipay has nothing by which it would know it again.
 * Only a call that was turned away for its token is made once more, with a new one.
 */
final class TropipayCalls {

    static final String NO_SUCH_OBJECT = "provider.no_such_object";
    static final String RIGHT_MISSING = "provider.right_missing";
    static final String SECOND_FACTOR_REQUIRED = "refund.second_factor_required";
    static final String SECOND_FACTOR_WRONG = "refund.second_factor_wrong";

    static final JsonProvider JSON = JsonProvider.provider();

    private static final int LONGEST_MESSAGE = 300;

    private final ProviderHttp http;
    private final TropipayTokens tokens;

    TropipayCalls(ProviderHttp http, Clock clock) {
        this.http = http;
        this.tokens = new TropipayTokens(clock);
    }

    /** The calls of one piece of work. */
    Line line(Credentials credentials, String operation) {
        return new Line(credentials, operation);
    }

    /** The calls of one piece of work. */
    final class Line {

        private final Credentials credentials;
        private final String operation;
        private final String base;
        private final Secret clientId;
        private final Secret clientSecret;
        private final List<Secret> hidden = new ArrayList<>();
        private final long deadline = System.nanoTime() + ProviderCall.LONGEST.toNanos();

        private Line(Credentials credentials, String operation) {
            this.credentials = credentials;
            this.operation = operation;
            this.clientId = credentials.get(TropipayKeys.CLIENT_ID);
            this.clientSecret = credentials.get(TropipayKeys.CLIENT_SECRET);
            this.base =
                    http.base(
                            TropipayProtocol.CODE,
                            TropipayKeys.isLive(credentials)
                                    ? TropipayProtocol.LIVE_BASE
                                    : TropipayProtocol.SANDBOX_BASE);
        }

        /** A text that the record of calls must not show. */
        Line hiding(Secret secret) {
            hidden.add(secret);
            return this;
        }

        Json get(String path) {
            return ask("GET", path, Optional.empty());
        }

        Json post(String path, JsonObject body) {
            return ask("POST", path, Optional.of(body));
        }

        Json put(String path, JsonObject body) {
            return ask("PUT", path, Optional.of(body));
        }

        Json delete(String path) {
            return ask("DELETE", path, Optional.empty());
        }

        /** A thing; empty when Tropipay has none. */
        Optional<Json> find(String path) {
            try {
                return Optional.of(get(path));
            } catch (ProviderRefused e) {
                if (e.code().equals(NO_SUCH_OBJECT)) {
                    return Optional.empty();
                }
                throw e;
            }
        }

        private Json ask(String method, String path, Optional<JsonObject> body) {
            Secret token = token(Optional.empty());
            ProviderReply reply = send(method, path, body, Optional.of(token));
            if (reply.status() == 401 && !asksForSecondFactor(reply)) {
                token = token(Optional.of(token));
                reply = send(method, path, body, Optional.of(token));
            }
            return answer(reply);
        }

        private boolean asksForSecondFactor(ProviderReply reply) {
            String code = Refusal.of(reply).code();
            return code.equals(TropipayProtocol.SECOND_FACTOR_NEEDED)
                    || code.equals(TropipayProtocol.SECOND_FACTOR_WRONG);
        }

        // --- the token ---

        private Secret token(Optional<Secret> refused) {
            try {
                Secret token =
                        tokens.get(
                                credentials.owner(),
                                base,
                                clientId,
                                clientSecret,
                                refused,
                                this::fetchToken);
                if (!token.reveal().isEmpty()) {
                    return token;
                }
            } catch (ProviderUnavailable e) {
                // The call itself was never made.
                throw new ProviderUnavailable(e.getMessage(), false, e);
            }
            throw new ProviderUnavailable("Tropipay's answer holds no token.", false, null);
        }

        /** A token as for the first time, to see whether the pair is right; what it may do. */
        Optional<String> freshToken() {
            List<String> scopes = new ArrayList<>();
            tokens.forget(credentials.owner(), base, clientId, clientSecret);
            Secret token =
                    tokens.get(
                            credentials.owner(),
                            base,
                            clientId,
                            clientSecret,
                            Optional.empty(),
                            () -> {
                                Json answer = fetchToken();
                                answer.text(TropipayProtocol.SCOPE).ifPresent(scopes::add);
                                return answer;
                            });
            if (token.reveal().isEmpty()) {
                throw new ProviderUnavailable("Tropipay's answer holds no token.", false, null);
            }
            return scopes.stream().findFirst();
        }

        private Json fetchToken() {
            JsonObject wanted =
                    JSON.createObjectBuilder()
                            .add(TropipayProtocol.GRANT_TYPE, TropipayProtocol.CLIENT_CREDENTIALS)
                            .add(TropipayProtocol.CLIENT_ID, clientId.reveal())
                            .add(TropipayProtocol.CLIENT_SECRET, clientSecret.reveal())
                            .build();
            ProviderReply reply =
                    send("POST", TropipayProtocol.TOKEN, Optional.of(wanted), Optional.empty());
            if (reply.status() == 400 || reply.status() == 401 || reply.status() == 403) {
                // Wrong credentials are 400 here.
                throw ProviderRefused.of(
                        TropipayKeys.CLIENT_SECRET,
                        TropipayKeys.REFUSED,
                        "Tropipay does not accept this client id and secret: they are mistyped,"
                                + " deleted, or of the other environment.",
                        Refusal.of(reply).code(),
                        null);
            }
            return answer(reply);
        }

        // --- the wire ---

        private ProviderReply send(
                String method, String path, Optional<JsonObject> body, Optional<Secret> token) {
            ProviderCall call =
                    ProviderCall.to(
                                    credentials.owner(),
                                    TropipayProtocol.CODE,
                                    operation,
                                    method,
                                    URI.create(base + path))
                            .within(Duration.ofNanos(deadline - System.nanoTime()))
                            .hiding(clientSecret)
                            .header("Accept", "application/json");
            hidden.forEach(call::hiding);
            token.ifPresent(t -> call.hiding(t).header("Authorization", "Bearer " + t.reveal()));
            body.ifPresent(
                    json ->
                            call.header("Content-Type", "application/json")
                                    .body(json.toString().getBytes(StandardCharsets.UTF_8)));
            return http.send(call);
        }

        private Json answer(ProviderReply reply) {
            if (reply.isSuccess()) {
                return read(reply);
            }
            throw problem(reply);
        }

        /** What Tropipay answered; a bare list as the rows of an object. */
        private static Json read(ProviderReply reply) {
            String text = reply.text().strip();
            try {
                if (text.isEmpty()) {
                    return Json.parse("{}");
                }
                return Json.parse(
                        text.startsWith("[")
                                ? "{\"" + TropipayProtocol.ROWS.get(0) + "\":" + text + "}"
                                : text);
            } catch (JsonMalformed e) {
                throw new ProviderUnavailable(
                        "Tropipay's answer could not be understood.", true, e);
            }
        }

        // --- what its refusals mean ---

        private HubException problem(ProviderReply reply) {
            Refusal said = Refusal.of(reply);
            switch (said.code()) {
                case TropipayProtocol.SECOND_FACTOR_NEEDED -> {
                    return refused(
                            SECOND_FACTOR_REQUIRED,
                            "Tropipay wants a code before it returns money. It sends the code by"
                                    + " text message to the phone of the account's owner; enter it"
                                    + " here.",
                            said);
                }
                case TropipayProtocol.SECOND_FACTOR_WRONG -> {
                    return refused(
                            SECOND_FACTOR_WRONG,
                            "Tropipay does not accept this code: it is mistyped, used or too old.",
                            said);
                }
                case TropipayProtocol.TOO_LITTLE_MONEY -> {
                    return refused(
                            "refund.balance_too_low",
                            "The balance at Tropipay is too low for this.",
                            said);
                }
                default -> {
                    // By the status, below.
                }
            }
            int status = reply.status();
            if (status == 401) {
                return ProviderRefused.of(
                        TropipayKeys.CLIENT_SECRET,
                        TropipayKeys.REFUSED,
                        "Tropipay no longer accepts these credentials.",
                        said.code(),
                        null);
            }
            if (status == 403) {
                return refused(
                        RIGHT_MISSING,
                        "These credentials lack a right that this needs. Tropipay says: "
                                + shown(said),
                        said);
            }
            if (status == 404) {
                return refused(NO_SUCH_OBJECT, "Tropipay has no such thing.", said);
            }
            if (status == 429) {
                return new ProviderUnavailable(
                        "Tropipay is getting too many calls from this account at the moment.",
                        false,
                        null);
            }
            if (status >= 400 && status < 500 && status != 408 && status != 409) {
                return refused("provider.refused", "Tropipay refused: " + shown(said), said);
            }
            return new ProviderUnavailable("Tropipay did not say whether it was done.", true, null);
        }

        private ProviderRefused refused(String code, String message, Refusal said) {
            return new ProviderRefused(code, message, said.code(), null);
        }

        private String shown(Refusal said) {
            String clean =
                    said.message()
                            .replace(clientSecret.reveal(), "•••")
                            .replaceAll("\\p{Cntrl}", " ")
                            .strip();
            if (clean.isEmpty()) {
                return "no reason given";
            }
            return clean.length() <= LONGEST_MESSAGE
                    ? clean
                    : clean.substring(0, LONGEST_MESSAGE) + "…";
        }
    }

    /** A refusal as Tropipay words it, in one of its three shapes. */
    private record Refusal(String code, String message) {

        static Refusal of(ProviderReply reply) {
            try {
                Json body = Json.parse(reply.body());
                Json error = body.find(TropipayProtocol.ERROR).orElse(body);
                return new Refusal(
                        TropipayMovement.asReceived(error, TropipayProtocol.ERROR_CODE)
                                .or(() -> body.text(TropipayProtocol.ERROR))
                                .orElse(""),
                        error.text(TropipayProtocol.ERROR_MESSAGE)
                                .or(() -> body.text(TropipayProtocol.ERROR_DESCRIPTION))
                                .orElse(""));
            } catch (JsonMalformed e) {
                return new Refusal("", "");
            }
        }
    }

    /** A text for an address's query or path. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
