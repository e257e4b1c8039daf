package org.payhub.provider.tropipay;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.payhub.provider.MovedConfig;
import org.payhub.provider.http.ProviderHttp;
import org.payhub.provider.spi.CallOwner;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.provider.spi.Secret;

/** Credentials that open nothing, and notifications. */
final class TropipaySamples {

    static final String CLIENT_ID = "client-id";
    static final String CLIENT_SECRET = "client-secret";
    static final CallOwner OWNER =
            CallOwner.of(
                    UUID.fromString("01920000-0000-7000-8000-000000000001"),
                    UUID.fromString("01920000-0000-7000-8000-000000000002"));

    private TropipaySamples() {}

    static TropipayConnector connector(String apiBase) {
        return new TropipayConnector(
                ProviderHttp.standalone(new MovedConfig(apiBase), Clock.systemUTC()),
                Clock.systemUTC());
    }

    static Credentials credentials() {
        return credentials(CLIENT_ID, CLIENT_SECRET);
    }

    static Credentials credentials(String clientId, String clientSecret) {
        return Credentials.of(
                OWNER,
                Map.of(
                        TropipayKeys.ENVIRONMENT,
                        TropipayKeys.SANDBOX,
                        TropipayKeys.CLIENT_ID,
                        clientId,
                        TropipayKeys.CLIENT_SECRET,
                        clientSecret));
    }

    static Credentials with(Credentials credentials, String field, String value) {
        Map<String, List<Secret>> values = new java.util.HashMap<>(credentials.values());
        values.put(field, List.of(Secret.of(value)));
        return new Credentials(credentials.owner(), values);
    }

    static RawWebhook raw(byte[] body, Instant receivedAt) {
        return raw(body, receivedAt, Map.of());
    }

    static RawWebhook raw(byte[] body, Instant receivedAt, Map<String, List<String>> headers) {
        return new RawWebhook("POST", Optional.empty(), "", headers, body, receivedAt);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String fixture(String name) {
        try (InputStream in = TropipaySamples.class.getResourceAsStream("fixtures/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("There is no fixture " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
