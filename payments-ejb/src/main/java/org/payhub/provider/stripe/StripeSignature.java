package org.payhub.provider.stripe;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.provider.spi.Secret;
import org.payhub.provider.spi.WebhookRejected;
import org.payhub.provider.spi.WebhookRejected.Cause;

/**
 * The proof in the header {@code Stripe-Signature}: {@code t=<seconds>,v1=<hex>[,v1=<hex>…]}, where
 * each {@code v1} is HMAC-SHA256 over {@code <t>.<raw body>} with a whole secret, {@code whsec_}
 * included.
 *
 * <p>Checked here and not by Stripe's library, which throws half a dozen unrelated exceptions for
 * broken headers, accepts any time in the future, and on a machine whose language writes its own
 * digits refuses every genuine webhook because it formats the time in that language.
 *
 * <p><b>Source</b>: docs.stripe.com/webhooks, read 2026-11-20.
 */
final class StripeSignature {

    static final String HEADER = "Stripe-Signature";

    /** How far the signed time may be from ours, either way. */
    static final Duration TOLERANCE = Duration.ofSeconds(300);

    private static final int LONGEST_HEADER = 4_096;
    private static final int MOST_SIGNATURES = 16;
    private static final int HEX_LENGTH = 64;

    /** What a header said: the time as it was written, and what its signatures claim. */
    private record Claim(String time, List<byte[]> signatures) {}

    private StripeSignature() {}

    /**
     * Refuses a webhook that was not signed with one of the secrets, or not now.
     *
     * <p><b>Errors</b>: {@link WebhookRejected}, whatever the header holds. A wrong time is said
     * only of a genuine signature.
     */
    static void verify(RawWebhook raw, List<Secret> secrets) {
        Claim claim = read(raw.header(HEADER));
        if (secrets.isEmpty()) {
            throw new WebhookRejected(Cause.SECRET_MISSING);
        }
        boolean genuine = false;
        // Every pair is compared, so that the time taken tells nothing about which one fitted.
        for (Secret secret : secrets) {
            byte[] expected = hmac(secret, claim.time(), raw.body());
            for (byte[] signature : claim.signatures()) {
                genuine |= MessageDigest.isEqual(expected, signature);
            }
        }
        if (!genuine) {
            throw new WebhookRejected(Cause.SIGNATURE_WRONG);
        }
        checkTime(Long.parseLong(claim.time()), raw.receivedAt());
    }

    /** The header for a body, for samples. */
    static String sign(Secret secret, Instant at, byte[] body) {
        String time = Long.toString(at.getEpochSecond());
        return "t=" + time + ",v1=" + HexFormat.of().formatHex(hmac(secret, time, body));
    }

    private static void checkTime(long signed, Instant now) {
        long age = now.getEpochSecond() - signed;
        if (age > TOLERANCE.toSeconds()) {
            throw new WebhookRejected(Cause.STALE);
        }
        if (-age > TOLERANCE.toSeconds()) {
            throw new WebhookRejected(Cause.FROM_THE_FUTURE);
        }
    }

    private static Claim read(List<String> headers) {
        if (headers.isEmpty() || headers.get(0).isBlank()) {
            throw new WebhookRejected(Cause.SIGNATURE_MISSING);
        }
        String header = headers.get(0);
        if (headers.size() > 1 || header.length() > LONGEST_HEADER) {
            throw new WebhookRejected(Cause.SIGNATURE_MALFORMED);
        }
        String time = null;
        int claimed = 0;
        List<byte[]> signatures = new ArrayList<>();
        for (String item : header.split(",", -1)) {
            int equals = item.indexOf('=');
            String scheme = equals < 0 ? item : item.substring(0, equals);
            String value = equals < 0 ? "" : item.substring(equals + 1);
            if (scheme.equals("t")) {
                if (time != null || !isTime(value)) {
                    throw new WebhookRejected(Cause.SIGNATURE_MALFORMED);
                }
                time = value;
            } else if (scheme.equals("v1")) {
                claimed++;
                bytes(value).ifPresent(signatures::add);
            }
            // Other schemes are weaker or fake (v0 of test events) and prove nothing.
        }
        if (time == null || signatures.isEmpty() || claimed > MOST_SIGNATURES) {
            throw new WebhookRejected(Cause.SIGNATURE_MALFORMED);
        }
        return new Claim(time, signatures);
    }

    private static boolean isTime(String text) {
        return !text.isEmpty()
                && text.length() <= 12
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** The 32 bytes, if they are written as Stripe does: 64 lower-case hexadecimal digits. */
    private static Optional<byte[]> bytes(String hex) {
        boolean wellFormed =
                hex.length() == HEX_LENGTH
                        && hex.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
        return wellFormed ? Optional.of(HexFormat.of().parseHex(hex)) : Optional.empty();
    }

    private static byte[] hmac(Secret secret, String time, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.revealBytes(), "HmacSHA256"));
            mac.update(time.getBytes(StandardCharsets.US_ASCII));
            mac.update((byte) '.');
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java lacks HMAC-SHA256", e);
        }
    }
}
