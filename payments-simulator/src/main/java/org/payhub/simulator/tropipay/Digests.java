package org.payhub.simulator.tropipay;

import java.nio.charset.StandardCharsets;
import org.payhub.simulator.kit.Mac;

/** The three signatures of a notification, as Tropipay makes them. */
final class Digests {

    private Digests() {}

    static String third(String code, String clientId, String clientSecret, String amount) {
        return sha256(code + clientId + sha1(clientSecret) + amount);
    }

    static String second(String code, String clientId, String clientSecret, String amount) {
        return sha256(code + clientId + clientSecret + amount);
    }

    /** With the account's e-mail address and password. */
    static String first(String code, String email, String password, String amount) {
        return sha256(code + email + sha1(password) + amount);
    }

    private static String sha256(String text) {
        return Mac.digestHex("SHA-256", text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha1(String text) {
        return Mac.digestHex("SHA-1", text.getBytes(StandardCharsets.UTF_8));
    }
}
