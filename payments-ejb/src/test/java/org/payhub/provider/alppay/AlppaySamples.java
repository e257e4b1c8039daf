package org.payhub.provider.alppay;

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

/** Keys that open nothing, and bodies in the documented shapes. */
final class AlppaySamples {

    static final Instant NOW = Instant.parse("2025-12-04T08:00:00Z");
    static final String HMAC_KEY = "hub-test-hmac-key-0001";
    static final String API_KEY = "ak_test_hub_nothing_behind_it";
    static final CallOwner OWNER =
            CallOwner.of(
                    UUID.fromString("01920000-0000-7000-8000-000000000001"),
                    UUID.fromString("01920000-0000-7000-8000-000000000002"));

    /** The payment that the fixtures are about, once {@link #ofOurs} has put it in. */
    static final UUID PAYMENT = UUID.fromString("01920000-0000-7000-8000-000000000042");

    private AlppaySamples() {}

    static AlppayConnector connector(String apiBase) {
        MovedConfig config = new MovedConfig(apiBase);
        return new AlppayConnector(
                ProviderHttp.standalone(config, Clock.systemUTC()), config, Clock.systemUTC());
    }

    static Credentials credentials(String... hmacKeys) {
        return new Credentials(
                OWNER,
                Map.of(
                        AlppayKeys.API_KEY,
                        List.of(Secret.of(API_KEY)),
                        AlppayKeys.HMAC_KEY,
                        List.of(hmacKeys).stream().map(Secret::of).toList(),
                        AlppayKeys.ACCOUNT_EMAIL,
                        List.of(Secret.of("owner@salon.example"))));
    }

    static Credentials credentials() {
        return credentials(HMAC_KEY);
    }

    static RawWebhook raw(String kind, byte[] body, String... signatures) {
        return new RawWebhook(
                "POST",
                Optional.of(kind).filter(k -> !k.isEmpty()),
                "",
                signatures.length == 0
                        ? Map.of()
                        : Map.of(AlppayProtocol.SIGNATURE, List.of(signatures)),
                body,
                NOW);
    }

    static RawWebhook signed(String kind, byte[] body) {
        return raw(kind, body, AlppaySignature.sign(Secret.of(HMAC_KEY), body));
    }

    static byte[] fixture(String name) {
        try (InputStream in =
                AlppaySamples.class.getResourceAsStream("fixtures/" + name + ".json")) {
            if (in == null) {
                throw new IllegalArgumentException("There is no fixture " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same as if our own order had been it. */
    static byte[] ofOurs(byte[] body) {
        return text(body)
                .replace("visit-42", AlppayObjects.paymentText(PAYMENT))
                .getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }
}
