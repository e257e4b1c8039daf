package org.payhub.simulator.kit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;

/** Keyed and plain digests in the spellings that providers use. */
public final class Mac {

    private Mac() {}

    /** HMAC-SHA256 in lower-case hexadecimal; the key is the secret's UTF-8 text as it stands. */
    public static String sha256Hex(String secret, byte[] message) {
        return HexFormat.of().formatHex(hmac("HmacSHA256", secret, message));
    }

    /** HMAC-SHA256 in Base64. */
    public static String sha256Base64(String secret, byte[] message) {
        return Base64.getEncoder().encodeToString(hmac("HmacSHA256", secret, message));
    }

    /** Plain digest, such as {@code SHA-256}, in lower-case hexadecimal. */
    public static String digestHex(String algorithm, byte[] message) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(message));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] hmac(String algorithm, String secret, byte[] message) {
        try {
            javax.crypto.Mac mac = javax.crypto.Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(message);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
