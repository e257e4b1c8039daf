package org.payhub.provider.alppay;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.provider.spi.Secret;
import org.payhub.provider.spi.WebhookRejected;
import org.payhub.provider.spi.WebhookRejected.Cause;

/**
 * HMAC-SHA256 over the exact bytes of a body, in hexadecimal digits: of what we send, and of
 * webhooks. No time is signed: an old webhook that comes again is harmless because its state is
 * read before money is booked.
 */
final class AlppaySignature {

    private AlppaySignature() {}

    /** The header's value for a body that we send. */
    static String sign(Secret key, byte[] body) {
        return HexFormat.of().formatHex(hmac(key, body));
    }

    /**
     * Refuses a webhook that none of the keys signed.
     *
     * <p><b>Errors</b>: {@link WebhookRejected}, whatever the header holds.
     */
    static void verify(RawWebhook raw, List<Secret> keys) {
        List<String> headers = raw.header(AlppayProtocol.SIGNATURE);
        if (headers.isEmpty() || headers.size() == 1 && headers.get(0).isBlank()) {
            throw new WebhookRejected(Cause.SIGNATURE_MISSING);
        }
        if (headers.size() > 1 || !isHex(headers.get(0))) {
            throw new WebhookRejected(Cause.SIGNATURE_MALFORMED);
        }
        if (keys.isEmpty()) {
            throw new WebhookRejected(Cause.SECRET_MISSING);
        }
        byte[] claimed = HexFormat.of().parseHex(headers.get(0).toLowerCase(Locale.ROOT));
        boolean genuine = false;
        // Every key is compared, so that the time taken tells nothing about which one fitted.
        for (Secret key : keys) {
            genuine |= MessageDigest.isEqual(hmac(key, raw.body()), claimed);
        }
        if (!genuine) {
            throw new WebhookRejected(Cause.SIGNATURE_WRONG);
        }
    }

    private static boolean isHex(String text) {
        return text.length() == AlppayProtocol.SIGNATURE_LETTERS
                && text.chars()
                        .allMatch(
                                c ->
                                        c >= '0' && c <= '9'
                                                || c >= 'a' && c <= 'f'
                                                || c >= 'A' && c <= 'F');
    }

    private static byte[] hmac(Secret key, byte[] body) {
        try {
            Mac mac = Mac.getInstance(AlppayProtocol.ALGORITHM);
            mac.init(new SecretKeySpec(key.revealBytes(), AlppayProtocol.ALGORITHM));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java lacks HMAC-SHA256", e);
        }
    }
}
