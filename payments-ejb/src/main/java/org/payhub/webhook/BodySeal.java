package org.payhub.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.payhub.merchant.MerchantDataKeys;
import org.payhub.platform.MasterKey;
import org.payhub.provider.spi.VerifiedWebhook;
import org.payhub.tenancy.MerchantId;

/**
 * Seals webhooks with their merchant's data key: version byte, nonce, AES-256-GCM. What is sealed
 * is bound to its delivery; destroying the merchant's key erases all of them at once.
 */
@ApplicationScoped
class BodySeal {

    private static final byte VERSION = 1;
    private static final String CIPHER = "AES/GCM/NoPadding";

    /** Looked for once: looking for it costs as much as sealing something small. */
    private static final Provider PROVIDER = provider();

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int MOST_REMEMBERED = 10_000;

    @Inject MerchantDataKeys dataKeys;

    private final Map<MerchantId, SecretKeySpec> keys = new ConcurrentHashMap<>();

    /** For the container. */
    BodySeal() {}

    /** For tests without a container. */
    BodySeal(MerchantId merchant, byte[] key) {
        keys.put(merchant, new SecretKeySpec(key, "AES"));
    }

    byte[] seal(MerchantId merchant, DeliveryId delivery, String part, byte[] plain) {
        byte[] nonce = MasterKey.random(NONCE);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, merchant, delivery, part, nonce, 0);
            byte[] sealed = new byte[1 + NONCE + cipher.getOutputSize(plain.length)];
            sealed[0] = VERSION;
            System.arraycopy(nonce, 0, sealed, 1, NONCE);
            cipher.doFinal(plain, 0, plain.length, sealed, 1 + NONCE);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM cannot seal with AES-GCM", e);
        }
    }

    byte[] open(MerchantId merchant, DeliveryId delivery, String part, byte[] sealed) {
        if (sealed.length < 1 + NONCE + TAG_BITS / 8 || sealed[0] != VERSION) {
            throw new IllegalStateException("A sealed webhook is damaged: " + delivery);
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, merchant, delivery, part, sealed, 1)
                    .doFinal(sealed, 1 + NONCE, sealed.length - 1 - NONCE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "A sealed webhook does not open, it is another's or was altered: " + delivery,
                    e);
        }
    }

    /** A stored delivery as it came. */
    VerifiedWebhook open(Delivery stored) {
        return StoredWebhook.read(
                open(stored.merchant(), stored.id(), "headers", stored.sealedHeaders()),
                open(stored.merchant(), stored.id(), "body", stored.sealedBody()),
                stored);
    }

    private Cipher cipher(
            int mode,
            MerchantId merchant,
            DeliveryId delivery,
            String part,
            byte[] nonceIn,
            int nonceAt)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER, PROVIDER);
        cipher.init(mode, key(merchant), new GCMParameterSpec(TAG_BITS, nonceIn, nonceAt, NONCE));
        byte[] name = part.getBytes(StandardCharsets.US_ASCII);
        cipher.updateAAD(
                ByteBuffer.allocate(16 + name.length)
                        .putLong(delivery.value().getMostSignificantBits())
                        .putLong(delivery.value().getLeastSignificantBits())
                        .put(name)
                        .array());
        return cipher;
    }

    private static Provider provider() {
        try {
            return Cipher.getInstance(CIPHER).getProvider();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM cannot seal with AES-GCM", e);
        }
    }

    private SecretKeySpec key(MerchantId merchant) {
        SecretKeySpec known = keys.get(merchant);
        if (known != null) {
            return known;
        }
        SecretKeySpec opened = new SecretKeySpec(dataKeys.open(merchant), "AES");
        if (keys.size() < MOST_REMEMBERED) {
            keys.put(merchant, opened);
        }
        return opened;
    }
}
