package org.payhub.provider.tiptoppay;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.provider.spi.Secret;
import org.payhub.provider.spi.WebhookRejected;
import org.payhub.provider.spi.WebhookRejected.Cause;

/**
 * The proof of a notification: HMAC-SHA256 with the site's API Secret, in base64. {@code
 * Content-HMAC} is over the parameters as they were sent, {@code X-Content-HMAC} over the same
 * decoded. The first one decides wherever it is there, for it leaves nothing to interpretation;
 * each header is compared with its own message alone.
 *
 * <p>Neither a time nor a number is signed: a notification can be sent again for ever, which must
 * therefore change nothing.
 */
final class TiptoppaySignature {

    static final String RAW = "Content-HMAC";
    static final String DECODED = "X-Content-HMAC";

    private static final int BASE64_LENGTH = 44;

    private TiptoppaySignature() {}

    /**
     * Refuses a notification that was not signed with one of the secrets.
     *
     * <p><b>Errors</b>: {@link WebhookRejected}, whatever the headers and the body hold.
     */
    static void verify(RawWebhook raw, List<Secret> secrets) {
        boolean overRaw = !raw.header(RAW).isEmpty();
        byte[] claimed = claimed(raw.header(overRaw ? RAW : DECODED));
        if (secrets.isEmpty()) {
            throw new WebhookRejected(Cause.SECRET_MISSING);
        }
        List<byte[]> messages = overRaw ? sent(raw) : decoded(raw);
        boolean genuine = false;
        // Every pair is compared, so that the time taken tells nothing about which one fitted.
        for (Secret secret : secrets) {
            for (byte[] message : messages) {
                genuine |= MessageDigest.isEqual(hmac(secret, message), claimed);
            }
        }
        if (!genuine) {
            throw new WebhookRejected(Cause.SIGNATURE_WRONG);
        }
    }

    /** The header's value for that message, for samples. */
    static String sign(Secret secret, byte[] message) {
        return Base64.getEncoder().encodeToString(hmac(secret, message));
    }

    private static byte[] claimed(List<String> header) {
        if (header.isEmpty()) {
            throw new WebhookRejected(Cause.SIGNATURE_MISSING);
        }
        String text = header.get(0);
        if (header.size() > 1 || text.length() != BASE64_LENGTH) {
            throw new WebhookRejected(Cause.SIGNATURE_MALFORMED);
        }
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new WebhookRejected(Cause.SIGNATURE_MALFORMED);
        }
    }

    /** What was sent: the body, or the query where there is none. */
    private static List<byte[]> sent(RawWebhook raw) {
        if (!isGet(raw)) {
            return List.of(raw.body());
        }
        List<byte[]> messages = new ArrayList<>();
        messages.add(raw.query().getBytes(StandardCharsets.UTF_8));
        // Whether the part of the address that we made belongs to it is not documented.
        Optional<String> theirs = withoutOurs(raw.query());
        theirs.map(q -> q.getBytes(StandardCharsets.UTF_8)).ifPresent(messages::add);
        return messages;
    }

    /** The query without {@code type=…}, which stands in the address that we gave out. */
    static Optional<String> withoutOurs(String query) {
        if (!query.startsWith("type=")) {
            return Optional.empty();
        }
        int end = query.indexOf('&');
        return Optional.of(end < 0 ? "" : query.substring(end + 1));
    }

    static boolean isGet(RawWebhook raw) {
        return raw.method().equalsIgnoreCase("GET");
    }

    static boolean isJson(RawWebhook raw) {
        return raw.header("Content-Type").stream()
                .anyMatch(t -> t.toLowerCase(java.util.Locale.ROOT).contains("json"));
    }

    private static List<byte[]> decoded(RawWebhook raw) {
        if (isJson(raw) && !isGet(raw)) {
            return List.of(raw.body());
        }
        List<byte[]> messages = new ArrayList<>();
        for (byte[] sent : sent(raw)) {
            messages.add(decode(sent, true));
            messages.add(decode(sent, false));
        }
        return messages;
    }

    /**
     * The whole text decoded in one go.
     *
     * @param plusIsBlank how the provider's encoder writes a blank; not documented either way
     */
    static byte[] decode(byte[] text, boolean plusIsBlank) {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(text.length);
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '%') {
                int high = i + 2 < text.length ? Character.digit((char) text[i + 1], 16) : -1;
                int low = i + 2 < text.length ? Character.digit((char) text[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw new WebhookRejected(Cause.BODY_MALFORMED);
                }
                decoded.write(high << 4 | low);
                i += 2;
            } else {
                decoded.write(plusIsBlank && text[i] == '+' ? ' ' : text[i]);
            }
        }
        return decoded.toByteArray();
    }

    private static byte[] hmac(Secret secret, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.revealBytes(), "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java lacks HMAC-SHA256", e);
        }
    }
}
