package org.payhub.simulator.bench.floor;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A genuine event as a floor takes it in: the id is cut out of the text, nothing is parsed. */
record FloorEvent(String id, byte[] body) {

    private static final byte[] ID = "\"id\": \"".getBytes(StandardCharsets.US_ASCII);
    private static final String SECRET = System.getProperty("floor.secret", "");

    /** Empty when the signature does not hold. */
    static Optional<FloorEvent> verified(String signature, byte[] body) {
        if (signature == null) {
            return Optional.empty();
        }
        String time = "";
        String v1 = "";
        for (String part : signature.split(",")) {
            if (part.startsWith("t=")) {
                time = part.substring(2);
            } else if (part.startsWith("v1=")) {
                v1 = part.substring(3);
            }
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update(time.getBytes(StandardCharsets.US_ASCII));
            mac.update((byte) '.');
            byte[] expected = mac.doFinal(body);
            return v1.length() == 64 && MessageDigest.isEqual(expected, HexFormat.of().parseHex(v1))
                    ? Optional.of(new FloorEvent(id(body), body))
                    : Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no HMAC-SHA256", e);
        }
    }

    private static String id(byte[] body) {
        for (int i = 0; i < body.length - ID.length; i++) {
            int same = 0;
            while (same < ID.length && body[i + same] == ID[same]) {
                same++;
            }
            if (same == ID.length) {
                int from = i + same;
                int to = from;
                while (to < body.length && body[to] != '"') {
                    to++;
                }
                return new String(body, from, to - from, StandardCharsets.US_ASCII);
            }
        }
        throw new IllegalArgumentException("An event without an id");
    }
}
