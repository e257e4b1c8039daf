package org.payhub.provider.stripe;

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

/** Keys that open nothing, signed bodies and recorded events. */
final class StripeSamples {

    static final Instant NOW = Instant.ofEpochSecond(1_492_774_577L);
    static final String SIGNING_SECRET = "whsec_test_secret";
    static final String SECRET_KEY = "sk_test_51NothingBehindIt";
    static final CallOwner OWNER =
            CallOwner.of(
                    UUID.fromString("01920000-0000-7000-8000-000000000001"),
                    UUID.fromString("01920000-0000-7000-8000-000000000002"));

    private StripeSamples() {}

    static StripeConnector connector(String apiBase) {
        return new StripeConnector(
                ProviderHttp.standalone(new MovedConfig(apiBase), Clock.systemUTC()),
                Clock.systemUTC());
    }

    static Credentials credentials() {
        return credentials(SIGNING_SECRET);
    }

    static Credentials credentials(String... signingSecrets) {
        return new Credentials(
                OWNER,
                Map.of(
                        StripeKeys.PUBLISHABLE_KEY,
                        List.of(Secret.of("pk_test_51NothingBehindIt")),
                        StripeKeys.SECRET_KEY,
                        List.of(Secret.of(SECRET_KEY)),
                        StripeKeys.WEBHOOK_SECRET,
                        List.of(signingSecrets).stream().map(Secret::of).toList()));
    }

    static RawWebhook raw(byte[] body, Instant receivedAt, String... headers) {
        return new RawWebhook(
                "POST",
                Optional.empty(),
                "",
                headers.length == 0 ? Map.of() : Map.of(StripeSignature.HEADER, List.of(headers)),
                body,
                receivedAt);
    }

    /** Signed with {@link #SIGNING_SECRET} and received at the same second. */
    static RawWebhook signed(byte[] body) {
        return raw(body, NOW, StripeSignature.sign(Secret.of(SIGNING_SECRET), NOW, body));
    }

    static RawWebhook signed(String body) {
        return signed(body.getBytes(StandardCharsets.UTF_8));
    }

    /** A recorded event; a bare object is put into an envelope. */
    static byte[] fixture(String name) {
        try (InputStream in = StripeSamples.class.getResourceAsStream("fixtures/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("There is no fixture " + name);
            }
            byte[] bytes = in.readAllBytes();
            if (!name.endsWith(".data.json")) {
                return bytes;
            }
            String envelope =
                    "{\"id\":\"evt_wrapped\",\"object\":\"event\",\"type\":\""
                            + name.substring(0, name.indexOf("--"))
                            + "\",\"data\":"
                            + new String(bytes, StandardCharsets.UTF_8)
                            + "}";
            return envelope.getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
