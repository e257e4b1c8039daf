package org.payhub.provider.alppay;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.payhub.platform.HubConfig;
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
 * Calls to ALPPAY. Makes a {@link Line} for one piece of work: its calls share one deadline, and
 * every refusal becomes one of ours. Reading is repeated once where the network failed; an order is
 * never sent twice.
 *
 * <p>While a key is replaced, both values are tried, the newer one first: a refused key means that
 * nothing was done.
 */
final class AlppayCalls {

    static final String NO_SUCH_OBJECT = "provider.no_such_object";

    private static final String CREDENTIALS_REFUSED = "integration.credentials_refused";
    private static final int LONGEST_MESSAGE = 300;
    private static final int MOST_KEYS = 4;

    private final ProviderHttp http;
    private final HubConfig config;

    AlppayCalls(ProviderHttp http, HubConfig config) {
        this.http = http;
        this.config = config;
    }

    Line line(Credentials credentials, String operation) {
        return new Line(credentials, operation);
    }

    /** Where the interface is. */
    URI base() {
        return URI.create(http.base(AlppayProtocol.CODE, AlppayProtocol.BASE));
    }

    boolean isMoved() {
        return http.isMoved(AlppayProtocol.CODE);
    }

    /** The calls of one piece of work. */
    final class Line {

        private final Credentials credentials;
        private final String operation;
        private final long deadline = System.nanoTime() + ProviderCall.LONGEST.toNanos();

        private Line(Credentials credentials, String operation) {
            this.credentials = credentials;
            this.operation = operation;
        }

        /** Reads; a thing that is not there is refused with {@link #NO_SUCH_OBJECT}. */
        Json get(String path, Map<String, String> query) {
            String address = path + (query.isEmpty() ? "" : "?" + encoded(query));
            ProviderReply reply;
            try {
                reply = send("GET", address, new byte[0], Optional.empty());
                if (reply.status() == 502 || reply.status() == 503 || reply.status() == 504) {
                    reply = send("GET", address, new byte[0], Optional.empty());
                }
            } catch (ProviderUnavailable e) {
                if (!e.mayHaveReachedProvider()) {
                    throw e;
                }
                reply = send("GET", address, new byte[0], Optional.empty());
            }
            return object(reply, false);
        }

        /** Reads one thing by its id. */
        Optional<Json> find(String path, String id) {
            try {
                Json found = get(path + "/" + encode(id), Map.of());
                return Optional.of(
                        found.names(AlppayProtocol.ID) ? found : found.get(AlppayProtocol.WRAPPER));
            } catch (ProviderRefused e) {
                if (e.code().equals(NO_SUCH_OBJECT)) {
                    return Optional.empty();
                }
                throw e;
            }
        }

        /** Reads a page of a list, whichever name its list has. */
        List<Json> list(String path, Map<String, String> query) {
            Json page = get(path, query);
            for (String name : AlppayProtocol.LISTS) {
                if (page.hasList(name)) {
                    return page.list(name);
                }
            }
            // A service without anything to list may write null for its list.
            if (AlppayProtocol.LISTS.stream().anyMatch(page::names)) {
                return List.of();
            }
            throw new ProviderUnavailable(
                    AlppayProtocol.NAME + " answered with something that is no list.", false, null);
        }

        /** Orders something, once. */
        Json post(String path, byte[] body) {
            return object(order(path, body), true);
        }

        /** Orders something and gives the bare answer, for probing what is accepted. */
        ProviderReply order(String path, byte[] body) {
            ProviderReply reply = null;
            for (Secret hmac :
                    credentials.all(AlppayKeys.HMAC_KEY).stream().limit(MOST_KEYS).toList()) {
                reply = send("POST", path, body, Optional.of(hmac));
                if (reply.status() != 401) {
                    return reply;
                }
            }
            if (reply == null) {
                credentials.get(AlppayKeys.HMAC_KEY);
                throw new IllegalStateException("A key that is there was not tried");
            }
            return reply;
        }

        private ProviderReply send(
                String method, String address, byte[] body, Optional<Secret> hmac) {
            ProviderReply reply = null;
            List<Secret> keys = new ArrayList<>(credentials.all(AlppayKeys.API_KEY));
            if (keys.isEmpty()) {
                keys.add(credentials.get(AlppayKeys.API_KEY));
            }
            for (Secret key : keys.stream().limit(MOST_KEYS).toList()) {
                reply = http.send(call(method, address, body, key, hmac));
                if (reply.status() != 401) {
                    return reply;
                }
            }
            return reply;
        }

        private ProviderCall call(
                String method, String address, byte[] body, Secret key, Optional<Secret> hmac) {
            if (!AlppayKeys.isPlain(key.reveal())) {
                throw refusal(401, AlppayKeys.API_KEY, "It has letters that keys do not have.");
            }
            ProviderCall call =
                    ProviderCall.to(
                                    credentials.owner(),
                                    AlppayProtocol.CODE,
                                    operation,
                                    method,
                                    http.address(AlppayProtocol.CODE, AlppayProtocol.BASE, address))
                            .within(Duration.ofNanos(deadline - System.nanoTime()))
                            .header(AlppayProtocol.API_KEY, key.reveal())
                            .hiding(key);
            credentials.all(AlppayKeys.HMAC_KEY).forEach(call::hiding);
            hmac.ifPresent(
                    secret ->
                            call.header("Content-Type", "application/json")
                                    .header(
                                            AlppayProtocol.SIGNATURE,
                                            AlppaySignature.sign(secret, body))
                                    .body(body));
            return call;
        }

        private Json object(ProviderReply reply, boolean order) {
            if (!reply.isSuccess()) {
                throw problem(reply, order);
            }
            try {
                return Json.parse(reply.body());
            } catch (JsonMalformed e) {
                throw new ProviderUnavailable(
                        AlppayProtocol.NAME + "'s answer could not be understood.", order, e);
            }
        }

        // --- what a refusal means ---

        HubException problem(ProviderReply reply, boolean order) {
            String said = message(reply);
            return switch (reply.status()) {
                case 401 ->
                        order
                                ? refusal(
                                        401,
                                        AlppayKeys.HMAC_KEY,
                                        AlppayProtocol.NAME
                                                + " does not accept the signature of this HMAC key."
                                                + " Copy it again as support sent it. "
                                                + said)
                                : refusal(
                                        401,
                                        AlppayKeys.API_KEY,
                                        AlppayProtocol.NAME
                                                + " does not accept this API key: it is mistyped,"
                                                + " expired or revoked. "
                                                + said);
                case 403 ->
                        ProviderRefused.of(
                                AlppayKeys.API_KEY,
                                "provider.address_not_listed",
                                notListed() + said,
                                "403",
                                null);
                case 404 ->
                        ProviderRefused.of(
                                null,
                                NO_SUCH_OBJECT,
                                AlppayProtocol.NAME + " has no such thing.",
                                "404",
                                null);
                case 400, 405, 409, 410, 413, 415, 422 ->
                        ProviderRefused.of(
                                null,
                                "provider.refused",
                                AlppayProtocol.NAME + " refused: " + said,
                                Integer.toString(reply.status()),
                                null);
                case 429 ->
                        new ProviderUnavailable(
                                AlppayProtocol.NAME
                                        + " is getting too many calls from this account at the"
                                        + " moment.",
                                false,
                                null);
                default ->
                        new ProviderUnavailable(
                                AlppayProtocol.NAME + " did not say whether it was done.",
                                true,
                                null);
            };
        }

        private String notListed() {
            return AlppayProtocol.NAME
                    + " refuses this server. Put its address on the IP white list in your account"
                    + " there first"
                    + config.egressAddresses().map(a -> " (" + a + ")").orElse("")
                    + "; if it stands there already, the API key lacks the right to do this. ";
        }

        private ProviderRefused refusal(int status, String field, String message) {
            return ProviderRefused.of(
                    field, CREDENTIALS_REFUSED, message.strip(), Integer.toString(status), null);
        }

        /** What ALPPAY says; its form is not documented. Our keys must not stand in it. */
        private String message(ProviderReply reply) {
            String said = "";
            try {
                Json body = Json.parse(reply.body());
                for (String name : AlppayProtocol.MESSAGES) {
                    if (said.isEmpty()) {
                        said =
                                body.filled(name)
                                        .or(
                                                () ->
                                                        body.get(name)
                                                                .filled(
                                                                        AlppayProtocol.MESSAGES.get(
                                                                                0)))
                                        .orElse("");
                    }
                }
                if (said.isEmpty()) {
                    said = String.join("; ", body.texts(AlppayProtocol.ERRORS));
                }
            } catch (JsonMalformed e) {
                said = "";
            }
            for (String field : List.of(AlppayKeys.API_KEY, AlppayKeys.HMAC_KEY)) {
                for (Secret secret : credentials.all(field)) {
                    said = said.replace(secret.reveal(), "•••");
                }
            }
            said = said.replaceAll("\\p{Cntrl}", " ").strip();
            if (said.isEmpty()) {
                return "It gave no reason.";
            }
            return "It says: "
                    + (said.length() <= LONGEST_MESSAGE
                            ? said
                            : said.substring(0, LONGEST_MESSAGE) + "…");
        }
    }

    private static String encoded(Map<String, String> query) {
        return query.entrySet().stream()
                .map(e -> e.getKey() + "=" + encode(e.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
