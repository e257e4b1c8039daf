package org.payhub.provider.tiptoppay;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
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

/** What the tests of this folder share. */
final class TiptoppaySamples {

    static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    static final String SECRET = "test_secret";
    static final String FORM = "application/x-www-form-urlencoded";
    static final String JSON = "application/json; charset=utf-8";
    static final CallOwner OWNER =
            CallOwner.of(
                    UUID.fromString("01920000-0000-7000-8000-000000000001"),
                    UUID.fromString("01920000-0000-7000-8000-000000000002"));

    private TiptoppaySamples() {}

    /** A body with its secret and both proofs, as published or reckoned by other means. */
    record Vector(String name, String secret, String raw, String decoded, byte[] body) {

        String contentType() {
            return body[0] == '{' ? JSON : FORM;
        }
    }

    static List<Vector> vectors() {
        try (InputStream in = TiptoppaySamples.class.getResourceAsStream("fixtures/vectors.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t"))
                    .map(p -> new Vector(p[0], p[1], p[2], p[3], bytes(p[4])))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Vector vector(String name) {
        return vectors().stream().filter(v -> v.name().equals(name)).findFirst().orElseThrow();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static TiptoppayConnector connector(String apiBase) {
        return new TiptoppayConnector(
                ProviderHttp.standalone(new MovedConfig(apiBase), Clock.systemUTC()),
                Clock.systemUTC());
    }

    static TiptoppayConnector connector() {
        return connector("http://127.0.0.1:1");
    }

    /** The newest secret comes first. */
    static Credentials credentials(String... secrets) {
        return new Credentials(
                OWNER,
                Map.of(
                        TiptoppayKeys.REGION, List.of(Secret.of("kazakhstan")),
                        TiptoppayKeys.MODE, List.of(Secret.of("test")),
                        TiptoppayKeys.PUBLIC_ID, List.of(Secret.of("pk_0123456789abcdef")),
                        TiptoppayKeys.API_SECRET,
                                List.of(secrets).stream().map(Secret::of).toList()));
    }

    static RawWebhook raw(byte[] body, String contentType, Map<String, List<String>> proofs) {
        return raw(body, contentType, Optional.empty(), proofs);
    }

    static RawWebhook raw(
            byte[] body,
            String contentType,
            Optional<String> kind,
            Map<String, List<String>> proofs) {
        Map<String, List<String>> headers = new LinkedHashMap<>(proofs);
        headers.put("Content-Type", List.of(contentType));
        return new RawWebhook("POST", kind, "", headers, body, NOW);
    }

    static Map<String, List<String>> proof(String secret, byte[] body) {
        return Map.of(
                TiptoppaySignature.RAW, List.of(TiptoppaySignature.sign(Secret.of(secret), body)));
    }

    /** A signed form at the address of that kind; an empty kind means the bare address. */
    static RawWebhook signed(String form, String kind) {
        byte[] body = bytes(form);
        return raw(body, FORM, Optional.of(kind).filter(k -> !k.isEmpty()), proof(SECRET, body));
    }

    static RawWebhook signed(String form) {
        return signed(form, "");
    }

    static RawWebhook get(String query, Optional<String> kind, Map<String, List<String>> proofs) {
        return new RawWebhook("GET", kind, query, proofs, new byte[0], NOW);
    }
}
