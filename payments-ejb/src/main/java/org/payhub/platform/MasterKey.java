package org.payhub.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals and opens bytes with the installation's master key (AES-256-GCM). What is sealed is bound
 * to a text that says what it is: the same bytes copied to another row do not open.
 *
 * <p>Layout: version byte, eight bytes of key id, twelve of nonce, then the ciphertext with its
 * tag. While {@code PAYHUB_MASTER_KEY_PREVIOUS} is set, what the old key sealed still opens.
 */
@ApplicationScoped
public class MasterKey {

    private static final byte VERSION = 1;
    private static final int KEY_ID = 8;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private List<Key> keys = List.of();

    private record Key(byte[] id, SecretKeySpec secret) {}

    /** For the container. */
    public MasterKey() {}

    /** Reads the keys from the settings. */
    @Inject
    public MasterKey(HubConfig config) {
        List<Key> known = new ArrayList<>();
        known.add(key(config.masterKey()));
        config.previousMasterKey().ifPresent(previous -> known.add(key(previous)));
        keys = List.copyOf(known);
    }

    private static Key key(byte[] bytes) {
        byte[] id = Arrays.copyOf(sha256(bytes), KEY_ID);
        return new Key(id, new SecretKeySpec(bytes, "AES"));
    }

    /** Seals with the newest key; {@code bound} says what it is and must be told again to open. */
    public byte[] seal(byte[] plain, String bound) {
        return seal(keys.get(0), plain, bound);
    }

    private static byte[] seal(Key key, byte[] plain, String bound) {
        byte[] nonce = random(NONCE);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key.secret, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(bound.getBytes(StandardCharsets.UTF_8));
            byte[] sealed = cipher.doFinal(plain);
            return ByteBuffer.allocate(1 + KEY_ID + NONCE + sealed.length)
                    .put(VERSION)
                    .put(key.id)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM cannot seal with AES-GCM", e);
        }
    }

    /**
     * Opens what was sealed for that text.
     *
     * <p><b>Errors</b>: {@code secret.cannot_be_opened}: another key, another text, or altered.
     */
    public byte[] open(byte[] sealed, String bound) {
        byte[] id =
                sealed.length > KEY_ID ? Arrays.copyOfRange(sealed, 1, 1 + KEY_ID) : new byte[0];
        for (Key key : keys) {
            if (MessageDigest.isEqual(key.id, id)) {
                return open(key, sealed, bound);
            }
        }
        throw cannotBeOpened(null);
    }

    private static byte[] open(Key key, byte[] sealed, String bound) {
        int start = 1 + KEY_ID + NONCE;
        if (sealed.length < start + TAG_BITS / 8 || sealed[0] != VERSION) {
            throw cannotBeOpened(null);
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    key.secret,
                    new GCMParameterSpec(TAG_BITS, sealed, 1 + KEY_ID, NONCE));
            cipher.updateAAD(bound.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(sealed, start, sealed.length - start);
        } catch (GeneralSecurityException e) {
            throw cannotBeOpened(e);
        }
    }

    private static HubException cannotBeOpened(Throwable cause) {
        return new HubException(
                Problem.CONFLICT,
                "secret.cannot_be_opened",
                "Stored secrets cannot be opened: PAYHUB_MASTER_KEY is not the key that sealed them.",
                cause);
    }

    /** Whether it was sealed by an older key and should be sealed anew. */
    public boolean isSealedByOlderKey(byte[] sealed) {
        return sealed.length > KEY_ID
                && !MessageDigest.isEqual(
                        keys.get(0).id, Arrays.copyOfRange(sealed, 1, 1 + KEY_ID));
    }

    /**
     * A keyed print of a secret, by which the same secret is recognised without keeping it. It
     * depends on the master key; during a rotation the prints of both keys are looked for.
     */
    public List<byte[]> prints(byte[] secret, String purpose) {
        List<byte[]> prints = new ArrayList<>();
        for (Key key : keys) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key.secret.getEncoded(), "HmacSHA256"));
                mac.update(purpose.getBytes(StandardCharsets.UTF_8));
                mac.update((byte) 0);
                prints.add(mac.doFinal(secret));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("This JVM has no HMAC-SHA256", e);
            }
        }
        return List.copyOf(prints);
    }

    /** Random bytes for keys, tokens and nonces. */
    public static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** 128 random bits as 26 letters that survive e-mail, links and being read aloud. */
    public static String token() {
        byte[] bytes = random(16);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        String text = Ids.text("t", new java.util.UUID(buffer.getLong(), buffer.getLong()));
        return text.substring(2);
    }

    public static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "MasterKey";
    }
}
