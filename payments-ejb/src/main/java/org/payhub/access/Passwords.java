package org.payhub.access;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.payhub.platform.HubException;
import org.payhub.platform.MasterKey;
import org.payhub.platform.Problem;

/**
 * Hashes passwords with Argon2id (19 MiB, two passes, one lane) into PHC strings, and says which
 * passwords are good enough. Only as many are hashed at once as leave a core for everything else.
 *
 * <p><b>Source</b>: OWASP Password Storage Cheat Sheet.
 */
@ApplicationScoped
class Passwords {

    static final int SHORTEST = 12;
    static final int LONGEST = 200;

    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LONGEST_WAIT_SECONDS = 3;

    /** Long enough for the length rule and still among the first that anybody tries. */
    private static final Set<String> COMMON =
            Set.of(
                    "password1234",
                    "passwordpassword",
                    "password12345",
                    "123456789012",
                    "1234567890123",
                    "qwertyuiop12",
                    "qwertyuiop123",
                    "qwerty123456",
                    "iloveyou1234",
                    "administrator",
                    "letmein12345",
                    "welcome12345",
                    "abcdefghijkl",
                    "abcd12345678",
                    "changemechangeme",
                    "correcthorsebatterystaple");

    private final Semaphore slots =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() - 1), true);

    /** What an unknown account is compared with, so that it costs the same. */
    private final String nobody =
            phc(new byte[SALT_BYTES], hash(MasterKey.token(), new byte[SALT_BYTES]));

    /**
     * Hashes a new password.
     *
     * <p><b>Errors</b>, on {@code password}: {@code access.password_too_short}, {@code
     * access.password_too_long}, {@code access.password_guessable}.
     *
     * @param about the person's e-mail and names; a password may not be made of these
     */
    String hashNew(String password, String... about) {
        check(password, about);
        byte[] salt = MasterKey.random(SALT_BYTES);
        return phc(salt, inTurn(password, salt));
    }

    static void check(String password, String... about) {
        String typed = password == null ? "" : password;
        int letters = typed.codePointCount(0, typed.length());
        if (letters < SHORTEST) {
            throw HubException.ofField(
                    "password",
                    "access.password_too_short",
                    "The password has "
                            + letters
                            + " characters; use at least "
                            + SHORTEST
                            + ". Three or four words in a row are fine.");
        }
        if (letters > LONGEST) {
            throw HubException.ofField(
                    "password",
                    "access.password_too_long",
                    "Use at most " + LONGEST + " characters for the password.");
        }
        String plain = typed.toLowerCase(Locale.ROOT).strip();
        boolean guessable = COMMON.contains(plain) || plain.codePoints().distinct().count() < 5;
        for (String known : about) {
            String word = known == null ? "" : known.toLowerCase(Locale.ROOT).strip();
            guessable |= !word.isEmpty() && (plain.equals(word) || isPadded(plain, word));
        }
        if (guessable) {
            throw HubException.ofField(
                    "password",
                    "access.password_guessable",
                    "This password is among the first that others would try. Use words that have"
                            + " nothing to do with you or your business.");
        }
    }

    /** The word with a few signs around it. */
    private static boolean isPadded(String plain, String word) {
        return word.length() >= 6 && plain.contains(word) && plain.length() - word.length() < 6;
    }

    /** Whether it is the password; costs the same when there is none to compare with. */
    boolean matches(String password, String phc) {
        String stored = phc == null ? nobody : phc;
        String[] parts = stored.split("\\$");
        byte[] salt = Base64.getDecoder().decode(parts[4]);
        byte[] expected = Base64.getDecoder().decode(parts[5]);
        String typed = password == null ? "" : password;
        if (typed.length() > 4 * LONGEST) {
            typed = "";
        }
        boolean same = MessageDigest.isEqual(expected, inTurn(typed, salt));
        return same && phc != null;
    }

    private byte[] inTurn(String password, byte[] salt) {
        boolean mine = false;
        try {
            mine = slots.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
            if (!mine) {
                throw new HubException(
                        Problem.TOO_MANY,
                        "access.busy",
                        "Many people are logging in right now. Wait a few seconds, then try"
                                + " again.");
            }
            return hash(password, salt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HubException(
                    Problem.UNAVAILABLE, "access.stopping", "The server is stopping.", e);
        } finally {
            if (mine) {
                slots.release();
            }
        }
    }

    private static byte[] hash(String password, byte[] salt) {
        // One spelling for letters that keyboards compose differently.
        String normal = Normalizer.normalize(password, Normalizer.Form.NFKC);
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withMemoryAsKB(MEMORY_KIB)
                        .withIterations(PASSES)
                        .withParallelism(LANES)
                        .withSalt(salt)
                        .build());
        byte[] hash = new byte[HASH_BYTES];
        generator.generateBytes(normal.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }

    private static String phc(byte[] salt, byte[] hash) {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m="
                + MEMORY_KIB
                + ",t="
                + PASSES
                + ",p="
                + LANES
                + "$"
                + base64.encodeToString(salt)
                + "$"
                + base64.encodeToString(hash);
    }
}
