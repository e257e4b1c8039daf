package org.payhub.provider.tiptoppay;

import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
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
 * Calls to TipTop Pay: always POST with JSON, proved by Public ID and API Secret. An answer says
 * whether the request was understood, which is not whether a payment went well.
 */
final class TiptoppayCalls {

    static final String KAZAKHSTAN = "https://api.tiptoppay.kz";
    static final String MEXICO = "https://api.tiptoppay.mx";

    private static final int LONGEST_MESSAGE = 300;

    private final ProviderHttp http;

    TiptoppayCalls(ProviderHttp http) {
        this.http = http;
    }

    Line line(Credentials credentials, String operation) {
        return new Line(credentials, operation);
    }

    /** An answer, whatever it says. */
    record Answer(Optional<Boolean> success, String message, Json whole) {

        Optional<Json> model() {
            return whole.find("Model");
        }

        /** Some answers lack the flag and bring what was asked for. */
        boolean isSuccess() {
            return success.orElse(whole.has("Model"));
        }

        /** It was said that it was not done; without a word nothing is known. */
        boolean isRefused() {
            return success.filter(done -> !done).isPresent();
        }

        boolean isNotFound() {
            return isRefused()
                    && model().isEmpty()
                    && message.toLowerCase(Locale.ROOT).contains("not found");
        }

        /** The provider understood and did not do it. */
        ProviderRefused refused(String code) {
            return new ProviderRefused(
                    code,
                    "TipTop Pay refused: " + (message.isEmpty() ? "no reason given" : message),
                    message.isEmpty() ? null : message,
                    null);
        }

        /** The model of a success. */
        Json demand() {
            if (isRefused()) {
                throw refused("provider.refused");
            }
            return model().orElseThrow(TiptoppayCalls::unclear);
        }

        void requireSuccess() {
            if (success.isEmpty()) {
                throw unclear();
            }
            if (!success.get()) {
                throw refused("provider.refused");
            }
        }
    }

    static ProviderUnavailable unclear() {
        return new ProviderUnavailable("TipTop Pay did not say whether it was done.", true, null);
    }

    /** The calls of one piece of work. */
    final class Line {

        private final Credentials credentials;
        private final String operation;

        private Line(Credentials credentials, String operation) {
            this.credentials = credentials;
            this.operation = operation;
        }

        Answer ask(String path, JsonObject parameters) {
            return ask(path, parameters, Optional.empty());
        }

        /**
         * Asks; for an hour the same {@code requestId} is answered as the first time.
         *
         * <p><b>Errors</b>: {@link ProviderRefused} for the keys or a request that was not
         * understood; {@link ProviderUnavailable}.
         */
        Answer ask(String path, JsonObject parameters, Optional<String> requestId) {
            Secret secret = credentials.get(TiptoppayKeys.API_SECRET);
            String publicId = credentials.get(TiptoppayKeys.PUBLIC_ID).reveal();
            String own = TiptoppayKeys.isMexico(credentials) ? MEXICO : KAZAKHSTAN;
            ProviderCall call =
                    ProviderCall.to(
                                    credentials.owner(),
                                    TiptoppayConnector.CODE,
                                    operation,
                                    "POST",
                                    URI.create(http.base(TiptoppayConnector.CODE, own) + path))
                            .hiding(secret)
                            .header("Authorization", basic(publicId, secret))
                            .header("Content-Type", "application/json")
                            .header("Accept", "application/json")
                            .body(parameters.toString().getBytes(StandardCharsets.UTF_8));
            requestId.ifPresent(id -> call.header("X-Request-ID", id));
            return answer(http.send(call), secret);
        }

        private static String basic(String publicId, Secret secret) {
            byte[] both = (publicId + ":" + secret.reveal()).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(both);
        }

        private Answer answer(ProviderReply reply, Secret secret) {
            if (reply.status() == 401) {
                throw ProviderRefused.ofField(
                        TiptoppayKeys.API_SECRET,
                        "integration.credentials_refused",
                        "TipTop Pay does not accept this Public ID and API Secret. Copy both from"
                                + " the same site, and check the country.");
            }
            if (reply.status() == 429) {
                throw new ProviderUnavailable(
                        "TipTop Pay is getting too many calls from this site at the moment.",
                        false,
                        null);
            }
            if (reply.status() >= 400 && reply.status() < 500) {
                throw new ProviderRefused(
                        "provider.refused",
                        "TipTop Pay refused the request (" + reply.status() + ").",
                        Integer.toString(reply.status()),
                        null);
            }
            if (!reply.isSuccess()) {
                throw unclear();
            }
            try {
                Json whole = Json.parse(reply.body());
                return new Answer(
                        whole.flag("Success"),
                        clean(whole.text("Message").orElse(""), secret),
                        whole);
            } catch (JsonMalformed e) {
                throw new ProviderUnavailable(
                        "TipTop Pay's answer could not be understood.", true, e);
            }
        }

        private static String clean(String said, Secret secret) {
            String clean = said.replace(secret.reveal(), "•••").replaceAll("\\p{Cntrl}", " ");
            return clean.length() <= LONGEST_MESSAGE
                    ? clean
                    : clean.substring(0, LONGEST_MESSAGE) + "…";
        }
    }
}
