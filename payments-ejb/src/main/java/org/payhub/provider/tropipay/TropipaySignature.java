package org.payhub.provider.tropipay;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.payhub.provider.http.Json;
import org.payhub.provider.spi.Secret;
import org.payhub.provider.spi.WebhookRejected;
import org.payhub.provider.spi.WebhookRejected.Cause;

/**
 * The proof in a notification's {@code data}: SHA-256 over texts put one after the other. The third
 * version takes the secret's SHA-1, the second the secret itself, the first the account's password,
 * which nobody may ask for.
 *
 * <p><b>It covers the order's code and the amount and nothing else</b>: neither whether it was
 * paid, nor the currency, nor the payment card. It shows where a notification comes from; what it
 * says has to be read.
 */
final class TropipaySignature {

    private static final Pattern DIGEST = Pattern.compile("[0-9a-fA-F]{64}");

    private TropipaySignature() {}

    /**
     * Refuses a notification that was not signed with one of these pairs.
     *
     * @param code the order's code, as received
     * @param amount the amount's digits, as received; checked before they are hashed, since
     *     whatever is hashed last could be lengthened otherwise
     * @param secondVersion whether the merchant switched the second version on
     */
    static void verify(
            Json data,
            String code,
            String amount,
            List<Secret> clientIds,
            List<Secret> clientSecrets,
            boolean secondVersion) {
        Optional<String> third = claimed(data, TropipayProtocol.SIGNATURES_V3);
        Optional<String> second = claimed(data, TropipayProtocol.SIGNATURES_V2);
        boolean first = claimed(data, TropipayProtocol.SIGNATURES_V1).isPresent();
        if (third.isEmpty() && second.isEmpty()) {
            throw new WebhookRejected(
                    first ? Cause.SIGNATURE_WITH_PASSWORD : Cause.SIGNATURE_MISSING);
        }
        if (third.isEmpty() && !secondVersion) {
            throw new WebhookRejected(Cause.SIGNATURE_OUTDATED);
        }
        byte[] claim = digest(third.or(() -> second).orElseThrow());
        if (clientIds.isEmpty() || clientSecrets.isEmpty()) {
            throw new WebhookRejected(Cause.SECRET_MISSING);
        }
        boolean genuine = false;
        // Every pair is compared, so that the time taken tells nothing about which one fitted.
        for (Secret id : clientIds) {
            for (Secret secret : clientSecrets) {
                String expected =
                        third.isPresent()
                                ? third(code, id.reveal(), secret.reveal(), amount)
                                : second(code, id.reveal(), secret.reveal(), amount);
                genuine |=
                        MessageDigest.isEqual(expected.getBytes(StandardCharsets.US_ASCII), claim);
            }
        }
        if (!genuine) {
            throw new WebhookRejected(Cause.SIGNATURE_WRONG);
        }
    }

    /** What stands under one of these names; two spellings that differ are a refusal. */
    private static Optional<String> claimed(Json data, List<String> names) {
        String found = null;
        for (String name : names) {
            if (!data.has(name)) {
                continue;
            }
            String text =
                    data.text(name)
                            .map(String::strip)
                            .orElseThrow(() -> new WebhookRejected(Cause.SIGNATURE_MALFORMED));
            if (found != null && !found.equalsIgnoreCase(text)) {
                throw new WebhookRejected(Cause.SIGNATURE_MALFORMED);
            }
            found = text;
        }
        return Optional.ofNullable(found).filter(text -> !text.isEmpty());
    }

    private static byte[] digest(String text) {
        if (!DIGEST.matcher(text).matches()) {
            throw new WebhookRejected(Cause.SIGNATURE_MALFORMED);
        }
        return text.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
    }

    /** The third version: the secret's SHA-1 in lower case. */
    static String third(String code, String clientId, String clientSecret, String amount) {
        return hash("SHA-256", code + clientId + hash("SHA-1", clientSecret) + amount);
    }

    /** The second version: the secret as it is. */
    static String second(String code, String clientId, String clientSecret, String amount) {
        return hash("SHA-256", code + clientId + clientSecret + amount);
    }

    /** Refuses a hook whose header does not prove its bytes. */
    static void verifyHeader(List<String> headers, byte[] body, List<Secret> secrets) {
        if (headers.size() != 1) {
            throw new WebhookRejected(Cause.SIGNATURE_MALFORMED);
        }
        byte[] claim = digest(headers.get(0).strip());
        boolean genuine = false;
        for (Secret secret : secrets) {
            genuine |=
                    MessageDigest.isEqual(
                            header(secret, body).getBytes(StandardCharsets.US_ASCII), claim);
        }
        if (!genuine) {
            throw new WebhookRejected(Cause.SIGNATURE_WRONG);
        }
    }

    /** What the header of a hook says: HMAC-SHA256 over the body's bytes. */
    static String header(Secret secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.revealBytes(), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java lacks HMAC-SHA256", e);
        }
    }

    private static String hash(String algorithm, String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance(algorithm)
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java lacks " + algorithm, e);
        }
    }
}
