package org.payhub.simulator.stripe;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.payhub.simulator.kit.Mac;

/**
 * The {@code Stripe-Signature} header: the time, one {@code v1} for every active secret, and in
 * test mode a {@code v0} that means nothing and must be ignored.
 *
 * <p>Source: Stripe's webhook page; the signed text is the time, a full stop and the exact bytes of
 * the body, the key is the whole secret with its prefix.
 */
public final class StripeSignature {

    private StripeSignature() {}

    /** The header of a test event signed with one secret. */
    public static String sign(String secret, byte[] body, long epochSeconds) {
        return header(List.of(secret), body, epochSeconds, true);
    }

    /** The header with one {@code v1} per secret, in the order given. */
    public static String header(
            List<String> secrets, byte[] body, long epochSeconds, boolean testMode) {
        StringBuilder header = new StringBuilder("t=").append(Long.toString(epochSeconds));
        for (String secret : secrets) {
            header.append(",v1=").append(v1(secret, body, epochSeconds));
        }
        if (testMode) {
            header.append(",v0=").append(Mac.digestHex("SHA-256", body));
        }
        return header.toString();
    }

    /** One signature in lower-case hexadecimal. */
    public static String v1(String secret, byte[] body, long epochSeconds) {
        ByteArrayOutputStream signed = new ByteArrayOutputStream(body.length + 16);
        // Long.toString writes ASCII digits under every default locale.
        byte[] time = (Long.toString(epochSeconds) + ".").getBytes(StandardCharsets.US_ASCII);
        signed.writeBytes(time);
        signed.writeBytes(body);
        return Mac.sha256Hex(secret, signed.toByteArray());
    }
}
